"""What was not fetched in time goes back, and its points with it."""

from datetime import timedelta
from typing import Final

from merchants.rewards.claims import due_claims, lapse
from timcheh.db import Scope
from timcheh.module import JobContext, RecurringJob

_BATCH: Final = 500


async def _lapse(context: JobContext) -> None:
    """Each claim in a transaction of its own: one that stands in the way of none."""
    scope = Scope.mall(context.mall_id)
    async with context.database.unit_of_work(scope, now=context.now) as uow:
        due = await due_claims(uow, _BATCH)
    for claim_id in due:
        async with context.database.unit_of_work(scope, now=context.now) as uow:
            await lapse(uow, claim_id)


LAPSE: Final = RecurringJob("merchants.lapse_rewards", _lapse, every=timedelta(minutes=10))
