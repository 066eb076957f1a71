"""Reading the ledger for the fund's pages."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select, text

from timcheh.db import UnitOfWork
from timcheh.ledger.models import Seal

_SPENT = text(
    """
    SELECT t.id, t.kind, t.occurred_at, e.amount
    FROM ledger.entry e
    JOIN ledger.transfer t ON t.mall_id = e.mall_id AND t.id = e.transfer_id
    WHERE e.mall_id = :mall AND e.account = 'outstanding' AND e.owner_id = :issuer
      AND e.counterparty_id = :acceptor
    ORDER BY e.transfer_id DESC LIMIT :most
    """
)


class SpentEntry(NamedTuple):
    """One event that spent an issuer's credit at an acceptor, or put it back (< 0); rial."""

    transfer_id: UUID
    kind: str
    at: datetime
    amount: int


class SealView(NamedTuple):
    """The newest link of the mall's chain."""

    number: int
    hash: str
    at: datetime


async def spent_entries(
    uow: UnitOfWork, issuer_id: UUID, acceptor_id: UUID, most: int
) -> list[SpentEntry]:
    """The newest entries of an issuer's credit spent at an acceptor."""
    rows = await uow.session.execute(
        _SPENT,
        {
            "mall": uow.scope.mall_id,
            "issuer": issuer_id,
            "acceptor": acceptor_id,
            "most": most,
        },
    )
    return [SpentEntry(*row) for row in rows]


async def newest_seal(uow: UnitOfWork) -> SealView | None:
    """The last link, if anything is sealed yet."""
    seal = await uow.session.scalar(
        select(Seal).where(Seal.mall_id == uow.scope.mall_id).order_by(Seal.number.desc()).limit(1)
    )
    return SealView(seal.number, seal.hash.hex(), seal.sealed_at) if seal else None
