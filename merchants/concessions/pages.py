"""Discounts by the seller, in the shop's portal: who may give how much, and who gave what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency

from merchants.concessions.models import Concession
from merchants.concessions.room import Limit
from merchants.concessions.service import (
    ROLES,
    Whose,
    latest,
    list_limits,
    set_limits,
    taken_by,
)
from merchants.permissions import SELLING
from merchants.typed import Typed
from timcheh.access.staff import staff_names, staff_of
from timcheh.audit import record
from timcheh.calendar import day_bounds
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import TimchehError
from timcheh.web.form import Fields, Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.numbers import in_percent, in_unit
from timcheh.web.pages import Html, PageContext
from timcheh.web.period import days_of, page_period, picker

_USUAL: Final = "days30"
_CHOICES: Final = ("today", "week", _USUAL, "month", "quarter", "year")
_LONGEST: Final = 366
"""Days that the report can look back on at once."""
_HERE: Final = "/{mall_slug:str}/shop/concessions"


@dataclass(frozen=True, slots=True)
class _Holder:
    """A row of the form: whose limit, what they are called, and whether they have one."""

    whose: Whose
    name: str

    @property
    def field(self) -> str:
        """What the row's fields end in."""
        return self.whose.role or self.whose.staff_id.hex


@get(_HERE, include_in_schema=False)
async def report(shop_page: NamedDependency[PageContext]) -> Html:
    """What was taken off, by whom, and why."""
    caller = shop_page.caller
    caller.require(SELLING)
    period = page_period(shop_page, _USUAL)
    first, last = days_of(period, shop_page.today, _LONGEST)
    between = day_bounds(first, shop_page.zone)[0], day_bounds(last, shop_page.zone)[1]
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        sums = await taken_by(uow, caller.shop, *between)
        rows = await latest(uow, caller.shop, *between)
        has_limits = bool(await list_limits(uow, caller.shop))
    names = await _names(shop_page, [each.by_id for each in sums], rows)
    program = shop_page.text("concessions-program")
    context = {
        "picker": picker(shop_page, period, shop_page.url("concessions"), _CHOICES),
        "people": [
            {
                "name": names.get(each.by_id, program),
                "purchases": each.purchases,
                "amount": each.amount,
            }
            for each in sums
        ],
        "total": sum(each.amount for each in sums),
        "rows": [_shown(row, names, program) for row in rows],
        "has_limits": has_limits,
    }
    return shop_page.render("merchants/concessions/report.html", context)


@get(f"{_HERE}/limits", include_in_schema=False)
async def limits(shop_page: NamedDependency[PageContext]) -> Html:
    """The limits as they are."""
    caller = shop_page.caller
    caller.require(SELLING)
    holders = await _holders(shop_page)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        values = await _values(shop_page, uow, holders)
    return _form(shop_page, holders, shop_page.form(values))


@post(f"{_HERE}/limits", include_in_schema=False, status_code=200)
async def limits_set(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Sets them, from the next sale on."""
    caller = shop_page.caller
    caller.require(SELLING)
    holders = await _holders(shop_page)
    written = Written("concession_limits.set", "merchant", caller.shop)
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            now = _values(shop_page, uow, holders)
            data = await reconciled(uow, shop_page, data, now, written)
            typed = Typed(data, shop_page.unit)
            wanted = {
                holder.whose: _limit(typed, holder.field)
                for holder in holders
                if data.get(f"may-{holder.field}")
            }
            typed.check()
            await set_limits(uow, caller.shop, wanted)
            await record(uow, caller, *written)
    except TimchehError as error:
        form = Form.refused(data, error, shop_page.locale)
        return _form(shop_page, holders, form, error.status)
    return shop_page.go(shop_page.url("concessions"), shop_page.text("concessions-saved"))


ROUTES: Final = (report, limits, limits_set)


def _form(page: PageContext, holders: Sequence[_Holder], form: Form, status: int = 200) -> Html:
    rows = [{"field": holder.field, "name": holder.name} for holder in holders]
    context = {"form": form, "holders": rows}
    return page.render("merchants/concessions/limits.html", context, status=status)


async def _holders(page: PageContext) -> list[_Holder]:
    """The roles, then the people of the shop who are no owners: those have no bounds."""
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as uow:
        staff = await staff_of(uow, page.caller.shop)
    owners = {person.id for person, role in staff if role.role == "owner"}
    sellers = {
        person.id: person.name
        for person, role in staff
        if person.id not in owners and role.role in ROLES
    }
    named = [_Holder(Whose(role), page.text(f"concessions-role-{role}")) for role in ROLES]
    return named + [_Holder(Whose("", id), name) for id, name in sellers.items()]


async def _values(page: PageContext, uow: UnitOfWork, holders: Sequence[_Holder]) -> dict[str, str]:
    found = await list_limits(uow, page.caller.shop)
    values: dict[str, str] = {}
    for holder in holders:
        limit = found.get(holder.whose)
        if limit is not None:
            values |= _typed_again(holder.field, limit, page)
    return values


def _limit(typed: Typed, field: str) -> Limit:
    limit = Limit(
        typed.percent(f"line-{field}", 1),
        typed.money(f"invoice-{field}"),
        typed.money(f"day-{field}"),
    )
    for name, amount in (("invoice", limit.per_invoice), ("day", limit.per_day)):
        if amount == 0:
            typed.fault(f"{name}-{field}", "not_positive")
    return limit


def _typed_again(field: str, limit: Limit, page: PageContext) -> dict[str, str]:
    unit = page.unit
    return {
        f"may-{field}": "yes",
        f"line-{field}": in_percent(limit.line_bps),
        f"invoice-{field}": in_unit(limit.per_invoice, unit),
        f"day-{field}": in_unit(limit.per_day, unit),
    }


async def _names(
    page: PageContext, ids: Sequence[UUID], rows: Sequence[Concession]
) -> dict[UUID, str]:
    everyone = {*ids, *(row.by_id for row in rows), *(row.actor_id for row in rows)}
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as uow:
        return await staff_names(uow, everyone)


def _shown(row: Concession, names: dict[UUID, str], program: str) -> dict[str, Any]:
    return {
        "purchase_id": row.purchase_id,
        "at": row.at,
        "who": names.get(row.by_id, program),
        "seller": "" if row.by_id == row.actor_id else names.get(row.actor_id, program),
        "line": None if row.line is None else row.line + 1,
        "bps": row.bps,
        "amount": row.amount,
        "reason": row.reason,
    }
