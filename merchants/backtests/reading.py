"""A shop's past sales from the database, one by one, in order of time.

A cursor over what a trial needs: the memory that it takes does not grow with the history.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Hashable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from merchants.backtests.sales import Known, PastSale
from timcheh.db import UnitOfWork
from timcheh.rules import BasketLine

_AT_ONCE: Final = 2_000
_COUNT: Final = """
    SELECT count(*) FROM merchants.purchase p
    WHERE p.mall_id = $1 AND p.merchant_id = $2 AND p.state = 'confirmed' AND p.occurred_at < $3
"""
# What came back is left out in proportion, as a return takes it from the customer's facts.
_SALES: Final = """
    SELECT p.member_id, p.occurred_at, l.discount, l.spent, l.quantities, l.prices, l.groups, l.skus
    FROM (
        SELECT x.id, x.member_id, x.occurred_at FROM merchants.purchase x
        WHERE x.mall_id = $1 AND x.merchant_id = $2 AND x.state = 'confirmed'
          AND x.occurred_at < $3
        ORDER BY x.occurred_at, x.id
    ) p
    CROSS JOIN LATERAL (
        SELECT sum(y.discount - y.discount * y.returned_milli / y.quantity_milli)::bigint,
               sum(y.spent_value - y.spent_value * y.returned_milli / y.quantity_milli)::bigint,
               array_agg(y.quantity_milli - y.returned_milli ORDER BY y.line),
               array_agg(y.unit_price ORDER BY y.line),
               array_agg(y."group" ORDER BY y.line),
               CASE WHEN $4::boolean THEN array_agg(y.sku ORDER BY y.line) END
        FROM merchants.purchase_line y
        WHERE y.mall_id = $1 AND y.purchase_id = p.id AND y.returned_milli < y.quantity_milli
    ) l (discount, spent, quantities, prices, groups, skus)
    WHERE l.quantities IS NOT NULL
"""
_CUSTOMERS: Final = """
    SELECT c.member_id, c.birthday, c.groups, c.tier FROM merchants.customer c
    WHERE c.mall_id = $1 AND c.merchant_id = $2
      AND (c.birthday IS NOT NULL OR c.tier IS NOT NULL OR cardinality(c.groups) > 0)
"""
_NEIGHBOURS: Final = """
    SELECT o.member_id, o.first_at, o.merchant_id FROM merchants.customer o
    WHERE o.mall_id = $1 AND o.merchant_id <> $2 AND o.first_at IS NOT NULL AND EXISTS (
        SELECT FROM merchants.customer c
        WHERE c.mall_id = $1 AND c.merchant_id = $2 AND c.member_id = o.member_id
    ) ORDER BY o.first_at
"""


async def count_sales(uow: UnitOfWork, shop: UUID, until: datetime) -> int:
    """How many sales `past_sales` reads at most."""
    connection = await uow.driver()
    return int(await connection.fetchval(_COUNT, uow.scope.mall_id, shop, until))


async def past_sales(
    uow: UnitOfWork, shop: UUID, until: datetime, *, with_skus: bool
) -> AsyncIterator[PastSale]:
    """Confirmed purchases before `until` as they stand today, the earliest first."""
    connection = await uow.driver()
    cursor = connection.cursor(_SALES, uow.scope.mall_id, shop, until, with_skus, prefetch=_AT_ONCE)
    async for row in cursor:
        yield _sale(row)


async def known_customers(
    uow: UnitOfWork, shop: UUID, *, with_neighbours: bool
) -> dict[Hashable, Known]:
    """What is known of the shop's customers beside what they bought (mall scope)."""
    connection, mall = await uow.driver(), uow.scope.mall_id
    neighbours: dict[Any, list[tuple[datetime, str]]] = defaultdict(list)
    if with_neighbours:
        for member, since, other in await connection.fetch(_NEIGHBOURS, mall, shop):
            neighbours[member].append((since, str(other)))
    known: dict[Hashable, Known] = {
        member: Known(customer_of=tuple(others)) for member, others in neighbours.items()
    }
    for member, birthday, groups, tier in await connection.fetch(_CUSTOMERS, mall, shop):
        others = tuple(neighbours.get(member, ()))
        known[member] = Known(birthday, tuple(groups), tier, others)
    return known


def _sale(row: Any) -> PastSale:
    member, at, discount, spent, quantities, prices, groups, skus = row
    if skus is None:
        skus = [None] * len(quantities)
    lines = tuple(
        BasketLine.of(index, quantity, price, sku=sku, group=group)
        for index, (quantity, price, group, sku) in enumerate(
            zip(quantities, prices, groups, skus, strict=True)
        )
    )
    return PastSale(member, at, lines, discount, spent)
