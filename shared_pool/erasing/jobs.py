"""Erasing those whose days are over."""

from datetime import timedelta
from typing import Final

from shared_pool.erasing.service import come_back_to_nobody, due_erasures, erase
from timcheh.db import Scope
from timcheh.errors import NotFound
from timcheh.ledger import postings
from timcheh.ledger.errors import LotShort
from timcheh.module import JobContext, RecurringJob

_AT_ONCE: Final = 500


async def _erase(context: JobContext) -> None:
    """One by one: who can't be erased now is tried again next time."""
    scope = Scope.mall(context.mall_id)
    async with context.database.unit_of_work(scope, now=context.now) as uow:
        due = await due_erasures(uow, _AT_ONCE)
        late = await come_back_to_nobody(uow, _AT_ONCE)
    for member_id in due:
        try:
            async with context.database.unit_of_work(scope, now=context.now) as uow:
                await erase(uow, member_id)
        except (LotShort, NotFound):
            continue
    for member_id in late:
        try:
            async with context.database.unit_of_work(scope, now=context.now) as uow:
                await postings.forfeit(uow, member_id, [])
        except LotShort:
            continue


JOBS: Final = (RecurringJob("shared_pool.erase", _erase, every=timedelta(hours=1)),)
