"""Product codes in the shop's portal, at its till, and on the member's phone."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from merchants.codes import guessing
from merchants.codes.digits import CodeBook, read_code
from merchants.codes.errors import CodeUnknown
from merchants.codes.guessing import counting_misses
from merchants.codes.models import CodeBatch
from merchants.codes.service import (
    MOST,
    NOTHING,
    CodeOrder,
    Redeemed,
    Uptake,
    find_batch,
    list_batches,
    order_codes,
    redeem_code,
    serials_of,
    set_state,
    uptake_of,
)
from merchants.codes.sheets import csv_of
from merchants.gifting.admitting import member_at_counter
from merchants.gifting.scopes import point_scopes
from merchants.permissions import GIFTS, TILL, branches_of
from merchants.shops.service import shop_names
from merchants.till.entry import read_member
from timcheh.audit import record
from timcheh.db import Scope
from timcheh.errors import Invalid, TimchehError
from timcheh.printing import part_of, parts_of, read_part
from timcheh.text.identifiers import IdentifierError
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext
from timcheh.web.reader import FormReader

_MOST_POINTS: Final = 1_000_000
_MOMENT: Final = timedelta(microseconds=1)


@get("/{mall_slug:str}/shop/codes", include_in_schema=False)
async def listed(shop_page: NamedDependency[PageContext]) -> Html:
    """The shop's batches and what became of them."""
    caller = shop_page.caller
    branches_of(caller, GIFTS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        batches = await list_batches(uow, caller.shop)
        uptake = await uptake_of(uow, [batch.id for batch in batches])
    rows = [_shown(batch, uptake.get(batch.id, NOTHING), shop_page) for batch in batches]
    return shop_page.render("merchants/codes/list.html", {"batches": rows})


@get("/{mall_slug:str}/shop/codes/new", include_in_schema=False)
async def new(shop_page: NamedDependency[PageContext]) -> Html:
    """The order form."""
    return await _form(shop_page, Form({"count": "1000", "points": "10"}))


@post("/{mall_slug:str}/shop/codes", include_in_schema=False)
async def ordered(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Orders a batch; its sheets are made by a job."""
    caller = shop_page.caller
    caller.require(GIFTS)
    try:
        order = _order(data)
        async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            link = shop_page.public_address("club/codes")
            batch = await order_codes(uow, _book(shop_page), caller.shop, order, link, caller.id)
            after = {"count": batch.count, "points": batch.points}
            await record(
                uow,
                caller,
                "codes.ordered",
                "code_batch",
                batch.id,
                merchant_id=caller.shop,
                after=after,
            )
    except TimchehError as error:
        refused = Form.refused(data, error, shop_page.locale)
        return await _form(shop_page, refused, error.status)
    return shop_page.go(shop_page.url(f"codes/{batch.id}"), shop_page.text("codes-ordered"))


@get("/{mall_slug:str}/shop/codes/{code_batch_id:uuid}", include_in_schema=False)
async def one(shop_page: NamedDependency[PageContext], code_batch_id: FromPath[UUID]) -> Html:
    """A batch: its report, its sheets, its list."""
    caller = shop_page.caller
    branches_of(caller, GIFTS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        batch = await find_batch(uow, caller.shop, code_batch_id)
        uptake = (await uptake_of(uow, [code_batch_id])).get(code_batch_id, NOTHING)
        parts = await parts_of(uow, code_batch_id)
    context = {
        "batch": _shown(batch, uptake, shop_page),
        "uptake": uptake,
        "parts": parts,
        "waiting": sum(1 for part in parts if part.made_at is None),
    }
    return shop_page.render("merchants/codes/one.html", context)


@post("/{mall_slug:str}/shop/codes/{code_batch_id:uuid}/state", include_in_schema=False)
async def changed(
    shop_page: NamedDependency[PageContext], code_batch_id: FromPath[UUID], data: Fields
) -> Html:
    """Stops a batch, or lets it count again."""
    caller = shop_page.caller
    caller.require(GIFTS)
    asked = data.get("state") or shop_page.request.query_params.get("state")
    state, other = ("stopped", "active") if asked == "stopped" else ("active", "stopped")
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await set_state(uow, caller.shop, code_batch_id, state)
        await record(
            uow,
            caller,
            f"codes.{state}",
            "code_batch",
            code_batch_id,
            merchant_id=caller.shop,
        )
    here = shop_page.url(f"codes/{code_batch_id}")
    undo = f"{here}/state?state={other}"
    return shop_page.go(here, shop_page.text(f"codes-now-{state}"), undo=undo)


@get("/{mall_slug:str}/shop/codes/{code_batch_id:uuid}/codes.csv", include_in_schema=False)
async def csv(
    shop_page: NamedDependency[PageContext], code_batch_id: FromPath[UUID]
) -> Response[Any]:
    """Every code of a batch, for a printing house. Whoever takes it is noted."""
    caller = shop_page.caller
    caller.require(GIFTS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        batch = await find_batch(uow, caller.shop, code_batch_id)
        serials = await serials_of(uow, code_batch_id, 1, batch.count)
        await record(
            uow,
            caller,
            "codes.downloaded",
            "code_batch",
            code_batch_id,
            merchant_id=caller.shop,
        )
    return Stream(
        csv_of(_book(shop_page), batch, serials),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="codes.csv"'},
    )


@get("/{mall_slug:str}/shop/codes/{code_batch_id:uuid}/sheets", include_in_schema=False)
async def sheets(
    shop_page: NamedDependency[PageContext], code_batch_id: FromPath[UUID]
) -> Response[bytes]:
    """Some sheets of a batch, as PDF: the part that the address names."""
    caller = shop_page.caller
    caller.require(GIFTS)
    number = read_part(shop_page.request.query_params)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await find_batch(uow, caller.shop, code_batch_id)
        content = await part_of(uow, code_batch_id, number)
    name = f'attachment; filename="codes-{number}.pdf"'
    return Response(content, media_type="application/pdf", headers={"Content-Disposition": name})


@get("/{mall_slug:str}/shop/codes/redeem", include_in_schema=False)
async def counter(shop_page: NamedDependency[PageContext]) -> Html:
    """Where the cashier types or scans a customer's code."""
    branches_of(shop_page.caller, TILL)
    return shop_page.render("merchants/codes/counter.html", {"form": Form()})


@post("/{mall_slug:str}/shop/codes/redeem", include_in_schema=False)
async def redeemed(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Gives a code's points to the customer at the till."""
    caller = shop_page.caller
    branches_of(caller, TILL)
    try:
        code, who = _code(data), _who(data)
        misses = counting_misses(shop_page.services.limiter, guessing.OF_SHOP, str(caller.shop))
        async with misses, shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            member = await member_at_counter(uow, who, caller.shop, caller.id)
            done = await redeem_code(
                uow, _book(shop_page), code, member.id, caller.id, at_shop=caller.shop
            )
    except TimchehError as error:
        return _refused(shop_page, "merchants/codes/counter.html", data, error)
    toast = shop_page.text("codes-given", points=done.points, tail=member.number[-4:])
    return shop_page.go(shop_page.url("codes/redeem"), toast)


@get("/{mall_slug:str}/club/codes", include_in_schema=False)
async def mine(club_page: NamedDependency[PageContext]) -> Html:
    """Where a member types a code, or arrives from its QR."""
    typed = read_code(club_page.request.query_params.get("code", "")) or ""
    return club_page.render("merchants/codes/club.html", {"form": Form({"code": typed})})


@post("/{mall_slug:str}/club/codes", include_in_schema=False)
async def taken(club_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Gives a code's points to the member."""
    caller = club_page.caller
    try:
        code = _code(data)
        misses = counting_misses(club_page.services.limiter, guessing.OF_MEMBER, str(caller.id))
        async with misses, club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            done = await redeem_code(uow, _book(club_page), code, caller.id, caller.id)
            shop = (await shop_names(uow)).get(done.merchant_id, "")
    except TimchehError as error:
        return _refused(club_page, "merchants/codes/club.html", data, error)
    return club_page.go(club_page.url("codes"), _said(club_page, done, shop))


ROUTES: Final = (
    listed,
    new,
    ordered,
    counter,
    redeemed,
    one,
    changed,
    csv,
    sheets,
    mine,
    taken,
)


def _said(page: PageContext, done: Redeemed, shop: str) -> str:
    return page.text("codes-taken", points=done.points, shop=shop)


def _book(page: PageContext) -> CodeBook:
    return CodeBook(page.services.settings.secret_key.get_secret_value())


def _code(data: dict[str, str]) -> str:
    """Raises Invalid for what can't be a code; it is no guess, so it isn't counted."""
    code = read_code(data.get("code", ""))
    if code is None:
        raise Invalid.field("/code", "product_code_invalid")
    return code


def _who(data: dict[str, str]) -> Any:
    try:
        return read_member(data.get("member", ""))
    except IdentifierError as error:
        raise Invalid.field("/member", error.code) from None


def _refused(page: PageContext, template: str, data: dict[str, str], error: TimchehError) -> Html:
    """The form as it was typed, but for a bank card's number.

    An unknown code is told at its field, where it is mended.
    """
    if isinstance(error, CodeUnknown):
        error = Invalid.field("/code", "product_code_unknown")
    kept = {} if any(fault.code == "bank_card_refused" for fault in error.errors) else data
    form = Form.refused(kept, error, page.locale)
    return page.render(template, {"form": form}, status=error.status)


def _order(data: dict[str, str]) -> CodeOrder:
    reader = FormReader(data)
    order = CodeOrder(
        name=reader.text("name"),
        count=reader.count("count", 1, MOST),
        points=reader.count("points", 1, _MOST_POINTS),
        scope=reader.text("scope", 64),
        starts_at=reader.start_of_day("starts_at"),
        ends_at=reader.end_of_day("ends_at"),
        lot_days=reader.count("lot_days", 0, 3650, empty=0) or None,
    )
    reader.check()
    return order


async def _form(page: PageContext, form: Form, status: int = 200) -> Html:
    caller = page.caller
    caller.require(GIFTS)
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        choices = await point_scopes(page, uow, caller.shop)
    context = {"form": form, "scopes": choices}
    return page.render("merchants/codes/new.html", context, status=status)


def _shown(batch: CodeBatch, uptake: Uptake, page: PageContext) -> dict[str, Any]:
    ended = batch.ends_at is not None and batch.ends_at <= page.now
    return {
        "id": batch.id,
        "name": batch.name,
        "points": batch.points,
        "count": batch.count,
        "redeemed": uptake.redeemed,
        "given": uptake.redeemed * batch.points,
        "state": "ended" if ended else batch.state,
        "starts_at": batch.starts_at,
        "ends_at": batch.ends_at - _MOMENT if batch.ends_at else None,
        "created_at": batch.created_at,
    }
