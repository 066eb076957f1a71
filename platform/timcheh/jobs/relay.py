"""The relay: gives each event of the outbox to its handlers, mall by mall.

A handler's work and its mark of done commit together, so it happens exactly once in our database
whatever is killed when. What leaves the database is queued by handlers and sent by jobs.
"""

import asyncio
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

import structlog
from sqlalchemy import bindparam, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.types import Uuid

from timcheh.db import Database, Role, Scope, UnitOfWork, spelled
from timcheh.errors import describe
from timcheh.jobs.recurring import wake
from timcheh.module import Event, EventHandler, Module
from timcheh.outbox.models import OutboxEvent

BATCH: Final = 100
ATTEMPTS: Final = 12
"""After so many failures an event is dead: it shows in the metrics and waits for `revive`."""
FIRST_RETRY: Final = timedelta(seconds=5)
LONGEST_RETRY: Final = timedelta(hours=1)
EVERY_TOPIC: Final = "*"
PATIENCE: Final = 30.0
"""Seconds that a handler may take with one event."""

_EVENT: Any = OutboxEvent.__table__
_MARK: Final = text(
    """
    INSERT INTO kernel.outbox_done (mall_id, event_id, handler, done_at)
    SELECT :mall, e, :handler, :now FROM unnest(:events) e
    ON CONFLICT DO NOTHING
    RETURNING event_id
    """
).bindparams(bindparam("events", type_=ARRAY(Uuid())))
_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Batch:
    """What became of one batch. Rows, not objects: they outlive a transaction that fails."""

    seen: list[Any] = field(default_factory=list)
    errors: dict[UUID, str] = field(default_factory=dict)

    @property
    def done(self) -> list[Any]:
        return [row for row in self.seen if row.id not in self.errors]

    @property
    def failed(self) -> list[tuple[Any, str]]:
        return [(row, self.errors[row.id]) for row in self.seen if row.id in self.errors]


class Relay:
    """Drains outboxes. Two at work on one mall don't disturb each other."""

    def __init__(self, database: Database, modules: Iterable[Module]) -> None:
        self._database = database
        self._handlers: dict[str, list[EventHandler]] = {}
        self._jobs: dict[str, list[str]] = {}
        names: set[str] = set()
        for module in modules:
            for topic, handlers in module.handlers.items():
                self._handlers.setdefault(topic, []).extend(handlers)
                names.update(_fresh(names, topic, handlers))
            for job in module.recurring:
                for topic in job.wake_on:
                    self._jobs.setdefault(topic, []).append(job.name)

    async def drain(self, mall_id: UUID) -> int:
        """Handles all that is due in one mall; returns how many events got done.

        Raises what the driver raises when the database is away.
        """
        total = 0
        while True:
            batch = _Batch()
            try:
                await self._drain_batch(mall_id, BATCH, batch)
            except Exception as failure:
                if not batch.seen:
                    raise
                _log.warning(
                    "a batch failed as a whole", mall=str(mall_id), error=describe(failure)
                )
                total += await self._drain_singly(mall_id)
                continue
            total += len(batch.done)
            if len(batch.seen) < BATCH:
                return total

    async def _drain_singly(self, mall_id: UUID) -> int:
        """As a batch, each event in a transaction of its own: a handler that breaks the
        transaction (fails at its commit, loses the connection) takes no other's work with it."""
        total = 0
        for _ in range(BATCH):
            batch = _Batch()
            try:
                await self._drain_batch(mall_id, 1, batch)
            except Exception as failure:
                if not batch.seen:
                    raise
                async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
                    row = batch.seen[0]
                    await _settle(uow, _Batch([row], {row.id: describe(failure)}))
                continue
            total += len(batch.done)
            if not batch.seen:
                break
        return total

    async def _drain_batch(self, mall_id: UUID, limit: int, batch: _Batch) -> None:
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            batch.seen.extend(await _claim(uow, limit))
            if not batch.seen:
                return
            wanted = await self._wanted(uow, {row.topic for row in batch.seen})
            for topic, rows in groupby(batch.seen, attrgetter("topic")):
                events = [Event(r.id, r.mall_id, topic, r.payload, r.created_at) for r in rows]
                for handler in wanted[topic]:
                    batch.errors |= await _give(uow, handler, events)
            await _settle(uow, batch)
            woken = {job for row in batch.done for job in self._jobs.get(row.topic, ())}
            if woken:
                await wake(uow, woken)

    async def _wanted(self, uow: UnitOfWork, topics: set[str]) -> dict[str, list[EventHandler]]:
        """The handlers of these topics that have something to do in this mall at all."""
        always = self._handlers.get(EVERY_TOPIC, [])
        found = {topic: [*self._handlers.get(topic, ()), *always] for topic in topics}
        # Many topics have handlers in common; each of these is asked once.
        asked = dict.fromkeys(handler for handlers in found.values() for handler in handlers)
        idle = {each for each in asked if each.wanted is not None and not await each.wanted(uow)}
        return {
            topic: [each for each in handlers if each not in idle]
            for topic, handlers in found.items()
        }


