"""The queue in Valkey: wake-ups only. What it loses, the scheduler finds again in PostgreSQL."""

from typing import Final
from uuid import UUID

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import AgeLimit, AsyncIO, ShutdownNotifications

from timcheh.settings import Settings

QUEUE: Final = "timcheh"
DRAIN: Final = "drain_outbox"
RECUR: Final = "run_recurring"
STALE_AFTER: Final = 30_000
"""Milliseconds after which a wake-up is dropped: the scheduler has sent a newer one by then."""
PENDING_FOR: Final = 3_000
"""Milliseconds in which the same wake-up isn't sent again, unless a worker has taken it."""


def make_broker(settings: Settings) -> RedisBroker:
    """The broker, with no more middleware than wake-ups need: retries are the rows' own."""
    # Middleware ends in reverse: the event loop, first here, outlives all else.
    broker = RedisBroker(  # type: ignore[no-untyped-call]
        url=settings.redis_url,
        middleware=[AsyncIO(), AgeLimit(max_age=STALE_AFTER), ShutdownNotifications()],
        namespace="timcheh-jobs",
    )
    broker.declare_queue(QUEUE)
    return broker


class WakeUps:
    """Sends wake-ups. Raises redis' errors when Valkey is away: nothing is lost by that."""

    def __init__(self, broker: RedisBroker) -> None:
        self._broker = broker

    def drain_outbox(self, mall_id: UUID) -> None:
        """Asks for a mall's outbox to be drained."""
        self._send(DRAIN, str(mall_id))

    def run_recurring(self, mall_id: UUID, name: str) -> None:
        """Asks for a due job to be run."""
        self._send(RECUR, str(mall_id), name)

    def taken(self, actor: str, *arguments: str) -> None:
        """A worker has begun with it: the next may be sent."""
        self._broker.client.delete(_pending_key(actor, arguments))

    def _send(self, actor: str, *arguments: str) -> None:
        key = _pending_key(actor, arguments)
        if self._broker.client.set(key, b"", nx=True, px=PENDING_FOR):
            message: dramatiq.Message[None] = dramatiq.Message(
                queue_name=QUEUE, actor_name=actor, args=arguments, kwargs={}, options={}
            )
            self._broker.enqueue(message)


def _pending_key(actor: str, arguments: tuple[str, ...]) -> str:
    return f"timcheh:pending:{actor}:{':'.join(arguments)}"
