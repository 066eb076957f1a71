"""The board's numbers: what is kept of each day, and what was recorded since. In the mall's scope.

What was recorded since is a few minutes of sales, found by key.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger, Integer

from timcheh.db import UnitOfWork
from timcheh.web.steps import Days

EPOCH: Final = date(1970, 1, 1)
BLOCK: Final = 60  # days; as `mall_portal.member_days` counts them
NEVER: Final = date(9999, 12, 31)
AGES: Final = (30, 90, 180, 365)
"""Days: credit is up to so old, or older than the last."""
SOON: Final = 30
_MONTHS: Final = 12

_TAIL: Final = ":mall, mall_portal.mark_of(:mall), 'ffffffff-ffff-ffff-ffff-ffffffffffff'"
_SOLD: Final = f"""
    SELECT k.day, k.merchant_id, k.purchases, k.sales, k.spent, k.returns, k.returned
    FROM mall_portal.shop_day k WHERE k.mall_id = :mall AND k.day BETWEEN :first AND :last
    UNION ALL
    SELECT t.* FROM mall_portal.shop_days({_TAIL}) t WHERE t.day BETWEEN :first AND :last
"""  # noqa: S608  no text from outside
_SALES: Final = text(
    f"""
    SELECT CASE WHEN GROUPING(s.day) = 0 THEN s.day END,
           CASE WHEN GROUPING(s.merchant_id) = 0 THEN s.merchant_id END, s.day >= :since,
           sum(s.purchases)::bigint, sum(s.sales)::bigint, sum(s.spent)::bigint,
           sum(s.returns)::bigint, sum(s.returned)::bigint
    FROM ({_SOLD}) s
    GROUP BY GROUPING SETS ((s.day, s.day >= :since), (s.merchant_id, s.day >= :since))
    """  # noqa: S608
)
_SHOPS: Final = text(
    f"""
    SELECT s.merchant_id, s.day, sum(s.purchases)::bigint, sum(s.sales)::bigint,
           sum(s.spent)::bigint, sum(s.returns)::bigint, sum(s.returned)::bigint
    FROM ({_SOLD}) s GROUP BY 1, 2 ORDER BY 1, 2
    """  # noqa: S608
)
_VALUES: Final = text(
    f"""
    SELECT CASE WHEN v.day >= :first THEN v.day END, v.account, sum(v.raised)::bigint,
           sum(v.lowered)::bigint, sum(v.expired)::bigint
    FROM (
        SELECT k.day, k.account, k.owner_id, k.raised, k.lowered, k.expired
        FROM mall_portal.value_day k WHERE k.mall_id = :mall AND k.day <= :last
        UNION ALL
        SELECT t.* FROM mall_portal.value_days({_TAIL}) t WHERE t.day <= :last
    ) v
    WHERE v.account <> 'points' OR v.owner_id IN (
        SELECT p.scope_id FROM shared_pool.pool p WHERE p.mall_id = :mall
    )
    GROUP BY 1, 2
    """  # noqa: S608
)
_AGES: Final = text(
    f"""
    SELECT width_bucket(:today - l.granted_on, CAST(:ages AS int[])),
           sum(l.remaining)::bigint,
           coalesce(sum(l.remaining) FILTER (WHERE l.expires_on <= :soon), 0)::bigint
    FROM (
        SELECT k.granted_on, k.expires_on, k.remaining FROM mall_portal.lot_day k
        WHERE k.mall_id = :mall AND k.remaining <> 0
        UNION ALL
        SELECT t.granted_on, t.expires_on, t.remaining FROM mall_portal.lot_days({_TAIL}) t
    ) l
    GROUP BY 1
    """  # noqa: S608
).bindparams(bindparam("ages", type_=ARRAY(Integer())))
_ENDED: Final = text(
    """
    SELECT (:today - l.expires_on) / :month, sum(l.granted)::bigint, sum(l.expired)::bigint,
           sum(l.remaining)::bigint
    FROM mall_portal.lot_day l
    WHERE l.mall_id = :mall AND l.expires_on BETWEEN :first AND :today - 1
    GROUP BY 1
    UNION ALL
    SELECT -1, sum(l.granted)::bigint, sum(l.expired)::bigint, sum(l.remaining)::bigint
    FROM mall_portal.lot_day l
    WHERE l.mall_id = :mall AND l.expires_on BETWEEN :today AND :soon
    """
)
_MEMBERS: Final = text(
    """
    SELECT count(*), count(*) FILTER (WHERE m.created_at >= :since),
           count(*) FILTER (WHERE m.created_at >= :before AND m.created_at < :before_ends)
    FROM members.member m
    WHERE m.mall_id = :mall AND m.state <> 'erased' AND m.created_at < :until
    """
)
_BUYERS: Final = text(
    f"""
    SELECT count(DISTINCT d.member_id) FILTER (WHERE d.days & w.now_days <> 0),
           count(DISTINCT d.member_id) FILTER (WHERE d.days & w.before_days <> 0)
    FROM (
        SELECT k.block, k.member_id, k.days FROM mall_portal.member_days k
        WHERE k.mall_id = :mall AND k.block = ANY(CAST(:blocks AS int[]))
        UNION ALL
        SELECT t.* FROM mall_portal.member_days({_TAIL}) t
    ) d
    JOIN unnest(CAST(:blocks AS int[]), CAST(:now_days AS bigint[]), CAST(:before_days AS bigint[]))
        w (block, now_days, before_days) ON w.block = d.block
    """  # noqa: S608
).bindparams(
    bindparam("blocks", type_=ARRAY(Integer())),
    bindparam("now_days", type_=ARRAY(BigInteger())),
    bindparam("before_days", type_=ARRAY(BigInteger())),
)


class Sold(NamedTuple):
    """What was sold; rial as in `ShopDay`."""

    purchases: int = 0
    sales: int = 0
    spent: int = 0
    returns: int = 0
    returned: int = 0


class Moved(NamedTuple):
    """What moved in an account; see `ValueDay`."""

    raised: int = 0
    lowered: int = 0
    expired: int = 0

    @property
    def growth(self) -> int:
        return self.raised - self.lowered - self.expired


def total_sold(rows: Iterable[Sold]) -> Sold:
    """The sum of several days or shops."""
    return Sold(*map(sum, zip(*rows, strict=True)))


def total_moved(rows: Iterable[Moved]) -> Moved:
    """The sum of several days."""
    return Moved(*map(sum, zip(*rows, strict=True)))


class Sales(NamedTuple):
    """By day, and by shop now and before."""

    by_day: dict[date, Sold]
    by_shop: dict[UUID, Sold]
    by_shop_before: dict[UUID, Sold]


class Ageing(NamedTuple):
    """Credit that is out, rial, by how old it is (as many as `AGES`, and the oldest); what of it
    ends within `SOON` days."""

    by_age: list[int]
    ends_soon: int


class Ended(NamedTuple):
    """Credit whose last day lies within a stretch, rial: granted, expired so far, and left."""

    granted: int = 0
    expired: int = 0
    remaining: int = 0


class Members(NamedTuple):
    """All at the end of the stretch; who joined in it and in the one before; who bought."""

    all: int
    joined: int
    joined_before: int
    bought: int
    bought_before: int


async def sales_of(uow: UnitOfWork, now: Days, before: Days) -> Sales:
    """Both stretches' days, and each shop in either."""
    asked = {"first": min(now.first, before.first), "last": now.last, "since": now.first}
    found = Sales({}, {}, {})
    rows = await uow.session.execute(_SALES, {"mall": uow.scope.mall_id, **asked})
    for day, shop, is_now, *sums in rows:
        if day is not None:
            found.by_day[day] = Sold(*sums)
        else:
            (found.by_shop if is_now else found.by_shop_before)[shop] = Sold(*sums)
    return found


