"""The shop's home: its day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get
from litestar.di import NamedDependency

from merchants.alerts.service import count_open
from merchants.listing import Window
from merchants.permissions import ALERTS, TILL, TODAY, branches_of, may_somewhere
from merchants.purchases.listing import PurchaseFilter, PurchaseRow, list_rows
from merchants.purchases.showing import shown_rows
from merchants.today import queries
from timcheh.calendar import day_bounds, local_date, local_hour
from timcheh.db import Scope, UnitOfWork
from timcheh.ledger.queries import balance_of
from timcheh.text.digits import format_number
from timcheh.web.charts import Chart, Series
from timcheh.web.pages import PageContext

_NEWEST: Final = 6
_WEEK: Final = timedelta(days=7)
_OPENING_HOUR: Final = 9


@dataclass(frozen=True, slots=True)
class _Day:
    """What was read of one day."""

    sales: queries.Sales
    before: queries.Sales
    earned: dict[str, int]
    new_customers: int
    clearing: int
    hours: dict[int, int]
    newest: list[PurchaseRow]
    waiting: int
    alerts: int
    has_sold: bool
    has_rules: bool


@get("/{mall_slug:str}/shop", include_in_schema=False)
async def today(shop_page: NamedDependency[PageContext]) -> Response[Any]:
    """The day so far; whoever may only sell goes straight to the till."""
    caller = shop_page.caller
    if not may_somewhere(caller, TODAY) and may_somewhere(caller, TILL):
        return shop_page.go(shop_page.url("till"))
    branches = branches_of(caller, TODAY)
    zone = ZoneInfo(shop_page.mall.timezone)
    now_there = local_date(shop_page.now, zone)
    day = _asked_day(shop_page.request.query_params.get("day"), now_there)
    period = queries.Period(*day_bounds(day, zone), branches)
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        clearing = await balance_of(uow, "clearing", caller.shop)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        found = await _read(uow, caller.shop, period, shop_page.mall.timezone, clearing)
    context = _figures(day, found) | {
        "hours": _hours(shop_page, found.hours, period, zone),
        "purchases": shown_rows(shop_page, found.newest),
        "checklist": _checklist(shop_page, found),
        "alerts": _alerts(shop_page, found),
        "is_today": day == now_there,
        "day_before": shop_page.url() + f"?day={day - timedelta(days=1)}",
        "day_after": shop_page.url() + f"?day={day + timedelta(days=1)}",
    }
    return shop_page.render("merchants/today.html", context)


ROUTES: Final = (today,)


def _asked_day(text: str | None, now_there: date) -> date:
    """The day of the address, if it is one that has begun."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return now_there
    return min(day, now_there) if day.year > 2000 else now_there


async def _read(
    uow: UnitOfWork, shop: UUID, period: queries.Period, zone: str, clearing: int
) -> _Day:
    week_before = period.earlier(_WEEK, until=uow.now)
    sold, ruled = await queries.begun(uow, shop)
    return _Day(
        await queries.sales_of(uow, shop, period),
        await queries.sales_of(uow, shop, week_before),
        await queries.earned_in(uow, shop, period),
        await queries.new_customers(uow, shop, period),
        clearing,
        await queries.sales_by_hour(uow, shop, period, zone),
        await list_rows(uow, shop, PurchaseFilter(period.branches), Window(limit=_NEWEST - 1)),
        await queries.waiting(uow, shop),
        await count_open(uow, shop),
        sold,
        ruled,
    )


def _figures(day: date, found: _Day) -> dict[str, Any]:
    return {
        "today": {
            "date": day,
            "sales": found.sales.sales,
            "sales_before": found.before.sales,
            "purchases": found.sales.purchases,
            "customers": found.sales.customers,
            "new_customers": found.new_customers,
            "earned_credit": found.earned.get("rial", 0),
            "earned_points": found.earned.get("point", 0),
            "spent_value": found.sales.spent_value,
            "clearing": found.clearing,
        }
    }


def _hours(
    page: PageContext, found: dict[int, int], period: queries.Period, zone: ZoneInfo
) -> Chart:
    """From opening (or the first sale) to now, or to the last sale of a day that is over."""
    is_over = page.now >= period.ends
    last = max(found, default=_OPENING_HOUR) if is_over else local_hour(page.now, zone)
    first = min([_OPENING_HOUR, last, *found])
    hours = range(first, max(last, *found, 0) + 1)
    sales = [found.get(hour, 0) for hour in hours]
    return Chart(
        "sales-by-hour",
        page.text("today-by-hour-of" if is_over else "today-by-hour"),
        [format_number(hour, page.locale) for hour in hours],
        [Series(page.text("today-hour-sales"), sales)],
        page.text("today-hour"),
        names=[page.text("today-hour-of", hour=hour) for hour in hours],
    )


def _checklist(page: PageContext, found: _Day) -> list[dict[str, Any]]:
    """What a new shop still has to do; nothing once it has sold under rules."""
    if found.has_sold and found.has_rules:
        return []
    steps = (
        ("today-step-rules", "rules", found.has_rules),
        ("today-step-sale", "till", found.has_sold),
    )
    return [
        {"label": page.text(label), "href": page.url(path), "done": done}
        for label, path, done in steps
    ]


def _alerts(page: PageContext, found: _Day) -> list[dict[str, str]]:
    shown = []
    if found.waiting:
        shown.append(
            {
                "text": page.text("today-waiting", count=found.waiting),
                "href": page.url("purchases") + "?state=authorized",
                "icon": "hourglass",
            }
        )
    if found.alerts and page.caller.may(ALERTS):
        shown.append(
            {
                "text": page.text("today-alerts", count=found.alerts),
                "href": page.url("alerts"),
                "icon": "triangle-alert",
            }
        )
    return shown
