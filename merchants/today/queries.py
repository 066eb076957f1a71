"""A shop's day in numbers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid

from merchants.permissions import Branches
from timcheh.db import UnitOfWork
from timcheh.ids import first_id_since

# A purchase's id is made when it is recorded, at most a clock's error before its own time: so
# the key bounds what is read, and a sale that came in late is still found.
_WHERE: Final = """
    p.mall_id = :mall AND p.merchant_id = :merchant AND p.id >= :first AND p.state = 'confirmed'
    AND p.occurred_at >= :starts AND p.occurred_at < :ends
    AND (CAST(:branches AS uuid[]) IS NULL OR p.branch_id = ANY(:branches))
"""
_SALES = text(
    f"""
    SELECT count(*), coalesce(sum(p.total - p.discount), 0)::bigint,
           coalesce(sum(p.spent_value), 0)::bigint, count(DISTINCT p.member_id)
    FROM merchants.purchase p WHERE {_WHERE}
    """  # noqa: S608  no text from outside
).bindparams(bindparam("branches", type_=ARRAY(Uuid())))
_HOURS = text(
    f"""
    SELECT extract(hour FROM p.occurred_at AT TIME ZONE :zone)::int,
           sum(p.total - p.discount)::bigint
    FROM merchants.purchase p WHERE {_WHERE} GROUP BY 1
    """  # noqa: S608
).bindparams(bindparam("branches", type_=ARRAY(Uuid())))
_EARNED = text(
    f"""
    SELECT e.unit, sum(e.amount)::bigint
    FROM merchants.purchase p
    JOIN merchants.purchase_earn e ON e.mall_id = :mall AND e.purchase_id = p.id
    WHERE {_WHERE} GROUP BY e.unit
    """  # noqa: S608
).bindparams(bindparam("branches", type_=ARRAY(Uuid())))
_COUNTS = text(
    """
    SELECT (SELECT count(*) FROM merchants.customer c
            WHERE c.mall_id = :mall AND c.merchant_id = :merchant
              AND c.first_at >= :starts AND c.first_at < :ends),
           (SELECT count(*) FROM merchants.purchase p
            WHERE p.mall_id = :mall AND p.merchant_id = :merchant AND p.state = 'authorized'
              AND p.expires_at > :at)
    """
)
_BEGUN = text(
    """
    SELECT EXISTS (SELECT 1 FROM merchants.purchase p
                   WHERE p.mall_id = :mall AND p.merchant_id = :merchant),
           EXISTS (SELECT 1 FROM merchants.merchant_account a WHERE a.mall_id = :mall
                   AND a.merchant_id = :merchant AND a.rules_version > 0),
           EXISTS (SELECT 1 FROM merchants.product g
                   WHERE g.mall_id = :mall AND g.merchant_id = :merchant)
    """
)


class Sales(NamedTuple):
    """Confirmed purchases of a period; `sales` in rial after discounts, before spent value."""

    purchases: int
    sales: int
    spent_value: int
    customers: int


class Counts(NamedTuple):
    """Customers who bought here for the first time; authorised purchases not confirmed yet."""

    new: int
    waiting: int


class Begun(NamedTuple):
    """Whether a shop has ever sold, has rules, and has goods."""

    sold: bool
    ruled: bool
    stocked: bool


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment (inclusive) to another, in some branches or (None) all."""

    starts: datetime
    ends: datetime
    branches: Branches = None

    def earlier(self, by: timedelta, *, until: datetime) -> "Period":
        """The same hours before: up to `until`, where the period itself isn't over yet."""
        return Period(self.starts - by, min(self.ends, until) - by, self.branches)


async def sales_of(uow: UnitOfWork, merchant_id: UUID, period: Period) -> Sales:
    """How much was sold."""
    found = await uow.session.execute(_SALES, _parameters(uow, merchant_id, period))
    return Sales(*found.one())


async def sales_by_hour(
    uow: UnitOfWork, merchant_id: UUID, period: Period, zone: str
) -> dict[int, int]:
    """Rial by the hour of the day in a time zone; hours without sales are left out."""
    parameters = _parameters(uow, merchant_id, period) | {"zone": zone}
    rows = await uow.session.execute(_HOURS, parameters)
    return {row[0]: row[1] for row in rows}


async def earned_in(uow: UnitOfWork, merchant_id: UUID, period: Period) -> dict[str, int]:
    """What the purchases of a period gave, by unit."""
    rows = await uow.session.execute(_EARNED, _parameters(uow, merchant_id, period))
    return {row[0]: row[1] for row in rows}


async def counts_of(uow: UnitOfWork, merchant_id: UUID, period: Period) -> Counts:
    """Who came for the first time in a period, and what waits now."""
    parameters = _parameters(uow, merchant_id, period) | {"at": uow.now}
    return Counts(*(await uow.session.execute(_COUNTS, parameters)).one())


async def begun(uow: UnitOfWork, merchant_id: UUID) -> Begun:
    """What the shop has ever done."""
    found = await uow.session.execute(_BEGUN, {"mall": uow.scope.mall_id, "merchant": merchant_id})
    return Begun(*found.one())


def _parameters(uow: UnitOfWork, merchant_id: UUID, period: Period) -> dict[str, Any]:
    return {
        "mall": uow.scope.mall_id,
        "merchant": merchant_id,
        "first": first_id_since(period.starts),
        "starts": period.starts,
        "ends": period.ends,
        "branches": list(period.branches) if period.branches is not None else None,
    }
