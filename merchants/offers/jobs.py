"""Publishing what was scheduled, when its moment has come."""

from datetime import timedelta

from merchants.offers.service import due_drafts, note_problem, publish_draft
from timcheh.db import Scope
from timcheh.errors import TimchehError
from timcheh.module import JobContext, RecurringJob


async def publish_due(context: JobContext) -> None:
    """Each in a transaction of its own; one that can't be published says so and keeps no other."""
    scope = Scope.mall(context.mall_id)
    async with context.database.unit_of_work(scope) as uow:
        due = await due_drafts(uow)
    for merchant_id, draft_id, revision, actor_id in due:
        try:
            async with context.database.unit_of_work(scope) as uow:
                await publish_draft(uow, merchant_id, draft_id, revision, actor_id)
        except TimchehError as error:
            async with context.database.unit_of_work(scope) as uow:
                await note_problem(uow, merchant_id, draft_id, error.code)


PUBLISH = RecurringJob("merchants.publish_offers", publish_due, every=timedelta(seconds=15))
