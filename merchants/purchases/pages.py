"""Purchases in the shop's portal: the list, one of them, and taking goods back."""

from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.listing import Window, addressed, cut
from merchants.permissions import (
    CUSTOMERS,
    CUSTOMERS_WRITE,
    PURCHASES,
    RETURNS,
    branches_of,
    may_somewhere,
)
from merchants.purchases.listing import PurchaseDetail, PurchaseFilter, list_rows, read_detail
from merchants.purchases.returning import foresee, return_lines
from merchants.purchases.showing import foreseen, money, shown_detail, shown_rows
from merchants.shops.service import shop_names
from timcheh.access.staff import staff_of
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import FieldError, Invalid, TimchehError
from timcheh.ids import new_id
from timcheh.web.errors import IdempotencyKeyInvalid, IdempotencyKeyReused
from timcheh.web.form import Fields, Form
from timcheh.web.idempotency import run_form
from timcheh.web.numbers import read_quantity
from timcheh.web.pages import Html, PageContext
from timcheh.web.period import ALL, page_period, picker

STATES: Final = ("confirmed", "authorized", "cancelled", "expired")
_LONGEST_QUERY: Final = 100
_PERIODS: Final = (ALL, "today", "week", "month", "last")


@get("/{mall_slug:str}/shop/purchases", include_in_schema=False)
async def purchase_list(shop_page: NamedDependency[PageContext]) -> Html:
    """The shop's purchases, newest first."""
    caller, query = shop_page.caller, shop_page.request.query_params
    branches = branches_of(caller, PURCHASES)
    state = query.get("state", "") if query.get("state") in STATES else ""
    text = query.get("q", "").strip()[:_LONGEST_QUERY]
    window, period = Window.asked(query, UUID), page_period(shop_page)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        wanted = PurchaseFilter(branches, state, text, starts=period.since, ends=period.until)
        rows = await list_rows(uow, caller.shop, wanted, window)
    here, keep = shop_page.url("purchases"), {"state": state, "q": text}
    shown = cut(window, rows, lambda row: row.id, here, keep | period.fields)
    context = {
        "purchases": shown_rows(shop_page, shown.rows),
        "state": state,
        "q": text,
        "filters": [
            (
                shop_page.text(f"state-{each}" if each else "ui-all"),
                addressed(here, keep | period.fields | {"state": each}),
                each == state,
            )
            for each in ("", *STATES[:-1])
        ],
        "picker": picker(shop_page, period, here, _PERIODS, keep),
        "period": period.fields,
        "next": shown.next,
        "previous": shown.previous,
        "may_export": may_somewhere(caller, CUSTOMERS_WRITE),
    }
    return shop_page.render("merchants/purchases/list.html", context)


@get("/{mall_slug:str}/shop/purchases/{purchase_id:uuid}", include_in_schema=False)
async def purchase_one(
    shop_page: NamedDependency[PageContext], purchase_id: FromPath[UUID]
) -> Html:
    """One purchase with its reasons."""
    detail = await _detail(shop_page, purchase_id, PURCHASES)
    return shop_page.render("merchants/purchases/one.html", await _shown(shop_page, detail))


@get("/{mall_slug:str}/shop/purchases/{purchase_id:uuid}/return", include_in_schema=False)
async def return_form(shop_page: NamedDependency[PageContext], purchase_id: FromPath[UUID]) -> Html:
    """What comes back, line by line."""
    detail = await _detail(shop_page, purchase_id, RETURNS)
    if not detail.can_return:
        return shop_page.go(shop_page.url(f"purchases/{purchase_id}"))
    return await _return_page(shop_page, detail, Form(), str(new_id()))


@post(
    "/{mall_slug:str}/shop/purchases/{purchase_id:uuid}/return/preview",
    include_in_schema=False,
    status_code=200,
)
async def return_preview(
    shop_page: NamedDependency[PageContext], purchase_id: FromPath[UUID], data: Fields
) -> Html:
    """What comes back and what goes before it is done, or what is wrong: a fragment."""
    caller = shop_page.caller
    detail = await _detail(shop_page, purchase_id, RETURNS)
    seen: dict[str, Any] | None = None
    problem = ""
    if any(data.get(f"quantity-{line.line}", "").strip() for line in detail.lines):
        try:
            back = _lines_back(detail, data)
            _refuse_too_much(detail, back)
            done = await foresee(
                shop_page.database, caller.mall_id, caller.shop, purchase_id, back, caller.id
            )
            seen = foreseen(shop_page, done)
        except TimchehError as error:
            form = Form.refused({}, error, shop_page.locale)
            problem = form.message or next(iter(form.errors.values()))
    context = {"seen": seen, "problem": problem}
    return shop_page.render("merchants/purchases/_back.html", context)


