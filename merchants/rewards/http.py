"""Rewards over the API, for a shop's key: the catalogue, taking, handing out, calling off."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from members.facade import find_member
from merchants.purchases.bodies import MemberBody, member_ref
from merchants.purchases.errors import MemberNotFound
from merchants.rewards.catalogue import (
    RewardTerms,
    add_reward,
    list_rewards,
    publish_reward,
)
from merchants.rewards.claims import cancel_claim, claim_by_code, hand_out, take_reward
from merchants.rewards.models import Reward, RewardClaim
from merchants.rewards.queries import claims_after
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.errors import Invalid, NotFound
from timcheh.rules import Place, parse_condition
from timcheh.web.bodies import Body, Moment
from timcheh.web.context import AnyRequest
from timcheh.web.idempotency import run_idempotent
from timcheh.web.openapi import IDEMPOTENT
from timcheh.web.pagination import Page, PageRequest

Count = Annotated[int, Meta(ge=1, le=10**9)]
Days = Annotated[int, Meta(ge=1, le=3650)]
_OF_KIND = {"discount": "amount", "product": "sku", "event": "event_at"}


class RewardBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reward for `points` of `scope` (own, or a pool's scope).

    A discount has `amount` (rial; it becomes the shop's credit for `lot_days`), a product its
    `sku`, an event `event_at`. `when` is a condition as in a rule: who may take it.
    """

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    kind: Literal["discount", "product", "service", "event"]
    points: Count
    scope: Annotated[str, Meta(min_length=1, max_length=64)] = "own"
    words: Annotated[str, Meta(max_length=400)] = ""
    amount: Annotated[int, Meta(ge=1, le=10**15)] | None = None
    lot_days: Days | None = None
    sku: Annotated[str, Meta(min_length=1, max_length=100)] | None = None
    place: Annotated[str, Meta(max_length=100)] | None = None
    event_at: Moment | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    claim_days: Annotated[int, Meta(ge=1, le=365)] = 30
    stock: Count | None = None
    per_member: Count | None = None
    when: dict[str, Any] | None = None
    published: bool = True


class RewardOut(Struct):
    """A reward: `points` of `scope_id` each; `left` of its stock, null: no bound."""

    id: UUID
    name: str
    kind: str
    points: int
    scope_id: UUID
    amount: int | None
    sku: str | None
    event_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    taken: int
    left: int | None
    per_member: int | None
    when: dict[str, Any] | None
    state: str


class ClaimBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who takes which reward. `hand_out`: it is handed over now, not fetched later by its code."""

    member: MemberBody
    reward_id: UUID
    hand_out: bool = True


class CodeBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The code on the member's phone."""

    code: Annotated[str, Meta(pattern=r"^[0-9]{8}$")]


class ClaimOut(Struct):
    """A reward that was taken. `state` is open, handed, cancelled or lapsed."""

    id: UUID
    reward_id: UUID
    member_id: UUID
    name: str
    code: str
    points: int
    state: str
    deadline: datetime
    handed_at: datetime | None
    lot_id: UUID | None


