"""Periodic jobs: due, once at a time, again after a failure, woken by events."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from timcheh.calendar import TEHRAN
from timcheh.db import Database, Scope
from timcheh.jobs.models import RecurringRun
from timcheh.jobs.recurring import LEASE, RecurringJobs, due_runs, next_due
from timcheh.jobs.relay import Relay
from timcheh.malls import MallInfo
from timcheh.module import JobContext, Module, RecurringJob
from timcheh.outbox import emit
from timcheh.settings import Settings

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Counted:
    """A job that counts its runs."""

    def __init__(self, **schedule: Any) -> None:
        self.runs = 0
        self.begun = asyncio.Event()
        self.error: Exception | None = None
        self.hold: asyncio.Event | None = None
        self.job = RecurringJob("test.counted", self.run, **schedule)

    async def run(self, context: JobContext) -> None:
        self.runs += 1
        self.begun.set()
        if self.hold is not None:
            await self.hold.wait()
        if self.error is not None:
            raise self.error

    @property
    def module(self) -> Module:
        return Module(name="counted", package="timcheh", recurring=[self.job])


async def row(database: Database, mall: MallInfo) -> RecurringRun:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        found = await uow.session.scalar(
            select(RecurringRun).where(RecurringRun.mall_id == mall.mall_id)
        )
    assert found is not None
    return found


@pytest.fixture
def jobs(database: Database, settings: Settings) -> Any:
    return lambda counted: RecurringJobs(database, settings, [counted.module])


async def test_a_job_runs_when_due_and_not_before(
    database: Database, mall: MallInfo, jobs: Any
) -> None:
    counted = Counted(every=timedelta(minutes=5))
    runner = jobs(counted)
    await runner.enlist(mall.mall_id)
    await runner.enlist(mall.mall_id)
    start = datetime.now(UTC)
    assert (mall.mall_id, "test.counted") in await due_runs(database, start)
    assert await runner.run(mall.mall_id, "test.counted", start)
    assert not await runner.run(mall.mall_id, "test.counted", start + timedelta(minutes=4))
    assert (mall.mall_id, "test.counted") not in await due_runs(database, start)
    assert await runner.run(mall.mall_id, "test.counted", start + timedelta(minutes=5))
    assert counted.runs == 2
    assert not await runner.run(mall.mall_id, "test.unknown", start)


async def test_a_job_runs_once_at_a_time(database: Database, mall: MallInfo, jobs: Any) -> None:
    counted = Counted(every=timedelta(minutes=5))
    counted.hold = asyncio.Event()
    runner = jobs(counted)
    await runner.enlist(mall.mall_id)
    running = asyncio.create_task(runner.run(mall.mall_id, "test.counted"))
    await counted.begun.wait()
    assert not await runner.run(mall.mall_id, "test.counted")
    counted.hold.set()
    assert await running
    assert counted.runs == 1


async def test_the_lease_of_a_dead_worker_ends(
    database: Database, mall: MallInfo, jobs: Any
) -> None:
    counted = Counted(every=timedelta(minutes=5))
    counted.hold = asyncio.Event()
    runner = jobs(counted)
    await runner.enlist(mall.mall_id)
    started = datetime.now(UTC)
    dead = asyncio.create_task(runner.run(mall.mall_id, "test.counted", started))
    await counted.begun.wait()
    dead.cancel()
    await asyncio.gather(dead, return_exceptions=True)
    counted.hold.set()
    later = started + LEASE
    assert not await runner.run(mall.mall_id, "test.counted", later - timedelta(seconds=1))
    assert await runner.run(mall.mall_id, "test.counted", later)
    assert counted.runs == 2


async def test_a_long_job_keeps_its_lease(
    database: Database, mall: MallInfo, jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timcheh.jobs.recurring.RENEW_EVERY", timedelta(milliseconds=20))
    counted = Counted(every=timedelta(minutes=5))
    counted.hold = asyncio.Event()
    runner = jobs(counted)
    await runner.enlist(mall.mall_id)
    started = datetime.now(UTC)
    running = asyncio.create_task(runner.run(mall.mall_id, "test.counted", started))
    await counted.begun.wait()
    await asyncio.sleep(0.1)
    assert not await runner.run(mall.mall_id, "test.counted", started + LEASE)
    counted.hold.set()
    assert await running
    await asyncio.sleep(0.1)
    assert (await row(database, mall)).leased_until is None


async def test_a_failure_is_kept_and_retried_soon(
    database: Database, mall: MallInfo, jobs: Any
) -> None:
    counted = Counted(every=timedelta(hours=5))
    counted.error = RuntimeError("broken")
    runner = jobs(counted)
    await runner.enlist(mall.mall_id)
    now = datetime.now(UTC)
    await runner.run(mall.mall_id, "test.counted", now)
    kept = await row(database, mall)
    assert kept.failures == 1
    assert "RuntimeError" in (kept.last_error or "")
    assert kept.due_at == now + timedelta(minutes=1)
    counted.error = None
    assert await runner.run(mall.mall_id, "test.counted", kept.due_at)
    assert (await row(database, mall)).failures == 0


async def test_an_event_wakes_a_job_even_while_it_runs(
    database: Database, mall: MallInfo, jobs: Any
) -> None:
    counted = Counted(every=timedelta(hours=5), wake_on=["t.happened"])
    runner, relay = jobs(counted), Relay(database, [counted.module])
    await runner.enlist(mall.mall_id)
    assert await runner.run(mall.mall_id, "test.counted")
    counted.hold = asyncio.Event()
    for _ in range(2):
        async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
            await emit(uow, "t.happened", {})
        await relay.drain(mall.mall_id)
        if counted.runs == 1:
            counted.begun.clear()
            running = asyncio.create_task(runner.run(mall.mall_id, "test.counted"))
            await counted.begun.wait()
    counted.hold.set()
    assert await running
    assert await runner.run(mall.mall_id, "test.counted"), "it was woken while it ran"
    assert not await runner.run(mall.mall_id, "test.counted")


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (NOON, datetime(2026, 3, 2, 0, 10, tzinfo=UTC)),
        (datetime(2026, 3, 2, 0, 9, tzinfo=UTC), datetime(2026, 3, 2, 0, 10, tzinfo=UTC)),
        (datetime(2026, 3, 2, 0, 10, tzinfo=UTC), datetime(2026, 3, 3, 0, 10, tzinfo=UTC)),
    ],
)
def test_a_daily_job_is_due_at_its_time_of_the_malls_day(now: datetime, due: datetime) -> None:
    job = Counted(daily_at=time(3, 40)).job
    assert next_due(job, now, TEHRAN) == due


def test_a_job_has_one_schedule() -> None:
    with pytest.raises(ValueError, match="either every or daily_at"):
        Counted()
    with pytest.raises(ValueError, match="either every or daily_at"):
        Counted(every=timedelta(1), daily_at=time(1))
