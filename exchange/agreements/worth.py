"""What partnerships have brought a shop in a stretch of time, from its own side.

In the mall's scope, because entries of both shops tell it; of the other shop's sales nothing is
told. The index of what was spent elsewhere leads to the purchases, and only to those of the pairs.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid

from timcheh.db import UnitOfWork
from timcheh.ids import NIL, first_id_since
from timcheh.web.period import Period

# A purchase's id is made when it is recorded, at most a clock's error before its own time: so the
# key bounds what is read. What came back later counts against its own purchase.
_WORTH: Final = text(
    """
    WITH pair AS (
        SELECT * FROM unnest(:issuers, :acceptors, :scopes) w (issuer_id, acceptor_id, scope_id)
    ), spent AS (
        SELECT w.issuer_id, w.acceptor_id, p.id, p.member_id, p.occurred_at,
               p.total - p.discount AS sales, s.value, s.fee
        FROM pair w
        CROSS JOIN LATERAL (
            SELECT DISTINCT x.transfer_id FROM ledger.entry x
            WHERE x.mall_id = :mall AND x.account = 'outstanding' AND x.counterparty_id IS NOT NULL
              AND x.owner_id = w.issuer_id AND x.counterparty_id = w.acceptor_id
              AND x.scope_id = w.scope_id AND x.amount > 0 AND x.transfer_id >= :first OFFSET 0
        ) e
        CROSS JOIN LATERAL (
            SELECT y.id, y.member_id, y.occurred_at, y.total, y.discount FROM merchants.purchase y
            WHERE y.mall_id = :mall AND y.id = e.transfer_id
              AND (CAST(:since AS timestamptz) IS NULL OR y.occurred_at >= :since)
              AND (CAST(:until AS timestamptz) IS NULL OR y.occurred_at < :until) OFFSET 0
        ) p
        CROSS JOIN LATERAL (
            SELECT sum(z.value - z.value * z.restored / z.amount) AS value,
                   sum(z.fee - z.fee * z.restored / z.amount) AS fee
            FROM merchants.purchase_spend z
            WHERE z.mall_id = :mall AND z.purchase_id = e.transfer_id
              AND z.scope_id = w.scope_id AND z.issuer_id = w.issuer_id OFFSET 0
        ) s
    ), here AS (
        SELECT s.*, c.first_at IS NOT DISTINCT FROM s.occurred_at AS is_first
        FROM spent s
        LEFT JOIN merchants.customer c ON c.mall_id = :mall AND c.merchant_id = :shop
            AND c.member_id = s.member_id
        WHERE s.acceptor_id = :shop
    )
    SELECT h.issuer_id, count(DISTINCT h.member_id),
           count(DISTINCT h.member_id) FILTER (WHERE h.is_first), count(*),
           sum(h.sales)::bigint, sum(h.value)::bigint, sum(h.fee)::bigint, 0::bigint, 0::bigint
    FROM here h GROUP BY 1
    UNION ALL  -- all partners together: nobody and no purchase twice
    SELECT :all, count(DISTINCT h.member_id),
           count(DISTINCT h.member_id) FILTER (WHERE h.is_first), count(*),
           sum(h.sales)::bigint, sum(h.value)::bigint, sum(h.fee)::bigint, 0::bigint, 0::bigint
    FROM (
        SELECT g.id, g.member_id, g.sales, bool_or(g.is_first) AS is_first, sum(g.value) AS value,
               sum(g.fee) AS fee
        FROM here g GROUP BY g.id, g.member_id, g.sales
    ) h
    UNION ALL
    SELECT s.acceptor_id, 0, 0, 0, 0, 0, 0, count(DISTINCT s.member_id), sum(s.value)::bigint
    FROM spent s WHERE s.issuer_id = :shop GROUP BY 1
    """
).bindparams(
    bindparam("issuers", type_=ARRAY(Uuid())),
    bindparam("acceptors", type_=ARRAY(Uuid())),
    bindparam("scopes", type_=ARRAY(Uuid())),
    bindparam("all", type_=Uuid()),
)


class Pair(NamedTuple):
    """Credit of `issuer_id` in `scope_id` that `acceptor_id` takes, or took."""

    issuer_id: UUID
    acceptor_id: UUID
    scope_id: UUID


class Worth(NamedTuple):
    """What came of a partner. Rial.

    Here: members who paid with its credit (`new`: whose first purchase here that was), how many
    purchases, their `sales` after discounts, how much of them its credit paid, and the mall's fee.
    There: members who paid with this shop's credit, and how much.
    """

    customers: int = 0
    new: int = 0
    purchases: int = 0
    sales: int = 0
    accepted: int = 0
    fee: int = 0
    sent: int = 0
    spent: int = 0

    @property
    def net(self) -> int:
        """What is left of the sales after the fee and what is settled for the own credit."""
        return self.sales - self.fee - self.spent


async def worth_of(
    uow: UnitOfWork, shop: UUID, pairs: Sequence[Pair], period: Period
) -> tuple[Mapping[UUID, Worth], Worth]:
    """By partner, and of all together."""
    found: dict[UUID, Worth] = {}
    for partner, *numbers in await uow.session.execute(_WORTH, _asked(uow, shop, pairs, period)):
        # One row tells of here, another of there.
        known = found.get(partner, Worth())
        found[partner] = Worth(*(a + (b or 0) for a, b in zip(known, numbers, strict=True)))
    together = found.pop(NIL, Worth())
    spent = sum(each.spent for each in found.values())
    return found, together._replace(spent=spent)


def _asked(uow: UnitOfWork, shop: UUID, pairs: Sequence[Pair], period: Period) -> dict[str, Any]:
    unique = sorted(set(pairs))
    return {
        "mall": uow.scope.mall_id,
        "shop": shop,
        "all": NIL,
        "issuers": [pair.issuer_id for pair in unique],
        "acceptors": [pair.acceptor_id for pair in unique],
        "scopes": [pair.scope_id for pair in unique],
        "first": first_id_since(period.since) if period.since else NIL,
        "since": period.since,
        "until": period.until,
    }
