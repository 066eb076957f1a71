"""Cards: ordered and printed by the mall or a shop, handed out at the till, the member's own."""

import re
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath

from members.cards.models import CardOrder
from members.cards.service import (
    KINDS,
    MOST,
    Design,
    assign_card,
    find_order,
    list_orders,
    order_cards,
    renew_card,
    report_lost,
    states_of,
)
from members.cards.showing import shown_cards
from members.people.models import Member
from members.people.service import enrol, find_member
from timcheh.audit import record
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import Conflict, Invalid, NotFound, TimchehError
from timcheh.module import MenuItem, Permission
from timcheh.printing import part_of, parts_of, read_part, read_picture
from timcheh.text.cards import member_number
from timcheh.text.identifiers import IdentifierError
from timcheh.web.downloads import PDF, attachment
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext
from timcheh.web.reader import FormReader

ORDER: Final = "cards.order"
ORDER_OF_SHOP: Final = "cards.order_own"
ASSIGN: Final = "cards.assign"
PERMISSIONS: Final = (
    Permission(ORDER, "mall"),
    Permission(ORDER_OF_SHOP, "merchant", roles=("manager",)),
    Permission(ASSIGN, "merchant", roles=("manager", "cashier")),
)
MENU: Final = (
    MenuItem("mall", "menu-mall-cards", "cards", "id-card", ORDER, order=50),
    MenuItem("merchant", "menu-shop-cards", "cards", "id-card", ORDER_OF_SHOP, 22, "customers"),
)
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_MOST_MONTHS: Final = 120
_YEAR: Final = 12
_TURQUOISE: Final = "#0e7a7f"
_OF_MEMBER: Final = "/{mall_slug:str}/mall/members/{member_id:uuid}/cards"


@get("/{mall_slug:str}/mall/cards", include_in_schema=False)
async def mall_orders(mall_page: NamedDependency[PageContext]) -> Html:
    """The mall's own orders."""
    return await _listed(mall_page)


@get("/{mall_slug:str}/shop/cards", include_in_schema=False)
async def shop_orders(shop_page: NamedDependency[PageContext]) -> Html:
    """A shop's orders."""
    return await _listed(shop_page)


@get("/{mall_slug:str}/mall/cards/new", include_in_schema=False)
async def mall_new(mall_page: NamedDependency[PageContext]) -> Html:
    """The order form, in the mall's name and colour."""
    return _form(mall_page, _blank(mall_page, mall_page.mall.name))


@get("/{mall_slug:str}/shop/cards/new", include_in_schema=False)
async def shop_new(shop_page: NamedDependency[PageContext]) -> Html:
    """The order form, in the shop's name."""
    return _form(shop_page, _blank(shop_page, shop_page.session.place))


@post("/{mall_slug:str}/mall/cards", include_in_schema=False)
async def mall_ordered(mall_page: NamedDependency[PageContext]) -> Html:
    """Orders cards of the mall, which every shop may hand out."""
    return await _ordered(mall_page)


@post("/{mall_slug:str}/shop/cards", include_in_schema=False)
async def shop_ordered(shop_page: NamedDependency[PageContext]) -> Html:
    """Orders cards that only this shop hands out."""
    return await _ordered(shop_page)


@get("/{mall_slug:str}/mall/cards/{order_id:uuid}", include_in_schema=False)
async def mall_one(mall_page: NamedDependency[PageContext], order_id: FromPath[UUID]) -> Html:
    """An order: what became of its cards, and its print."""
    return await _one(mall_page, order_id)


@get("/{mall_slug:str}/shop/cards/{order_id:uuid}", include_in_schema=False)
async def shop_one(shop_page: NamedDependency[PageContext], order_id: FromPath[UUID]) -> Html:
    """The same for a shop's order."""
    return await _one(shop_page, order_id)


@get("/{mall_slug:str}/mall/cards/{order_id:uuid}/print", include_in_schema=False)
async def mall_print(mall_page: NamedDependency[PageContext], order_id: FromPath[UUID]) -> Html:
    """A part of an order as PDF."""
    return await _printed(mall_page, order_id)


@get("/{mall_slug:str}/shop/cards/{order_id:uuid}/print", include_in_schema=False)
async def shop_print(shop_page: NamedDependency[PageContext], order_id: FromPath[UUID]) -> Html:
    """The same for a shop's order."""
    return await _printed(shop_page, order_id)


