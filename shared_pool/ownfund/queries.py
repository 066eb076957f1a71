"""What became of the credit that a shop has issued."""

from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import select, text

from shared_pool.settlement.models import Settlement, SettlementLine
from shared_pool.settlement.service import POSTED
from timcheh.db import UnitOfWork

AGES: Final = (30, 90, 180)
"""Days that divide what is still out by how long ago it was granted."""
SOON: Final = 30
_ISSUED = text(
    """
    SELECT coalesce(sum(l.granted), 0)::bigint, coalesce(sum(l.remaining), 0)::bigint,
           coalesce(sum(l.expired), 0)::bigint, coalesce(sum(l.taken_back), 0)::bigint,
           coalesce(sum(l.remaining) FILTER (WHERE l.expires_at <= :soon), 0)::bigint,
           coalesce(sum(l.remaining) FILTER (WHERE l.created_at > :first), 0)::bigint,
           coalesce(sum(l.remaining) FILTER (
               WHERE l.created_at <= :first AND l.created_at > :second), 0)::bigint,
           coalesce(sum(l.remaining) FILTER (
               WHERE l.created_at <= :second AND l.created_at > :third), 0)::bigint,
           coalesce(sum(l.remaining) FILTER (WHERE l.created_at <= :third), 0)::bigint
    FROM ledger.lot l
    WHERE l.mall_id = :mall AND l.issuer_id = :shop AND l.unit = 'rial'
    """
)


class Issued(NamedTuple):
    """All credit that a shop has ever granted, rial: `granted` = `out` + `burnt` + `taken_back` +
    `used`. `soon` of what is out ends within `SOON` days; `ages` divides it by `AGES`.
    """

    granted: int
    out: int
    burnt: int
    taken_back: int
    soon: int
    ages: tuple[int, ...]

    @property
    def used(self) -> int:
        return self.granted - self.out - self.burnt - self.taken_back


async def issued_credit(uow: UnitOfWork, merchant_id: UUID) -> Issued:
    """In the shop's scope. Reads all lots of the mall: for a part that comes by itself."""
    days = [uow.now - timedelta(days=age) for age in AGES]
    row = (
        await uow.session.execute(
            _ISSUED,
            {
                "mall": uow.scope.mall_id,
                "shop": merchant_id,
                "soon": uow.now + timedelta(days=SOON),
                "first": days[0],
                "second": days[1],
                "third": days[2],
            },
        )
    ).one()
    granted, out, burnt, taken_back, soon, *ages = row
    return Issued(granted, out, burnt, taken_back, soon, tuple(ages))


async def under_way(uow: UnitOfWork, merchant_id: UUID) -> int:
    """What approved settlements are about to pay the shop (below zero: to take from it), rial.

    In the mall's scope.
    """
    rows = await uow.session.scalars(
        select(SettlementLine.net)
        .join(
            Settlement,
            (Settlement.mall_id == SettlementLine.mall_id)
            & (Settlement.id == SettlementLine.settlement_id),
        )
        .where(
            SettlementLine.mall_id == uow.scope.mall_id,
            SettlementLine.merchant_id == merchant_id,
            SettlementLine.result.not_in(POSTED),
            Settlement.state == "approved",
        )
    )
    return sum(rows)
