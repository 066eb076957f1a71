"""Telling a shop's facts of its customers anew from what they bought."""

from typing import Final
from uuid import UUID

from sqlalchemy import text

from timcheh.db import UnitOfWork

_REFRESH: Final = text("SELECT merchants.refresh_customers(:mall, :merchant, NULL)")


async def rebuild(uow: UnitOfWork, merchant_id: UUID) -> int:
    """Puts right what is kept of each customer; answers of how many it was otherwise.

    In the mall's scope. Sales of the shop wait until it is done.
    """
    asked = {"mall": uow.scope.mall_id, "merchant": merchant_id}
    return await uow.session.scalar(_REFRESH, asked) or 0
