"""Reading claims, and what a member could take. In the mall's scope unless said otherwise."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from merchants.customers.models import Customer
from merchants.customers.queries import shops_of_member
from merchants.rewards.claims import KEPT, fits
from merchants.rewards.judging import in_force, obstacle
from merchants.rewards.models import Reward, RewardClaim
from merchants.rewards.paying import points_held
from merchants.shops.models import Merchant
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound, TimchehError

_MOST: Final = 500


class ClaimRow(NamedTuple):
    """A claim and its taker as the shop knows them; blank for who isn't its customer."""

    claim: RewardClaim
    name: str
    mobile: str


@dataclass(frozen=True, slots=True)
class Chance:
    """A reward as one member finds it: their points of its kind, and what is in the way."""

    reward: Reward
    held: int
    obstacle: TimchehError | None


async def claims_of_shop(
    uow: UnitOfWork,
    merchant_id: UUID,
    *,
    reward_id: UUID | None = None,
    state: str = "",
    limit: int = 200,
) -> list[ClaimRow]:
    """A shop's newest claims. In the shop's scope or the mall's."""
    query = (
        select(RewardClaim, func.coalesce(Customer.name, ""), func.coalesce(Customer.mobile, ""))
        .outerjoin(
            Customer,
            (Customer.mall_id == RewardClaim.mall_id)
            & (Customer.merchant_id == RewardClaim.merchant_id)
            & (Customer.member_id == RewardClaim.member_id),
        )
        .where(RewardClaim.mall_id == uow.scope.mall_id, RewardClaim.merchant_id == merchant_id)
    )
    if reward_id is not None:
        query = query.where(RewardClaim.reward_id == reward_id)
    if state:
        query = query.where(RewardClaim.state == state)
    rows = await uow.session.execute(query.order_by(RewardClaim.id.desc()).limit(limit))
    return [ClaimRow(*row) for row in rows]


async def claims_after(
    uow: UnitOfWork, merchant_id: UUID, after: UUID | None, fetch: int
) -> list[RewardClaim]:
    """A stretch of a shop's claims, newest first."""
    query = select(RewardClaim).where(
        RewardClaim.mall_id == uow.scope.mall_id, RewardClaim.merchant_id == merchant_id
    )
    if after is not None:
        query = query.where(RewardClaim.id < after)
    rows = await uow.session.scalars(query.order_by(RewardClaim.id.desc()).limit(fetch))
    return list(rows)


async def counts_of(uow: UnitOfWork, merchant_id: UUID) -> dict[UUID, Counter[str]]:
    """How many claims are in each state, by reward."""
    rows = await uow.session.execute(
        select(RewardClaim.reward_id, RewardClaim.state, func.count())
        .where(RewardClaim.mall_id == uow.scope.mall_id, RewardClaim.merchant_id == merchant_id)
        .group_by(RewardClaim.reward_id, RewardClaim.state)
    )
    found: dict[UUID, Counter[str]] = {}
    for reward_id, state, count in rows:
        found.setdefault(reward_id, Counter())[state] = count
    return found


async def claims_of_member(uow: UnitOfWork, member_id: UUID, limit: int = 50) -> list[RewardClaim]:
    """A member's own, newest first. In the member's scope or the mall's."""
    rows = await uow.session.scalars(
        select(RewardClaim)
        .where(RewardClaim.mall_id == uow.scope.mall_id, RewardClaim.member_id == member_id)
        .order_by(RewardClaim.id.desc())
        .limit(limit)
    )
    return list(rows)


async def find_claim(uow: UnitOfWork, member_id: UUID, claim_id: UUID) -> RewardClaim:
    """A member's own. Raises NotFound."""
    claim = await uow.session.get(RewardClaim, (uow.scope.mall_id, claim_id))
    if claim is None or claim.member_id != member_id:
        raise NotFound
    return claim


async def chances_at(uow: UnitOfWork, merchant_id: UUID, member_id: UUID) -> list[Chance]:
    """What a shop offers, as a member finds it: what they can take first, then the cheapest."""
    offered = await _offered(uow, Reward.merchant_id == merchant_id)
    held = await points_held(uow, member_id, [reward.scope_id for reward in offered])
    return await _chances(uow, offered, held, member_id)


async def chances_of(uow: UnitOfWork, member_id: UUID) -> list[Chance]:
    """What the shops whose customer a member is offer, and those whose points they hold."""
    mine = set(await shops_of_member(uow, member_id))
    offered = await _offered(uow)
    held = await points_held(uow, member_id, [reward.scope_id for reward in offered])
    near = [each for each in offered if each.merchant_id in mine or held.get(each.scope_id)]
    return await _chances(uow, near, held, member_id)


async def chance_of(uow: UnitOfWork, reward_id: UUID, member_id: UUID) -> Chance:
    """One that is offered now. Raises NotFound."""
    offered = await _offered(uow, Reward.id == reward_id)
    if not offered:
        raise NotFound
    held = await points_held(uow, member_id, [offered[0].scope_id])
    return (await _chances(uow, offered, held, member_id))[0]


async def _offered(uow: UnitOfWork, *where: ColumnElement[bool]) -> list[Reward]:
    """What active shops offer now, the cheapest first."""
    rows = await uow.session.scalars(
        select(Reward)
        .join(Merchant, (Merchant.mall_id == Reward.mall_id) & (Merchant.id == Reward.merchant_id))
        .where(Reward.mall_id == uow.scope.mall_id, Reward.state == "published", *where)
        .where(Merchant.state == "active")
        .order_by(Reward.points, Reward.id)
        .limit(_MOST)
    )
    return [reward for reward in rows if in_force(reward, uow.now)]


async def _chances(
    uow: UnitOfWork, offered: Sequence[Reward], held: Mapping[UUID, int], member_id: UUID
) -> list[Chance]:
    had = await _had(uow, member_id, [reward.id for reward in offered])
    found = []
    for reward in offered:
        points = held.get(reward.scope_id, 0)
        stands = obstacle(
            reward,
            uow.now,
            had=had.get(reward.id, 0),
            fits=await fits(uow, reward, member_id),
            points=points,
        )
        found.append(Chance(reward, points, stands))
    return sorted(found, key=lambda each: each.obstacle is not None)


async def _had(uow: UnitOfWork, member_id: UUID, reward_ids: Iterable[UUID]) -> dict[UUID, int]:
    rows = await uow.session.execute(
        select(RewardClaim.reward_id, func.count())
        .where(
            RewardClaim.mall_id == uow.scope.mall_id,
            RewardClaim.member_id == member_id,
            RewardClaim.reward_id.in_(list(reward_ids)),
            RewardClaim.state.in_(KEPT),
            RewardClaim.reason.is_(None),
        )
        .group_by(RewardClaim.reward_id)
    )
    return {row[0]: row[1] for row in rows}
