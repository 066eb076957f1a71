"""The mall of the machine in PostgreSQL: two connections, one call for an event, one to look."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from tests.timcheh.ledger.book import NOON
from tests.timcheh.ledger.model import Account, Scope
from timcheh.db import Role
from timcheh.db import Scope as Reach
from timcheh.errors import TimchehError
from timcheh.settings import Settings

# Everything that the model knows, and every invariant of the product's proof, in one look.
_AUDIT = """
    SELECT ARRAY(
        SELECT ROW(b.account, b.owner_id, b.unit, sum(b.amount)::bigint) FROM (
            SELECT account, owner_id, unit, amount FROM ledger.balances($1)
            UNION ALL
            SELECT account, owner_id, unit, amount FROM ledger.entry
            WHERE mall_id = $1 AND account = 'credit'
        ) b GROUP BY b.account, b.owner_id, b.unit HAVING sum(b.amount) <> 0
    ), ARRAY(
        SELECT ROW(l.id, l.remaining, coalesce((
            SELECT sum(h.amount) FROM ledger.hold h
            WHERE h.mall_id = $1 AND h.lot_id = l.id AND h.expires_at > $2
        ), 0)::bigint, l.expired, l.taken_back, l.expires_at)
        FROM ledger.lot l WHERE l.mall_id = $1
    ), (SELECT count(*) FROM ledger.transfer WHERE mall_id = $1), ARRAY(
        SELECT p.name || ': ' || p.detail FROM ledger.proof($1) p WHERE NOT p.ok
    )
"""
_OPEN = "SELECT ledger.open_scope($1, $2, $3, $4, $5, $6, $7, NULL)"
_EXPIRY = """
    SELECT id FROM ledger.transfer WHERE mall_id = $1 AND kind = 'expiry' AND reference_id = $2
    ORDER BY id OFFSET $3 LIMIT 1
"""

_LIVES = "SELECT true FROM pg_stat_activity WHERE pid = $1"


class Shop(NamedTuple):
    """A party with the scopes that it alone issues in; its first limit in rial."""

    id: UUID
    own: UUID
    partners: UUID
    points: UUID
    limit: int | None


class Found(NamedTuple):
    """A mall as PostgreSQL has it. Of each lot: left, held, expired, taken back, its end."""

    accounts: dict[Account, int]
    lots: dict[UUID, tuple[int, int, int, int, datetime | None]]
    transfers: int
    failed: list[str]


@dataclass(frozen=True)
class BareWork:
    """As much of a unit of work as a posting needs: each enters the mall's scope itself."""

    connection: asyncpg.Connection
    scope: Reach
    now: datetime

    async def driver(self) -> asyncpg.Connection:
        return self.connection


class Twin:
    """One mall after another, on the same two connections, whose plans stay warm."""

    def __init__(self, settings: Settings, loop: asyncio.AbstractEventLoop) -> None:
        self._settings = settings
        self._loop = loop
        self.now = NOON
        self.mall: UUID
        self.run(self._connect())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._loop.run_until_complete(work)

    async def _connect(self) -> None:
        self._till = await asyncpg.connect(self._settings.dsn(Role.APP))
        self._auditor = await asyncpg.connect(self._settings.superuser_dsn)

    async def close(self) -> None:
        await self._till.close()
        await self._auditor.close()

    async def open(self, mall: UUID, shops: Iterable[Shop], shared: Iterable[Scope]) -> None:
        """A mall with its parties and scopes, in one transaction."""
        self.mall = mall
        parties = [(mall, "mall", None), *((shop.id, "merchant", shop.limit) for shop in shops)]
        scopes = [(s.id, s.kind, s.unit, None, s.issue, s.redeem) for s in shared]
        for shop in shops:
            scopes.append((shop.own, "own", "rial", shop.id, 0, 0))
            scopes.append((shop.partners, "partners", "rial", shop.id, 0, 0))
            scopes.append((shop.points, "own_points", "point", shop.id, 0, 0))
        async with self._till.transaction():
            for party in parties:
                await self._till.execute("SELECT ledger.open_party($1, $2, $3, $4)", mall, *party)
            for scope in scopes:
                await self._till.execute(_OPEN, mall, *scope)

    # Doing

    def _work(self) -> Any:
        return BareWork(self._till, Reach.mall(self.mall), self.now)

    async def do(self, posting: Callable[..., Coroutine[Any, Any, Any]], *arguments: Any) -> None:
        """One posting in a transaction of its own."""
        await posting(self._work(), *arguments)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Any]:
        """Several postings in one transaction: all or nothing."""
        async with self._till.transaction():
            yield self._work()

    async def refusal_of(self, work: Coroutine[Any, Any, Any]) -> str | None:
        """The code with which the ledger refuses, None when it does the work."""
        try:
            await work
        except TimchehError as error:
            return error.code
        return None

    async def killed(self, work: Callable[[Any], Coroutine[Any, Any, Any]]) -> None:
        """The server kills the session after the work and before its commit."""
        await self._till.execute("BEGIN")
        await work(self._work())
        pid = self._till.get_server_pid()
        assert await self._auditor.fetchval("SELECT pg_terminate_backend($1)", pid)
        while await self._auditor.fetchval(_LIVES, pid):
            pass  # until then its locks stand; the server's own wait looks every 100 ms
        self._till.terminate()
        self._till = await asyncpg.connect(self._settings.dsn(Role.APP))

    # Looking

    async def audit(self) -> Found:
        row = await self._auditor.fetchrow(_AUDIT, self.mall, self.now)
        accounts, lots, transfers, failed = row
        return Found(
            {(account, owner, unit): amount for account, owner, unit, amount in accounts},
            {id: tuple(rest) for id, *rest in lots},
            transfers,
            failed,
        )

    async def expiry(self, lot: UUID, nth: int) -> UUID:
        """The transfer of a lot's expiry; a lot that came back may expire more than once."""
        return await self._auditor.fetchval(_EXPIRY, self.mall, lot, nth)
