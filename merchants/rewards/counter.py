"""Rewards at the till: a customer's number shows what they can take, a code what they have."""

import re
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency

from members.facade import Member, find_member
from merchants.customers.service import find_customer
from merchants.permissions import TILL, branches_of
from merchants.purchases.command import MemberRef
from merchants.purchases.errors import MemberNotFound
from merchants.rewards.catalogue import pictured
from merchants.rewards.claims import CODE_DIGITS, claim_by_code, take_reward
from merchants.rewards.errors import ClaimUnknown
from merchants.rewards.queries import chances_at
from merchants.rewards.showing import shown_chance, shown_claim
from merchants.till.entry import read_member
from timcheh.access.limits import Limit
from timcheh.audit import record
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import Invalid, NotFound, TimchehError
from timcheh.ids import new_id, read_id
from timcheh.text.digits import digits_to_latin
from timcheh.text.identifiers import IdentifierError
from timcheh.web.form import Fields, Form
from timcheh.web.idempotency import run_form
from timcheh.web.pages import Html, PageContext

MISSES: Final = Limit("reward-code-shop", count=200, window=86_400)
"""Codes in vain in a day, by shop: a till can't go through all of them."""
_CODE: Final = re.compile(rf"\d{{{CODE_DIGITS}}}", re.ASCII)


@get("/{mall_slug:str}/shop/rewards/till", include_in_schema=False)
async def counter(shop_page: NamedDependency[PageContext]) -> Html:
    """Where the cashier names the customer, or types or scans the code of a claim."""
    branches_of(shop_page.caller, TILL)
    return _page(shop_page, Form())


@post("/{mall_slug:str}/shop/rewards/till", include_in_schema=False, status_code=200)
async def looked_up(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """The claim of a code, or what a customer can take."""
    branches_of(shop_page.caller, TILL)
    try:
        found = await _look_up(shop_page, data.get("who", ""))
    except TimchehError as error:
        return _refused(shop_page, data, error)
    return _page(shop_page, Form(), found)


@post("/{mall_slug:str}/shop/rewards/till/take", include_in_schema=False)
async def taken(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Takes a reward for the customer who stands here, and hands it out; once for each form."""
    caller = shop_page.caller
    branches_of(caller, TILL)
    reward_id, member_id = read_id(data.get("reward")), read_id(data.get("member"))
    if reward_id is None or member_id is None:
        raise NotFound

    async def work(uow: UnitOfWork) -> str:
        try:
            member = await find_member(uow, id=member_id)
        except NotFound:
            raise MemberNotFound from None
        claim = await take_reward(uow, reward_id, member.id, caller.id, at_shop=caller.shop)
        await record(
            uow,
            caller,
            "reward.taken",
            "reward_claim",
            claim.id,
            merchant_id=caller.shop,
            after={"name": claim.name, "points": claim.points},
        )
        return claim.name

    try:
        digest = sha256(msgspec.json.encode(sorted(data.items()))).digest()
        key = data.get("request_key", "")
        scope = Scope.mall(caller.mall_id)
        name = await run_form(shop_page.request, caller, key, digest, work, scope=scope)
    except TimchehError as error:
        return _refused(shop_page, {}, error)
    toast = shop_page.text("rewards-given", name=msgspec.json.decode(name, type=str))
    return shop_page.go(shop_page.url("rewards/till"), toast)


ROUTES: Final = (counter, looked_up, taken)


async def _look_up(page: PageContext, typed: str) -> dict[str, Any]:
    """Raises ClaimUnknown, MemberNotFound, Invalid for what is neither a number nor a code."""
    code = re.sub(r"[\s\-\u200c]+", "", digits_to_latin(typed[:120]))
    scope = Scope.mall(page.caller.mall_id)
    if _CODE.fullmatch(code):
        return {"claim": await _claim_of(page, code)}
    try:
        who = read_member(typed[:120])
    except IdentifierError as error:
        raise Invalid.field("/who", error.code) from None
    async with page.database.unit_of_work(scope) as uow:
        member = await _member(uow, who)
        found = await chances_at(uow, page.caller.shop, member.id)
        seen = await pictured(uow, [each.reward.id for each in found])
        name = await _name(uow, page.caller.shop, member)
    rewards = [shown_chance(page, each, picture=each.reward.id in seen) for each in found]
    return {
        "member": {"id": member.id, "name": name, "tail": member.number[-4:]},
        "rewards": rewards,
    }


async def _claim_of(page: PageContext, code: str) -> dict[str, Any]:
    caller, limiter = page.caller, page.services.limiter
    await limiter.refuse_if_full(MISSES, str(caller.shop))
    try:
        async with page.database.unit_of_work(caller.scope) as uow:
            return shown_claim(page, await claim_by_code(uow, caller.shop, code))
    except ClaimUnknown:
        await limiter.hit(MISSES, str(caller.shop))
        raise


async def _member(uow: UnitOfWork, who: MemberRef) -> Member:
    try:
        return await find_member(uow, id=who.id, mobile=who.mobile, number=who.card)
    except NotFound:
        raise MemberNotFound from None


async def _name(uow: UnitOfWork, merchant_id: UUID, member: Member) -> str:
    """A shop learns the name of its own customers only."""
    try:
        return (await find_customer(uow, merchant_id, member.id)).name or ""
    except NotFound:
        return ""


def _refused(page: PageContext, data: dict[str, str], error: TimchehError) -> Html:
    """The field as it was typed, but for a bank card's number, which is never shown again."""
    if isinstance(error, ClaimUnknown):
        error = Invalid.field("/who", "claim_unknown")
    elif isinstance(error, MemberNotFound):
        error = Invalid.field("/who", "reward_member_unknown")
    kept = {} if any(fault.code == "bank_card_refused" for fault in error.errors) else data
    return _page(page, Form.refused(kept, error, page.locale), status=error.status)


def _page(
    page: PageContext, form: Form, found: dict[str, Any] | None = None, status: int = 200
) -> Html:
    nothing: dict[str, Any] = {"claim": None, "member": None, "rewards": []}
    context = nothing | (found or {}) | {"form": form, "request_key": str(new_id())}
    return page.render("merchants/rewards/counter.html", context, status=status)
