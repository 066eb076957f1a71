"""Connections to PostgreSQL: one engine for each role that can log in."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import event, text
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from timcheh.db.races import lost_races
from timcheh.db.scope import Role, Scope
from timcheh.db.uow import UnitOfWork

# One function enters the scope, so that a deployment that shards (Citus) can replace its body.
_ENTER = text("select kernel.enter(:mall, :merchant, :member)")


def _refuse_closed(connection: Any, *_: object) -> None:
    """After a restart of the server the pool's connections are closed, and it makes new ones.

    The driver knows it already: unlike a ping before each use this costs no round trip.
    """
    if connection.driver_connection.is_closed():
        raise InvalidatePoolError


class Database:
    """Engines by role. A unit of work takes a connection of its scope's role and no other."""

    def __init__(self, dsns: Mapping[Role, str], *, pool_size: int = 5) -> None:
        """`dsns` are libpq-style URLs as asyncpg takes them (`postgresql://…`)."""
        self._dsns = dict(dsns)
        self._pool_size = pool_size
        self._engines: dict[Role, AsyncEngine] = {}

    def dsn(self, role: Role) -> str:
        """The URL of a role, for the purchase path's own asyncpg connections."""
        return self._dsns[role]

    def engine(self, role: Role) -> AsyncEngine:
        """The engine of a role, made at first use."""
        if role not in self._engines:
            url = self._dsns[role].replace("postgresql://", "postgresql+asyncpg://", 1)
            engine = create_async_engine(
                url,
                pool_size=self._pool_size,
                max_overflow=self._pool_size,
                pool_pre_ping=False,
                hide_parameters=True,  # they are people's data, and errors would quote them
            )
            event.listen(engine.sync_engine, "checkout", _refuse_closed)
            self._engines[role] = engine
        return self._engines[role]

    async def stop(self) -> None:
        """Closes every connection."""
        for engine in self._engines.values():
            await engine.dispose()
        self._engines.clear()

    @asynccontextmanager
    async def unit_of_work(
        self, scope: Scope, *, now: datetime | None = None
    ) -> AsyncIterator[UnitOfWork]:
        """One transaction. Commits when the block ends well, rolls back when it raises.

        A failed commit raises out of the block, so an answer can never be sent for it. Raises
        TryAgain where another transaction was faster and nothing of this one is done.
        """
        with lost_races():
            async with self._transaction(scope) as session:
                yield UnitOfWork(session, scope, now or datetime.now(UTC))

    @asynccontextmanager
    async def _transaction(self, scope: Scope) -> AsyncIterator[AsyncSession]:
        async with (
            AsyncSession(self.engine(scope.role), expire_on_commit=False) as session,
            session.begin(),
        ):
            await session.execute(
                _ENTER,
                {
                    "mall": scope.mall_id,
                    "merchant": scope.merchant_id,
                    "member": scope.member_id,
                },
            )
            yield session

    async def mall_ids(self) -> list[UUID]:
        """Every mall, for the scheduler. The function shows ids and nothing else."""
        async with self.engine(Role.APP).begin() as connection:
            return list((await connection.execute(text("select kernel.mall_ids()"))).scalars())
