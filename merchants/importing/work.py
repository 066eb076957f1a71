"""The work on a batch: trying it, taking it in and undoing it, stretch by stretch.

Each stretch's work and the note that it is done commit together. A worker that dies half-way
leaves a batch that goes on where it stood; nothing is done twice.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import structlog
from sqlalchemy import delete, update

from members.facade import MemberQuotaReached
from merchants.importing.files import MOST_ROWS, SheetReader, copy_file, drop_file, reading
from merchants.importing.models import ImportBatch, ImportFault
from merchants.importing.planning import plan_of, terms_of
from merchants.importing.queries import ImportStore, batches_at_work, find_batch
from merchants.importing.rows import Fault, Person, Plan, is_blank, read_row
from merchants.importing.taking import Terms, take
from merchants.importing.undoing import undo_some
from timcheh.calendar import local_date
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import describe
from timcheh.module import JobContext, RecurringJob
from timcheh.sheets import SheetError, scratch

MOST_FAULTS: Final = 20_000
"""Rows that are kept to be handed back; of more the first ones tell what is wrong."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Read:
    """What a stretch of rows says."""

    people: list[Person]
    faulty: list[tuple[int, list[str], Sequence[Fault]]]
    blank: int
    rows: int


async def work_imports(context: JobContext) -> None:
    """Does all that waits in the mall, one batch after another."""
    scope = Scope.mall(context.mall_id)
    async with context.database.unit_of_work(scope) as uow:
        waiting = await batches_at_work(uow)
    for merchant_id, batch_id in waiting:
        worker = BatchWorker(context, scope, merchant_id, batch_id)
        try:
            await worker.run()
        except SheetError as error:
            await worker.fail(error.code)
        except MemberQuotaReached as error:
            await worker.pause(error.code)
        except Exception as error:
            _log.error("import failed", batch=str(batch_id), error=describe(error))
            raise


class BatchWorker:
    """Works on one batch until its state says that nothing is left to do."""

    def __init__(
        self, context: JobContext, scope: Scope, merchant_id: UUID, batch_id: UUID
    ) -> None:
        self._database, self._scope, self._now = context.database, scope, context.now
        self._merchant_id, self._batch_id = merchant_id, batch_id

    async def run(self) -> None:
        """Raises SheetError for a file that can't be read."""
        async with self._batch() as (_, batch):
            state = batch.state
        if state == "undoing":
            await self._undo()
        elif state in ("checking", "importing"):
            await self._read_through(state)

    async def fail(self, code: str) -> None:
        """The batch goes no further, and says why."""
        async with self._batch() as (uow, batch):
            batch.state, batch.failure, batch.changed_at = "failed", code, uow.now
            await drop_file(uow, batch)

    async def pause(self, code: str) -> None:
        """The batch stays where it stands, and says why; it can be started again from there."""
        async with self._batch() as (uow, batch):
            batch.state, batch.failure, batch.changed_at = "checked", code, uow.now

    @asynccontextmanager
    async def _batch(self) -> AsyncIterator[tuple[UnitOfWork, ImportBatch]]:
        async with self._database.unit_of_work(self._scope) as uow:
            yield uow, await find_batch(uow, self._merchant_id, self._batch_id)

    async def _read_through(self, state: str) -> None:
        async with scratch() as path:
            async with self._batch() as (uow, batch):
                await copy_file(uow, batch, path)
                plan, terms = await plan_of(uow, batch), terms_of(batch)
                done, kind = batch.done, batch.kind
            async with reading(path, kind, done) as reader:
                stretches = _Stretches(reader, plan, self._now)
                if state == "checking":
                    await self._check(stretches, done)
                else:
                    await self._take(stretches, terms)

    async def _check(self, stretches: "_Stretches", done: int) -> None:
        """What would happen: nothing is written but the rows at fault."""
        if done:  # whom the rows before were about isn't known any more
            await self._start_over()
            return await self.run()
        seen: set[str] = set()
        while read := await stretches.next():
            async with self._batch() as (uow, batch):
                await _keep_faults(uow, batch, read.faulty)
                store = ImportStore(await uow.driver(), uow, batch)
                own = await store.own_mobiles([person.mobile for person in read.people])
                counts = _forecast(read.people, own, seen)
                await _advance(uow, batch, "checking", read, counts)
        await self._finish("checking", "checked")
        return None

    async def _start_over(self) -> None:
        async with self._batch() as (uow, batch):
            await uow.session.execute(_faults_of(batch))
            batch.done, batch.counts = 0, {}

    async def _take(self, stretches: "_Stretches", terms: Terms) -> None:
        while read := await stretches.next():
            async with self._batch() as (uow, batch):
                counts = await take(uow, batch, read.people, terms)
                await _advance(uow, batch, "importing", read, counts)
        await self._finish("importing", "imported")

    async def _undo(self) -> None:
        while True:
            async with self._batch() as (uow, batch):
                counts = await undo_some(uow, batch)
                if counts is None:
                    batch.state, batch.changed_at = "undone", uow.now
                    return
                batch.counts = dict(Counter(batch.counts) + counts)
                batch.done += counts.total()

    async def _finish(self, state: str, then: str) -> None:
        async with self._batch() as (uow, batch):
            if batch.state != state:
                return
            batch.total, batch.state, batch.changed_at = batch.done, then, uow.now
            if then == "imported":
                await drop_file(uow, batch)


