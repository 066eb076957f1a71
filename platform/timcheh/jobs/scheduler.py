"""The scheduler process: looks for what is due and wakes the worker. It keeps nothing itself."""

import asyncio
import signal
from collections.abc import Sequence
from datetime import UTC, datetime
from time import monotonic
from typing import Final
from uuid import UUID

import structlog

from timcheh.db import Database, Role
from timcheh.errors import describe
from timcheh.jobs.broker import WakeUps, make_broker
from timcheh.jobs.recurring import RecurringJobs, due_runs
from timcheh.jobs.relay import malls_with_due_events
from timcheh.module import Module
from timcheh.settings import Settings

LOOK_EVERY: Final = 0.5
"""Seconds between two looks: how late an effect begins at most when all is idle."""
ENLIST_EVERY: Final = 30.0
"""Seconds until a new mall has its periodic jobs."""
PATIENCE: Final = 5.0
"""Seconds to wait after a failure (a part restarts)."""

_log = structlog.get_logger(__name__)


class Scheduler:
    """One look at a time, over all malls."""

    def __init__(self, database: Database, wake_ups: WakeUps, recurring: RecurringJobs) -> None:
        self._database, self._wake_ups, self._recurring = database, wake_ups, recurring
        self._enlisted = -ENLIST_EVERY

    async def look(self) -> None:
        """Sends a wake-up for everything that is due."""
        if monotonic() - self._enlisted >= ENLIST_EVERY:
            for mall_id in await self._database.mall_ids():
                await self._recurring.enlist(mall_id)
            self._enlisted = monotonic()
        now = datetime.now(UTC)
        malls = await malls_with_due_events(self._database, now)
        runs = await due_runs(self._database, now)
        if malls or runs:
            await asyncio.to_thread(self._send, malls, runs)

    def _send(self, malls: Sequence[UUID], runs: Sequence[tuple[UUID, str]]) -> None:
        for mall_id in malls:
            self._wake_ups.drain_outbox(mall_id)
        for mall_id, name in runs:
            self._wake_ups.run_recurring(mall_id, name)


async def schedule(settings: Settings, modules: Sequence[Module], ended: asyncio.Event) -> None:
    """Looks again and again until `ended`. A failed look is logged and repeated."""
    database = Database({role: settings.dsn(role) for role in Role}, pool_size=1)
    broker = make_broker(settings)
    recurring = RecurringJobs(database, settings, modules)
    scheduler = Scheduler(database, WakeUps(broker), recurring)
    try:
        while not ended.is_set():
            pause = LOOK_EVERY
            try:
                await scheduler.look()
            except Exception as error:
                _log.warning("the scheduler's look failed", error=describe(error))
                pause = PATIENCE
            await _sleep(ended, pause)
    finally:
        await database.stop()
        broker.close()


def run_scheduler(settings: Settings, modules: Sequence[Module]) -> None:
    """Runs the scheduler until SIGTERM or SIGINT. Call it from the main thread."""

    async def main() -> None:
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, ended.set)
        _log.info("scheduler ready")
        await schedule(settings, modules, ended)

    asyncio.run(main())


async def _sleep(ended: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(ended.wait(), seconds)
    except TimeoutError:
        return
