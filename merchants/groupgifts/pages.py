"""Gifts to groups in the shop's portal: asking for one, seeing what it would cost, giving it."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.gifting.scopes import credit_scopes
from merchants.groupgifts.models import GroupGift
from merchants.groupgifts.service import (
    Wanted,
    begin_gift,
    draft_gift,
    drop_draft,
    find_gift,
    list_gifts,
    room_for,
)
from merchants.groupgifts.telling import sample
from merchants.groups.service import find_group, group_sizes, list_groups
from merchants.permissions import GIFTS, branches_of
from merchants.purchases.command import MOST_MONEY
from timcheh.audit import record
from timcheh.db import Scope
from timcheh.errors import TimchehError
from timcheh.text.catalogue import has_text
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext
from timcheh.web.reader import FormReader

_MOMENT: Final = timedelta(microseconds=1)
_SCOPES: Final = ("own", "partners", "network")
_STATES: Final = {"draft": "draft", "giving": "giving", "done": "given", "stopped": "incomplete"}
"""The word and mark for each state."""


@get("/{mall_slug:str}/shop/group-gifts", include_in_schema=False)
async def listed(shop_page: NamedDependency[PageContext]) -> Html:
    """The shop's gifts to groups, and the groups that can be given one."""
    caller = shop_page.caller
    branches_of(caller, GIFTS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        gifts = await list_gifts(uow, caller.shop)
        groups = await list_groups(uow, caller.shop)
        sizes = await group_sizes(uow, caller.shop)
    context = {
        "gifts": [_shown(gift) for gift in gifts],
        "groups": [
            {"id": group.id, "name": group.name, "count": sizes.get(group.name, 0)}
            for group in groups
        ],
    }
    return shop_page.render("merchants/groupgifts/list.html", context)


@get("/{mall_slug:str}/shop/groups/{group_id:uuid}/gift", include_in_schema=False)
async def new(shop_page: NamedDependency[PageContext], group_id: FromPath[UUID]) -> Html:
    """What to give to everybody in a group."""
    return await _form(shop_page, group_id, Form({"tells": "yes"}))


@post("/{mall_slug:str}/shop/groups/{group_id:uuid}/gift", include_in_schema=False)
async def drafted(
    shop_page: NamedDependency[PageContext], group_id: FromPath[UUID], data: Fields
) -> Html:
    """Counts and prices it; the next page asks whether to give it."""
    caller = shop_page.caller
    caller.require(GIFTS)
    try:
        async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            await find_group(uow, caller.shop, group_id)  # a foreign one looks absent, first
            wanted = _read(data, shop_page)
            gift = await draft_gift(uow, caller.shop, group_id, wanted, caller.id)
    except TimchehError as error:
        if not error.errors:
            raise
        return await _form(
            shop_page, group_id, Form.refused(data, error, shop_page.locale), error.status
        )
    return shop_page.go(shop_page.url(f"group-gifts/{gift.id}"))


@get("/{mall_slug:str}/shop/group-gifts/{group_gift_id:uuid}", include_in_schema=False)
async def one(shop_page: NamedDependency[PageContext], group_gift_id: FromPath[UUID]) -> Html:
    """Before it is given: for how many and at what cost. After: how far it is."""
    caller = shop_page.caller
    branches_of(caller, GIFTS)
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        gift = await find_gift(uow, caller.shop, group_gift_id)
        waits = gift.state in ("draft", "stopped")
        room = await room_for(uow, gift) if waits else None
        message = await sample(uow, gift) if waits and gift.tells else None
    left = gift.amount * (gift.people - gift.given)
    context = {
        "gift": _shown(gift),
        "scope": shop_page.text(f"gifting-credit-{gift.scope}"),
        "over_budget": max(gift.cost - gift.budget, 0) if gift.budget is not None else 0,
        "short": max(left - max(room, 0), 0) if room is not None else 0,
        "message": message,
        "failure": _failure(shop_page, gift),
        "may_begin": waits and gift.ends_at > shop_page.now,
    }
    return shop_page.render("merchants/groupgifts/one.html", context)


@post("/{mall_slug:str}/shop/group-gifts/{group_gift_id:uuid}/begin", include_in_schema=False)
async def begun(shop_page: NamedDependency[PageContext], group_gift_id: FromPath[UUID]) -> Html:
    """Gives it, or goes on with one that had stopped."""
    caller = shop_page.caller
    caller.require(GIFTS)
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        gift = await begin_gift(uow, caller.shop, group_gift_id)
        await record(
            uow,
            caller,
            "group_gift.begun",
            "group_gift",
            gift.id,
            merchant_id=caller.shop,
            after={"amount": gift.amount, "people": gift.people, "scope": gift.scope},
        )
    here = shop_page.url(f"group-gifts/{group_gift_id}")
    return shop_page.go(here, shop_page.text("groupgift-begun"))


@post("/{mall_slug:str}/shop/group-gifts/{group_gift_id:uuid}/drop", include_in_schema=False)
async def dropped(shop_page: NamedDependency[PageContext], group_gift_id: FromPath[UUID]) -> Html:
    """Forgets a draft."""
    caller = shop_page.caller
    caller.require(GIFTS)
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        await drop_draft(uow, caller.shop, group_gift_id)
    return shop_page.go(shop_page.url("group-gifts"), shop_page.text("groupgift-dropped"))


ROUTES: Final = (listed, new, drafted, one, begun, dropped)


def _read(data: dict[str, str], page: PageContext) -> Wanted:
    reader = FormReader(data, page.unit)
    wanted = Wanted(
        amount=reader.money("amount"),
        scope=reader.choice("scope", _SCOPES),
        reason=reader.text("reason"),
        starts_at=reader.start_of_day("starts_at"),
        ends_at=reader.end_of_day("ends_at"),
        budget=reader.money("budget", optional=True) or None,
        tells=reader.ticked("tells"),
    )
    if wanted.amount > MOST_MONEY:
        reader.fault("amount", "above_maximum", maximum=MOST_MONEY)
    reader.check()
    return wanted


async def _form(page: PageContext, group_id: UUID, form: Form, status: int = 200) -> Html:
    caller = page.caller
    caller.require(GIFTS)
    async with page.database.unit_of_work(caller.scope) as uow:
        group = await find_group(uow, caller.shop, group_id)
        count = (await group_sizes(uow, caller.shop)).get(group.name, 0)
    context = {
        "form": form,
        "group": {"id": group.id, "name": group.name, "count": count},
        "scopes": credit_scopes(page),
    }
    return page.render("merchants/groupgifts/new.html", context, status=status)


def _shown(gift: GroupGift) -> dict[str, Any]:
    return {
        "id": gift.id,
        "group": gift.group,
        "group_id": gift.group_id,
        "reason": gift.reason,
        "amount": gift.amount,
        "people": gift.people,
        "given": gift.given,
        "cost": gift.cost,
        "paid": gift.amount * gift.given,
        "budget": gift.budget,
        "state": gift.state,
        "shown_state": _STATES[gift.state],
        "starts": gift.starts_at,
        "until": gift.ends_at - _MOMENT,
        "created_at": gift.created_at,
    }


def _failure(page: PageContext, gift: GroupGift) -> str:
    if gift.failure is None:
        return ""
    known = f"groupgift-stopped-{gift.failure}"
    return page.text(known if has_text(page.locale, known) else "groupgift-stopped-otherwise")
