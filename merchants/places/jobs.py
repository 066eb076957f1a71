"""What was known of somebody's nearness is removed when it counts no longer."""

from datetime import timedelta
from typing import Final

from merchants.places.service import forget_past
from timcheh.db import Scope
from timcheh.module import JobContext, RecurringJob


async def _forget(context: JobContext) -> None:
    async with context.database.unit_of_work(Scope.mall(context.mall_id), now=context.now) as uow:
        await forget_past(uow)


JOB: Final = RecurringJob("merchants.forget_nearness", _forget, every=timedelta(minutes=10))
