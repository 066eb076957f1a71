"""Confirming and giving up an authorised purchase."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from merchants.purchases.desk import translated
from merchants.purchases.errors import PurchaseNotOpen
from merchants.purchases.models import Purchase
from timcheh.db import Database, Role, UnitOfWork
from timcheh.db.microbatch import MicroBatch

_CONFIRM = "SELECT merchants.confirm_many($1, $2, $3)"
_GIVE_UP = "SELECT * FROM merchants.give_up($1, $2, $3, $4)"
_SWEEP = "SELECT merchants.sweep_open($1, $2, $3)"


class ConfirmIn(NamedTuple):
    """A row of `merchants.confirm_in`."""

    purchase_id: UUID
    merchant_id: UUID
    at: datetime


class ClaimIn(NamedTuple):
    """A row of `merchants.claim_in`: an idempotency key and the body that answers it again."""

    principal_id: UUID | None
    key: str
    fingerprint: bytes
    response: bytes


class Confirmations:
    """Confirms in micro-batches, one for each process."""

    def __init__(self, database: Database) -> None:
        self._batch: MicroBatch[tuple[ConfirmIn, ClaimIn], None] = MicroBatch(
            database.dsn(Role.APP), _confirm, lanes=1
        )

    async def confirm(self, mall_id: UUID, item: ConfirmIn, claim: ClaimIn) -> None:
        """Raises PurchaseNotOpen, LimitExceeded, KeyTaken, OutcomeUnknown."""
        await translated(self._batch.submit(mall_id, (item, claim)))

    async def close(self) -> None:
        await self._batch.close()


async def _confirm(connection: Any, mall_id: UUID, batch: Any) -> list[None]:
    items, claims = zip(*batch, strict=True)
    await connection.execute(_CONFIRM, mall_id, claims, items)
    return [None] * len(items)


async def cancel(uow: UnitOfWork, purchase: Purchase) -> None:
    """Gives up an open purchase; a second time changes nothing. Raises PurchaseNotOpen."""
    if purchase.state == "cancelled":
        return
    expired = purchase.expires_at is not None and purchase.expires_at <= uow.now
    if purchase.state != "authorized" or expired:
        raise PurchaseNotOpen
    driver = await uow.driver()
    done = await driver.fetch(_GIVE_UP, uow.scope.mall_id, [purchase.id], "cancelled", uow.now)
    if not done:
        # Somebody was faster: if they cancelled it, that is this request's outcome too.
        await uow.session.refresh(purchase)
        if purchase.state != "cancelled":
            raise PurchaseNotOpen


async def sweep(uow: UnitOfWork, limit: int = 500) -> int:
    """Lets go of purchases whose time is up; answers how many."""
    driver = await uow.driver()
    count = await driver.fetchval(_SWEEP, uow.scope.mall_id, uow.now, limit)
    assert isinstance(count, int)
    return count
