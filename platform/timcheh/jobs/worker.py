"""The worker process: takes wake-ups from the queue and does the work that is due."""

import signal
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final
from uuid import UUID

import dramatiq
import structlog
from dramatiq.asyncio import get_event_loop_thread
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import Middleware
from redis.exceptions import RedisError

from timcheh.db import Database, Role
from timcheh.errors import describe
from timcheh.jobs.broker import DRAIN, QUEUE, RECUR, WakeUps, make_broker
from timcheh.jobs.recurring import RecurringJobs
from timcheh.jobs.relay import Relay
from timcheh.module import Module
from timcheh.settings import Settings
from timcheh.text.catalogue import install

THREADS: Final = 4
"""Wake-ups in hand at a time; the work itself runs on one event loop."""
GRACE: Final = 10_000
"""Milliseconds for the work in hand when the process is told to end."""

_log = structlog.get_logger(__name__)


class Worker:
    """The actors on a broker, and the connections they use."""

    def __init__(
        self, settings: Settings, modules: Sequence[Module], broker: RedisBroker | None = None
    ) -> None:
        self.broker = broker or make_broker(settings)
        self.database = Database(
            {role: settings.dsn(role) for role in Role}, pool_size=settings.database_pool_size
        )
        self.broker.add_middleware(_CloseDatabase(self.database))
        self._relay = Relay(self.database, modules)
        self._recurring = RecurringJobs(self.database, settings, modules)
        self._wake_ups = WakeUps(self.broker)
        self._declare(DRAIN, self._drain)
        self._declare(RECUR, self._recur)
        self._worker = dramatiq.Worker(
            self.broker, queues={QUEUE}, worker_threads=THREADS, worker_timeout=200
        )

    def start(self) -> None:
        """Begins to take wake-ups, in threads."""
        self._worker.start()

    def stop(self) -> None:
        """Takes no more, waits for the work in hand, lets go of the connections."""
        self._worker.stop(timeout=GRACE)
        self.broker.close()

    async def _drain(self, mall: str) -> None:
        self._take(DRAIN, mall)
        await self._relay.drain(UUID(mall))

    async def _recur(self, mall: str, name: str) -> None:
        self._take(RECUR, mall, name)
        await self._recurring.run(UUID(mall), name)

    def _take(self, actor: str, *arguments: str) -> None:
        try:
            self._wake_ups.taken(actor, *arguments)
        except RedisError as error:
            _log.warning("wake-up not acknowledged", error=describe(error))

    def _declare(self, name: str, work: Callable[..., Coroutine[Any, Any, None]]) -> None:
        dramatiq.actor(actor_name=name, queue_name=QUEUE, broker=self.broker)(work)


class _CloseDatabase(Middleware):
    """Closes the connections on the event loop that they belong to, before it ends."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def after_worker_shutdown(self, broker: object, worker: object) -> None:
        loop = get_event_loop_thread()
        if loop is not None:
            loop.run_coroutine(self._database.stop())


def run_worker(settings: Settings, modules: Sequence[Module]) -> None:
    """Runs a worker until SIGTERM or SIGINT. Call it from the main thread."""
    install([module.package for module in modules])
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    worker = Worker(settings, modules)
    worker.start()
    _log.info("worker ready")
    ended.wait()
    worker.stop()
