"""How long a segment takes to count: a shop with very many customers, in a mall of its own."""

import time
from statistics import median
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text

from merchants.audience import audience_of, scope_for
from timcheh.db import Database, Scope
from timcheh.ids import new_id
from timcheh.rules import parse_condition
from timcheh_app.bench.mall import Mall

_VIEWS: Final = 7
_CONDITION: Final[dict[str, Any]] = {
    "all": [
        {"fact": "customer.purchases", "op": ">", "value": 4},
        {"fact": "customer.days_since_last", "op": ">=", "value": 90},
        {"fact": "customer.product_groups", "op": "contains", "value": "گروه 3"},
        {"not": {"fact": "customer.product_groups", "op": "contains", "value": "گروه 4"}},
        {"fact": "customer.average_gap", "op": "<=", "value": 60},
        {"fact": "member.birthday_in_days", "op": "<=", "value": 180},
    ]
}
"""Of every kind that a builder offers; nothing in it has an index."""
_FILL: Final = text(
    """
    INSERT INTO merchants.customer (mall_id, merchant_id, member_id, number, mobile, name, birthday,
        purchases, spend, first_at, last_at, visits, last_basket, bought, months, created_at)
    SELECT :mall, :merchant, uuidv7(), lpad(n::text, 16, '0'), '0936' || lpad(n::text, 7, '0'),
           'مشتری ' || n, DATE '1970-01-01' + n % 15000, n % 12, n % 12 * 1000000,
           now() - (n % 400 + 200) * interval '1 day', now() - n % 200 * interval '1 day', n % 9,
           1000000, ARRAY['گروه ' || n % 5, 'گروه ' || n % 7], 1 << n % 12, now()
    FROM generate_series(1, :customers) n
    """
)


def measure(mall: Mall, customers: int) -> dict[str, float]:
    """Milliseconds, the median of some counts over so many customers."""
    milliseconds = mall.installation.run(lambda database: _count(database, customers))
    return {f"segment_{customers // 1000}k_ms": milliseconds}


async def _count(database: Database, customers: int) -> float:
    mall_id, merchant_id = new_id(), new_id()
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        filled = {"mall": mall_id, "merchant": merchant_id, "customers": customers}
        await uow.session.execute(_FILL, filled)
    return median([await _one(database, mall_id, merchant_id) for _ in range(_VIEWS)])


async def _one(database: Database, mall_id: UUID, merchant_id: UUID) -> float:
    """As the builder's live count does it, from the condition's JSON on."""
    began = time.perf_counter()
    condition = parse_condition(_CONDITION)
    async with database.unit_of_work(scope_for(mall_id, merchant_id, condition)) as uow:
        await (await audience_of(uow, merchant_id, condition)).count(uow)
    return (time.perf_counter() - began) * 1000
