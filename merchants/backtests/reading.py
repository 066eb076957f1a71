"""A shop's past sales from the database, in order of time, some thousands at once.

A cursor over what every sale is asked for, summed up by PostgreSQL; lines are read only of those
sales that a trial reckons. The memory that it takes does not grow with the history.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from msgspec import json

from merchants.backtests.sales import Known, PastSale
from merchants.margins.margins import Margins
from timcheh.db import UnitOfWork
from timcheh.money import BPS_WHOLE
from timcheh.rules import BasketLine
from timcheh.rules.basket import match_key
from timcheh.rules.facts import PERSONAL

_COUNT: Final = """
    SELECT count(*) FROM merchants.purchase p
    WHERE p.mall_id = $1 AND p.merchant_id = $2 AND p.state = 'confirmed' AND p.occurred_at < $3
"""
# What came back is left out in proportion, as a return takes it from the customer's facts. Groups
# are stored as they are compared.
_SALES: Final = """
    SELECT p.id, p.member_id, p.occurred_at, p.day, l.total, l.quantity, l.discount, l.spent,
           l.margin, l.groups, l.skus
    FROM (
        SELECT x.id, x.member_id, x.occurred_at,
               merchants.mall_day(x.occurred_at) - DATE '0001-01-01' + 1 AS day
        FROM merchants.purchase x
        WHERE x.mall_id = $1 AND x.merchant_id = $2 AND x.state = 'confirmed'
          AND x.occurred_at < $3
        ORDER BY x.occurred_at, x.id
    ) p
    CROSS JOIN LATERAL (
        SELECT sum(y.kept * y.unit_price / 1000)::bigint AS total,
               sum(y.kept)::bigint AS quantity,
               sum(y.discount - y.discount * y.returned_milli / y.quantity_milli)::bigint
                   AS discount,
               sum(y.spent_value - y.spent_value * y.returned_milli / y.quantity_milli)::bigint
                   AS spent,
               div(sum((y.kept * y.unit_price / 1000)
                   * coalesce(($4::jsonb -> y."group")::numeric, $5)), $6)::bigint AS margin,
               array_agg(y."group") FILTER (WHERE $7::boolean AND y."group" IS NOT NULL) AS groups,
               array_agg(y.sku) FILTER (WHERE $8::boolean AND y.sku IS NOT NULL) AS skus
        FROM (
            SELECT z.*, z.quantity_milli - z.returned_milli AS kept FROM merchants.purchase_line z
            WHERE z.mall_id = $1 AND z.purchase_id = p.id AND z.returned_milli < z.quantity_milli
        ) y
    ) l
    WHERE l.total IS NOT NULL
"""
_LINES: Final = """
    SELECT y.purchase_id, y.quantity_milli - y.returned_milli, y.unit_price, y.sku, y."group"
    FROM merchants.purchase_line y
    WHERE y.mall_id = $1 AND y.purchase_id = ANY($2) AND y.returned_milli < y.quantity_milli
    ORDER BY y.purchase_id, y.line
"""
_CUSTOMERS: Final = """
    SELECT c.member_id, c.birthday, c.groups, c.tier, c.tags, c.tier_progress, c.source,
           c.created_at
    FROM merchants.customer c
    WHERE c.mall_id = $1 AND c.merchant_id = $2
      AND (c.birthday IS NOT NULL OR c.tier IS NOT NULL OR c.tier_progress IS NOT NULL
           OR c.source <> 'purchase' OR cardinality(c.groups) > 0 OR cardinality(c.tags) > 0)
"""
_PERSONS: Final = f"""
    SELECT p.member_id, p.wedding_date, {", ".join(f"p.{name}" for name in PERSONAL)}
    FROM merchants.customer_profile p
    WHERE p.mall_id = $1 AND p.merchant_id = $2
