"""How a branch sold day by day: as the chart of its page, and as its sheet."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.branches.queries import sales_by_day
from merchants.branches.service import find_branch
from merchants.permissions import TERMINALS, Branches, branches_of
from merchants.today.queries import Period
from timcheh.access.caller import Caller
from timcheh.calendar import day_bounds
from timcheh.errors import NotFound
from timcheh.web.charts import Chart, Series
from timcheh.web.downloads import chart_sheet
from timcheh.web.pages import PageContext
from timcheh.web.period import days_of, page_period
from timcheh.web.steps import Days, fineness, labels, names, steps

USUAL: Final = "days30"
_LONGEST: Final = 366
"""Days that the pages can look back on at once."""
_POINTS: Final = 92
"""As many as a chart shows at most."""
_SHEET: Final = "/{mall_slug:str}/shop/branches/{branch_id:uuid}/sales.xlsx"


@get(_SHEET, include_in_schema=False)
async def sales_sheet(
    shop_page: NamedDependency[PageContext], branch_id: FromPath[UUID]
) -> Response[Any]:
    """The chart's values, in rial."""
    caller, zone = shop_page.caller, shop_page.mall.timezone
    sees_branch(caller, branch_id)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await find_branch(uow, caller.shop, branch_id)
        found = await sales_by_day(uow, caller.shop, branch_id, asked_period(shop_page), zone)
    chart = course(shop_page, branch_id, found)
    if chart is None:
        raise NotFound
    return await chart_sheet(shop_page, chart, "branch-sales")


def sees_branch(caller: Caller, branch_id: UUID) -> Branches:
    """The branches that the caller may see, None for all. Raises NotFound if not this one."""
    allowed = branches_of(caller, TERMINALS)
    if allowed is not None and branch_id not in allowed:
        raise NotFound
    return allowed


def asked_period(page: PageContext) -> Period:
    """The days that the address asks for."""
    first, last = _days(page)
    return Period(day_bounds(first, page.zone)[0], day_bounds(last, page.zone)[1])


def course(page: PageContext, branch_id: UUID, found: Mapping[date, int]) -> Chart | None:
    """Sales by the day, or by the week where there are many; one day alone is no course."""
    days = _days(page)
    if days.length == 1:
        return None
    step = fineness(days, _POINTS)
    parts = steps(days, step)
    sums = [sum(sold for day, sold in found.items() if p.first <= day <= p.last) for p in parts]
    return Chart(
        "branch-sales",
        page.text(f"branches-by-{step}"),
        labels(parts, step, page.voice),
        [Series(page.text("branches-sales"), sums)],
        page.text(f"step-{step}"),
        page.url(f"branches/{branch_id}/sales.xlsx") + page_period(page, USUAL).query,
        names=names(parts, step, page.voice),
    )


def _days(page: PageContext) -> Days:
    return Days(*days_of(page_period(page, USUAL), page.today, _LONGEST))
