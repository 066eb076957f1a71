"""The wastebasket is emptied by itself."""

from datetime import time
from typing import Final

from merchants.wastebasket.service import empty
from timcheh.db import Scope
from timcheh.module import JobContext, RecurringJob


async def _empty(context: JobContext) -> None:
    scope = Scope.mall(context.mall_id)
    async with context.database.unit_of_work(scope, now=context.now) as uow:
        await empty(uow)


EMPTY: Final = RecurringJob("merchants.empty_wastebasket", _empty, daily_at=time(4, 20))
