"""Sales colleagues in the shop's portal: who they are, what they earn, and their account."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.catalogue.queries import group_names
from merchants.colleagues.models import Commission
from merchants.colleagues.service import (
    ColleagueRow,
    list_colleagues,
    pay_colleague,
    put_colleague,
    statement_of,
)
from merchants.colleagues.terms import EVERYTHING, Rate
from merchants.listing import ROWS
from merchants.permissions import COLLEAGUES
from merchants.typed import Typed
from timcheh.audit import record
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import NotFound, TimchehError
from timcheh.ids import new_id
from timcheh.printing import pdf
from timcheh.text.identifiers import IdentifierError, mobile
from timcheh.web.form import Fields, Form, row_key
from timcheh.web.idempotency import run_form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.numbers import in_percent, in_unit
from timcheh.web.pages import Html, PageContext

_HERE: Final = "/{mall_slug:str}/shop/colleagues"
_MOST_ON_PAPER: Final = 1_000


@get(_HERE, include_in_schema=False)
async def colleagues(shop_page: NamedDependency[PageContext]) -> Html:
    """The shop's colleagues and what it owes each."""
    caller = shop_page.caller
    caller.require(COLLEAGUES)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        rows = await list_colleagues(uow, caller.shop)
    return shop_page.render("merchants/colleagues/list.html", {"colleagues": rows})


@get(_HERE + "/new", include_in_schema=False)
async def colleague_new(shop_page: NamedDependency[PageContext]) -> Html:
    """The form of a new one."""
    return await _form(shop_page, Form({"active": "yes"}), None)


