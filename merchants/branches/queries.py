"""What a shop's branches have sold."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import text

from merchants.today.queries import Period
from timcheh.db import UnitOfWork
from timcheh.ids import first_id_since

# A purchase's key bounds what is read, as in `today`.
_WHERE: Final = """
    p.mall_id = :mall AND p.merchant_id = :merchant AND p.id >= :first AND p.state = 'confirmed'
    AND p.occurred_at >= :starts AND p.occurred_at < :ends
"""
_BY_BRANCH = text(
    f"""
    SELECT p.branch_id, count(*), sum(p.total - p.discount)::bigint, sum(p.spent_value)::bigint,
           count(DISTINCT p.member_id)
    FROM merchants.purchase p WHERE {_WHERE} GROUP BY 1
    """  # noqa: S608  no text from outside
)
_BY_DAY = text(
    f"""
    SELECT (p.occurred_at AT TIME ZONE :zone)::date, sum(p.total - p.discount)::bigint
    FROM merchants.purchase p WHERE {_WHERE} AND p.branch_id = :branch GROUP BY 1
    """  # noqa: S608
)


class BranchSales(NamedTuple):
    """Confirmed purchases of a period; `sales` in rial after discounts, before spent value."""

    purchases: int = 0
    sales: int = 0
    spent_value: int = 0
    customers: int = 0


async def sales_by_branch(
    uow: UnitOfWork, merchant_id: UUID, period: Period
) -> Mapping[UUID | None, BranchSales]:
    """What each branch sold, and under None what was sold at none."""
    rows = await uow.session.execute(_BY_BRANCH, _parameters(uow, merchant_id, period))
    return {row[0]: BranchSales(*row[1:]) for row in rows}


async def sales_by_day(
    uow: UnitOfWork, merchant_id: UUID, branch_id: UUID, period: Period, zone: str
) -> Mapping[date, int]:
    """Rial by the day in a time zone; days without sales are left out."""
    asked = _parameters(uow, merchant_id, period) | {"zone": zone, "branch": branch_id}
    rows = await uow.session.execute(_BY_DAY, asked)
    return {row[0]: row[1] for row in rows}


def _parameters(uow: UnitOfWork, merchant_id: UUID, period: Period) -> dict[str, Any]:
    return {
        "mall": uow.scope.mall_id,
        "merchant": merchant_id,
        "first": first_id_since(period.starts),
        "starts": period.starts,
        "ends": period.ends,
    }
