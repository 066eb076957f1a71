"""Time passes: what is stored is made older, because the product reads the real clock."""

from datetime import timedelta
from uuid import UUID

import asyncpg

from merchants.purchases.closing import sweep
from timcheh.db import Database, Role, Scope
from timcheh.ledger import postings


async def age_purchase(database: Database, purchase_id: str, by: timedelta) -> None:
    """An authorised purchase, with what it holds, was made so much earlier."""
    await _shift(database, by, (
        "UPDATE merchants.purchase SET expires_at = expires_at - $1::interval WHERE id = $2",
        "UPDATE ledger.hold SET expires_at = expires_at - $1::interval WHERE reference_id = $2",
    ), purchase_id)  # fmt: skip


async def age_lot(database: Database, lot_id: str, by: timedelta) -> None:
    """A lot was granted so much earlier."""
    await _shift(database, by, (
        "UPDATE ledger.lot SET expires_at = expires_at - $1::interval,"
        " available_from = available_from - $1::interval WHERE id = $2",
    ), lot_id)  # fmt: skip


async def sweep_mall(database: Database, mall_id: UUID) -> None:
    """The jobs come round: purchases time out, lots expire."""
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        await sweep(uow)
        await postings.sweep_holds(uow)
        await postings.expire_due(uow)


async def _shift(database: Database, by: timedelta, statements: tuple[str, ...], id: str) -> None:
    connection = await asyncpg.connect(database.dsn(Role.OWNER))
    try:
        for statement in statements:
            await connection.execute(statement, by, UUID(id))
    finally:
        await connection.close()
