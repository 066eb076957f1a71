"""A shop's rows on their way out, some at a time."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text

from members.facade import FACTS
from merchants.permissions import Branches
from timcheh.db import UnitOfWork

STRETCH: Final = 1_000

_CUSTOMERS: Final = f"""
SELECT c.number, c.mobile, c.name, c.birthday, c.source, c.created_at, c.purchases, c.spend,
       c.first_at, c.last_at, c.groups, c.tier, {", ".join(f"p.{fact}" for fact in FACTS)},
       p.note, p.custom,
       EXISTS (
           SELECT 1 FROM members.consent k
           WHERE k.mall_id = c.mall_id AND k.merchant_id = c.merchant_id
             AND k.member_id = c.member_id AND k.purpose = 'promotion' AND k.given
             AND k.ended_at IS NULL
       ) AS promotion
FROM merchants.customer c
LEFT JOIN merchants.customer_profile p USING (mall_id, merchant_id, member_id)
WHERE c.mall_id = :mall AND c.merchant_id = :merchant
ORDER BY c.member_id
"""  # noqa: S608  our own names
_PURCHASES: Final = """
SELECT p.id, p.occurred_at, p.state, b.name AS branch, c.name, c.mobile, p.total, p.discount,
       p.spent_value, p.to_pay
FROM merchants.purchase p
LEFT JOIN merchants.customer c USING (mall_id, merchant_id, member_id)
LEFT JOIN merchants.branch b
    ON b.mall_id = p.mall_id AND b.merchant_id = p.merchant_id AND b.id = p.branch_id
WHERE p.mall_id = :mall AND p.merchant_id = :merchant
  AND (CAST(:branches AS uuid[]) IS NULL OR p.branch_id = ANY(:branches))
ORDER BY p.id
"""


async def stream_customers(uow: UnitOfWork, merchant_id: UUID) -> AsyncIterator[Sequence[Any]]:
    """All that a shop knows of its customers, in its own scope."""
    async for rows in _stream(uow, _CUSTOMERS, merchant=merchant_id):
        yield rows


async def stream_purchases(
    uow: UnitOfWork, merchant_id: UUID, branches: Branches
) -> AsyncIterator[Sequence[Any]]:
    """Its purchases in some branches, the oldest first; money in rial."""
    wanted = None if branches is None else list(branches)
    async for rows in _stream(uow, _PURCHASES, merchant=merchant_id, branches=wanted):
        yield rows


async def _stream(
    uow: UnitOfWork, statement: str, **parameters: Any
) -> AsyncIterator[Sequence[Any]]:
    result = await uow.session.stream(
        text(statement),
        {"mall": uow.scope.mall_id, **parameters},
        execution_options={"yield_per": STRETCH},
    )
    async for rows in result.partitions(STRETCH):
        yield rows
