"""Doors in the shop's portal, and the page that each opens for whoever comes."""

import asyncio
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from members.facade import PURPOSES, FactError, find_member, introduce, read_words
from merchants.doors.gifts import gift_of, gifts_of
from merchants.doors.models import SOURCES, DoorGift
from merchants.doors.poster import poster_pdf
from merchants.doors.service import (
    Entered,
    end_door,
    enter,
    find_door,
    list_doors,
    make_door,
    open_door,
    reopen_door,
)
from merchants.doors.telling import door_address, gift_text, shown_promise
from merchants.permissions import CUSTOMERS_WRITE, branches_of
from merchants.shops.service import list_branches, shop_name
from timcheh.db import Scope
from timcheh.errors import Invalid, TimchehError
from timcheh.ids import read_id
from timcheh.printing.face import logo_of
from timcheh.web.downloads import PDF, attachment
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext
from timcheh.web.proving import check_code, send_code, sign_member_in, typed_mobile

_LONGEST_NAME: Final = 100
_LONGEST_TOKEN: Final = 20


@get("/{mall_slug:str}/shop/customers/doors", include_in_schema=False)
async def doors(shop_page: NamedDependency[PageContext]) -> Html:
    """The shop's doors with what came of each."""
    return await _doors(shop_page, Form())


