"""What is out in a shop's name, and where its holders can spend it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import text

from timcheh.db import UnitOfWork

# Read over the mall's open lots: a page that is looked at before a shop is suspended or closed.
_OUT: Final = text(
    """
    WITH out AS (
        SELECT l.scope_id, sum(l.remaining)::bigint AS amount,
               count(DISTINCT l.holder_id) AS holders
        FROM ledger.lot l
        WHERE l.mall_id = :mall AND l.issuer_id = :shop AND l.open
          AND (l.expires_at IS NULL OR l.expires_at > :at OR l.held > 0)
        GROUP BY l.scope_id
    )
    SELECT s.id, s.kind, s.unit, out.amount, out.holders, (
        SELECT count(DISTINCT a.merchant_id) FROM ledger.acceptor a
        JOIN merchants.merchant m ON m.mall_id = :mall AND m.id = a.merchant_id
        WHERE a.mall_id = :mall AND a.scope_id = s.id AND a.merchant_id <> :shop
          AND m.state = 'active' AND a.valid_from <= :at
          AND (a.valid_until IS NULL OR a.valid_until > :at)
    )
    FROM out JOIN ledger.scope s ON s.mall_id = :mall AND s.id = out.scope_id
    ORDER BY s.kind
    """
)
_OPEN: Final = text(
    """
    SELECT count(*) FROM merchants.purchase p
    WHERE p.mall_id = :mall AND p.state = 'authorized' AND p.expires_at > :at
      AND p.merchant_id = :shop
    """
)
_OTHERS: Final = text(
    """
    SELECT m.id FROM merchants.merchant m
    WHERE m.mall_id = :mall AND m.state = 'active' AND m.id <> :shop ORDER BY m.id
    """
)
_TAKEN_OVER: Final = text(
    """
    SELECT a.merchant_id FROM ledger.acceptor a
    WHERE a.mall_id = :mall AND a.scope_id = :scope AND a.merchant_id <> :shop
      AND (a.valid_until IS NULL OR a.valid_until > :at)
    ORDER BY a.merchant_id
    """
)


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What is out in one scope: rial or points, of how many holders, and how many shops beside
    the issuer take it."""

    scope_id: UUID
    kind: str
    unit: str
    amount: int
    holders: int
    elsewhere: int


async def outstanding_of(uow: UnitOfWork, merchant_id: UUID) -> list[Outstanding]:
    """All that is out in the shop's name, by scope."""
    rows = await uow.session.execute(_OUT, _of(uow, merchant_id))
    return [Outstanding(*row) for row in rows]


async def open_purchases(uow: UnitOfWork, merchant_id: UUID) -> int:
    """Authorised purchases of the shop that wait to be confirmed: they hold members' value."""
    return int(await uow.session.scalar(_OPEN, _of(uow, merchant_id)) or 0)


async def other_shops(uow: UnitOfWork, merchant_id: UUID) -> list[UUID]:
    """The mall's other shops that trade."""
    return list(await uow.session.scalars(_OTHERS, _of(uow, merchant_id)))


async def taking_over(uow: UnitOfWork, merchant_id: UUID, scope_id: UUID) -> list[UUID]:
    """Who else takes the credit of a scope."""
    given = _of(uow, merchant_id) | {"scope": scope_id}
    return list(await uow.session.scalars(_TAKEN_OVER, given))


def _of(uow: UnitOfWork, merchant_id: UUID) -> dict[str, object]:
    return {"mall": uow.scope.mall_id, "shop": merchant_id, "at": uow.now}
