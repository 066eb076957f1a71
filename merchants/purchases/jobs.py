"""Letting go of authorisations whose time is up."""

from datetime import timedelta

from merchants.purchases.closing import sweep
from timcheh.db import Scope
from timcheh.module import JobContext, RecurringJob


async def release_expired(context: JobContext) -> None:
    """Runs until nothing is left that timed out; each round is a transaction of its own."""
    while True:
        async with context.database.unit_of_work(Scope.mall(context.mall_id)) as uow:
            if await sweep(uow) == 0:
                return


SWEEP = RecurringJob("merchants.release_expired", release_expired, every=timedelta(seconds=15))
