"""Downloading one's own data: everything as JSON, and what happened as sheets for a person."""

import asyncio
import io
from collections.abc import Sequence
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency

from shared_pool.club.queries import EVERYTHING, movements
from shared_pool.club.telling import Teller, teller_for
from shared_pool.copying.queries import SECTIONS, Section, own_rows
from timcheh.access.limits import Limit
from timcheh.sheets import MOST_ROWS, Cell, workbook_bytes
from timcheh.web.downloads import attachment
from timcheh.web.pages import Html, PageContext

ASKS: Final = Limit("own-copy", count=10, window=3600)
_ZIP: Final = "application/zip"
_MOVES: Final = ("at", "what", "why", "unit", "amount")
_BOUGHT: Final = ("at", "shop", "goods", "quantity", "price", "paid")

Rows = Sequence[Sequence[Cell]]


@get("/{mall_slug:str}/club/data", include_in_schema=False)
async def data(club_page: NamedDependency[PageContext]) -> Html:
    """What is in the file, before it is taken."""
    sections = [club_page.text(f"copy-section-{name}") for name in SECTIONS]
    return club_page.render("members/club/data.html", {"sections": sections})


@get("/{mall_slug:str}/club/data/file", include_in_schema=False)
async def copy(club_page: NamedDependency[PageContext]) -> Response[Any]:
    """The file. Raises RateLimited for who takes it over and over."""
    await club_page.services.limiter.hit(ASKS, str(club_page.caller.id))
    async with club_page.database.unit_of_work(club_page.caller.scope) as uow:
        rows = await own_rows(uow)
        moves = await movements(uow, EVERYTHING, None, MOST_ROWS)
        teller = await teller_for(club_page, uow)
    told = [(move.at.astimezone(teller.zone), *_told(club_page, teller, move)) for move in moves]
    written = await asyncio.to_thread(_packed, club_page, rows, told, _bought(rows, teller))
    return attachment(written, f"{club_page.mall.slug}-my-data.zip", _ZIP)


ROUTES: Final = (data, copy)


def _told(page: PageContext, teller: Teller, move: Any) -> tuple[Cell, ...]:
    unit = page.text("copy-points" if move.unit == "point" else "copy-rial")
    return teller.title(move), teller.note(move), unit, move.amount


def _bought(rows: dict[str, Section], teller: Teller) -> list[tuple[Cell, ...]]:
    """Each line of each purchase; quantities as people count them."""
    purchases = {each["id"]: each for each in rows["purchases"]}
    return [
        (
            purchases[line["purchase_id"]]["occurred_at"].astimezone(teller.zone),
            purchases[line["purchase_id"]]["shop"],
            line["name"] or line["sku"] or line["group"],
            f"{line['quantity_milli'] / 1000:g}",
            line["unit_price"],
            line["paid"],
        )
        for line in rows["lines"]
        if line["purchase_id"] in purchases
    ]


def _packed(page: PageContext, rows: dict[str, Section], told: Rows, bought: Rows) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("data.json", msgspec.json.format(msgspec.json.encode(rows), indent=2))
        for name, columns, lines in (("movements", _MOVES, told), ("purchases", _BOUGHT, bought)):
            heading = [page.text(f"copy-column-{column}") for column in columns]
            title = page.text(f"copy-section-{name}")
            sheet = workbook_bytes(title, heading, lines, page.locale)
            archive.writestr(f"{name}.xlsx", sheet)
    return packed.getvalue()