@post("/{mall_slug:str}/shop/customers/doors", include_in_schema=False)
async def door_made(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Makes one."""
    caller = shop_page.caller
    branches_of(caller, CUSTOMERS_WRITE)
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            branch = read_id(data.get("branch"))
            known = {one.id for one in await list_branches(uow, caller.shop)}
            if branch is not None and branch not in known:
                raise Invalid.field("/branch", "invalid")
            door = await make_door(
                uow, caller.shop, data.get("source", ""), data.get("name", ""), branch, caller.id
            )
    except Invalid as error:
        refused = Form.refused(data, error, shop_page.locale)
        return await _doors(shop_page, refused, error.status)
    here = shop_page.url(f"customers/doors/{door.id}")
    return shop_page.go(here, shop_page.text("doors-made"))


@post("/{mall_slug:str}/shop/customers/doors/{door_id:uuid}/end", include_in_schema=False)
async def door_ended(shop_page: NamedDependency[PageContext], door_id: FromPath[UUID]) -> Html:
    """Closes one."""
    caller = shop_page.caller
    branches_of(caller, CUSTOMERS_WRITE)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await end_door(uow, caller.shop, door_id)
    undo = shop_page.url(f"customers/doors/{door_id}/reopen")
    return shop_page.go(shop_page.url("customers/doors"), shop_page.text("doors-ended"), undo=undo)


@post("/{mall_slug:str}/shop/customers/doors/{door_id:uuid}/reopen", include_in_schema=False)
async def door_reopened(shop_page: NamedDependency[PageContext], door_id: FromPath[UUID]) -> Html:
    """It lets people in again."""
    caller = shop_page.caller
    branches_of(caller, CUSTOMERS_WRITE)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await reopen_door(uow, caller.shop, door_id)
    return shop_page.go(shop_page.url("customers/doors"), shop_page.text("doors-reopened"))


@get("/{mall_slug:str}/shop/customers/doors/{door_id:uuid}/poster", include_in_schema=False)
async def door_poster(
    shop_page: NamedDependency[PageContext], door_id: FromPath[UUID]
) -> Response[Any]:
    """Its poster, to print."""
    caller = shop_page.caller
    branches_of(caller, CUSTOMERS_WRITE)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        door = await find_door(uow, caller.shop, door_id)
        gift = await gift_of(uow, door)
        shop = await shop_name(uow, caller.shop)
    lead = shop_page.text("poster-lead")
    if gift is not None and gift.stands(shop_page.now):
        lead = shop_page.text("poster-gift", gift=gift_text(shop_page, gift))
    body = await asyncio.to_thread(
        poster_pdf,
        shop,
        shop_page.mall.name,
        door_address(shop_page, door),
        lead,
        shop_page.text("poster-how"),
        shop_page.locale,
        await logo_of(shop_page),
    )
    return attachment(body, f"poster-{door.token}.pdf", PDF)


@get("/{mall_slug:str}/join/{token:str}", include_in_schema=False)
async def join_club(front_page: NamedDependency[PageContext], token: FromPath[str]) -> Html:
    """The page behind a door: one mobile is enough."""
    async with front_page.database.unit_of_work(_mall(front_page)) as uow:
        door = await open_door(uow, token[:_LONGEST_TOKEN], visit=True)
        shop, gift = await shop_name(uow, door.merchant_id), await gift_of(uow, door)
    return _ask(front_page, shop, gift, Form())


@post("/{mall_slug:str}/join/{token:str}", include_in_schema=False, status_code=200)
async def join_asked(
    front_page: NamedDependency[PageContext], token: FromPath[str], data: Fields
) -> Html:
    """Sends a code to the mobile, and asks for it."""
    async with front_page.database.unit_of_work(_mall(front_page)) as uow:
        door = await open_door(uow, token[:_LONGEST_TOKEN])
        shop, gift = await shop_name(uow, door.merchant_id), await gift_of(uow, door)
    try:
        number, _ = _read(data)
        await send_code(front_page, number)
    except TimchehError as error:
        refused = Form.refused(data, error, front_page.locale)
        return _ask(front_page, shop, gift, refused, error.status)
    return _ask_code(front_page, shop, token, data, number, Form())


@post("/{mall_slug:str}/join/{token:str}/code", include_in_schema=False)
async def joined_club(
    front_page: NamedDependency[PageContext], token: FromPath[str], data: Fields
) -> Html:
    """Whoever has the code is a member, the shop's customer, and signed in."""
    async with front_page.database.unit_of_work(_mall(front_page)) as uow:
        door = await open_door(uow, token[:_LONGEST_TOKEN])
        shop = await shop_name(uow, door.merchant_id)
    try:
        number, name = _read(data)
        await check_code(front_page, number, data)
    except TimchehError as error:
        refused = Form.refused({}, error, front_page.locale)
        typed = data.get("mobile", "")
        return _ask_code(front_page, shop, token, data, typed, refused, error.status)
    member_id, called = await front_page.services.admit_member(front_page.mall.mall_id, number)
    async with front_page.database.unit_of_work(_mall(front_page)) as uow:
        if name and not called:
            called = name
            member = await find_member(uow, id=member_id)
            await introduce(uow, member_id, name, member.birthday)
        consents = {purpose: data.get(purpose) == "yes" for purpose in PURPOSES}
        entered = await enter(uow, door, member_id, consents)
        promised = await gift_of(uow, door)
    welcome = _welcome(front_page, shop, entered, promised)
    response = front_page.go(f"/{front_page.mall.slug}/club", welcome)
    return await sign_member_in(front_page, response, member_id, called)


ROUTES: Final = (
    doors,
    door_made,
    door_ended,
    door_reopened,
    door_poster,
    join_club,
    join_asked,
    joined_club,
)


async def _doors(page: PageContext, form: Form, status: int = 200) -> Html:
    caller = page.caller
    branches_of(caller, CUSTOMERS_WRITE)
    async with page.database.unit_of_work(caller.scope) as uow:
        found = await list_doors(uow, caller.shop)
        gifts = await gifts_of(uow, caller.shop)
        branches = await list_branches(uow, caller.shop)
    context = {
        "form": form,
        "sources": [(source, page.text(f"door-source-{source}")) for source in SOURCES],
        "branches": [(str(branch.id), branch.name) for branch in branches],
        "doors": [
            {
                "id": door.id,
                "name": door.name,
                "source": page.text(f"door-source-{door.source}"),
                "address": door_address(page, door),
                "visits": door.visits,
                "customers": customers,
                "gift": gifts[door.id].words if door.id in gifts else "",
                "open": door.ended_at is None,
            }
            for door, customers in found
        ],
    }
    return page.render("merchants/doors/list.html", context, status=status)


def _welcome(page: PageContext, shop: str, entered: Entered, promised: DoorGift | None) -> str:
    """What somebody is told who has come in: with the gift, or why there is none."""
    if entered.gift is not None:
        got = gift_text(page, entered.gift)
        return page.text("join-club-gift-done", shop=shop, gift=got)
    if promised is not None:
        why = "join-club-gift-gone" if entered.new else "join-club-gift-known"
        return page.text(why, shop=shop)
    return page.text("join-club-done", shop=shop)


def _ask(
    page: PageContext, shop: str, gift: DoorGift | None, form: Form, status: int = 200
) -> Html:
    context = {
        "mall_name": page.mall.name,
        "shop": shop,
        "form": form,
        "gift": None if gift is None else shown_promise(page, gift),
    }
    return page.render("merchants/doors/join.html", context, status=status)


def _ask_code(
    page: PageContext,
    shop: str,
    token: str,
    data: dict[str, str],
    number: str,
    form: Form,
    status: int = 200,
) -> Html:
    here = f"/{page.mall.slug}/join/{token[:_LONGEST_TOKEN]}"
    kept = {name: data.get(name, "") for name in ("name", *PURPOSES)}
    context = {
        "mall_name": page.mall.name,
        "shop": shop,
        "mobile": number,
        "kept": kept,
        "action": f"{here}/code",
        "back": here,
        "form": form,
        "inbox": "/dev/inbox" if page.services.settings.dev_inbox else "",
    }
    return page.render("merchants/doors/code.html", context, status=status)


def _read(data: dict[str, str]) -> tuple[str, str]:
    number = typed_mobile(data)
    try:
        return number, read_words(data.get("name", ""), longest=_LONGEST_NAME)
    except FactError as error:
        raise Invalid.field("/name", error.code, **error.params) from None


def _mall(page: PageContext) -> Scope:
    return Scope.mall(page.mall.mall_id)
