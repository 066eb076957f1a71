"""The ledger's periodic work for each mall: expiry, roll-up of balances, the chain."""

from datetime import time, timedelta

from shared_pool.fund.closing import close_day
from timcheh.db import Scope
from timcheh.ledger import postings
from timcheh.module import JobContext, RecurringJob

_BATCH = 1000


async def expire(context: JobContext) -> None:
    """Lots whose last day is over go back to their issuers, a batch a transaction."""
    scope = Scope.mall(context.mall_id)
    while True:
        async with context.database.unit_of_work(scope, now=context.now) as uow:
            if await postings.expire_due(uow, _BATCH) < _BATCH:
                return


async def roll_up(context: JobContext) -> None:
    """Keeps the tail that every balance has to add short."""
    async with context.database.unit_of_work(Scope.mall(context.mall_id)) as uow:
        await postings.roll_up(uow)


async def seal(context: JobContext) -> None:
    """Adds the finished transfers to the mall's chain, a link a transaction."""
    limit = 10_000
    while True:
        async with context.database.unit_of_work(Scope.mall(context.mall_id)) as uow:
            if await postings.seal(uow, limit) < limit:
                return


JOBS = (
    RecurringJob("shared_pool.expire", expire, every=timedelta(seconds=30)),
    RecurringJob("shared_pool.roll_up", roll_up, every=timedelta(seconds=2)),
    RecurringJob("shared_pool.seal", seal, every=timedelta(seconds=30)),
    RecurringJob("shared_pool.close_day", close_day, daily_at=time(0, 30)),
)
