"""The directory of shops that trade, each with how it does."""

from collections import Counter
from datetime import date, timedelta
from typing import Any, Final

from litestar import Response, get
from litestar.di import NamedDependency

from mall_portal.days.queries import total_sold
from mall_portal.health.judging import KINDS
from mall_portal.health.queries import watched_shops
from mall_portal.health.telling import Judged, judged, kind_of, shown_finding
from timcheh.sheets import Cell
from timcheh.text.normalise import search_key
from timcheh.web.downloads import workbook
from timcheh.web.pages import Html, PageContext

READ: Final = "dashboard.read"
_FILTERS: Final = ("any", *KINDS)
_WEEK: Final = timedelta(days=7)


@get("/{mall_slug:str}/mall/health", include_in_schema=False)
async def health(mall_page: NamedDependency[PageContext]) -> Html:
    """Every shop, those that need somebody first."""
    mall_page.caller.require(READ)
    asked = mall_page.request.query_params
    q, chosen = asked.get("q", ""), asked.get("show", "")
    chosen = chosen if chosen in _FILTERS else ""
    today = mall_page.today
    every = await _judged(mall_page, today)
    counts = Counter(kind for each in every for kind in _kinds(each))
    shown = [each for each in every if _is_shown(each, chosen, search_key(q))]
    context = {
        "shops": [_row(mall_page, each, today) for each in shown],
        "q": q,
        "show": chosen,
        "filters": [(kind, mall_page.text(f"health-{kind}"), counts[kind]) for kind in _FILTERS],
        "total": len(every),
    }
    return mall_page.render("mall_portal/health/list.html", context)


@get("/{mall_slug:str}/mall/health/shops.xlsx", include_in_schema=False)
async def sheet(mall_page: NamedDependency[PageContext]) -> Response[Any]:
    """The same as a sheet: all shops, a row each; money in rial."""
    mall_page.caller.require(READ)
    today = mall_page.today
    rows: list[list[Cell]] = []
    for each in await _judged(mall_page, today):
        shop = _row(mall_page, each, today)
        said = " ".join(finding["text"] for finding in shop["findings"])
        last = shop["last_sale"]
        rows.append([shop["name"], shop["category"], last, shop["sales"], shop["before"], said])
    columns = ("shop", "category", "last", "sales", "before", "findings")
    heading = [mall_page.text(f"health-sheet-{column}") for column in columns]
    title = mall_page.text("health-title")
    return await workbook("shops-health", title, heading, rows, mall_page.locale)


ROUTES: Final = (health, sheet)


async def _judged(page: PageContext, today: date) -> list[Judged]:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        return judged(page, await watched_shops(uow, today), today)


def _row(page: PageContext, each: Judged, today: date) -> dict[str, Any]:
    shop, findings = each
    week = [row.sales for day, row in shop.days.items() if today - _WEEK < day <= today]
    before = [row for day, row in shop.days.items() if today - 2 * _WEEK < day <= today - _WEEK]
    return {
        "id": shop.shop_id,
        "name": shop.name,
        "category": shop.category,
        "last_sale": shop.last_sale,
        "sales": sum(week),
        "before": total_sold(before).sales,
        "findings": [shown_finding(page, shop.shop_id, finding) for finding in findings],
    }


def _kinds(each: Judged) -> set[str]:
    found = {kind_of(finding) for finding in each[1]}
    return found | {"any"} if found else found


def _is_shown(each: Judged, chosen: str, wanted: str) -> bool:
    return wanted in search_key(each[0].name) and (not chosen or chosen in _kinds(each))
