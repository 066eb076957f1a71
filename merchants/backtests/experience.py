"""What the shop's own past says of how much credit is ever spent."""

from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import text

from merchants.backtests.forecast import CREDIT_KINDS, USUAL_REDEMPTION
from timcheh.db import UnitOfWork
from timcheh.money import BPS_WHOLE

ENOUGH: Final = 50
"""Lots that have come to their end, below which the usual share is taken instead."""
_DAYS_OF_A_MONTH: Final = 30

# Of lots that are over (spent, expired or taken back): what was spent of what was not taken back.
_REDEEMED: Final = text(
    """
    SELECT s.kind, count(*)::bigint, sum(l.granted - l.taken_back)::bigint,
           sum(l.granted - l.taken_back - l.expired)::bigint
    FROM ledger.lot l
    JOIN ledger.scope s ON s.mall_id = :mall AND s.id = l.scope_id
    WHERE l.mall_id = :mall AND l.issuer_id = :merchant AND l.unit = 'rial' AND NOT l.open
      AND l.holder_kind = 'member' AND l.granted > l.taken_back
    GROUP BY s.kind
    """
)
_LIFE: Final = text(
    """
    SELECT s.lot_months FROM ledger.scope s
    JOIN merchants.merchant_account a
      ON a.mall_id = :mall AND a.merchant_id = :merchant AND a.partners_scope_id = s.id
    WHERE s.mall_id = :mall
    """
)


class Experience(NamedTuple):
    """`redemption` in bps by kind of credit; `is_own`: from this shop's lots, not the usual one."""

    redemption: dict[str, int]
    is_own: bool
    lot_days: int | None


async def read_experience(uow: UnitOfWork, merchant_id: UUID) -> Experience:
    """In the mall's scope."""
    asked = {"mall": uow.scope.mall_id, "merchant": merchant_id}
    redemption = dict.fromkeys(CREDIT_KINDS, USUAL_REDEMPTION)
    is_own = False
    for kind, lots, granted, spent in await uow.session.execute(_REDEEMED, asked):
        if lots >= ENOUGH and kind in redemption:
            redemption[kind] = spent * BPS_WHOLE // granted
            is_own = True
    months = await uow.session.scalar(_LIFE, asked)
    return Experience(redemption, is_own, None if months is None else months * _DAYS_OF_A_MONTH)
