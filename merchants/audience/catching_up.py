"""What a shop of an older version, or a new one, lacks of its customers' facts is told by itself.

Facts were added over time, and the purchases of before an update told none of them: a customer who
bought but has no visit shows it. A shop's first scale of scores needn't wait for a night either.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import exists, select

from merchants.audience.models import ScaleOfScores
from merchants.audience.scale import measure
from merchants.customers.models import Customer
from merchants.customers.rebuilding import rebuild
from merchants.shops.service import shop_names
from timcheh.db import Scope, UnitOfWork
from timcheh.module import JobContext, RecurringJob


async def catch_up(context: JobContext) -> None:
    """Each shop in a transaction of its own; where nothing is missing nothing is done."""
    scope = Scope.mall(context.mall_id)
    async with context.database.unit_of_work(scope) as uow:
        shops = list(await shop_names(uow))
    for merchant_id in shops:
        async with context.database.unit_of_work(scope, now=context.now) as uow:
            if await _is_untold(uow, merchant_id):
                await rebuild(uow, merchant_id)
            if await uow.session.get(ScaleOfScores, (uow.scope.mall_id, merchant_id)) is None:
                await measure(uow, merchant_id)


async def _is_untold(uow: UnitOfWork, merchant_id: UUID) -> bool:
    """Whether there is a customer who bought and never came: one of before visits were kept."""
    untold = exists().where(
        Customer.mall_id == uow.scope.mall_id,
        Customer.merchant_id == merchant_id,
        Customer.purchases > 0,
        Customer.visits == 0,
    )
    return bool(await uow.session.scalar(select(untold)))


# Due at once where it is new, so that an update's first start does it.
CATCH_UP: Final = RecurringJob("merchants.catch_up_facts", catch_up, every=timedelta(hours=1))