@post(
    "/{mall_slug:str}/shop/purchases/{purchase_id:uuid}/return",
    include_in_schema=False,
    status_code=200,
)
async def return_made(
    shop_page: NamedDependency[PageContext], purchase_id: FromPath[UUID], data: Fields
) -> Html:
    """Takes the goods back, once for each form."""
    caller = shop_page.caller
    detail = await _detail(shop_page, purchase_id, RETURNS)
    key = data.get("request_key", "")
    try:
        back = _lines_back(detail, data)
        asked = sha256(msgspec.json.encode([str(purchase_id), back])).digest()

        async def work(uow: UnitOfWork) -> int:
            _refuse_too_much(detail, back)
            done = await return_lines(uow, caller.shop, purchase_id, back, caller.id)
            return done.outcome.refund

        scope = Scope.mall(caller.mall_id)
        body = await run_form(shop_page.request, caller, key, asked, work, scope=scope)
    except TimchehError as error:
        form = Form.refused(data, error, shop_page.locale)
        fresh = isinstance(error, IdempotencyKeyReused | IdempotencyKeyInvalid)
        kept = str(new_id()) if fresh else key
        return await _return_page(shop_page, detail, form, kept, error.status)
    refund = money(shop_page, msgspec.json.decode(body, type=int))
    toast = shop_page.text("return-done", amount=refund)
    return shop_page.go(shop_page.url(f"purchases/{purchase_id}"), toast)


ROUTES: Final = (purchase_list, purchase_one, return_form, return_preview, return_made)


async def _detail(page: PageContext, purchase_id: UUID, permission: str) -> PurchaseDetail:
    branches = branches_of(page.caller, permission)
    async with page.database.unit_of_work(page.caller.scope) as uow:
        return await read_detail(uow, page.caller.shop, purchase_id, branches)


async def _shown(page: PageContext, detail: PurchaseDetail) -> dict[str, Any]:
    caller = page.caller
    # Accounts belong to the mall: whose name is shown is the shop's own staff, nobody else's.
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        names = await shop_names(uow)
        staff = {person.id: person.name for person, _ in await staff_of(uow, caller.shop)}
    return shown_detail(
        page,
        detail,
        names,
        staff.get(detail.head.actor_id, "") if detail.head.actor_id else "",
        knows_customers=may_somewhere(caller, CUSTOMERS),
        may_return=caller.may(RETURNS, detail.head.branch_id),
    )


async def _return_page(
    page: PageContext, detail: PurchaseDetail, form: Form, key: str, status: int = 200
) -> Html:
    context = await _shown(page, detail)
    context |= {"form": form, "request_key": key, "seen": None, "problem": ""}
    return page.render("merchants/purchases/return.html", context, status=status)


def _lines_back(detail: PurchaseDetail, data: dict[str, str]) -> list[tuple[int, int]]:
    """`(line, thousandths)` of what was typed. Raises Invalid with the fields at fault."""
    back, faults = [], []
    for line in detail.lines:
        typed = data.get(f"quantity-{line.line}", "").strip()
        if not typed:
            continue
        try:
            quantity = read_quantity(typed, f"/quantity-{line.line}")
        except Invalid as error:
            faults += error.errors
            continue
        back.append((line.line, quantity))
    if not faults and not back:
        first = detail.lines[0].line
        faults.append(FieldError(f"/quantity-{first}", "nothing_chosen", {}))
    if faults:
        raise Invalid(errors=faults)
    return back


def _refuse_too_much(detail: PurchaseDetail, back: list[tuple[int, int]]) -> None:
    """Not for a form that has done its work already: then less is left, and rightly so."""
    left = {line.line: line.quantity_milli - line.returned_milli for line in detail.lines}
    faults = [
        FieldError(f"/quantity-{line}", "more_than_left", {})
        for line, quantity in back
        if quantity > left[line]
    ]
    if faults:
        raise Invalid(errors=faults)
