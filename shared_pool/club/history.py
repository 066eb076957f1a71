"""Everything that happened to a member's value, and its sums by month."""

from typing import Any, Final

from litestar import get
from litestar.di import NamedDependency

from shared_pool.club.asking import Asked, read_asked
from shared_pool.club.feed import by_day
from shared_pool.club.merging import merged
from shared_pool.club.months import Month, months_of
from shared_pool.club.queries import Movement, movements, sums_by_day
from shared_pool.club.telling import teller_for
from timcheh.calendar import format_month
from timcheh.ids import read_id
from timcheh.text.normalise import sort_key
from timcheh.web.pages import Html, PageContext

_PAGE: Final = 20


@get("/{mall_slug:str}/club/history", include_in_schema=False)
async def history(club_page: NamedDependency[PageContext]) -> Html:
    """Every movement with its reason, newest first; of a kind, a shop, a month."""
    query = club_page.request.query_params
    before = read_id(query.get("before"))  # a made-up one starts from the newest
    async with club_page.database.unit_of_work(club_page.caller.scope) as uow:
        sums = await sums_by_day(uow, club_page.mall.timezone)
        teller = await teller_for(club_page, uow)
        asked = read_asked(query, {each.shop_id for each in sums})
        rows = await movements(uow, asked.wanted(teller.zone), before, _PAGE + 1)
    events = list(dict.fromkeys(move.id for move in rows))
    shown = merged(move for move in rows if move.id in events[:_PAGE])
    months = months_of(sums, asked.shop)
    summed = next((each for each in months if asked.month in ("", each.key)), None)
    shops = {str(each.shop_id): teller.name(each.shop_id) for each in sums}
    context = {
        "days": by_day(shown, teller, lambda move: _way_on(club_page, move)),
        "asked": asked,
        "shops": sorted(shops.items(), key=lambda shop: sort_key(shop[1])),
        "month_choices": [
            (each.key, format_month(each.first, club_page.locale)) for each in months
        ],
        "months": [_shown_month(club_page, month, asked) for month in months],
        "summed": _shown_month(club_page, summed, asked) if summed else None,
        "next": asked.address(before=events[_PAGE - 1]) if len(events) > _PAGE else "",
        "paged": before is not None,
    }
    return club_page.render("members/club/history.html", context)


ROUTES: Final = (history,)


def _shown_month(page: PageContext, month: Month, asked: Asked) -> dict[str, Any]:
    return {
        "name": format_month(month.first, page.locale),
        "href": asked.address(month=month.key),
        "sums": [
            {
                "kind": kind,
                "credit": credit,
                "points": points,
                "href": asked.address(month=month.key, kind=kind),
            }
            for kind, (credit, points) in month.sums.items()
        ],
    }


def _way_on(page: PageContext, move: Movement) -> str:
    """To the lot that moved, else to the purchase that moved none."""
    if move.lot_id is not None:
        return page.url(f"lots/{move.lot_id}")
    return page.url(f"purchases/{move.purchase_id}") if move.purchase_id else ""
