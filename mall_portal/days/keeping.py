"""Keeping the sums of days up to date, a piece a transaction."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, text

from mall_portal.days.models import DayMark, LotDay, MemberDays, ShopDay, ValueDay
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.ids import first_id_at
from timcheh.module import JobContext, RecurringJob

SETTLES: Final = timedelta(minutes=5)
"""Whatever was recorded so long ago is committed, or never will be."""
_PIECE: Final = 20_000
_KEEP: Final = text("SELECT mall_portal.keep_days(:mall, :settled, :most)")


async def keep(context: JobContext) -> None:
    """Adds all that has settled since the last time."""
    await _catch_up(context.database, context.mall_id)


async def keep_piece(uow: UnitOfWork, most: int) -> bool:
    """Adds about so many purchases and transfers; whether there are more. In the mall's scope."""
    settled = first_id_at(uow.now - SETTLES)
    asked = {"mall": uow.scope.mall_id, "settled": settled, "most": most}
    return bool(await uow.session.scalar(_KEEP, asked))


async def forget(uow: UnitOfWork) -> None:
    """Drops all that is kept, so that it is told anew. In the mall's scope.

    The mark first: whoever adds to the sums holds it.
    """
    for kept in (DayMark, ShopDay, ValueDay, LotDay, MemberDays):
        await uow.session.execute(delete(kept).where(kept.mall_id == uow.scope.mall_id))


async def retell(database: Database, mall_id: UUID) -> None:
    """Tells a mall's days anew, as far as they have settled."""
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        await forget(uow)
    await _catch_up(database, mall_id)


async def _catch_up(database: Database, mall_id: UUID) -> None:
    while True:
        async with database.unit_of_work(Scope.mall(mall_id)) as uow:
            if not await keep_piece(uow, _PIECE):
                return


KEEP: Final = RecurringJob("mall_portal.keep_days", keep, every=timedelta(minutes=1))
