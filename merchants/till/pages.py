"""The till: one form, its preview as it is typed, and the sale."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency

from merchants.approvals.errors import ApprovalRequired
from merchants.approving.till import CODE, SEND, ask_member, asked_again, take_code
from merchants.catalogue.queries import find_goods, group_names
from merchants.colleagues.service import active_colleagues
from merchants.concessions.errors import ConcessionTooMuch
from merchants.concessions.giving import conceded_in
from merchants.concessions.service import room_for
from merchants.permissions import TILL, TILL_PRICE, branches_of, may_somewhere
from merchants.purchases.answer import PurchaseOut
from merchants.purchases.command import Till
from merchants.purchases.counter import counter_for
from merchants.purchases.desk import Replayed
from merchants.purchases.guessing import counting_misses
from merchants.purchases.listing import read_detail
from merchants.purchases.showing import customer_text, joined, money, value_text
from merchants.shops.service import open_branches, shop_names
from merchants.till.activating import change_activation
from merchants.till.entry import Entry, looks_whole, read_entry, renumbered, typed_lines
from merchants.till.preview import Preview, command_of, preview
from timcheh.db import Scope
from timcheh.errors import Invalid, NotFound, TimchehError
from timcheh.ids import new_id, read_id
from timcheh.text.identifiers import IdentifierError, mobile
from timcheh.web.context import context_of
from timcheh.web.errors import IdempotencyKeyReused
from timcheh.web.form import Fields, Form, field_name
from timcheh.web.pages import Html, PageContext

_LONGEST_KEY: Final = 64
_EXPLAINED: Final = frozenset({"mobile_invalid", "member_number_invalid", "member_required"})


@dataclass(frozen=True, slots=True)
class _Counter:
    """Where the person stands: the branches to choose from, the groups and names to show."""

    branches: list[tuple[str, str]]
    groups: list[str]
    names: Mapping[UUID, str]
    colleagues: list[tuple[str, str]]


@get("/{mall_slug:str}/shop/till", include_in_schema=False)
async def till(shop_page: NamedDependency[PageContext]) -> Html:
    """An empty till, with the sale that was just made, if one was."""
    query = shop_page.request.query_params
    counter = await _counter(shop_page)
    values = {"member": query.get("member", "")[:20], "branch": query.get("branch", "")}
    last = await _last(shop_page, query.get("done"))
    seen = await _preview(shop_page, values, counter) if values["member"] else Preview()
    room = await _room(shop_page, values, counter)
    return _page(shop_page, counter, Form(values), seen, room, last=last)


@post("/{mall_slug:str}/shop/till/preview", include_in_schema=False, status_code=200)
async def till_preview(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """What the sale would come to: a fragment, also when something is wrong."""
    counter = await _counter(shop_page)
    context = {"preview": await _preview(shop_page, data, counter)}
    return shop_page.render("merchants/till/_preview.html", context)


@post("/{mall_slug:str}/shop/till/activation", include_in_schema=False, status_code=200)
async def till_activation(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Activates an offer at the member's word, or puts it away; what the sale comes to then."""
    counter = await _counter(shop_page)
    where = _till(shop_page, data, counter)
    await change_activation(shop_page, await _entry(shop_page, data, counter), where, data)
    context = {"preview": await _preview(shop_page, data, counter)}
    return shop_page.render("merchants/till/_preview.html", context)


