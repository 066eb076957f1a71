"""Periodic jobs: rows that become due, run once at a time, next due when they are through."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from time import monotonic
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import case, text, update
from sqlalchemy.dialects.postgresql import insert

from timcheh.calendar import TEHRAN
from timcheh.db import Database, Role, Scope, UnitOfWork
from timcheh.errors import describe
from timcheh.jobs.models import RecurringRun
from timcheh.malls import read_mall
from timcheh.module import JobContext, Module, RecurringJob
from timcheh.settings import Settings

LEASE: Final = timedelta(seconds=30)
"""A worker that died with a job leaves it alone for so long; one that lives renews it."""
RENEW_EVERY: Final = LEASE / 3
RETRY: Final = timedelta(minutes=1)

_TABLE: Any = RecurringRun.__table__
_log = structlog.get_logger(__name__)


class RecurringJobs:
    """The periodic jobs of all modules."""

    def __init__(self, database: Database, settings: Settings, modules: Iterable[Module]) -> None:
        """ValueError if two jobs have one name."""
        self._database, self._settings = database, settings
        self._jobs: dict[str, RecurringJob] = {}
        for module in modules:
            for job in module.recurring:
                if job.name in self._jobs:
                    raise ValueError(f"two recurring jobs are called {job.name}")
                self._jobs[job.name] = job

    async def enlist(self, mall_id: UUID) -> None:
        """Gives a mall a row for each job that it hasn't yet."""
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            zone = await _zone(uow)
            rows = [
                {
                    "mall_id": mall_id,
                    "name": job.name,
                    "due_at": uow.now if job.every else next_due(job, uow.now, zone),
                    "failures": 0,
                }
                for job in self._jobs.values()
            ]
            if rows:
                await uow.session.execute(insert(_TABLE).values(rows).on_conflict_do_nothing())

    async def run(self, mall_id: UUID, name: str, now: datetime | None = None) -> bool:
        """Runs a job if it is due and not running; says whether it ran.

        A failure is logged and kept in the row, and the job is due again soon.
        """
        job = self._jobs.get(name)
        started = now or datetime.now(UTC)
        if job is None or not await self._lease(mall_id, name, started):
            return False
        error: Exception | None = None
        try:
            async with self._renewed(mall_id, name, started):
                await job.run(JobContext(self._database, self._settings, mall_id, started))
        except Exception as failure:
            _log.error("recurring job failed", job=name, mall=str(mall_id), exc_info=failure)
            error = failure
        await self._release(mall_id, job, started, error, now)
        return True

    async def _lease(self, mall_id: UUID, name: str, now: datetime) -> bool:
        async with self._database.unit_of_work(Scope.mall(mall_id), now=now) as uow:
            leased: Any = await uow.session.execute(
                update(_TABLE)
                .where(
                    _TABLE.c.mall_id == mall_id,
                    _TABLE.c.name == name,
                    _TABLE.c.due_at <= now,
                    _TABLE.c.leased_until.is_(None) | (_TABLE.c.leased_until <= now),
                )
                .values(leased_until=now + LEASE, started_at=now)
            )
        return bool(leased.rowcount == 1)

    @asynccontextmanager
    async def _renewed(self, mall_id: UUID, name: str, started: datetime) -> AsyncIterator[None]:
        """Inside the block the lease doesn't end."""
        renewal = asyncio.create_task(self._renew(mall_id, name, started))
        try:
            yield
        finally:
            renewal.cancel()
            await asyncio.wait([renewal])

    async def _renew(self, mall_id: UUID, name: str, started: datetime) -> None:
        began = monotonic()
        while True:
            await asyncio.sleep(RENEW_EVERY.total_seconds())
            # Not the clock's time: a job may be run as of another day.
            now = started + timedelta(seconds=monotonic() - began)
            try:
                async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
                    await uow.session.execute(
                        update(_TABLE)
                        .where(
                            _TABLE.c.mall_id == mall_id,
                            _TABLE.c.name == name,
                            _TABLE.c.started_at == started,
                        )
                        .values(leased_until=now + LEASE)
                    )
            except Exception as error:  # the next may succeed; the job itself goes on
                _log.warning("lease not renewed", job=name, error=describe(error))

    async def _release(
        self,
        mall_id: UUID,
        job: RecurringJob,
        started: datetime,
        error: Exception | None,
        now: datetime | None,
    ) -> None:
        async with self._database.unit_of_work(Scope.mall(mall_id), now=now) as uow:
            again = next_due(job, uow.now, await _zone(uow))
            if error is not None:
                again = min(again, uow.now + RETRY)
            await uow.session.execute(
                update(_TABLE)
                .where(
                    _TABLE.c.mall_id == mall_id,
                    _TABLE.c.name == job.name,
                    _TABLE.c.started_at == started,
                )
                .values(
                    # Woken while it ran: it may have missed what it was woken for.
                    due_at=case((_TABLE.c.due_at > started, _TABLE.c.due_at), else_=again),
                    leased_until=None,
                    finished_at=uow.now,
                    failures=_TABLE.c.failures + 1 if error else 0,
                    last_error=describe(error) if error else None,
                )
            )


async def wake(uow: UnitOfWork, names: Iterable[str]) -> None:
    """Makes jobs of the mall due now (mall scope)."""
    await uow.session.execute(
        update(_TABLE)
        .where(_TABLE.c.mall_id == uow.scope.mall_id, _TABLE.c.name.in_(sorted(names)))
        .values(due_at=uow.now)
    )


def next_due(job: RecurringJob, now: datetime, zone: tzinfo) -> datetime:
    """When a job is due after `now`; daily ones at their time of the mall's day."""
    if job.every is not None:
        return now + job.every
    assert job.daily_at is not None
    local = now.astimezone(zone)
    today = datetime.combine(local.date(), job.daily_at, tzinfo=zone)
    due = today if today > local else today + timedelta(days=1)
    return due.astimezone(UTC)


async def due_runs(database: Database, now: datetime) -> list[tuple[UUID, str]]:
    """Every due job of every mall."""
    async with database.engine(Role.APP).connect() as connection:
        found = await connection.execute(
            text("SELECT mall_id, name FROM kernel.due_recurring_runs(:now)"), {"now": now}
        )
        return [(row.mall_id, row.name) for row in found]


async def _zone(uow: UnitOfWork) -> tzinfo:
    mall = await read_mall(uow)
    # The product's own market needs no time-zone database on the machine.
    return TEHRAN if mall.timezone == "Asia/Tehran" else ZoneInfo(mall.timezone)