async def _give(uow: UnitOfWork, handler: EventHandler, events: Sequence[Event]) -> dict[UUID, str]:
    """Lets a handler do its work with a stretch of events of one topic; answers who failed, why.

    All at once, so that marks and savepoints cost once; if any fails, one by one.
    """
    try:
        async with asyncio.timeout(PATIENCE), uow.session.begin_nested():
            fresh = await _mark(uow, events, handler)
            if fresh:
                await handler.handle(uow, fresh)
    except Exception as failure:
        if _ended_transaction(failure):
            raise
        if len(events) > 1:
            found: dict[UUID, str] = {}
            for event in events:
                found |= await _give(uow, handler, [event])
            return found
        (event,) = events
        _log.error(
            "event handler failed",
            handler=handler.name,
            topic=event.topic,
            event_id=str(event.id),
            exc_info=failure,
        )
        return {event.id: f"{handler.name}: {describe(failure)}"}
    return {}


def _ended_transaction(failure: Exception) -> bool:
    """Whether the connection is gone, and with it all that the batch has done so far."""
    return isinstance(failure, PendingRollbackError) or (
        isinstance(failure, DBAPIError) and failure.connection_invalidated
    )


def _fresh(names: set[str], topic: str, handlers: Sequence[EventHandler]) -> set[str]:
    """The marks' keys of these handlers. ValueError for a name that a topic has already."""
    keys = {f"{topic} {handler.name}" for handler in handlers}
    if len(keys) < len(handlers) or keys & names:
        raise ValueError(f"two handlers of {topic} have one name")
    return keys


def retry_delay(attempts: int) -> timedelta:
    """Twice as long each time, up to an hour, a little scattered."""
    delay = min(FIRST_RETRY * 2.0 ** (attempts - 1), LONGEST_RETRY)
    return delay * random.uniform(0.8, 1.2)  # noqa: S311  not a secret


async def _claim(uow: UnitOfWork, limit: int) -> Sequence[Any]:
    found = await uow.session.execute(
        select(*_EVENT.c)
        .where(
            _EVENT.c.mall_id == uow.scope.mall_id,
            _EVENT.c.state == spelled("pending"),
            _EVENT.c.due_at <= uow.now,
        )
        .order_by(_EVENT.c.urgent.desc(), _EVENT.c.due_at, _EVENT.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return found.all()


async def _mark(uow: UnitOfWork, events: Sequence[Event], handler: EventHandler) -> list[Event]:
    """Marks events as done by a handler; answers those that were not yet."""
    marked = await uow.session.scalars(
        _MARK,
        {
            "mall": uow.scope.mall_id,
            "events": [event.id for event in events],
            "handler": handler.name,
            "now": uow.now,
        },
    )
    fresh = set(marked)
    return [event for event in events if event.id in fresh]


async def _settle(uow: UnitOfWork, batch: _Batch) -> None:
    mine = OutboxEvent.mall_id == uow.scope.mall_id
    if batch.done:
        await uow.session.execute(
            update(OutboxEvent)
            .where(mine, OutboxEvent.id.in_([row.id for row in batch.done]))
            .values(state="done")
            .execution_options(synchronize_session=False)
        )
    for row, error in batch.failed:
        attempts = row.attempts + 1
        await uow.session.execute(
            update(OutboxEvent)
            .where(mine, OutboxEvent.id == row.id)
            .values(
                attempts=attempts,
                state="dead" if attempts >= ATTEMPTS else "pending",
                due_at=uow.now + retry_delay(attempts),
                last_error=error,
            )
            .execution_options(synchronize_session=False)
        )


async def dead_events(uow: UnitOfWork, limit: int = 100) -> Sequence[OutboxEvent]:
    """The events whose handlers gave up, oldest first."""
    found = await uow.session.scalars(
        select(OutboxEvent)
        .where(OutboxEvent.mall_id == uow.scope.mall_id, OutboxEvent.state == "dead")
        .order_by(OutboxEvent.id)
        .limit(limit)
    )
    return found.all()


async def revive(uow: UnitOfWork, event_ids: Iterable[UUID]) -> int:
    """Gives dead events another round of attempts; returns how many there were."""
    revived: Any = await uow.session.execute(
        update(OutboxEvent)
        .where(
            OutboxEvent.mall_id == uow.scope.mall_id,
            OutboxEvent.id.in_(list(event_ids)),
            OutboxEvent.state == "dead",
        )
        .values(state="pending", attempts=0, due_at=uow.now)
    )
    return int(revived.rowcount)


async def malls_with_due_events(database: Database, now: datetime) -> list[UUID]:
    """Where there is something to drain."""
    async with database.engine(Role.APP).connect() as connection:
        found = await connection.execute(
            text("SELECT kernel.malls_with_due_events(:now)"), {"now": now}
        )
        return list(found.scalars())
