"""The unit of work: one transaction, in one scope, with one clock."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from timcheh.db.scope import Scope

_ALONE: Final = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")


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

    async def alone(self, *what: object) -> None:
        """Waits until nobody else is at it, until the end of this transaction.

        `what` names it within the mall. For what is more than one row, or no row yet; whoever
        asks reads afterwards: what was read before may be old.
        """
        names = " ".join(map(str, (self.scope.mall_id, *what)))
        await self.session.execute(_ALONE, {"what": names})

    async def driver(self) -> Any:
        """The asyncpg connection of this transaction, for calls that take arrays of rows."""
        connection = await self.session.connection()
        return (await connection.get_raw_connection()).driver_connection
