"""Gift cards in the shop's portal, their vouchers, and where a bearer asks what is left."""

from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from members.facade import take_gift_card
from merchants.giftcards.queries import (
    CardMove,
    accepted_at,
    card_by_number,
    find_card,
    list_cards,
    moves_of,
    set_card_state,
)
from merchants.giftcards.service import Giving, issue_gift_card
from merchants.giftcards.showing import read_number, shown_card
from merchants.gifting.admitting import member_at_counter
from merchants.gifting.scopes import credit_scopes
from merchants.permissions import GIFTS, branches_of
from merchants.purchases.command import MOST_MONEY, MemberRef
from merchants.shops.service import shop_names
from timcheh.access.limits import Limit
from timcheh.audit import record
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import Invalid, NotFound, RateLimited, TimchehError
from timcheh.ids import new_id
from timcheh.printing import pdf
from timcheh.printing.face import logo_of
from timcheh.text.cards import member_number
from timcheh.text.digits import digits_to_latin
from timcheh.text.identifiers import IdentifierError
from timcheh.web.context import context_of
from timcheh.web.form import Fields, Form
from timcheh.web.idempotency import run_form
from timcheh.web.pages import Html, PageContext
from timcheh.web.reader import FormReader

ASKS: Final = Limit("gift-card-balance", count=20, window=3600)
"""Numbers that one address may ask about in vain in an hour; mistyped ones don't count."""
_MOST: Final = 200


@get("/{mall_slug:str}/shop/gift-cards", include_in_schema=False)
async def listed(shop_page: NamedDependency[PageContext]) -> Html:
    """The cards that the shop issued, or those that some digits are found in."""
    caller = shop_page.caller
    branches_of(caller, GIFTS)
    typed = shop_page.request.query_params.get("q", "")[:40]
    digits = "".join(c for c in digits_to_latin(typed) if c.isascii() and c.isdigit())
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        cards = await list_cards(uow, caller.shop, digits, _MOST)
    rows = [shown_card(shop_page, card) for card in cards]
    context = {"cards": rows, "q": typed, "left": sum(card.left for card in cards)}
    return shop_page.render("merchants/giftcards/list.html", context)


@get("/{mall_slug:str}/shop/gift-cards/new", include_in_schema=False)
async def new(shop_page: NamedDependency[PageContext]) -> Html:
    """The form of a new card."""
    return _form(shop_page, Form(), str(new_id()))


