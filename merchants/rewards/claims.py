"""Taking a reward, handing it out, and giving it back. All in the mall's scope.

Locks: the reward, then the claim, then the ledger's lots. So stock, cap and points hold however
many take at once, and of two hands at one claim the second finds it done.
"""

import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from members.facade import find_member
from merchants.audience import audience_of
from merchants.gifting.granting import Giveaway, ends_after, give
from merchants.programme.queries import read_scopes
from merchants.purchases.errors import MemberBlocked
from merchants.rewards.catalogue import condition_of
from merchants.rewards.errors import ClaimHanded, ClaimOver, ClaimUnknown
from merchants.rewards.judging import obstacle
from merchants.rewards.models import Reward, RewardClaim
from merchants.rewards.paying import Draw, pay, pay_back
from merchants.shops.service import find_shop
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.ids import new_id
from timcheh.outbox import emit

CODE_DIGITS: Final = 8
"""Fewer than a mobile has, so that one field takes either; only its shop hands out for it."""
KEPT: Final = ("open", "handed")
"""States of a claim that counts against stock and cap."""


async def take_reward(
    uow: UnitOfWork,
    reward_id: UUID,
    member_id: UUID,
    actor_id: UUID,
    *,
    at_shop: UUID | None = None,
    hands_out: bool = True,
) -> RewardClaim:
    """A member takes a reward for its points. At a till (`at_shop`) only that shop's, and there it
    is handed over at once unless it is to be fetched later.

    Raises NotFound, MemberBlocked, RewardNotInForce, RewardGone, RewardCapped, RewardNotForYou,
    PointsShort.
    """
    if (await find_member(uow, id=member_id)).state != "active":
        raise MemberBlocked
    reward = await _locked(uow, reward_id, at_shop)
    await _refuse(uow, reward, member_id)
    claim = await _claim(uow, reward, member_id, at_till=at_shop is not None and hands_out)
    draws = await pay(
        uow,
        claim.id,
        reward.merchant_id,
        member_id,
        reward.scope_id,
        reward.points,
        reward.id,
        actor_id,
    )
    claim.points, claim.spent = reward.points, [draw.written() for draw in draws]
    await _keep(uow, reward, claim, actor_id)
    return claim


async def present_reward(
    uow: UnitOfWork, merchant_id: UUID, reward_id: UUID, member_id: UUID, reason: str
) -> RewardClaim:
    """Gives a member a reward of the shop for nothing; of cap and condition nothing is asked.

    Raises RewardNotInForce, RewardGone.
    """
    reward = await _locked(uow, reward_id, merchant_id)
    refused = obstacle(reward, uow.now, had=-1, fits=True)
    if refused is not None:
        raise refused
    claim = await _claim(uow, reward, member_id, at_till=False)
    claim.reason = reason
    await _keep(uow, reward, claim, None)
    return claim


async def hand_out(
    uow: UnitOfWork, merchant_id: UUID, claim_id: UUID, actor_id: UUID
) -> RewardClaim:
    """The shop has handed the reward over; once. Raises ClaimUnknown, ClaimHanded, ClaimOver."""
    claim = await _locked_claim(uow, claim_id)
    if claim is None or claim.merchant_id != merchant_id:
        raise ClaimUnknown
    _refuse_closed(claim)
    if claim.deadline <= uow.now:  # the job that gives the points back has yet to come
        raise ClaimOver
    claim.state, claim.handed_at, claim.closed_by = "handed", uow.now, actor_id
    await uow.session.flush()
    await _tell(uow, "merchants.reward_handed", claim)
    return claim


async def cancel_claim(
    uow: UnitOfWork, claim_id: UUID, actor_id: UUID, *, of_shop: UUID | None, of_member: UUID | None
) -> RewardClaim:
    """Before it is handed out, the shop or the member calls it off; the points go back.

    Raises NotFound for another's, ClaimHanded, ClaimOver.
    """
    claim = await uow.session.get(RewardClaim, (uow.scope.mall_id, claim_id))
    if claim is None or (of_shop, of_member) not in (
        (claim.merchant_id, None),
        (None, claim.member_id),
    ):
        raise NotFound
    return await _give_back(uow, claim, "cancelled", actor_id)


async def lapse(uow: UnitOfWork, claim_id: UUID) -> None:
    """Gives the points of a claim back whose time is over, unless something became of it."""
    claim = await uow.session.get_one(RewardClaim, (uow.scope.mall_id, claim_id))
    if claim.state == "open" and claim.deadline <= uow.now:
        await _give_back(uow, claim, "lapsed", None)


async def due_claims(uow: UnitOfWork, limit: int) -> list[UUID]:
    """Claims whose time is over, oldest first."""
    rows = await uow.session.scalars(
        select(RewardClaim.id)
        .where(
            RewardClaim.mall_id == uow.scope.mall_id,
            RewardClaim.state == "open",
            RewardClaim.deadline <= uow.now,
        )
        .order_by(RewardClaim.deadline)
        .limit(limit)
    )
    return list(rows)


