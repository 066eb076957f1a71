"""Rows that a test keeps locked, to see who waits for them and what the waiting hold meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg

from timcheh.db import Database, Role

LOT = "SELECT FROM ledger.lot WHERE id = $1"
PARTY = "SELECT FROM ledger.party WHERE id = $1"
CUSTOMER = "SELECT FROM merchants.customer WHERE merchant_id = $1"
HOLD = "SELECT FROM ledger.hold WHERE lot_id = $1"
_WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND $1 = ANY(pg_blocking_pids(pid))"


class Row:
    """A row that is kept locked, and whoever waits for it."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def awaited(self) -> None:
        """Returns when somebody waits for the row."""
        pid = self._connection.get_server_pid()
        async with asyncio.timeout(30):
            while not await self._connection.fetchval(_WAITING, pid):  # noqa: ASYNC110  only the server knows
                await asyncio.sleep(0.01)

    async def is_free(self, row: str, id: UUID | str) -> bool:
        """Whether nobody else holds another row."""
        try:
            async with self._connection.transaction():
                await self._connection.execute(f"{row} FOR UPDATE NOWAIT", UUID(str(id)))
        except asyncpg.LockNotAvailableError:
            return False
        return True


@asynccontextmanager
async def locked(database: Database, row: str, id: UUID | str) -> AsyncIterator[Row]:
    """Keeps a row of that table locked."""
    connection = await asyncpg.connect(database.dsn(Role.OWNER))
    try:
        async with connection.transaction():
            assert await connection.execute(f"{row} FOR UPDATE", UUID(str(id))) == "SELECT 1"
            yield Row(connection)
    finally:
        await connection.close()
