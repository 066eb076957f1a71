"""Time passes: what is stored is made older, because the product reads the real clock."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from merchants.purchases.closing import sweep
from timcheh.db import Database, Role, Scope
from timcheh.ledger import postings

_EARLIER = "- cast(:by AS interval)"


async def age_purchase(database: Database, purchase_id: str, by: timedelta) -> None:
    """An authorised purchase, with what it holds, was made so much earlier."""
    await _shift(database, by, (
        f"UPDATE merchants.purchase SET expires_at = expires_at {_EARLIER} WHERE id = :id",
        f"UPDATE ledger.hold SET expires_at = expires_at {_EARLIER} WHERE reference_id = :id",
    ), purchase_id)  # fmt: skip


async def age_lot(database: Database, lot_id: str, by: timedelta) -> None:
    """A lot was granted so much earlier."""
    await _shift(database, by, (
        f"UPDATE ledger.lot SET expires_at = expires_at {_EARLIER},"
        f" available_from = available_from {_EARLIER} WHERE id = :id",
    ), lot_id)  # fmt: skip


async def sweep_mall(database: Database, mall_id: UUID) -> None:
    """The jobs come round: purchases time out, lots expire."""
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        await sweep(uow)
        await postings.expire_due(uow)


async def _shift(database: Database, by: timedelta, statements: tuple[str, ...], id: str) -> None:
    async with database.engine(Role.OWNER).begin() as connection:
        for statement in statements:
            await connection.execute(text(statement), {"by": by, "id": UUID(id)})
