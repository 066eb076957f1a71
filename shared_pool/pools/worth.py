"""What a pool of points brought each of its shops: points given and taken, money to and from the
fund, and the people who came with points of others. In the mall's scope.

Told by the ledger, so that it is the fund's own sum whatever gave or took the points: a purchase, a
gift, a reward. What comes back counts on the day on which it does.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.types import Uuid

from shared_pool.pools.models import Pool
from timcheh.db import UnitOfWork
from timcheh.ids import NIL, first_id_since
from timcheh.web.period import Period

FEWEST: Final = 5
"""People: fewer than so many, of a shop, are told to nobody but the shop itself."""

# The entries of the pool's reserve name the shop, and an index holds all that is asked of them:
# what was paid in for points given, and taken out for points taken. An id is made when something
# is recorded, so the key bounds what is read.
_THEIRS: Final = """
    SELECT x.counterparty_id AS shop, x.transfer_id AS id,
           coalesce(sum(x.amount) FILTER (WHERE x.amount > 0), 0) AS paid_in,
           coalesce(-sum(x.amount) FILTER (WHERE x.amount < 0), 0) AS taken_out
    FROM ledger.entry x
    WHERE x.mall_id = :mall AND x.account = 'reserve' AND x.owner_id = :scope
      AND (CAST(:shop AS uuid) IS NULL OR x.counterparty_id = :shop) AND x.transfer_id >= :first
    GROUP BY 1, 2
"""
_WITHIN: Final = """
    (CAST(:since AS timestamptz) IS NULL OR {at} >= :since)
    AND (CAST(:until AS timestamptz) IS NULL OR {at} < :until)
"""
# What a return or a reversal moves counts against what it undoes.
_DAYS: Final = text(
    f"""
    WITH theirs AS ({_THEIRS}), moved AS (
        SELECT h.shop, merchants.mall_day(t.occurred_at) AS day, r.received,
               CASE WHEN t.undoes THEN -h.taken_out ELSE h.paid_in END AS paid,
               CASE WHEN t.undoes THEN -h.paid_in ELSE h.taken_out END AS worth
        FROM theirs h
        CROSS JOIN LATERAL (
            SELECT y.kind IN ('return', 'reversal') AS undoes, y.occurred_at FROM ledger.transfer y
            WHERE y.mall_id = :mall AND y.id = h.id
              AND {_WITHIN.format(at="y.occurred_at")} OFFSET 0
        ) t
        LEFT JOIN LATERAL (
            SELECT sum(z.amount) FILTER (WHERE (z.amount > 0) <> t.undoes) AS received
            FROM ledger.entry z
            WHERE CASE WHEN t.undoes THEN h.paid_in ELSE h.taken_out END > 0
              AND z.mall_id = :mall AND z.transfer_id = h.id
              AND z.account = 'clearing' AND z.owner_id = h.shop AND z.counterparty_id = :scope
            OFFSET 0
        ) r ON true
    )
    SELECT m.shop, m.day, sum(m.paid)::bigint, sum(m.worth)::bigint,
           coalesce(sum(m.received), 0)::bigint
    FROM moved m GROUP BY 1, 2 ORDER BY 1, 2
    """  # noqa: S608  no text from outside
).bindparams(bindparam("shop", type_=Uuid()))
_PEOPLE: Final = text(
    f"""
    WITH theirs AS ({_THEIRS}), paid AS (
        SELECT p.merchant_id AS shop, p.member_id, p.occurred_at, p.total - p.discount AS sales
        FROM theirs h
        CROSS JOIN LATERAL (
            SELECT y.id, y.merchant_id, y.member_id, y.occurred_at, y.total, y.discount
            FROM merchants.purchase y
            WHERE h.taken_out > 0 AND y.mall_id = :mall AND y.id = h.id AND y.state = 'confirmed'
              AND {_WITHIN.format(at="y.occurred_at")}
              AND EXISTS (
                  SELECT FROM merchants.purchase_spend z
                  WHERE z.mall_id = :mall AND z.purchase_id = y.id AND z.scope_id = :scope
                    AND z.issuer_id <> y.merchant_id AND z.restored < z.amount
              ) OFFSET 0
        ) p
    )
    SELECT d.shop, count(DISTINCT d.member_id),
           count(DISTINCT d.member_id) FILTER (WHERE c.first_at = d.occurred_at),
           count(*), sum(d.sales)::bigint
    FROM paid d
    LEFT JOIN LATERAL (
        SELECT y.first_at FROM merchants.customer y
        WHERE y.mall_id = :mall AND y.merchant_id = d.shop AND y.member_id = d.member_id OFFSET 0
    ) c ON true
    GROUP BY 1
    """  # noqa: S608
).bindparams(bindparam("shop", type_=Uuid()))


class Flow(NamedTuple):
    """Points given and taken, and what they moved, rial: `paid` to the fund for those given,
    `worth` of those taken, `received` of it from the fund."""

    given: int = 0
    taken: int = 0
    paid: int = 0
    worth: int = 0
    received: int = 0

    @property
    def fee(self) -> int:
        """What of the points taken the mall kept."""
        return self.worth - self.received

    @property
    def net(self) -> int:
        """From the fund, less what was paid to it."""
        return self.received - self.paid


class Came(NamedTuple):
    """Who paid at a shop with points that others had given: members, those of them whose first
    purchase there it was, their purchases and what these came to, rial after discounts."""

    customers: int = 0
    new: int = 0
    purchases: int = 0
    sales: int = 0


class Brought(NamedTuple):
    """What a pool brought one shop, by day and together."""

    by_day: Mapping[date, Flow]
    came: Came

    @property
    def all(self) -> Flow:
        """The days together."""
        return total(self.by_day.values())


def total(flows: Any) -> Flow:
    """The sum of several."""
    return Flow(*map(sum, zip(*flows, strict=True))) if flows else Flow()


async def brought(
    uow: UnitOfWork, pool: Pool, period: Period, shop: UUID | None = None
) -> Mapping[UUID, Brought]:
    """By shop, of those to which it brought anything; of one alone where it is named."""
    asked = {
        "mall": uow.scope.mall_id,
        "scope": pool.scope_id,
        "shop": shop,
        "first": first_id_since(period.since) if period.since else NIL,
        "since": period.since,
        "until": period.until,
    }
    flows: dict[UUID, dict[date, Flow]] = defaultdict(dict)
    for where, day, paid, worth, received in await uow.session.execute(_DAYS, asked):
        # A pool's prices never change, so that value tells the points.
        given, taken = paid // pool.issue_price, worth // pool.redeem_price
        flows[where][day] = Flow(given, taken, paid, worth, received)
    people = {row[0]: Came(*row[1:]) for row in await uow.session.execute(_PEOPLE, asked)}
    return {where: Brought(days, people.get(where, Came())) for where, days in flows.items()}


def told_few(count: int) -> int | None:
    """A count of people as it is told to others than their own shop; None for one too small."""
    return None if 0 < count < FEWEST else count


def ranked(
    found: Mapping[UUID, Brought], names: Mapping[UUID, str]
) -> Sequence[tuple[str, UUID, Brought]]:
    """By name, the shop that took the most points first."""
    known = [(names[id], id, each) for id, each in found.items() if id in names]
    return sorted(known, key=lambda row: (-row[2].all.worth, -row[2].all.paid, row[0]))
