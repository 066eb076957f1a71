"""What invitations bring, and have brought. In the mall's scope."""

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from merchants.purchases.models import Purchase
from merchants.referral.models import ReferralProgramme, Thanks
from merchants.shops.models import Merchant
from timcheh.db import UnitOfWork

_GIFTS: Final = ("referral", "commission")


class Promise(NamedTuple):
    """What a shop gives for a friend's first purchase there of at least `minimum`, rial: to the
    host, to the friend; and whether the host has a share of later purchases too."""

    shop: str
    host: int
    friend: int
    minimum: int
    shares: bool


async def promises(uow: UnitOfWork) -> list[Promise]:
    """Of the shops that sell, the most generous first."""
    rows = await uow.session.execute(
        select(ReferralProgramme, Merchant.name)
        .join(
            Merchant,
            (Merchant.mall_id == ReferralProgramme.mall_id)
            & (Merchant.id == ReferralProgramme.merchant_id),
        )
        .where(ReferralProgramme.mall_id == uow.scope.mall_id, Merchant.state == "active")
    )
    found = [
        Promise(
            name,
            each.first_reward,
            each.friend_reward,
            each.first_minimum,
            bool(sum(each.levels[:1])),
        )
        for each, name in rows
    ]
    kept = [each for each in found if each.host or each.friend or each.shares]
    return sorted(kept, key=lambda each: (-each.host - each.friend, each.shop))


async def brought_in(
    uow: UnitOfWork, host_id: UUID, friends: Collection[UUID]
) -> Mapping[UUID, int]:
    """What each friend's purchases have brought the host, rial, less what returns took back."""
    rows = await uow.session.execute(
        select(Thanks.cause_id, func.sum(Thanks.amount - Thanks.taken_back))
        .where(
            Thanks.mall_id == uow.scope.mall_id,
            Thanks.person_id == host_id,
            Thanks.cause_id.in_(friends),
            Thanks.kind.in_(_GIFTS),
            Thanks.state == "given",
        )
        .group_by(Thanks.cause_id)
    )
    return {row[0]: int(row[1]) for row in rows}


async def have_bought(uow: UnitOfWork, friends: Collection[UUID]) -> set[UUID]:
    """Which of them have bought anywhere in the mall."""
    rows = await uow.session.scalars(
        select(Purchase.member_id)
        .where(
            Purchase.mall_id == uow.scope.mall_id,
            Purchase.member_id.in_(friends),
            Purchase.state == "confirmed",
        )
        .distinct()
    )
    return set(rows)
