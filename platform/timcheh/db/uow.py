"""The unit of work: one transaction, in one scope, with one clock."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from timcheh.db.scope import Scope


class UnitOfWork:
    """What a service gets to work with; `Database.unit_of_work` commits or rolls back.

    `now` is the only clock a service may read (aware, UTC), so that replaying last year's
    purchases and testing an expiry need no tricks.
    """

    __slots__ = ("now", "scope", "session")

    def __init__(self, session: AsyncSession, scope: Scope, now: datetime) -> None:
        self.session = session
        self.scope = scope
        self.now = now

    async def driver(self) -> Any:
        """The asyncpg connection of this transaction, for calls that take arrays of rows."""
        connection = await self.session.connection()
        return (await connection.get_raw_connection()).driver_connection