class _Stretches:
    """A file's rows as people and faults."""

    def __init__(self, reader: SheetReader, plan: Plan, now: datetime) -> None:
        self._reader, self._plan, self._today = reader, plan, local_date(now)

    async def next(self) -> _Read | None:
        """None at the end. Raises SheetError, also for a file with more rows than we take."""
        return await asyncio.to_thread(self._read)

    def _read(self) -> _Read | None:
        rows = self._reader.read()
        if not rows:
            return None
        if self._reader.row > MOST_ROWS + 1:
            raise SheetError("sheet_too_long")
        read = _Read([], [], sum(is_blank(cells) for _, cells in rows), len(rows))
        for number, cells in rows:
            if is_blank(cells):
                continue
            person, faults = read_row(cells, self._plan, self._today)
            if person is None:
                read.faulty.append((number, cells, faults))
            else:
                read.people.append(person)
        return read


def _forecast(people: Sequence[Person], own: set[str], seen: set[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for person in people:
        if person.mobile in seen:
            counts["merged"] += 1
            continue
        seen.add(person.mobile)
        counts["known" if person.mobile in own else "new"] += 1
        counts["credit"] += person.credit
        counts["points"] += person.points
    return counts


async def _advance(
    uow: UnitOfWork, batch: ImportBatch, state: str, read: _Read, counts: Counter[str]
) -> None:
    """Notes a stretch as done. Raises RuntimeError if somebody else did it meanwhile."""
    counts["faulty"] += len(read.faulty)
    moved: Any = await uow.session.execute(
        update(ImportBatch)
        .where(
            ImportBatch.mall_id == batch.mall_id,
            ImportBatch.merchant_id == batch.merchant_id,
            ImportBatch.id == batch.id,
            ImportBatch.state == state,
            ImportBatch.done == batch.done,
        )
        .values(
            done=batch.done + read.rows,
            counts=dict(Counter(batch.counts) + counts),
            changed_at=uow.now,
        )
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:
        raise RuntimeError("another worker is at this import")


async def _keep_faults(
    uow: UnitOfWork,
    batch: ImportBatch,
    faulty: Sequence[tuple[int, list[str], Sequence[Fault]]],
) -> None:
    room = MOST_FAULTS - int(batch.counts.get("faulty", 0))
    if not faulty or room <= 0:
        return
    store = ImportStore(await uow.driver(), uow, batch)
    await store.put_faults(
        [
            {
                "mall_id": batch.mall_id,
                "merchant_id": batch.merchant_id,
                "batch_id": batch.id,
                "row": row,
                "cells": cells,
                "faults": [[fault.column, fault.code, dict(fault.params)] for fault in faults],
            }
            for row, cells, faults in faulty[:room]
        ]
    )


def _faults_of(batch: ImportBatch) -> Any:
    return delete(ImportFault).where(
        ImportFault.mall_id == batch.mall_id,
        ImportFault.merchant_id == batch.merchant_id,
        ImportFault.batch_id == batch.id,
    )


IMPORTS: Final = RecurringJob(
    "merchants.imports",
    work_imports,
    every=timedelta(minutes=1),
    wake_on=("merchants.import_asked",),
)
