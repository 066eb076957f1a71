"""Micro-batching: what waits for one mall goes to PostgreSQL in one call.

There is no timer. A lane that is free takes whatever has queued up meanwhile, so an idle server
adds no wait, and the busier it is the more purchases share one round trip and one commit.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

import asyncpg

from timcheh.errors import Unavailable

T = TypeVar("T")
R = TypeVar("R")

# Every statement here looks up a handful of rows by key. Plans are made once and kept (generic),
# often while a new mall's tables are still empty. Then reading a whole table once looks cheaper
# than a look-up for each row, and the plan would go on reading it when it holds a year: with these
# settings nothing but an index look-up for each row is left to choose.
HOT_PATH = dict.fromkeys(
    (
        "enable_seqscan",
        "enable_bitmapscan",
        "enable_hashjoin",
        "enable_mergejoin",
        "enable_material",
    ),
    "off",
)
_LOST = (
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.AdminShutdownError,
    asyncpg.exceptions.CrashShutdownError,
    OSError,
)


class OutcomeUnknown(Unavailable):
    """The connection broke while the work was under way: it may or may not be done.

    Asking again with the same idempotency key tells, and does it at most once.
    """

    code = "outcome_unknown"


class MicroBatch(Generic[T, R]):
    """Runs items of one kind in batches, on a few connections ("lanes") of its own.

    `run(connection, mall_id, items)` answers one result for each item, in order, in one
    transaction. If a batch raises, its items are run one by one, so that each gets its own error.
    """

    def __init__(
        self,
        dsn: str,
        run: Callable[[Any, UUID, Sequence[T]], Awaitable[Sequence[R]]],
        *,
        largest: int = 32,
        lanes: int = 2,
    ) -> None:
        self._dsn = dsn
        self._run = run
        self._largest = largest
        self._waiting: OrderedDict[UUID, deque[tuple[T, asyncio.Future[R]]]] = OrderedDict()
        self._free: list[asyncpg.Connection | None] = [None] * lanes
        self._tasks: set[asyncio.Task[None]] = set()

    async def submit(self, mall_id: UUID, item: T) -> R:
        """The item's result, when the batch that it rides in is committed."""
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(mall_id, deque()).append((item, future))
        if self._free:
            task = asyncio.create_task(self._drain(self._free.pop()))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await future

    async def close(self) -> None:
        """Waits for what is under way, then closes the lanes."""
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for connection in self._free:
            if connection is not None:
                await connection.close()
        self._free = [None] * len(self._free)

    async def _drain(self, connection: asyncpg.Connection | None) -> None:
        try:
            while self._waiting:
                mall_id, batch = self._take()
                connection = await self._flush(connection, mall_id, batch)
        finally:
            self._free.append(connection)

    def _take(self) -> tuple[UUID, list[tuple[T, asyncio.Future[R]]]]:
        """The next mall's items, malls in turn so that a busy one does not starve the others."""
        mall_id, queue = self._waiting.popitem(last=False)
        batch = [queue.popleft() for _ in range(min(len(queue), self._largest))]
        if queue:
            self._waiting[mall_id] = queue
        return mall_id, batch

    async def _flush(
        self,
        connection: asyncpg.Connection | None,
        mall_id: UUID,
        batch: list[tuple[T, asyncio.Future[R]]],
    ) -> asyncpg.Connection | None:
        try:
            if connection is None or connection.is_closed():
                connection = await asyncpg.connect(self._dsn, server_settings=HOT_PATH)
            results = await self._run(connection, mall_id, [item for item, _ in batch])
        except _LOST as error:
            _fail(batch, OutcomeUnknown(), error)
            if connection is not None:
                connection.terminate()
            return None
        except Exception as error:
            if len(batch) == 1:
                _fail(batch, error, None)
            else:
                for one in batch:
                    connection = await self._flush(connection, mall_id, [one])
        else:
            for (_, future), result in zip(batch, results, strict=True):
                if not future.done():
                    future.set_result(result)
        return connection


def _fail(
    batch: Sequence[tuple[Any, asyncio.Future[Any]]], error: Exception, cause: Exception | None
) -> None:
    error.__cause__ = cause
    for _, future in batch:
        if not future.done():
            future.set_exception(error)