class RewardController(Controller):
    """The catalogue of rewards."""

    path = "/api/v1/rewards"
    tags = ("rewards",)

    @get(summary="The shop's rewards")
    async def listed(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> Page[RewardOut]:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            rows = await list_rewards(uow, merchant_caller.shop)
        return Page([_reward(row) for row in rows])

    @post(summary="Offer a reward for points")
    async def offer(
        self,
        data: JSONBody[RewardBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> RewardOut:
        caller, terms = merchant_caller, _terms(data)
        async with database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            row = await add_reward(uow, caller.shop, terms)
            if data.published:
                row = await publish_reward(uow, caller.shop, row.id, published=True)
            await record(
                uow,
                caller,
                "reward.added",
                "reward",
                row.id,
                merchant_id=caller.shop,
                after={"name": row.name, "points": row.points},
            )
            return _reward(row)


class RewardClaimController(Controller):
    """Rewards that were taken."""

    path = "/api/v1/reward-claims"
    tags = ("rewards",)

    @get(summary="Who has taken which reward")
    async def listed(
        self,
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
        paging: NamedDependency[PageRequest],
    ) -> Page[ClaimOut]:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            rows = await claims_after(uow, merchant_caller.shop, paging.after(UUID), paging.fetch)
        return paging.page(rows, _claim, lambda row: row.id)

    @post(summary="Take a reward for a member", opt={IDEMPOTENT: True})
    async def take(
        self,
        request: AnyRequest,
        data: JSONBody[ClaimBody],
        merchant_caller: NamedDependency[Caller],
    ) -> Response[ClaimOut]:
        caller, who = merchant_caller, member_ref(data.member)

        async def work(uow: UnitOfWork) -> RewardClaim:
            try:
                member = await find_member(uow, id=who.id, mobile=who.mobile, number=who.card)
            except NotFound:
                raise MemberNotFound from None
            return await take_reward(
                uow,
                data.reward_id,
                member.id,
                caller.id,
                at_shop=caller.shop,
                hands_out=data.hand_out,
            )

        return await _run(request, caller, "reward.taken", work, status=201)

    @post(
        "/redeem",
        summary="Hand out what a code stands for",
        status_code=200,
        opt={IDEMPOTENT: True},
    )
    async def redeem(
        self,
        request: AnyRequest,
        data: JSONBody[CodeBody],
        merchant_caller: NamedDependency[Caller],
    ) -> Response[ClaimOut]:
        caller = merchant_caller

        async def work(uow: UnitOfWork) -> RewardClaim:
            found = await claim_by_code(uow, caller.shop, data.code)
            return await hand_out(uow, caller.shop, found.id, caller.id)

        return await _run(request, caller, "reward.handed", work)

    @post(
        "/{claim_id:uuid}/cancel",
        summary="Call a claim off; the points go back",
        status_code=200,
        opt={IDEMPOTENT: True},
    )
    async def cancel(
        self,
        request: AnyRequest,
        claim_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
    ) -> Response[ClaimOut]:
        caller = merchant_caller

        async def work(uow: UnitOfWork) -> RewardClaim:
            return await cancel_claim(uow, claim_id, caller.id, of_shop=caller.shop, of_member=None)

        return await _run(request, caller, "reward.cancelled", work)


async def _run(
    request: AnyRequest,
    caller: Caller,
    what: str,
    work: Callable[[UnitOfWork], Any],
    *,
    status: int = 200,
) -> Response[ClaimOut]:
    """Does it once for its key, in the mall's scope, and notes who did."""

    async def noted(uow: UnitOfWork) -> ClaimOut:
        claim = await work(uow)
        after = {"name": claim.name, "points": claim.points}
        await record(
            uow, caller, what, "reward_claim", claim.id, merchant_id=caller.shop, after=after
        )
        return _claim(claim)

    scope = Scope.mall(caller.mall_id)
    return await run_idempotent(request, caller, noted, status=status, scope=scope)


def _terms(data: RewardBody) -> RewardTerms:
    """Raises Invalid for what its kind needs and isn't there, and for a faulty condition."""
    needed = _OF_KIND.get(data.kind)
    if needed is not None and getattr(data, needed) is None:
        raise Invalid.field(f"/{needed}", "required")
    of_kind = {name: getattr(data, name) if name == needed else None for name in _OF_KIND.values()}
    return RewardTerms(
        name=data.name,
        words=data.words,
        kind=data.kind,
        points=data.points,
        scope="own:point" if data.scope == "own" else data.scope,
        lot_days=data.lot_days if data.kind == "discount" else None,
        place=data.place if data.kind == "event" else None,
        starts_at=data.starts_at,
        ends_at=data.ends_at,
        claim_days=data.claim_days,
        stock=data.stock,
        per_member=data.per_member,
        condition=(
            None if data.when is None else parse_condition(data.when, "/when", Place.CUSTOMER)
        ),
        **of_kind,
    )


def _reward(row: Reward) -> RewardOut:
    return RewardOut(
        row.id,
        row.name,
        row.kind,
        row.points,
        row.scope_id,
        row.amount,
        row.sku,
        row.event_at,
        row.starts_at,
        row.ends_at,
        row.taken,
        None if row.stock is None else row.stock - row.taken,
        row.per_member,
        row.condition,
        row.state,
    )


def _claim(row: RewardClaim) -> ClaimOut:
    return ClaimOut(
        row.id,
        row.reward_id,
        row.member_id,
        row.name,
        row.code,
        row.points,
        row.state,
        row.deadline,
        row.handed_at,
        row.lot_id,
    )
