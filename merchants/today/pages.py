"""The shop's home: its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency

from merchants.alerts.service import count_open
from merchants.listing import Window
from merchants.permissions import ALERTS, CUSTOMERS, TILL, TODAY, branches_of, may_somewhere
from merchants.purchases.listing import PurchaseFilter, PurchaseRow, list_rows
from merchants.purchases.showing import customer_text, shown_rows
from merchants.today import queries
from merchants.today.hours import asked_day, hours_chart, hours_sheet
from merchants.today.occasions import Occasion, occasions_today
from merchants.today.setup import OPTIONAL, STEPS, Setup, setup_of
from timcheh.calendar import day_bounds
from timcheh.db import Scope, UnitOfWork
from timcheh.ledger.queries import balance_of
from timcheh.module import Waiting
from timcheh.web.pages import PageContext

_NEWEST: Final = 6
_NAMED: Final = 5  # people whose day it is
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Day:
    """What was read of one day."""

    sales: queries.Sales
    before: queries.Sales
    earned: dict[str, int]
    counts: queries.Counts
    clearing: int
    hours: dict[int, int]
    newest: list[PurchaseRow]
    alerts: int


@get("/{mall_slug:str}/shop", include_in_schema=False)
async def today(shop_page: NamedDependency[PageContext]) -> Response[Any]:
    """The day so far; whoever may only sell goes straight to the till."""
    caller = shop_page.caller
    if not may_somewhere(caller, TODAY) and may_somewhere(caller, TILL):
        return shop_page.go(shop_page.url("till"))
    branches = branches_of(caller, TODAY)
    day, now_there = asked_day(shop_page), shop_page.today
    period = queries.Period(*day_bounds(day, shop_page.zone), branches)
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        clearing = await balance_of(uow, "clearing", caller.shop)
        setup = await setup_of(uow, caller.shop)
        waiting = await shop_page.services.waiting_for_shop(uow, caller.shop)
    occasions: Sequence[Occasion] = ()
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        found = await _read(uow, caller.shop, period, shop_page.mall.timezone, clearing)
        if may_somewhere(caller, CUSTOMERS) and day == now_there:
            occasions = await occasions_today(uow, caller.shop)
    context = _figures(day, found) | {
        "hours": hours_chart(shop_page, found.hours, day),
        "purchases": shown_rows(shop_page, found.newest),
        "checklist": _checklist(shop_page, setup),
        "occasions": _occasions(shop_page, occasions),
        "alerts": _alerts(shop_page, found) + _waiting(shop_page, waiting),
        "is_today": day == now_there,
        "day_before": shop_page.url() + f"?day={day - timedelta(days=1)}",
        "day_after": shop_page.url() + f"?day={day + timedelta(days=1)}",
    }
    return shop_page.render("merchants/today.html", context)


ROUTES: Final = (today, hours_sheet)


async def _read(
    uow: UnitOfWork, shop: UUID, period: queries.Period, zone: str, clearing: int
) -> _Day:
    week_before = period.earlier(_WEEK, until=uow.now)
    return _Day(
        await queries.sales_of(uow, shop, period),
        await queries.sales_of(uow, shop, week_before),
        await queries.earned_in(uow, shop, period),
        await queries.counts_of(uow, shop, period),
        clearing,
        await queries.sales_by_hour(uow, shop, period, zone),
        await list_rows(uow, shop, PurchaseFilter(period.branches), Window(limit=_NEWEST - 1)),
        await count_open(uow, shop),
    )


def _figures(day: date, found: _Day) -> dict[str, Any]:
    return {
        "today": {
            "date": day,
            "sales": found.sales.sales,
            "sales_before": found.before.sales,
            "purchases": found.sales.purchases,
            "customers": found.sales.customers,
            "new_customers": found.counts.new,
            "earned_credit": found.earned.get("rial", 0),
            "earned_points": found.earned.get("point", 0),
            "spent_value": found.sales.spent_value,
            "clearing": found.clearing,
        }
    }


def _checklist(page: PageContext, setup: Setup) -> list[dict[str, Any]]:
    """What a new shop still has to do; nothing once it has sold under rules."""
    if setup.live:
        return []
    return [
        {
            "label": page.text(f"today-step-{step}"),
            "detail": page.text(f"today-step-{step}.detail"),
            "href": page.url(path),
            "done": step in setup.done,
            "optional": step in OPTIONAL,
        }
        for step, path in STEPS
    ]


def _occasions(page: PageContext, found: Sequence[Occasion]) -> dict[str, Any]:
    """The first few by name, and how many more there are."""
    return {
        "people": [
            {
                "name": customer_text(page, each.name, each.mobile),
                "what": page.text(f"today-occasion-{each.kind}"),
                "icon": "gift" if each.kind == "birthday" else "sparkles",
                "href": page.url(f"customers/{each.member_id}"),
            }
            for each in found[:_NAMED]
        ],
        "more": max(0, len(found) - _NAMED),
        "href": page.url("segments"),
    }


def _waiting(page: PageContext, found: Sequence[Waiting]) -> list[dict[str, str]]:
    """What waits for the shop's answer elsewhere, as the other modules tell it."""
    return [
        {
            "text": page.text(each.label, count=each.count),
            "href": page.url(each.path),
            "icon": each.icon,
        }
        for each in found
        if page.caller.may(each.permission)
    ]


def _alerts(page: PageContext, found: _Day) -> list[dict[str, str]]:
    shown = []
    if found.counts.waiting:
        shown.append(
            {
                "text": page.text("today-waiting", count=found.counts.waiting),
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
