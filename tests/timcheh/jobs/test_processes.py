"""Worker and scheduler over the real queue, which may lose everything at any time."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import redis.asyncio

from timcheh.db import Database, Scope
from timcheh.jobs.broker import WakeUps, make_broker
from timcheh.jobs.recurring import RecurringJobs
from timcheh.jobs.scheduler import Scheduler
from timcheh.jobs.worker import Worker
from timcheh.malls import MallInfo
from timcheh.module import JobContext, Module, RecurringJob
from timcheh.outbox import emit
from timcheh.settings import Settings

from .conftest import Trace, module
from .test_relay import states


class Ran:
    """Which malls a job has run for."""

    def __init__(self) -> None:
        self.malls: list[Any] = []

    async def run(self, context: JobContext) -> None:
        self.malls.append(context.mall_id)


@pytest.fixture
async def plant(
    settings: Settings, database: Database, redis_client: "redis.asyncio.Redis"
) -> AsyncIterator[tuple[Trace, Ran, Scheduler]]:
    await redis_client.flushdb()
    trace, ran = Trace("worked"), Ran()
    modules = [
        module("t.worked", trace),
        Module(
            name="ran",
            package="timcheh",
            recurring=[RecurringJob("test.ran", ran.run, every=timedelta(hours=1))],
        ),
    ]
    worker = await asyncio.to_thread(Worker, settings, modules)
    await asyncio.to_thread(worker.start)
    broker = make_broker(settings)
    scheduler = Scheduler(database, WakeUps(broker), RecurringJobs(database, settings, modules))
    yield trace, ran, scheduler
    await asyncio.to_thread(worker.stop)
    broker.close()


async def until(condition: Any, scheduler: Scheduler | None = None) -> None:
    for _ in range(200):
        if await condition():
            return
        if scheduler is not None:
            await scheduler.look()
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen in 10 seconds")


async def test_events_and_jobs_are_done(
    plant: tuple[Trace, Ran, Scheduler], database: Database, mall: MallInfo
) -> None:
    trace, ran, scheduler = plant
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        for _ in range(5):
            await emit(uow, "t.worked", {})

    async def done() -> bool:
        return set(await states(database, mall)) == {"done"} and mall.mall_id in ran.malls

    await until(done, scheduler)
    assert len([event for event in trace.seen if event.mall_id == mall.mall_id]) == 5
    assert ran.malls.count(mall.mall_id) == 1


async def test_nothing_is_lost_with_the_queue(
    plant: tuple[Trace, Ran, Scheduler],
    database: Database,
    mall: MallInfo,
    redis_client: "redis.asyncio.Redis",
) -> None:
    trace, _, scheduler = plant
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        await emit(uow, "t.worked", {})
    await scheduler.look()
    await redis_client.flushall()

    async def done() -> bool:
        return set(await states(database, mall)) == {"done"}

    await until(done, scheduler)
    assert len([event for event in trace.seen if event.mall_id == mall.mall_id]) == 1
