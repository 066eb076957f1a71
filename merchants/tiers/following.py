"""Tiers and automatic groups follow what customers do: at each purchase, and each night."""

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

_TOPICS: Final = frozenset({"merchants.purchase_confirmed", "merchants.purchase_returned"})


async def has_followers(uow: UnitOfWork) -> bool:
    """Whether any shop of the mall has a ladder or an automatic group at all."""
    mall_id = uow.scope.mall_id
    ladders = exists().where(TierLadder.mall_id == mall_id)
    groups = exists().where(CustomerGroup.mall_id == mall_id, CustomerGroup.condition.is_not(None))
    return bool(await uow.session.scalar(select(ladders | groups)))


async def after_purchase(uow: UnitOfWork, event: Event) -> None:
    """Who has bought may stand higher now; who has brought back, the next night lowers."""
    if event.topic not in _TOPICS:
        return
    merchant_id = UUID(event.payload["merchant_id"])
    member_id = UUID(event.payload["member_id"])
    moved = await retier(uow, merchant_id, [member_id], demote=False)
    await tell(uow, merchant_id, moved)
    for group in await automatic_groups(uow, merchant_id):
        await follow(uow, group, [member_id])


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


# Of every topic, because only such a handler can be left out where no shop has what it serves.
FOLLOW: Final = EventHandler("merchants.follow", after_purchase, wanted=has_followers)
NIGHTLY: Final = RecurringJob("merchants.follow_each_night", each_night, daily_at=time(4, 10))