@post(_HERE, include_in_schema=False, status_code=200)
async def colleague_added(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Defines one."""
    return await _save(shop_page, data, None)


@get(_HERE + "/{colleague_id:uuid}/edit", include_in_schema=False)
async def colleague_edit(
    shop_page: NamedDependency[PageContext], colleague_id: FromPath[UUID]
) -> Html:
    """The form of one."""
    row = await _one(shop_page, colleague_id)
    return await _form(shop_page, shop_page.form(_values(shop_page, row)), row)


@post(_HERE + "/{colleague_id:uuid}/edit", include_in_schema=False, status_code=200)
async def colleague_changed(
    shop_page: NamedDependency[PageContext], colleague_id: FromPath[UUID], data: Fields
) -> Html:
    """Changes one; what was earned before stays as it is."""
    return await _save(shop_page, data, await _one(shop_page, colleague_id))


@get(_HERE + "/{colleague_id:uuid}", include_in_schema=False)
async def colleague_one(
    shop_page: NamedDependency[PageContext], colleague_id: FromPath[UUID]
) -> Html:
    """Their account."""
    return await _account(shop_page, await _one(shop_page, colleague_id), Form(), str(new_id()))


@post(_HERE + "/{colleague_id:uuid}", include_in_schema=False, status_code=200)
async def colleague_paid(
    shop_page: NamedDependency[PageContext], colleague_id: FromPath[UUID], data: Fields
) -> Html:
    """Notes that they were paid, once for each form."""
    caller = shop_page.caller
    row, key = await _one(shop_page, colleague_id), data.get("request_key", "")
    typed = Typed(data, shop_page.unit)
    amount = typed.needed_money("amount")
    if not typed.faults and not amount:
        typed.fault("amount", "not_positive")

    async def work(uow: UnitOfWork) -> int:
        await pay_colleague(uow, caller.shop, colleague_id, amount, caller.id)
        await record(
            uow,
            caller,
            "colleague.paid",
            "colleague",
            colleague_id,
            merchant_id=caller.shop,
            after={"amount": amount},
        )
        return amount

    try:
        typed.check()
        asked = sha256(msgspec.json.encode([str(colleague_id), amount])).digest()
        scope = Scope.mall(caller.mall_id)
        await run_form(shop_page.request, caller, key, asked, work, scope=scope)
    except TimchehError as error:
        form = Form.refused(data, error, shop_page.locale)
        return await _account(shop_page, row, form, str(new_id()), error.status)
    toast = shop_page.text("colleagues-paid", name=row.name)
    return shop_page.go(shop_page.url(f"colleagues/{colleague_id}"), toast)


@get(_HERE + "/{colleague_id:uuid}/statement.pdf", include_in_schema=False)
async def colleague_statement(
    shop_page: NamedDependency[PageContext], colleague_id: FromPath[UUID]
) -> Html:
    """Their account on paper."""
    row = await _one(shop_page, colleague_id)
    context = {
        "colleague": row,
        "rows": await _rows(shop_page, row.id, _MOST_ON_PAPER),
        "shop": shop_page.session.place,
        "mall_name": shop_page.mall.name,
        "now": shop_page.now,
    }
    html = str(shop_page.render("merchants/colleagues/statement.html", context).content)
    headers = {"Content-Disposition": f'inline; filename="statement-{colleague_id}.pdf"'}
    content = await pdf(html, "invoice-a5")
    return Response(content, media_type="application/pdf", headers=headers)


ROUTES: Final = (
    colleagues,
    colleague_new,
    colleague_added,
    colleague_edit,
    colleague_changed,
    colleague_one,
    colleague_paid,
    colleague_statement,
)


async def _one(page: PageContext, colleague_id: UUID) -> ColleagueRow:
    page.caller.require(COLLEAGUES)
    async with page.database.unit_of_work(page.caller.scope) as uow:
        found = await list_colleagues(uow, page.caller.shop, colleague_id)
    if not found:
        raise NotFound
    return found[0]


async def _rows(page: PageContext, colleague_id: UUID, most: int) -> list[Commission]:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        return list(await statement_of(uow, page.caller.shop, colleague_id, None, most))


async def _account(
    page: PageContext, row: ColleagueRow, form: Form, key: str, status: int = 200
) -> Html:
    context = {
        "colleague": row,
        "rows": await _rows(page, row.id, ROWS),
        "form": form,
        "request_key": key,
    }
    return page.render("merchants/colleagues/one.html", context, status=status)


async def _groups(page: PageContext, row: ColleagueRow | None) -> list[str]:
    """Everything first, then the shop's product groups, and those that only old terms name."""
    async with page.database.unit_of_work(page.caller.scope) as uow:
        groups = await group_names(uow, page.caller.shop)
    own = [name for name in row.terms if name and name not in groups] if row else []
    return [EVERYTHING, *groups, *own]


async def _form(page: PageContext, form: Form, row: ColleagueRow | None, status: int = 200) -> Html:
    page.caller.require(COLLEAGUES)
    groups = [(row_key(group), group) for group in await _groups(page, row)]
    context = {"form": form, "colleague": row, "groups": groups}
    return page.render("merchants/colleagues/form.html", context, status=status)


async def _save(page: PageContext, data: dict[str, str], row: ColleagueRow | None) -> Html:
    caller = page.caller
    caller.require(COLLEAGUES)
    groups = await _groups(page, row)
    try:
        async with page.database.unit_of_work(caller.scope) as uow:
            if row is not None:
                now = _values_now(page, uow, row.id)
                data = await reconciled(uow, page, data, now, _written(row.id))
            typed = Typed(data, page.unit)
            name, number = typed.needed("name", 100), _mobile(typed)
            terms = _terms(typed, groups)
            typed.check()
            made = await put_colleague(
                uow,
                caller.shop,
                name,
                number,
                terms,
                active=bool(data.get("active")),
                colleague_id=row.id if row else None,
            )
            await record(uow, caller, *_written(made.id), after={"name": name})
    except TimchehError as error:
        form = Form.refused(data, error, page.locale)
        return await _form(page, form, row, error.status)
    return page.go(page.url(f"colleagues/{made.id}"), page.text("colleagues-saved", name=name))


def _written(colleague_id: UUID) -> Written:
    return Written("colleague.changed", "colleague", colleague_id)


async def _values_now(page: PageContext, uow: UnitOfWork, colleague_id: UUID) -> dict[str, str]:
    (row,) = await list_colleagues(uow, page.caller.shop, colleague_id)
    return _values(page, row)


def _values(page: PageContext, row: ColleagueRow) -> dict[str, str]:
    values = {
        "name": row.name,
        "mobile": row.mobile or "",
        "active": "yes" if row.active else "",
    }
    for group, rate in row.terms.items():
        values[f"percent-{row_key(group)}"] = in_percent(rate.bps)
        values[f"amount-{row_key(group)}"] = in_unit(rate.amount, page.unit)
    return values


def _terms(typed: Typed, groups: Sequence[str]) -> dict[str, Rate]:
    terms: dict[str, Rate] = {}
    for group in groups:
        key = row_key(group)
        bps, amount = typed.percent(f"percent-{key}"), typed.money(f"amount-{key}")
        if bps is not None and amount is not None:
            typed.fault(f"amount-{key}", "percent_or_amount")
        elif bps is not None or amount is not None:
            terms[group] = Rate(bps, amount)
    return terms


def _mobile(typed: Typed) -> str | None:
    written = typed.text("mobile", 20)
    try:
        return mobile(written) if written else None
    except IdentifierError as error:
        typed.fault("mobile", error.code)
        return None
