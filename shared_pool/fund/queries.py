"""Reading the ledger for the fund's pages."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select, text

from timcheh.db import UnitOfWork
from timcheh.ledger import queries
from timcheh.ledger.models import Seal
from timcheh.web.period import Period

_SPENT = text(
    """
    SELECT t.id, t.kind, t.reference_id, t.occurred_at, e.amount
    FROM ledger.entry e
    JOIN ledger.transfer t ON t.mall_id = e.mall_id AND t.id = e.transfer_id
    WHERE e.mall_id = :mall AND e.account = 'outstanding' AND e.owner_id = :issuer
      AND e.counterparty_id = :acceptor
      AND (CAST(:after AS uuid) IS NULL OR e.transfer_id < :after)
      AND (CAST(:since AS timestamptz) IS NULL OR t.occurred_at >= :since)
      AND (CAST(:until AS timestamptz) IS NULL OR t.occurred_at < :until)
    ORDER BY e.transfer_id DESC LIMIT :most
    """
)
_MATRIX = text(
    """
    SELECT e.owner_id, e.counterparty_id, sum(e.amount)::bigint, count(*)
    FROM ledger.entry e
    JOIN ledger.transfer t ON t.mall_id = e.mall_id AND t.id = e.transfer_id
    WHERE e.mall_id = :mall AND e.account = 'outstanding' AND e.counterparty_id IS NOT NULL
      AND (CAST(:issuer AS uuid) IS NULL OR e.owner_id = :issuer)
      AND (CAST(:acceptor AS uuid) IS NULL OR e.counterparty_id = :acceptor)
      AND (CAST(:since AS timestamptz) IS NULL OR t.occurred_at >= :since)
      AND (CAST(:until AS timestamptz) IS NULL OR t.occurred_at < :until)
    GROUP BY 1, 2
    """
)


class SpentEntry(NamedTuple):
    """One event that spent an issuer's credit at an acceptor, or put it back (< 0); rial.

    `purchase_id` is the purchase that it is of.
    """

    transfer_id: UUID
    kind: str
    purchase_id: UUID | None
    at: datetime
    amount: int


class SealView(NamedTuple):
    """The newest link of the mall's chain."""

    number: int
    hash: str
    at: datetime


async def spent_entries(
    uow: UnitOfWork,
    issuer_id: UUID,
    acceptor_id: UUID,
    period: Period,
    after: UUID | None,
    most: int,
) -> list[SpentEntry]:
    """Entries of an issuer's credit spent at an acceptor, newest first, beyond a transfer."""
    rows = await uow.session.execute(
        _SPENT,
        {
            "mall": uow.scope.mall_id,
            "issuer": issuer_id,
            "acceptor": acceptor_id,
            "since": period.since,
            "until": period.until,
            "after": after,
            "most": most,
        },
    )
    return [SpentEntry(*row) for row in rows]


async def cell_total(
    uow: UnitOfWork, issuer_id: UUID, acceptor_id: UUID, period: Period
) -> tuple[int, int]:
    """What was spent of an issuer's credit at an acceptor, rial, and in how many entries."""
    rows = (await _summed(uow, period, issuer_id, acceptor_id)).all()
    return (rows[0][2], rows[0][3]) if rows else (0, 0)


async def spent_within(uow: UnitOfWork, period: Period) -> dict[tuple[UUID, UUID], int]:
    """The fund's matrix of a period: spent by (issuer, acceptor), rial, less what came back.

    Since the start it is a sum of balances; within days, of their entries.
    """
    if period.since is None and period.until is None:
        return await queries.matrix(uow)
    rows = await _summed(uow, period, None, None)
    return {(owner, other): amount for owner, other, amount, _ in rows if amount}


async def _summed(
    uow: UnitOfWork, period: Period, issuer_id: UUID | None, acceptor_id: UUID | None
) -> Any:
    return await uow.session.execute(
        _MATRIX,
        {
            "mall": uow.scope.mall_id,
            "issuer": issuer_id,
            "acceptor": acceptor_id,
            "since": period.since,
            "until": period.until,
        },
    )


async def newest_seal(uow: UnitOfWork) -> SealView | None:
    """The last link, if anything is sealed yet."""
    seal = await uow.session.scalar(
        select(Seal).where(Seal.mall_id == uow.scope.mall_id).order_by(Seal.number.desc()).limit(1)
    )
    return SealView(seal.number, seal.hash.hex(), seal.sealed_at) if seal else None
