"""Sending what is queued: claimed in one transaction, sent outside any, recorded in another."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog
from sqlalchemy import case, select, update

from timcheh.db import Database, Scope, spelled
from timcheh.errors import describe
from timcheh.malls import read_mall
from timcheh.module import JobContext
from timcheh.notify.channels import (
    Channel,
    ChannelError,
    FileChannel,
    Nowhere,
    Outgoing,
    PermanentError,
)
from timcheh.notify.models import Message
from timcheh.settings import Settings

BATCH: Final = 50
ATTEMPTS: Final = 5
IN_HAND: Final = timedelta(minutes=5)
"""How long a sender has. After that it counts as dead, and what it had in hand is taken up."""
FIRST_RETRY: Final = timedelta(seconds=30)

_TABLE: Any = Message.__table__
_log = structlog.get_logger(__name__)


def channels(settings: Settings) -> dict[str, Channel]:
    """The channels of this installation by name."""
    file = FileChannel(settings.data_dir / "messages.jsonl", aloud=settings.dev_inbox)
    return dict.fromkeys(("sms", "email", "push", "bale", "telegram"), file)


async def deliver(context: JobContext) -> None:
    """The periodic job: sends all that is due in a mall."""
    by_name = channels(context.settings)
    async with context.database.unit_of_work(Scope.mall(context.mall_id)) as uow:
        if (await read_mall(uow)).trial_of is not None:
            by_name = dict.fromkeys(by_name, Nowhere())
    delivery = Delivery(context.database, by_name)
    while await delivery.send_batch(context.mall_id) == BATCH:
        pass


class Delivery:
    """Sends queued messages through the channels."""

    def __init__(self, database: Database, by_name: Mapping[str, Channel]) -> None:
        self._database = database
        self._channels = by_name

    async def send_batch(self, mall_id: UUID) -> int:
        """Sends up to `BATCH` messages; returns how many were in hand."""
        rows = await self._claim(mall_id)
        for row in rows:
            await self._send(row)
        return len(rows)

    async def _claim(self, mall_id: UUID) -> Sequence[Any]:
        """Takes what is due. What another sender left in hand is tried again if it is a service
        message; a promotional one isn't: better none than twice."""
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            due = (
                select(_TABLE.c.id)
                .where(
                    _TABLE.c.mall_id == mall_id,
                    _TABLE.c.state.in_([spelled("queued"), spelled("sending")]),
                    _TABLE.c.due_at <= uow.now,
                )
                .order_by(_TABLE.c.secret.desc(), _TABLE.c.due_at, _TABLE.c.id)
                .limit(BATCH)
                .with_for_update(skip_locked=True)
            )
            ids = list((await uow.session.scalars(due)).all())
            if not ids:
                return []
            lost = (_TABLE.c.state == "sending") & (_TABLE.c.line == "promotional")
            claimed = await uow.session.execute(
                update(_TABLE)
                .where(_TABLE.c.mall_id == mall_id, _TABLE.c.id.in_(ids))
                .values(
                    state=case((lost, "failed"), else_="sending"),
                    last_error=case((lost, "the sender died; whether it went out is unknown")),
                    attempts=_TABLE.c.attempts + 1,
                    due_at=uow.now + IN_HAND,
                )
                .returning(*_TABLE.c)
            )
            return [row for row in claimed if row.state == "sending"]

    async def _send(self, row: Any) -> None:
        message = Outgoing(row.id, row.recipient, row.text, row.line, row.template)
        try:
            receipt = await self._channels[row.channel].send(message)
        except ChannelError as error:
            await self._failed(row, error)
            return
        async with self._database.unit_of_work(Scope.mall(row.mall_id)) as uow:
            await uow.session.execute(
                self._one(row).values(
                    state="sent",
                    sent_at=uow.now,
                    provider=receipt.provider,
                    provider_id=receipt.id,
                    last_error=None,
                )
            )

    async def _failed(self, row: Any, error: ChannelError) -> None:
        over = isinstance(error, PermanentError) or row.attempts >= ATTEMPTS
        _log.warning("message not sent", message_id=str(row.id), error=describe(error), over=over)
        async with self._database.unit_of_work(Scope.mall(row.mall_id)) as uow:
            await uow.session.execute(
                self._one(row).values(
                    state="failed" if over else "queued",
                    due_at=uow.now + FIRST_RETRY * 2 ** (row.attempts - 1),
                    last_error=repr(error)[:2000],
                )
            )

    @staticmethod
    def _one(row: Any) -> Any:
        return update(_TABLE).where(_TABLE.c.mall_id == row.mall_id, _TABLE.c.id == row.id)