@get("/{mall_slug:str}/shop/cards/assign", include_in_schema=False)
async def assigning(shop_page: NamedDependency[PageContext]) -> Html:
    """Where a printed card is handed to a member at the till."""
    shop_page.caller.require(ASSIGN, _branch(shop_page))
    return shop_page.render("members/cards/assign.html", {"form": Form()})


@post("/{mall_slug:str}/shop/cards/assign", include_in_schema=False)
async def assigned(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Makes the card theirs. A new mobile is enrolled by it."""
    caller = shop_page.caller
    caller.require(ASSIGN, _branch(shop_page))
    try:
        reader = FormReader(data)
        mobile, number = reader.mobile("mobile"), _number(reader, data)
        reader.check()
        assert mobile is not None  # else it is a fault
        async with _mall(shop_page) as uow:
            member = await _member(uow, mobile, caller.shop, caller.id)
            await assign_card(uow, number, member, caller.shop)
            what = "card.assigned"
            await record(uow, caller, what, "member", member.id, merchant_id=caller.shop)
    except TimchehError as error:
        bank = any(fault.code == "bank_card_refused" for fault in error.errors)
        form = Form.refused(data | {"number": ""} if bank else data, error, shop_page.locale)
        return shop_page.render("members/cards/assign.html", {"form": form}, status=error.status)
    toast = shop_page.text("card-assigned", tail=number[-4:])
    return shop_page.go(shop_page.url("cards/assign"), toast)


@get("/{mall_slug:str}/club/cards", include_in_schema=False)
async def mine(club_page: NamedDependency[PageContext]) -> Html:
    """The member's cards, and what to do about a lost one."""
    async with _mall(club_page) as uow:
        member = await find_member(uow, id=club_page.caller.id)
        cards = await shown_cards(uow, member.id)
    context = {"number": member.number, "cards": cards}
    return club_page.render("members/cards/club.html", context)


@post("/{mall_slug:str}/club/cards/lost", include_in_schema=False)
async def lost(club_page: NamedDependency[PageContext]) -> Html:
    """Blocks the member's number and shows them another."""
    async with _mall(club_page) as uow:
        await report_lost(uow, await find_member(uow, id=club_page.caller.id))
    return club_page.go(club_page.url("cards"), club_page.text("card-lost-done"))


@post(_OF_MEMBER + "/lost", include_in_schema=False)
async def mall_lost(mall_page: NamedDependency[PageContext], member_id: FromPath[UUID]) -> Html:
    """Blocks a member's number at the mall's desk."""
    return await _at_desk(mall_page, member_id, None)


@post(_OF_MEMBER + "/renew", include_in_schema=False)
async def mall_renewed(mall_page: NamedDependency[PageContext], member_id: FromPath[UUID]) -> Html:
    """Renews a member's printed card at the mall's desk."""
    return await _at_desk(mall_page, member_id, _YEAR)


ROUTES: Final = (
    mall_orders,
    shop_orders,
    mall_new,
    shop_new,
    mall_ordered,
    shop_ordered,
    assigning,
    assigned,
    mall_lost,
    mall_renewed,
    mall_one,
    shop_one,
    mall_print,
    shop_print,
    mine,
    lost,
)


def _mall(page: PageContext) -> Any:
    # A member's number is the whole mall's business; whose act it is was checked before.
    return page.database.unit_of_work(Scope.mall(page.mall.mall_id))


def _owner(page: PageContext) -> UUID | None:
    """Whose cards: the shop's, or the mall's own. Raises MissingPermission."""
    page.caller.require(ORDER if page.audience == "mall" else ORDER_OF_SHOP)
    return None if page.audience == "mall" else page.caller.shop


def _branch(page: PageContext) -> UUID | None:
    """A branch in which the person may hand cards out, where they may not everywhere."""
    held = page.caller.branch_permissions.items()
    return next((branch for branch, codes in held if ASSIGN in codes), None)


async def _member(uow: UnitOfWork, mobile: str, shop: UUID, actor: UUID) -> Member:
    try:
        return await find_member(uow, mobile=mobile)
    except NotFound:
        return await enrol(uow, mobile, source="till", merchant_id=shop, actor_id=actor)


def _number(reader: FormReader, data: dict[str, str]) -> str:
    """The card's number, typed, swiped or scanned."""
    try:
        return member_number(data.get("number", ""))
    except IdentifierError as error:
        reader.fault("number", error.code)
        return ""


async def _at_desk(page: PageContext, member_id: UUID, months: int | None) -> Html:
    """Renews a member's card for so many months, or blocks it as lost."""
    page.caller.require(ORDER)
    what, here = "renewed" if months else "lost", page.url(f"members/{member_id}")
    try:
        async with _mall(page) as uow:
            member = await find_member(uow, id=member_id)
            if months:
                await renew_card(uow, member, months)
            else:
                await report_lost(uow, member)
            await record(uow, page.caller, f"card.{what}", "member", member.id)
    except Conflict as error:
        return page.turned_back(here, error)
    return page.go(here, page.text(f"card-desk-{what}"))


async def _listed(page: PageContext) -> Html:
    owner = _owner(page)
    async with _mall(page) as uow:
        orders = await list_orders(uow, owner)
        states = await states_of(uow, [order.id for order in orders])
    context = {
        "orders": [_order(order, states.get(order.id, {})) for order in orders],
        "desk": page.audience == "mall",
    }
    return page.render("members/cards/orders.html", context)


def _blank(page: PageContext, title: str) -> Form:
    colour = page.mall.primary_colour or _TURQUOISE
    return Form({"title": title, "colour": colour, "count": "100", "months": "24"})


def _form(page: PageContext, form: Form, status: int = 200) -> Html:
    _owner(page)
    kinds = [(kind, page.text(f"card-kind-{kind}")) for kind in KINDS]
    return page.render("members/cards/new.html", {"form": form, "kinds": kinds}, status=status)


async def _ordered(page: PageContext) -> Html:
    owner = _owner(page)
    sent = await page.request.form()
    data = {name: value for name, value in sent.items() if isinstance(value, str)}
    try:
        design = await _design(data, sent.get("logo"))
        async with _mall(page) as uow:
            order = await order_cards(uow, owner, design, page.caller.id)
            after = {"count": order.count, "kind": order.kind}
            await record(
                uow,
                page.caller,
                "cards.ordered",
                "card_order",
                order.id,
                merchant_id=owner,
                after=after,
            )
    except TimchehError as error:
        return _form(page, Form.refused(data, error, page.locale), error.status)
    return page.go(page.url(f"cards/{order.id}"), page.text("card-ordered"))


async def _design(data: dict[str, str], logo: object) -> Design:
    reader = FormReader(data)
    picture = None
    if isinstance(logo, UploadFile) and logo.filename:
        try:
            picture = read_picture(await logo.read(), "/logo")
        except Invalid as error:
            reader.faults += error.errors
    colour = reader.text("colour", 7)
    if colour and not _COLOUR.fullmatch(colour):
        reader.fault("colour", "bad_colour")
    design = Design(
        name=reader.text("name"),
        kind=reader.choice("kind", KINDS),
        count=reader.count("count", 1, MOST),
        title=reader.text("title", 40),
        words=reader.text("words", 90, optional=True),
        colour=colour,
        months=reader.count("months", 0, _MOST_MONTHS, empty=0) or None,
        sheet=reader.ticked("sheet"),
        logo=picture,
    )
    reader.check()
    return design


async def _one(page: PageContext, order_id: UUID) -> Html:
    owner = _owner(page)
    async with _mall(page) as uow:
        order = await find_order(uow, owner, order_id)
        states = (await states_of(uow, [order_id])).get(order_id, {})
        parts = await parts_of(uow, order_id)
    context = {
        "order": _order(order, states),
        "parts": parts,
        "waiting": sum(1 for part in parts if part.made_at is None),
    }
    return page.render("members/cards/one.html", context)


async def _printed(page: PageContext, order_id: UUID) -> Html:
    owner = _owner(page)
    number = read_part(page.request.query_params)
    async with _mall(page) as uow:
        await find_order(uow, owner, order_id)
        content = await part_of(uow, order_id, number)
    return attachment(content, f"cards-{number}.pdf", PDF)


def _order(order: CardOrder, states: dict[str, int]) -> dict[str, Any]:
    blank = states.get("blank", 0)
    return {
        "id": order.id,
        "name": order.name,
        "kind": order.kind,
        "count": order.count,
        "blank": blank,
        "handed": order.count - blank,
        "active": states.get("active", 0),
        "ended": order.count - blank - states.get("active", 0),
        "months": order.months,
        "created_at": order.created_at,
    }
