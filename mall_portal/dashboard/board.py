"""The board out of its numbers: what changed, and the charts. No clock, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from mall_portal.days.queries import (
    AGES,
    Ageing,
    Members,
    Moved,
    Sales,
    Sold,
    total_moved,
    total_sold,
)
from mall_portal.days.stretch import Stretch
from timcheh.text.normalise import sort_key
from timcheh.voice import Voice
from timcheh.web.charts import Chart, Series
from timcheh.web.steps import Days, fineness, labels, names, steps

CHARTS: Final = ("sales", "credit", "liability", "ageing", "shops")
_FINE, _COARSE = 31, 13  # points of the large chart, and of those beside another
RANKED: Final = 10
"""Shops that a page ranks; the sheet has all."""

Values = Mapping[str, Mapping[date | None, Moved]]


@dataclass(frozen=True, slots=True)
class Numbers:
    """All that was read."""

    stretch: Stretch
    sales: Sales
    values: Values
    ageing: Ageing
    members: Members
    names: Mapping[UUID, str]

    @property
    def is_empty(self) -> bool:
        """Whether nobody has come, and nothing was sold or given, up to the stretch's end."""
        return not (self.members.all or self.sales.by_day or any(self.ageing.by_age))


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a stretch; credit is all issuers' together. Rial and points."""

    sold: Sold
    credit: Moved
    points: Moved
    fee: int


def figures(sold: Mapping[date, Sold], values: Values, days: Days) -> Figures:
    """What a stretch comes to."""
    inside = [row for day, row in sold.items() if days.first <= day <= days.last]
    fee = _sum(values, "fee", days)
    return Figures(
        total_sold(inside),
        _sum(values, "outstanding", days),
        _sum(values, "points", days),
        fee.raised - fee.lowered,
    )


def charts(numbers: Numbers, voice: Voice, sheets: str, query: str) -> dict[str, Chart]:
    """Every chart by its name; its sheet lies at `sheets/<name>`, of the same period by `query`."""
    return {
        "sales": _sales(numbers, voice, f"{sheets}/sales{query}"),
        "credit": _credit(numbers, voice, f"{sheets}/credit{query}"),
        "liability": _liability(numbers, voice, f"{sheets}/liability{query}"),
        "ageing": _ageing(numbers, voice, f"{sheets}/ageing{query}"),
        "shops": _shops(numbers, voice, f"{sheets}/shops{query}"),
    }


def ranked(numbers: Numbers) -> list[UUID]:
    """Shops that sold anything, the most first."""
    sold = numbers.sales.by_shop
    known = [shop for shop in sold if shop in numbers.names and sold[shop].purchases]
    return sorted(known, key=lambda shop: (-sold[shop].sales, sort_key(numbers.names[shop])))


def shortened(chart: Chart) -> Chart:
    """The first of many ranks, and one series: what a page shows of it."""
    series = chart.series[0]
    return Chart(
        chart.id,
        chart.title,
        chart.points[:RANKED],
        [Series(series.name, series.values[:RANKED])],
        chart.axis,
        excel=chart.excel,
    )


def _sales(numbers: Numbers, voice: Voice, excel: str) -> Chart:
    now, before = numbers.stretch.now, numbers.stretch.before
    step = fineness(now, _FINE)
    parts = steps(now, step)
    sums = [_sold(numbers.sales.by_day, part) for part in parts]
    compared: list[int | None] = [_sold(numbers.sales.by_day, part) for part in steps(before, step)]
    compared += [None] * (len(parts) - len(compared))
    series = [Series(voice.text("board-now"), _known(sums))]
    if any(compared):
        series.append(Series(voice.text("board-before"), compared[: len(parts)], "muted"))
    return Chart(
        "sales",
        voice.text("board-sales-chart"),
        labels(parts, step, voice),
        series,
        voice.text(f"step-{step}"),
        kind="lines",
        names=names(parts, step, voice),
        excel=excel,
    )


def _credit(numbers: Numbers, voice: Voice, excel: str) -> Chart:
    step = fineness(numbers.stretch.now, _COARSE)
    parts = steps(numbers.stretch.now, step)
    moved = [_sum(numbers.values, "outstanding", part) for part in parts]
    return Chart(
        "credit",
        voice.text("board-credit-chart"),
        labels(parts, step, voice),
        [
            Series(voice.text("board-issued"), _known([each.raised for each in moved])),
            Series(voice.text("board-spent"), _known([each.lowered for each in moved]), "cypress"),
            Series(voice.text("board-expired"), _known([each.expired for each in moved]), "muted"),
        ],
        voice.text(f"step-{step}"),
        names=names(parts, step, voice),
        excel=excel,
    )


def _liability(numbers: Numbers, voice: Voice, excel: str) -> Chart:
    """What was out at each step's end: all that moved up to then."""
    step = fineness(numbers.stretch.now, _COARSE)
    parts = steps(numbers.stretch.now, step)
    level = _level_before(numbers.values.get("outstanding", {}), parts[0].first)
    levels: list[int] = []
    for part in parts:
        level += _sum(numbers.values, "outstanding", part).growth
        levels.append(level)
    return Chart(
        "liability",
        voice.text("board-liability-chart"),
        labels(parts, step, voice),
        [Series(voice.text("board-outstanding"), _known(levels), "lapis")],
        voice.text(f"step-{step}"),
        kind="lines",
        names=names(parts, step, voice),
        excel=excel,
    )


def _ageing(numbers: Numbers, voice: Voice, excel: str) -> Chart:
    starts = (0, *AGES)
    labels = [
        voice.text("board-age-to", first=first and first + 1, last=last)
        for first, last in zip(starts, AGES, strict=False)
    ]
    labels.append(voice.text("board-age-over", days=AGES[-1]))
    return Chart(
        "ageing",
        voice.text("board-ageing-chart"),
        labels,
        [Series(voice.text("board-outstanding"), _known(numbers.ageing.by_age))],
        voice.text("board-age"),
        note=voice.text("board-ageing-chart.note"),
        excel=excel,
    )


def _shops(numbers: Numbers, voice: Voice, excel: str) -> Chart:
    shops = ranked(numbers)
    before = numbers.sales.by_shop_before
    return Chart(
        "shops",
        voice.text("board-shops-chart"),
        [numbers.names[shop] for shop in shops],
        [
            Series(voice.text("board-now"), [numbers.sales.by_shop[s].sales for s in shops]),
            Series(voice.text("board-before"), [before.get(s, Sold()).sales for s in shops]),
        ],
        voice.text("board-shop"),
        excel=excel,
    )


def _known(values: Sequence[int]) -> Sequence[int | None]:
    """Nothing but zeros is nothing to draw."""
    return values if any(values) else [None] * len(values)


def _sold(by_day: Mapping[date, Sold], days: Days) -> int:
    return sum(row.sales for day, row in by_day.items() if days.first <= day <= days.last)


def _sum(values: Values, account: str, days: Days) -> Moved:
    moved = values.get(account, {})
    return total_moved(
        row for day, row in moved.items() if day is not None and days.first <= day <= days.last
    )


def _level_before(moved: Mapping[date | None, Moved], first: date) -> int:
    return sum(row.growth for day, row in moved.items() if day is None or day < first)
