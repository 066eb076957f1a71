"""Looking at each mall's sales once a minute, beside the till and never in its way."""

from datetime import timedelta
from typing import Final

from merchants.alerts.service import watch
from timcheh.db import Scope
from timcheh.module import JobContext, RecurringJob


async def look_through(context: JobContext) -> None:
    """What has come since the last look."""
    async with context.database.unit_of_work(Scope.mall(context.mall_id)) as uow:
        await watch(uow)


WATCH: Final = RecurringJob("merchants.alerts", look_through, every=timedelta(minutes=1))