@post("/{mall_slug:str}/shop/till", include_in_schema=False, status_code=200)
async def till_sale(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Makes the sale, once for each form; what can't be done comes back as it was typed.

    A script that sends the form gets what is wrong alone: its page still has what was typed.
    """
    counter = await _counter(shop_page)
    values = dict(data) if shop_page.htmx else renumbered(data)[0]
    try:
        where = _till(shop_page, values, counter)
        entry = await _entry(shop_page, values, counter)
        if entry.faults:
            raise Invalid(errors=entry.faults)
        agreed_by = await _agreed_by(shop_page, values)
        key = values.get("request_key", "")
        await take_code(shop_page, values, key)
        sold, to_pay = await _sell(shop_page, entry, where, key, agreed_by)
    except TimchehError as error:
        return await _refused(shop_page, counter, values, error)
    query = {"done": str(sold)} | ({"branch": str(where.branch_id)} if where.branch_id else {})
    toast = shop_page.text("till-toast", amount=money(shop_page, to_pay))
    return shop_page.go(f"{shop_page.url('till')}?{urlencode(query)}", toast)


ROUTES: Final = (till, till_preview, till_activation, till_sale)


async def _sell(
    page: PageContext, entry: Entry, where: Till, key: str, agreed_by: UUID | None
) -> tuple[UUID, int]:
    """The purchase's id and what is to be paid, also where this very form has made it before."""
    if not 0 < len(key) <= _LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise Invalid
    assert entry.member is not None  # an entry without faults has one
    command = command_of(entry, where, entry.member, dry_run=False, key=key, agreed_by=agreed_by)
    limiter, card = page.services.limiter, command.spend.gift_card
    async with counting_misses(limiter, page.database, where, card, command.coupon):
        done = await counter_for(page.database).desk.purchase(command, page.locale)
    if not isinstance(done, Replayed):
        return done.answer.id, done.answer.to_pay + done.answer.vat_added
    if done.outcome.fingerprint != command.fingerprint:
        raise IdempotencyKeyReused
    made = msgspec.json.decode(done.outcome.body, type=PurchaseOut)
    return made.id, made.to_pay + made.vat_added


async def _refused(
    page: PageContext, counter: _Counter, values: dict[str, str], error: TimchehError
) -> Html:
    """The form as it was typed, but for the number of a bank card, which is never shown again.

    Its key stays: should the sale have been made after all, the same form finds it. Only a form
    that was sent before with other values takes a new one.
    """
    blank = [field_name(f) for f in error.errors if f.code == "bank_card_refused"]
    values.update(dict.fromkeys(blank, ""))
    values.pop("agree_password", None)
    key = values.get("request_key", "")
    approval = await _approval(page, counter, values, error)
    values.pop(CODE, None)
    form = Form.refused(values, error, page.locale)
    if isinstance(error, ApprovalRequired):
        form = Form(values)  # nothing is wrong with it: somebody else has to agree
    if isinstance(error, IdempotencyKeyReused):
        form, key = Form(values, message=page.text("till-sent-before")), ""
    # Somebody with a wider limit may agree, here and now.
    ask = isinstance(error, ConcessionTooMuch) or bool(values.get("agree_mobile"))
    if page.htmx:
        told = {"form": form, "request_key": key or str(new_id()), "ask_agreement": ask}
        told |= {"blank": blank, "approval": approval}
        return page.render("merchants/till/_refused.html", told, status=error.status)
    seen = await _preview(page, values, counter)
    room = await _room(page, values, counter)
    status = error.status
    return _page(
        page, counter, form, seen, room, key=key, ask=ask, approval=approval, status=status
    )


async def _approval(
    page: PageContext, counter: _Counter, values: Mapping[str, str], error: TimchehError
) -> dict[str, Any] | None:
    """What the member is asked where the sale needs their approval, or a code was wrong."""
    key = values.get("request_key", "")
    if isinstance(error, ApprovalRequired):
        branch = _till(page, values, counter).branch_id
        return await ask_member(page, error, branch, key, sends=bool(values.get(SEND)))
    return await asked_again(page, key) if values.get(CODE) else None


async def _agreed_by(page: PageContext, fields: Mapping[str, str]) -> UUID | None:
    """Who else answers for what is taken off: a mobile of the shop's staff with its password.

    Raises Invalid, SignInFailed, TooManySignIns.
    """
    typed = fields.get("agree_mobile", "").strip()
    if not typed:
        return None
    try:
        number = mobile(typed)
    except IdentifierError as error:
        raise Invalid.field("/agree_mobile", error.code) from None
    who = await page.services.staff_sign_in.verify(
        page.mall.mall_id,
        "merchant",
        number,
        fields.get("agree_password", ""),
        context_of(page.request).address,
    )
    return who.staff_id


async def _room(
    page: PageContext, fields: Mapping[str, str], counter: _Counter
) -> dict[str, Any] | None:
    """What this person may take off, for the page: `line` bps, `invoice` and `day` rial."""
    where = _till(page, fields, counter)
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as uow:
        room = await room_for(uow, where.merchant_id, where.branch_id, where.principal_id)
    if room is None:
        return None
    limit = room.limit
    day = None if limit.per_day is None else max(0, limit.per_day - room.used_today)
    return {"line": limit.line_bps, "invoice": limit.per_invoice, "day": day}


async def _counter(page: PageContext) -> _Counter:
    """Raises MissingPermission for whoever may not sell anywhere in this shop."""
    caller = page.caller
    allowed = branches_of(caller, TILL)
    async with page.database.unit_of_work(caller.scope) as uow:
        branches = await open_branches(uow, caller.shop)
        groups = await group_names(uow, caller.shop)
        names = await shop_names(uow)
        colleagues = await active_colleagues(uow, caller.shop)
    mine = [(str(b.id), b.name) for b in branches if allowed is None or b.id in allowed]
    return _Counter(mine, groups, names, [(str(id), name) for id, name in colleagues])


def _till(page: PageContext, fields: Mapping[str, str], counter: _Counter) -> Till:
    """The branch that is named, else the first one. Raises NotFound for another."""
    caller = page.caller
    named = fields.get("branch") or (counter.branches[0][0] if counter.branches else "")
    if named and named not in dict(counter.branches):
        raise NotFound
    branch = UUID(named) if named else None
    caller.require(TILL, branch)
    return Till(caller.mall_id, caller.shop, caller.id, branch)


async def _entry(page: PageContext, fields: Mapping[str, str], counter: _Counter) -> Entry:
    texts = {line.name for line in typed_lines(fields) if line.name}
    async with page.database.unit_of_work(page.caller.scope) as uow:
        goods = await find_goods(uow, page.caller.shop, texts)
    may_price = may_somewhere(page.caller, TILL_PRICE)
    return read_entry(fields, goods, counter.groups, page.unit, may_price=may_price)


async def _preview(page: PageContext, fields: Mapping[str, str], counter: _Counter) -> Preview:
    try:
        where = _till(page, fields, counter)
        entry = await _entry(page, fields, counter)
    except TimchehError as error:
        return Preview(problem=Form.refused({}, error, page.locale).message)
    seen = await preview(page, entry, where, counter.names)
    fault = next((each for each in entry.faults if each.pointer == "/member"), None)
    if fault is None or (fault.code in _EXPLAINED and not looks_whole(fields.get("member", ""))):
        return seen
    told = Form.refused({}, Invalid(errors=[fault]), page.locale)
    return Preview(problem=told.error("member"), total=seen.total, to_pay=seen.to_pay)


async def _last(page: PageContext, done: str | None) -> dict[str, Any] | None:
    """The sale just made, as a short receipt."""
    purchase_id = read_id(done)
    if purchase_id is None:
        return None
    try:
        async with page.database.unit_of_work(page.caller.scope) as uow:
            branches = branches_of(page.caller, TILL)
            detail = await read_detail(uow, page.caller.shop, purchase_id, branches)
    except NotFound:
        return None
    head, customer = detail.head, detail.customer
    earned: dict[str, int] = {}
    for earn in detail.earns:
        earned[earn.unit] = earned.get(earn.unit, 0) + earn.amount
    return {
        "href": page.url(f"purchases/{head.id}"),
        "customer": customer_text(
            page, customer.name if customer else None, customer.mobile if customer else None
        ),
        "number": customer.number if customer else "",
        "is_new": customer is not None and customer.purchases == 1,
        "total": head.total,
        "discount": head.discount,
        "conceded": conceded_in(head.reasons),
        "spent_value": head.spent_value,
        "to_pay": head.to_pay + (head.vat_added or 0),
        "earned": joined(page, [value_text(page, unit, earned[unit]) for unit in sorted(earned)]),
    }


def _page(
    page: PageContext,
    counter: _Counter,
    form: Form,
    seen: Preview,
    room: Mapping[str, Any] | None,
    *,
    key: str = "",
    ask: bool = False,
    approval: Mapping[str, Any] | None = None,
    last: Mapping[str, Any] | None = None,
    status: int = 200,
) -> Html:
    context = {
        "form": form,
        "lines": renumbered(form.values)[1],
        "request_key": key or str(new_id()),
        "preview": seen,
        "last": last,
        "groups": counter.groups,
        "branches": counter.branches,
        "colleagues": counter.colleagues,
        "room": room,
        "ask_agreement": ask,
        "approval": approval,
    }
    return page.render("merchants/till/page.html", context, status=status)