@post("/{mall_slug:str}/shop/gift-cards", include_in_schema=False)
async def issued(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Issues a card, once for each form."""
    caller = shop_page.caller
    caller.require(GIFTS)
    key = data.get("request_key", "")
    try:
        asked = _Asked.read(shop_page, data)
        digest = sha256(msgspec.json.encode(sorted(data.items()))).digest()
        made = await run_form(
            shop_page.request,
            caller,
            key,
            digest,
            lambda uow: _issue(uow, shop_page, asked),
            scope=Scope.mall(caller.mall_id),
        )
    except TimchehError as error:
        bank = any(fault.code == "bank_card_refused" for fault in error.errors)
        refused = Form.refused(data | {"printed": ""} if bank else data, error, shop_page.locale)
        return _form(shop_page, refused, key, error.status)
    card_id = msgspec.json.decode(made, type=UUID)
    here = shop_page.url(f"gift-cards/{card_id}")
    return shop_page.go(here, shop_page.text("giftcard-issued"))


@get("/{mall_slug:str}/shop/gift-cards/{card_id:uuid}", include_in_schema=False)
async def one(shop_page: NamedDependency[PageContext], card_id: FromPath[UUID]) -> Html:
    """A card: what is left, where it pays, what happened on it."""
    caller = shop_page.caller
    branches_of(caller, GIFTS)
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        card = await find_card(uow, caller.shop, card_id)
        moves = await moves_of(uow, card_id)
        shops = await accepted_at(uow, card.scope_id)
        names = await shop_names(uow)
    context = {
        "card": shown_card(shop_page, card),
        "moves": [_move(shop_page, move, names) for move in moves],
        "shops": shops,
    }
    return shop_page.render("merchants/giftcards/one.html", context)


@post("/{mall_slug:str}/shop/gift-cards/{card_id:uuid}/state", include_in_schema=False)
async def changed(
    shop_page: NamedDependency[PageContext], card_id: FromPath[UUID], data: Fields
) -> Html:
    """Blocks a lost card, or lets it pay again."""
    caller = shop_page.caller
    caller.require(GIFTS)
    asked = data.get("state") or shop_page.request.query_params.get("state")
    state, other = ("blocked", "active") if asked == "blocked" else ("active", "blocked")
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await set_card_state(uow, caller.shop, card_id, state)
        what = f"gift_card.{state}"
        await record(uow, caller, what, "gift_card", card_id, merchant_id=caller.shop)
    here = shop_page.url(f"gift-cards/{card_id}")
    undo = f"{here}/state?state={other}"
    return shop_page.go(here, shop_page.text(f"giftcard-now-{state}"), undo=undo)


@get("/{mall_slug:str}/shop/gift-cards/{card_id:uuid}/voucher", include_in_schema=False)
async def voucher(
    shop_page: NamedDependency[PageContext], card_id: FromPath[UUID]
) -> Response[bytes]:
    """The card on paper, to be handed over."""
    caller = shop_page.caller
    caller.require(GIFTS)
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        card = await find_card(uow, caller.shop, card_id)
        names = await shop_names(uow)
    values = {
        "card": shown_card(shop_page, card),
        "shop": names.get(caller.shop, ""),
        "mall_name": shop_page.mall.name,
        "logo": await logo_of(shop_page),
        "link": shop_page.public_address(f"gift-card?card={card.number}"),
    }
    html = shop_page.render("merchants/giftcards/voucher.html", values).content
    return Response(
        await pdf(html, "voucher"),
        media_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="gift-card.pdf"'},
    )


@get("/{mall_slug:str}/gift-card", include_in_schema=False)
async def asked(front_page: NamedDependency[PageContext]) -> Html:
    """Where the bearer of a card asks what is left on it; its QR fills the number in."""
    number = front_page.request.query_params.get("card", "")[:40]
    return _balance(front_page, Form({"number": number}), None)


@post("/{mall_slug:str}/gift-card", include_in_schema=False, status_code=200)
async def answered(front_page: NamedDependency[PageContext], data: Fields) -> Html:
    """What is left on a card, and where it pays."""
    limiter, address = front_page.services.limiter, context_of(front_page.request).address
    try:
        number = read_number(data)
        await limiter.refuse_if_full(ASKS, address)
        async with front_page.database.unit_of_work(Scope.mall(front_page.mall.mall_id)) as uow:
            card = await card_by_number(uow, number)
            names = await shop_names(uow)
            shops = await accepted_at(uow, card.scope_id)
    except NotFound:
        return await _unknown(front_page, data)
    except TimchehError as error:
        kept = {} if any(e.code == "bank_card_refused" for e in error.errors) else data
        form = Form.refused(kept, error, front_page.locale)
        return _balance(front_page, form, None, error.status)
    found = shown_card(front_page, card) | {"shop": names.get(card.merchant_id, ""), "shops": shops}
    return _balance(front_page, Form(data), found)


ROUTES: Final = (listed, new, issued, one, changed, voucher, asked, answered)


class _Asked(msgspec.Struct, frozen=True):
    """The form of a new card, read."""

    amount: int
    scope: str
    starts: Any
    ends: Any
    to_name: str
    words: str
    giver: str | None
    giver_bps: int
    number: str | None

    @classmethod
    def read(cls, page: PageContext, data: dict[str, str]) -> "_Asked":
        """Raises Invalid with every field at fault."""
        reader = FormReader(data, page.unit)
        asked = cls(
            amount=reader.money("amount"),
            scope=reader.choice("scope", ("own", "partners", "network")),
            starts=reader.start_of_day("starts_at"),
            ends=reader.end_of_day("ends_at"),
            to_name=reader.text("to_name", 60, optional=True),
            words=reader.text("words", 200, optional=True),
            giver=reader.mobile("giver", optional=True),
            giver_bps=reader.percent("giver_percent", optional=True),
            number=_printed(reader, data),
        )
        if asked.amount > MOST_MONEY:
            reader.fault("amount", "above_maximum", maximum=MOST_MONEY)
        if asked.giver_bps and asked.giver is None:
            reader.fault("giver", "required")
        reader.check()
        return asked


async def _issue(uow: UnitOfWork, page: PageContext, asked: _Asked) -> UUID:
    caller = page.caller
    giver = None
    if asked.giver is not None:
        ref = MemberRef(mobile=asked.giver)
        giver = (await member_at_counter(uow, ref, caller.shop, caller.id)).id
    if asked.number is not None:
        await take_gift_card(uow, asked.number, caller.shop)
    card = await issue_gift_card(
        uow,
        caller.shop,
        asked.amount,
        asked.scope,
        caller.id,
        available_from=asked.starts,
        expires_at=asked.ends,
        giving=Giving(asked.to_name, asked.words, giver, asked.giver_bps),
        number=asked.number,
    )
    after = {"amount": asked.amount, "scope": asked.scope}
    await record(
        uow,
        caller,
        "gift_card.issued",
        "gift_card",
        card.id,
        merchant_id=caller.shop,
        after=after,
    )
    return card.id


async def _unknown(page: PageContext, data: dict[str, str]) -> Html:
    """A number that nobody has, counted against its asker."""
    error: TimchehError = Invalid.field("/number", "gift_card_unknown")
    try:
        await page.services.limiter.hit(ASKS, context_of(page.request).address)
    except RateLimited as full:
        error = full
    return _balance(page, Form.refused(data, error, page.locale), None, error.status)


def _printed(reader: FormReader, data: dict[str, str]) -> str | None:
    """The number of a blank printed card that is to get the value, if one was named."""
    if not data.get("printed", "").strip():
        return None
    try:
        return member_number(data["printed"])
    except IdentifierError as error:
        bank = error.code == "bank_card_refused"
        reader.fault("printed", error.code if bank else "gift_number_invalid")
        return None


def _form(page: PageContext, form: Form, key: str, status: int = 200) -> Html:
    page.caller.require(GIFTS)
    context = {"form": form, "request_key": key, "scopes": credit_scopes(page)}
    return page.render("merchants/giftcards/new.html", context, status=status)


def _balance(page: PageContext, form: Form, card: Any, status: int = 200) -> Html:
    context = {"form": form, "card": card, "mall_name": page.mall.name}
    return page.render("merchants/giftcards/balance.html", context, status=status)


def _move(page: PageContext, move: CardMove, names: dict[UUID, str]) -> dict[str, Any]:
    kind = move.kind if move.kind in ("gift_card", "purchase", "return", "expiry") else "other"
    shop = names.get(move.merchant_id, "") if move.merchant_id else ""
    return {
        "at": move.at,
        "amount": move.amount,
        "text": page.text(f"giftcard-move-{kind.replace('_', '-')}", shop=shop),
    }