async def claim_by_code(uow: UnitOfWork, merchant_id: UUID, code: str) -> RewardClaim:
    """A shop's own. Raises ClaimUnknown."""
    found = await uow.session.scalar(
        select(RewardClaim).where(
            RewardClaim.mall_id == uow.scope.mall_id,
            RewardClaim.merchant_id == merchant_id,
            RewardClaim.code == code,
        )
    )
    if found is None:
        raise ClaimUnknown
    return found


async def fits(uow: UnitOfWork, reward: Reward, member_id: UUID) -> bool:
    """Whether a reward's condition holds for a member; one is for the shop's customers only."""
    condition = condition_of(reward)
    if condition is None:
        return True
    audience = await audience_of(uow, reward.merchant_id, condition)
    return bool(await audience.members(uow, [member_id]))


async def _locked(uow: UnitOfWork, reward_id: UUID, of_shop: UUID | None) -> Reward:
    reward = await uow.session.get(
        Reward, (uow.scope.mall_id, reward_id), with_for_update=True, populate_existing=True
    )
    if reward is None or (of_shop is not None and reward.merchant_id != of_shop):
        raise NotFound
    if (await find_shop(uow, reward.merchant_id)).state != "active":
        raise NotFound
    return reward


async def _locked_claim(uow: UnitOfWork, claim_id: UUID) -> RewardClaim | None:
    return await uow.session.get(
        RewardClaim, (uow.scope.mall_id, claim_id), with_for_update=True, populate_existing=True
    )


async def _refuse(uow: UnitOfWork, reward: Reward, member_id: UUID) -> None:
    had = await uow.session.scalar(
        select(func.count()).where(
            RewardClaim.mall_id == uow.scope.mall_id,
            RewardClaim.reward_id == reward.id,
            RewardClaim.member_id == member_id,
            RewardClaim.state.in_(KEPT),
            RewardClaim.reason.is_(None),
        )
    )
    found = await fits(uow, reward, member_id)
    refused = obstacle(reward, uow.now, had=had or 0, fits=found)
    if refused is not None:
        raise refused


async def _claim(uow: UnitOfWork, reward: Reward, member_id: UUID, *, at_till: bool) -> RewardClaim:
    """A claim that is not kept yet: open, and of no points."""
    return RewardClaim(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        merchant_id=reward.merchant_id,
        reward_id=reward.id,
        member_id=member_id,
        name=reward.name,
        code=await _free_code(uow, reward.merchant_id),
        points=0,
        spent=[],
        at_till=at_till,
        state="open",
        deadline=_deadline(reward, uow.now),
        created_at=uow.now,
    )


def _deadline(reward: Reward, now: datetime) -> datetime:
    """The end of the day so many days on; an invitation's is the end of the event's own day."""
    if reward.event_at is not None:
        return ends_after(reward.event_at, 0)
    return ends_after(now, reward.claim_days)


async def _keep(uow: UnitOfWork, reward: Reward, claim: RewardClaim, actor_id: UUID | None) -> None:
    reward.taken += 1
    if reward.kind == "discount":
        claim.lot_id = await _discount(uow, reward, claim)
    if reward.kind == "discount" or claim.at_till:
        claim.state, claim.handed_at, claim.closed_by = "handed", uow.now, actor_id
    uow.session.add(claim)
    await uow.session.flush()
    await _tell(uow, "merchants.reward_taken", claim)


async def _discount(uow: UnitOfWork, reward: Reward, claim: RewardClaim) -> UUID:
    """A discount is the shop's own credit: the till takes it off the next purchase."""
    assert reward.amount is not None  # the table holds it
    scope = (await read_scopes(uow, reward.merchant_id))["own:rial"]
    what = Giveaway("reward", claim.id, scope, reward.amount, reward.lot_days, reward.name)
    return (await give(uow, reward.merchant_id, claim.member_id, what)).lot_id


async def _free_code(uow: UnitOfWork, merchant_id: UUID) -> str:
    while True:
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        try:
            await claim_by_code(uow, merchant_id, code)
        except ClaimUnknown:
            return code


async def _give_back(
    uow: UnitOfWork, claim: RewardClaim, state: str, actor_id: UUID | None
) -> RewardClaim:
    """Raises ClaimHanded, ClaimOver where something else has become of it meanwhile."""
    reward = await uow.session.get_one(
        Reward,
        (uow.scope.mall_id, claim.reward_id),
        with_for_update=True,
        populate_existing=True,
    )
    await uow.session.refresh(claim, with_for_update=True)
    _refuse_closed(claim)
    if claim.spent:
        draws = [Draw.read(each) for each in claim.spent]
        claim.undone_by = await pay_back(
            uow, claim.id, claim.merchant_id, draws, reward.id, actor_id
        )
    claim.state, claim.closed_by = state, actor_id
    reward.taken -= 1
    await uow.session.flush()
    await _tell(uow, f"merchants.reward_{state}", claim)
    return claim


def _refuse_closed(claim: RewardClaim) -> None:
    if claim.state == "handed":
        raise ClaimHanded
    if claim.state != "open":
        raise ClaimOver


async def _tell(uow: UnitOfWork, topic: str, claim: RewardClaim) -> None:
    await emit(
        uow,
        topic,
        {
            "claim_id": str(claim.id),
            "reward_id": str(claim.reward_id),
            "merchant_id": str(claim.merchant_id),
            "member_id": str(claim.member_id),
        },
    )
