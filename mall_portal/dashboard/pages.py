"""The mall's first page: what the network does, and how that compares with the days before."""

from collections.abc import Sequence
from typing import Any, Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from mall_portal.dashboard.board import CHARTS, RANKED, Numbers, charts, figures, ranked, shortened
from mall_portal.dashboard.breakage import breakage_of
from mall_portal.dashboard.reading import read_numbers
from mall_portal.days.queries import ended_of
from mall_portal.days.stretch import stretch_of
from mall_portal.health.judging import Watched
from mall_portal.health.queries import watched_shops
from mall_portal.health.telling import judged, shown_finding
from shared_pool.facade import fund_now
from timcheh.errors import NotFound
from timcheh.web.downloads import chart_sheet
from timcheh.web.pages import Html, PageContext
from timcheh.web.period import Period, days_told, page_period, picker

READ: Final = "dashboard.read"
_FINDINGS: Final = 4
_USUAL: Final = "days30"
_CHOICES: Final = ("week", "days30", "month", "last", "quarter", "year")


@get("/{mall_slug:str}/mall", include_in_schema=False)
async def home(mall_page: NamedDependency[PageContext]) -> Html:
    """The portal opens with the network's board; a mall without shops with adding the first."""
    if not mall_page.caller.may(READ):
        return mall_page.go(mall_page.url("shops"))
    period = page_period(mall_page, _USUAL)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        numbers = await read_numbers(uow, stretch_of(period, mall_page.today), mall_page.today)
        fund = await fund_now(uow)
        shops = await watched_shops(uow, mall_page.today)
        breakage = breakage_of(*await ended_of(uow, mall_page.today))
    if not numbers.names:
        return mall_page.go(mall_page.url("shops"))
    context = _told(mall_page, period, numbers) | {
        "fund": fund,
        "breakage": breakage,
        "findings": _findings(mall_page, shops),
    }
    return mall_page.render("mall_portal/dashboard/board.html", context)


@get("/{mall_slug:str}/mall/dashboard/sheets/{chart:str}", include_in_schema=False)
async def sheet(mall_page: NamedDependency[PageContext], chart: FromPath[str]) -> Response[Any]:
    """The values of one chart as a sheet; money in rial."""
    mall_page.caller.require(READ)
    if chart not in CHARTS:
        raise NotFound
    stretch = stretch_of(page_period(mall_page, _USUAL), mall_page.today)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        numbers = await read_numbers(uow, stretch, mall_page.today)
    asked = charts(numbers, mall_page.voice, "", "")[chart]
    return await chart_sheet(mall_page, asked, f"network-{chart}")


ROUTES: Final = (home, sheet)


def _told(page: PageContext, period: Period, numbers: Numbers) -> dict[str, Any]:
    stretch = numbers.stretch
    drawn = charts(numbers, page.voice, page.url("dashboard/sheets"), period.query)
    shops = ranked(numbers)
    return {
        "picker": picker(page, period, page.url(), _CHOICES),
        "told": days_told(page, Period("", *stretch.now, stretch.zone)),
        "told_before": days_told(page, Period("", *stretch.before, stretch.zone)),
        "now": figures(numbers.sales.by_day, numbers.values, stretch.now),
        "before": figures(numbers.sales.by_day, numbers.values, stretch.before),
        "members": numbers.members,
        "is_new": stretch.now.last == page.today and numbers.is_empty,
        "outstanding": sum(numbers.ageing.by_age),
        "ends_soon": numbers.ageing.ends_soon,
        "charts": drawn | {"shops": shortened(drawn["shops"])},
        "shop_links": [page.url(f"shops/{shop}") for shop in shops[:RANKED]],
    }


def _findings(page: PageContext, shops: Sequence[Watched]) -> list[dict[str, Any]]:
    """The first finding of the few shops that need somebody most."""
    return [
        {"shop": shop.name, "shop_id": shop.shop_id, **shown_finding(page, shop.shop_id, found[0])}
        for shop, found in judged(page, shops, page.today)[:_FINDINGS]
        if found
    ]
