"""A day's sales by the hour: as the chart of the shop's home, and as its sheet."""

from datetime import date
from typing import Any, Final

from litestar import Response, get
from litestar.di import NamedDependency

from merchants.permissions import TODAY, branches_of
from merchants.today.queries import Period, sales_by_hour
from timcheh.calendar import day_bounds, local_hour
from timcheh.text.digits import format_number
from timcheh.web.charts import Chart, Series
from timcheh.web.downloads import chart_sheet
from timcheh.web.pages import PageContext

_OPENING: Final = 9


@get("/{mall_slug:str}/shop/today/hours.xlsx", include_in_schema=False)
async def hours_sheet(shop_page: NamedDependency[PageContext]) -> Response[Any]:
    """The day of the address, in rial."""
    caller, day = shop_page.caller, asked_day(shop_page)
    period = Period(*day_bounds(day, shop_page.zone), branches_of(caller, TODAY))
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        found = await sales_by_hour(uow, caller.shop, period, shop_page.mall.timezone)
    return await chart_sheet(shop_page, hours_chart(shop_page, found, day), f"sales-{day}")


def asked_day(page: PageContext) -> date:
    """The day of the address, if it is one that has begun; else today."""
    try:
        day = date.fromisoformat(page.request.query_params.get("day", ""))
    except ValueError:
        return page.today
    return min(day, page.today) if day.year > 2000 else page.today


def hours_chart(page: PageContext, found: dict[int, int], day: date) -> Chart:
    """From opening (or the first sale) to now, or to the last sale of a day that is over."""
    is_over = day < page.today
    last = max(found, default=_OPENING) if is_over else local_hour(page.now, page.zone)
    first = min([_OPENING, last, *found])
    hours = range(first, max(last, *found, 0) + 1)
    sales = [found.get(hour, 0) for hour in hours]
    return Chart(
        "sales-by-hour",
        page.text("today-by-hour-of" if is_over else "today-by-hour"),
        [format_number(hour, page.locale) for hour in hours],
        [Series(page.text("today-hour-sales"), sales)],
        page.text("today-hour"),
        names=[page.text("today-hour-of", hour=hour) for hour in hours],
        excel=page.url(f"today/hours.xlsx?day={day}"),
    )
