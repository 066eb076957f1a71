"""Gifts that doors promise: promising one, giving it once to who is new, and what it brought."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import func, select, text, update

from merchants.customers.models import Customer
from merchants.doors.errors import GiftPromised
from merchants.doors.models import Door, DoorGift, DoorGiftTaken
from merchants.gifting.rewards import Reward, give_reward
from merchants.programme.service import current_rules
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound

MOST_PEOPLE: Final = 1_000_000

# A code that its offer has lost, or whose offer is over, is of no use to anybody.
_CODES = text(
    """
    SELECT t.merchant_id, t.coupon, r ->> 'ends_at'
    FROM merchants.door_gift_taken t
    JOIN merchants.merchant_account a ON a.mall_id = t.mall_id AND a.merchant_id = t.merchant_id
    JOIN merchants.rule_set s ON s.mall_id = a.mall_id AND s.merchant_id = a.merchant_id
        AND s.version = a.rules_version
    CROSS JOIN LATERAL jsonb_array_elements(s.rules) r
    WHERE t.mall_id = :mall AND t.member_id = :member AND r ->> 'coupon' = t.coupon
      AND coalesce((r ->> 'ends_at')::timestamptz > :at, true)
    ORDER BY t.taken_at DESC
    """
)


@dataclass(frozen=True, slots=True)
class Promise:
    """What a door is to promise: a reward, or the code of an offer; exactly one of the two."""

    words: str
    reward: Reward | None
    coupon: str | None
    most: int
    ends_at: datetime | None


class Conversions(NamedTuple):
    """What came of a door: its new customers, those of them who bought, how often and for how
    much (rial, after discounts and returns)."""

    customers: int
    buyers: int
    purchases: int
    spend: int


class HeldCode(NamedTuple):
    """A code that a member was given and can still use."""

    merchant_id: UUID
    code: str
    ends_at: datetime | None


async def promise_gift(uow: UnitOfWork, door: Door, promise: Promise, actor_id: UUID) -> DoorGift:
    """Raises GiftPromised for a door that has promised one before; Invalid."""
    if await gift_of(uow, door) is not None:
        raise GiftPromised
    if promise.coupon is not None and promise.coupon not in await codes_in_force(
        uow, door.merchant_id
    ):
        raise Invalid.field("/coupon", "required")
    if promise.ends_at is not None and promise.ends_at <= uow.now:
        raise Invalid.field("/ends_at", "not_after_start")
    reward = promise.reward
    gift = DoorGift(
        mall_id=door.mall_id,
        merchant_id=door.merchant_id,
        door_id=door.id,
        words=promise.words,
        unit=reward.unit if reward else None,
        amount=reward.amount if reward else None,
        days=reward.days if reward else None,
        coupon=promise.coupon,
        most=promise.most,
        given=0,
        ends_at=promise.ends_at,
        created_by=actor_id,
        created_at=uow.now,
    )
    uow.session.add(gift)
    await uow.session.flush()
    return gift


async def end_gift(uow: UnitOfWork, door: Door) -> None:
    """Promises it no longer; what was given stays. Raises NotFound."""
    gift = await gift_of(uow, door)
    if gift is None:
        raise NotFound
    if gift.ends_at is None or gift.ends_at > uow.now:
        gift.ends_at = uow.now
        await uow.session.flush()


async def gift_of(uow: UnitOfWork, door: Door) -> DoorGift | None:
    """What a door promises or has promised."""
    return await uow.session.get(DoorGift, (door.mall_id, door.merchant_id, door.id))


async def gifts_of(uow: UnitOfWork, merchant_id: UUID) -> dict[UUID, DoorGift]:
    """What the shop's doors promise or have promised, by door."""
    rows = await uow.session.scalars(
        select(DoorGift).where(
            DoorGift.mall_id == uow.scope.mall_id, DoorGift.merchant_id == merchant_id
        )
    )
    return {row.door_id: row for row in rows}


async def take_gift(uow: UnitOfWork, door: Door, member_id: UUID) -> DoorGift | None:
    """Gives a door's gift to who has just become the shop's customer; none if it stands no more.

    The gift's own row is the turnstile: whoever comes at the same moment waits for it.
    """
    if await _has_had_one(uow, door, member_id):
        return None
    counted: Any = await uow.session.execute(
        update(DoorGift)
        .where(
            DoorGift.mall_id == door.mall_id,
            DoorGift.merchant_id == door.merchant_id,
            DoorGift.door_id == door.id,
            DoorGift.given < DoorGift.most,
            (DoorGift.ends_at.is_(None)) | (DoorGift.ends_at > uow.now),
        )
        .values(given=DoorGift.given + 1)
        .execution_options(synchronize_session=False)
    )
    if counted.rowcount != 1:
        return None
    gift = await uow.session.get_one(
        DoorGift, (door.mall_id, door.merchant_id, door.id), populate_existing=True
    )
    lot_id = None
    if gift.reward is not None:
        lot_id = await give_reward(
            uow,
            door.merchant_id,
            member_id,
            gift.reward,
            kind="door_gift",
            reference_id=door.id,
            reason=gift.words,
        )
    uow.session.add(
        DoorGiftTaken(
            mall_id=door.mall_id,
            member_id=member_id,
            merchant_id=door.merchant_id,
            door_id=door.id,
            lot_id=lot_id,
            coupon=gift.coupon,
            taken_at=uow.now,
        )
    )
    await uow.session.flush()
    return gift


async def conversions(uow: UnitOfWork, door: Door) -> Conversions:
    """What came of a door, as its customers stand now."""
    bought = Customer.purchases > 0
    row = await uow.session.execute(
        select(
            func.count(),
            func.count().filter(bought),
            func.coalesce(func.sum(Customer.purchases), 0),
            func.coalesce(func.sum(Customer.spend), 0),
        ).where(
            Customer.mall_id == door.mall_id,
            Customer.merchant_id == door.merchant_id,
            Customer.door_id == door.id,
        )
    )
    return Conversions(*map(int, row.one()))


async def codes_in_force(uow: UnitOfWork, merchant_id: UUID) -> dict[str, str]:
    """The codes of the shop's offers that are not over, with the offers' names."""
    _, rules = await current_rules(uow, merchant_id)
    return {
        rule["coupon"]: rule["name"]
        for rule in rules
        if rule.get("coupon") and not _is_over(rule.get("ends_at"), uow.now)
    }


async def codes_held(uow: UnitOfWork, member_id: UUID) -> list[HeldCode]:
    """The codes that doors have given a member, the newest first. In the mall's scope."""
    asked = {"mall": uow.scope.mall_id, "member": member_id, "at": uow.now}
    rows = await uow.session.execute(_CODES, asked)
    return [
        HeldCode(shop, code, datetime.fromisoformat(ends) if ends else None)
        for shop, code, ends in rows
    ]


def _is_over(ends_at: str | None, now: datetime) -> bool:
    return ends_at is not None and datetime.fromisoformat(ends_at) <= now


async def _has_had_one(uow: UnitOfWork, door: Door, member_id: UUID) -> bool:
    """A customer whose import was undone can come anew; the gift can't."""
    key = (door.mall_id, member_id, door.merchant_id)
    return await uow.session.get(DoorGiftTaken, key) is not None
