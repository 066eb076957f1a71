"""Housekeeping of what ends by itself: sessions, codes, first outcomes, events that are done."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select, update

from timcheh.access.models import OtpChallenge, Session
from timcheh.access.passkeys.models import PasskeyChallenge
from timcheh.access.second_factor.models import HalfSignIn
from timcheh.db import Scope
from timcheh.module import JobContext
from timcheh.notify.models import Message
from timcheh.outbox.models import OutboxDone, OutboxEvent
from timcheh.web.models import Idempotency
from timcheh.webhook.models import WebhookDelivery

OUTCOMES_KEPT: Final = timedelta(days=7)
"""For so long a repeated request gets its first answer."""
EVENTS_KEPT: Final = timedelta(days=7)
"""How long what is done is kept, for whoever asks what happened."""
CHUNK: Final = 5_000


async def tidy_access(context: JobContext) -> None:
    """Deletes sessions and codes that are over, and outcomes that nobody will ask for again."""
    mall_id = context.mall_id
    async with context.database.unit_of_work(Scope.mall(mall_id)) as uow:
        for table, over in (
            (Session, Session.expires_at < context.now),
            (OtpChallenge, OtpChallenge.expires_at < context.now),
            (PasskeyChallenge, PasskeyChallenge.expires_at < context.now),
            (HalfSignIn, HalfSignIn.expires_at < context.now),
            (Idempotency, Idempotency.created_at < context.now - OUTCOMES_KEPT),
        ):
            await uow.session.execute(delete(table).where(table.mall_id == mall_id, over))


async def tidy_outbox(context: JobContext) -> None:
    """Deletes old events that are done, with their marks, a chunk at a time. Dead ones stay."""
    old = context.now - EVENTS_KEPT
    while True:
        async with context.database.unit_of_work(Scope.mall(context.mall_id)) as uow:
            found = await uow.session.scalars(
                select(OutboxEvent.id)
                .where(
                    OutboxEvent.mall_id == context.mall_id,
                    OutboxEvent.state == "done",
                    OutboxEvent.created_at < old,
                )
                .limit(CHUNK)
            )
            ids = list(found)
            for table, column in ((OutboxDone, OutboxDone.event_id), (OutboxEvent, OutboxEvent.id)):
                await uow.session.execute(
                    delete(table).where(table.mall_id == context.mall_id, column.in_(ids))
                )
        if len(ids) < CHUNK:
            return


async def tidy_deliveries(context: JobContext) -> None:
    """Deletes old webhook deliveries and blanks secret texts that nobody can use any more."""
    mall_id = context.mall_id
    async with context.database.unit_of_work(Scope.mall(mall_id)) as uow:
        await uow.session.execute(
            delete(WebhookDelivery).where(
                WebhookDelivery.mall_id == mall_id,
                WebhookDelivery.state != "pending",
                WebhookDelivery.created_at < context.now - EVENTS_KEPT,
            )
        )
        await uow.session.execute(
            update(Message)
            .where(
                Message.mall_id == mall_id,
                Message.secret,
                Message.text != "",
                Message.created_at < context.now - timedelta(hours=1),
            )
            .values(text="")
        )
