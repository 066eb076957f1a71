"""Tiers and automatic groups follow what customers do: at each purchase, and each night."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import time
from typing import Final
from uuid import UUID

from sqlalchemy import exists, select

from merchants.groups.models import CustomerGroup
from merchants.groups.service import automatic_groups, follow
from merchants.shops.models import Merchant
from merchants.tiers.models import TierLadder
from merchants.tiers.service import retier, tell
from timcheh.db import Scope, UnitOfWork
from timcheh.module import Event, EventHandler, JobContext, RecurringJob


async def has_followers(uow: UnitOfWork) -> bool:
    """Whether any shop of the mall has a ladder or an automatic group at all."""
    mall_id = uow.scope.mall_id
    ladders = exists().where(TierLadder.mall_id == mall_id)
    groups = exists().where(CustomerGroup.mall_id == mall_id, CustomerGroup.condition.is_not(None))
    return bool(await uow.session.scalar(select(ladders | groups)))


async def after_purchases(uow: UnitOfWork, events: Sequence[Event]) -> None:
    """Who has bought may stand higher now; who has brought back, the next night lowers."""
    buyers: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for event in events:
        buyers[UUID(event.payload["merchant_id"])].add(UUID(event.payload["member_id"]))
    for merchant_id, members in buyers.items():
        moved = await retier(uow, merchant_id, members, demote=False)
        await tell(uow, merchant_id, moved)
        for group in await automatic_groups(uow, merchant_id):
            await follow(uow, group, members)


async def each_night(context: JobContext) -> None:
    """Time alone moves people too. Each shop in a transaction of its own."""
    scope = Scope.mall(context.mall_id)
    async with context.database.unit_of_work(scope) as uow:
        shops = list(
            await uow.session.scalars(
                select(Merchant.id).where(Merchant.mall_id == context.mall_id)
            )
        )
    for merchant_id in shops:
        async with context.database.unit_of_work(scope, now=context.now) as uow:
            moved = await retier(uow, merchant_id, None, demote=True)
            await tell(uow, merchant_id, moved)
            for group in await automatic_groups(uow, merchant_id):
                await follow(uow, group)


_FOLLOW: Final = (EventHandler("merchants.follow", run_all=after_purchases, wanted=has_followers),)
HANDLERS: Final = {
    "merchants.purchase_confirmed": _FOLLOW,
    "merchants.purchase_returned": _FOLLOW,
}
NIGHTLY: Final = RecurringJob("merchants.follow_each_night", each_night, daily_at=time(4, 10))