"""  # noqa: S608  names of our own columns
_NEIGHBOURS: Final = """
    SELECT x.member_id, x.since, x.merchant_id
    FROM (
        SELECT o.member_id, o.merchant_id,
               CASE WHEN o.source = 'purchase' THEN o.first_at
                    ELSE least(o.first_at, o.created_at) END AS since
        FROM merchants.customer o
        WHERE o.mall_id = $1 AND EXISTS (
            SELECT FROM merchants.customer c
            WHERE c.mall_id = $1 AND c.merchant_id = $2 AND c.member_id = o.member_id
        )
    ) x
    WHERE x.since IS NOT NULL ORDER BY x.since
"""


_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose sales, until when, what each line leaves the shop, and what else a trial asks for."""

    shop: UUID
    until: datetime
    margins: Margins
    with_groups: bool = False
    with_skus: bool = False


async def count_sales(uow: UnitOfWork, reach: Reach) -> int:
    """How many sales `past_sales` reads at most."""
    connection = await uow.driver()
    return int(await connection.fetchval(_COUNT, uow.scope.mall_id, reach.shop, reach.until))


async def past_sales(uow: UnitOfWork, reach: Reach, at_once: int) -> AsyncIterator[list[PastSale]]:
    """Confirmed purchases as they stand today, the earliest first."""
    connection = await uow.driver()
    cursor = await connection.cursor(
        _SALES,
        uow.scope.mall_id,
        reach.shop,
        reach.until,
        json.encode(reach.margins.groups).decode(),
        reach.margins.default,
        BPS_WHOLE,
        reach.with_groups,
        reach.with_skus,
    )
    while rows := await cursor.fetch(at_once):
        yield [_sale(row) for row in rows]


async def lines_of(
    uow: UnitOfWork, ids: Collection[Hashable]
) -> dict[Hashable, tuple[BasketLine, ...]]:
    """What was kept of some purchases, by their ids."""
    found: dict[Hashable, list[BasketLine]] = defaultdict(list)
    if ids:
        connection = await uow.driver()
        rows = await connection.fetch(_LINES, uow.scope.mall_id, list(ids))
        for id, quantity, price, sku, group in rows:
            of_one = found[id]
            of_one.append(BasketLine.of(len(of_one), quantity, price, sku=sku, group=group))
    return {id: tuple(lines) for id, lines in found.items()}


async def known_customers(
    uow: UnitOfWork, shop: UUID, *, with_neighbours: bool, with_persons: bool
) -> dict[Hashable, Known]:
    """What is known of the shop's customers beside what they bought (mall scope)."""
    connection, mall = await uow.driver(), uow.scope.mall_id
    known: dict[Hashable, Known] = {}
    for member, birthday, groups, tier, tags, *rest in await connection.fetch(
        _CUSTOMERS, mall, shop
    ):
        progress, source, since = rest
        known[member] = Known(
            birthday, tuple(groups), tier, (), tuple(tags), progress, source, since
        )
    if with_persons:
        for member, wedding, *words in await connection.fetch(_PERSONS, mall, shop):
            person = dict(zip(PERSONAL, words, strict=True))
            known[member] = known.get(member, Known())._replace(wedding=wedding, person=person)
    if with_neighbours:
        neighbours: dict[Any, list[tuple[datetime, str]]] = defaultdict(list)
        for member, since, other in await connection.fetch(_NEIGHBOURS, mall, shop):
            neighbours[member].append((since, str(other)))
        for member, others in neighbours.items():
            known[member] = known.get(member, Known())._replace(customer_of=tuple(others))
    return known


def _sale(row: Any) -> PastSale:
    id, member, at, day, total, quantity, discount, spent, margin, groups, skus = row
    return PastSale(
        id,
        member,
        at,
        day,
        total,
        quantity,
        discount,
        spent,
        margin,
        frozenset(map(match_key, groups)) if groups else _NONE,
        frozenset(map(match_key, skus)) if skus else _NONE,
    )
