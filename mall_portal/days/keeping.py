"""Keeping the sums of days up to date, a piece a transaction."""

from datetime import timedelta
from typing import Final

from sqlalchemy import text

from timcheh.db import Scope, UnitOfWork
from timcheh.ids import first_id_at
from timcheh.module import JobContext, RecurringJob

SETTLES: Final = timedelta(minutes=5)
"""Whatever was recorded so long ago is committed, or never will be."""
_PIECE: Final = 20_000
_KEEP: Final = text("SELECT mall_portal.keep_days(:mall, :settled, :most)")


async def keep(context: JobContext) -> None:
    """Adds all that has settled since the last time."""
    scope = Scope.mall(context.mall_id)
    while True:
        async with context.database.unit_of_work(scope, now=context.now) as uow:
            if not await keep_piece(uow, _PIECE):
                return


async def keep_piece(uow: UnitOfWork, most: int) -> bool:
    """Adds about so many purchases and transfers; whether there are more. In the mall's scope."""
    settled = first_id_at(uow.now - SETTLES)
    asked = {"mall": uow.scope.mall_id, "settled": settled, "most": most}
    return bool(await uow.session.scalar(_KEEP, asked))


KEEP: Final = RecurringJob("mall_portal.keep_days", keep, every=timedelta(minutes=1))
