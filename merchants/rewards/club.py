"""Rewards on the member's phone: what they can take, and the codes of what they have taken."""

from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.rewards.catalogue import picture_of, pictured
from merchants.rewards.claims import cancel_claim, take_reward
from merchants.rewards.models import RewardClaim
from merchants.rewards.pages import picture_response
from merchants.rewards.queries import (
    Chance,
    chance_of,
    chances_of,
    claims_of_member,
    find_claim,
)
from merchants.rewards.showing import shown_chance, shown_claim
from merchants.shops.service import find_shop, shop_names
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import Conflict, TimchehError
from timcheh.ids import new_id
from timcheh.web.form import Fields, Form
from timcheh.web.idempotency import run_form
from timcheh.web.pages import Html, PageContext


@get("/{mall_slug:str}/club/rewards", include_in_schema=False)
async def listed(club_page: NamedDependency[PageContext]) -> Html:
    """What can be taken, by shop, and what waits to be fetched."""
    caller = club_page.caller
    async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        found = await chances_of(uow, caller.id)
        claims = await claims_of_member(uow, caller.id)
        seen = await pictured(uow, [each.reward.id for each in found])
        names = await shop_names(uow)
    by_shop: dict[UUID, list[dict[str, Any]]] = {}
    for each in found:
        shown = shown_chance(club_page, each, picture=each.reward.id in seen)
        by_shop.setdefault(each.reward.merchant_id, []).append(shown)
    shown_claims = [
        shown_claim(club_page, claim) | {"shop": names.get(claim.merchant_id, "")}
        for claim in claims
    ]
    context = {
        "shops": [
            {"name": names.get(shop, ""), "rewards": rewards} for shop, rewards in by_shop.items()
        ],
        "waiting": [claim for claim in shown_claims if claim["open"]],
        "past": [claim for claim in shown_claims if not claim["open"]][:10],
    }
    return club_page.render("merchants/rewards/club.html", context)


@get("/{mall_slug:str}/club/rewards/{reward_id:uuid}", include_in_schema=False)
async def one(club_page: NamedDependency[PageContext], reward_id: FromPath[UUID]) -> Html:
    """A reward, and whether it can be taken."""
    return await _one(club_page, reward_id, Form())


@post("/{mall_slug:str}/club/rewards/{reward_id:uuid}", include_in_schema=False)
async def taken(
    club_page: NamedDependency[PageContext], reward_id: FromPath[UUID], data: Fields
) -> Html:
    """Takes it for its points; once for each form."""
    caller = club_page.caller
    scope = Scope.mall(caller.mall_id)
    async with club_page.database.unit_of_work(scope) as uow:
        await chance_of(uow, reward_id, caller.id)

    async def work(uow: UnitOfWork) -> UUID:
        return (await take_reward(uow, reward_id, caller.id, caller.id)).id

    key, digest = data.get("request_key", ""), sha256(reward_id.bytes).digest()
    try:
        made = await run_form(club_page.request, caller, key, digest, work, scope=scope)
    except TimchehError as error:
        form = club_page.refused({}, error)
        return await _one(club_page, reward_id, form, error.status)
    claim_id = msgspec.json.decode(made, type=UUID)
    return club_page.go(
        club_page.url(f"reward-claims/{claim_id}"), club_page.text("rewards-taken-toast")
    )


@get("/{mall_slug:str}/club/rewards/{reward_id:uuid}/picture", include_in_schema=False)
async def picture(
    club_page: NamedDependency[PageContext], reward_id: FromPath[UUID]
) -> Response[bytes]:
    """The picture of what is offered."""
    caller = club_page.caller
    async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        await chance_of(uow, reward_id, caller.id)
        return picture_response(await picture_of(uow, reward_id))


@get("/{mall_slug:str}/club/reward-claims/{claim_id:uuid}", include_in_schema=False)
async def claim(club_page: NamedDependency[PageContext], claim_id: FromPath[UUID]) -> Html:
    """The code that the till hands out for, until when, or what became of it."""
    caller = club_page.caller
    async with club_page.database.unit_of_work(caller.scope) as uow:
        found: RewardClaim = await find_claim(uow, caller.id, claim_id)
        shop = await find_shop(uow, found.merchant_id)
    context = {"claim": shown_claim(club_page, found) | {"shop": shop.name}}
    return club_page.render("merchants/rewards/claim.html", context)


@post("/{mall_slug:str}/club/reward-claims/{claim_id:uuid}/cancel", include_in_schema=False)
async def cancelled(club_page: NamedDependency[PageContext], claim_id: FromPath[UUID]) -> Html:
    """The member changes their mind; the points go back."""
    caller = club_page.caller
    try:
        async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            found = await cancel_claim(uow, claim_id, caller.id, of_shop=None, of_member=caller.id)
    except Conflict as error:
        here = club_page.url(f"reward-claims/{claim_id}")
        return club_page.turned_back(here, error)
    said = club_page.text("rewards-back-yours", points=found.points)
    return club_page.go(club_page.url("rewards"), said)


ROUTES: Final = (listed, one, taken, picture, claim, cancelled)


async def _one(page: PageContext, reward_id: UUID, form: Form, status: int = 200) -> Html:
    caller = page.caller
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        found: Chance = await chance_of(uow, reward_id, caller.id)
        seen = await pictured(uow, [reward_id])
        shop = await find_shop(uow, found.reward.merchant_id)
    context = {
        "reward": shown_chance(page, found, picture=bool(seen)) | {"shop": shop.name},
        "form": form,
        "request_key": str(new_id()),
    }
    return page.render("merchants/rewards/club_one.html", context, status=status)