async def shop_days(uow: UnitOfWork, days: Days) -> dict[UUID, dict[date, Sold]]:
    """What each shop sold on each day; days without a sale or return are left out."""
    asked = {"mall": uow.scope.mall_id, "first": days.first, "last": days.last}
    found: dict[UUID, dict[date, Sold]] = {}
    for shop, day, *sums in await uow.session.execute(_SHOPS, asked):
        found.setdefault(shop, {})[day] = Sold(*sums)
    return found


async def values_of(
    uow: UnitOfWork, now: Days, before: Days
) -> dict[str, dict[date | None, Moved]]:
    """By account what moved on each day of both stretches; under None all that did before them."""
    first = min(now.first, before.first)
    asked = {"mall": uow.scope.mall_id, "first": first, "last": now.last}
    found: dict[str, dict[date | None, Moved]] = {}
    for day, account, *sums in await uow.session.execute(_VALUES, asked):
        found.setdefault(account, {})[day] = Moved(*sums)
    return found


async def ageing_of(uow: UnitOfWork, today: date) -> Ageing:
    """How old the credit is that is out now."""
    asked = {
        "mall": uow.scope.mall_id,
        "today": today,
        "ages": [age + 1 for age in AGES],
        "soon": today + timedelta(days=SOON),
    }
    by_age, soon = [0] * (len(AGES) + 1), 0
    for age, remaining, ends_soon in await uow.session.execute(_AGES, asked):
        by_age[age] += remaining
        soon += ends_soon
    return Ageing(by_age, soon)


async def ended_of(uow: UnitOfWork, today: date) -> tuple[list[Ended], Ended]:
    """Credit that ended in each thirty days of the year before today, the newest first, and what
    ends within the next. Of what is kept: the last minutes tell nothing of months."""
    asked = {
        "mall": uow.scope.mall_id,
        "today": today,
        "first": today - timedelta(days=_MONTHS * SOON - 1),
        "soon": today + timedelta(days=SOON),
        "month": SOON,
    }
    past, ahead = [Ended()] * _MONTHS, Ended()
    for month, *sums in await uow.session.execute(_ENDED, asked):
        found = Ended(*(each or 0 for each in sums))
        if month < 0:
            ahead = found
        else:
            past[month] = found
    return past, ahead


async def members_of(uow: UnitOfWork, now: Days, before: Days, bounds: dict[str, Any]) -> Members:
    """`bounds`: since, until, before and before_ends of the stretches, as moments."""
    asked = {"mall": uow.scope.mall_id, **bounds}
    there = (await uow.session.execute(_MEMBERS, asked)).one()
    blocks = _blocks(now, before)
    masks = {
        "blocks": blocks,
        "now_days": [_mask(block, now) for block in blocks],
        "before_days": [_mask(block, before) for block in blocks],
    }
    bought = (await uow.session.execute(_BUYERS, {"mall": uow.scope.mall_id, **masks})).one()
    return Members(*there, *bought)


def _blocks(now: Days, before: Days) -> Sequence[int]:
    return sorted(
        {
            block
            for days in (now, before)
            for block in range(_number(days.first) // BLOCK, _number(days.last) // BLOCK + 1)
        }
    )


def _mask(block: int, days: Days) -> int:
    """The bits of a block's days that are in a stretch."""
    low = max(_number(days.first) - block * BLOCK, 0)
    high = min(_number(days.last) - block * BLOCK, BLOCK - 1)
    return (1 << (high + 1)) - (1 << low) if low <= high else 0


def _number(day: date) -> int:
    return (day - EPOCH).days
