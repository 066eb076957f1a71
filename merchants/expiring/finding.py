"""What is about to expire, member by member, as a stream: a mall's lots are never held together."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Integer

from merchants.expiring.service import LONGEST_BEFORE, MALL, USUAL_DAYS
from timcheh.calendar import day_bounds, local_date
from timcheh.db import UnitOfWork

_ROWS_AT_ONCE: Final = 2_000

# Found by the index of the last moments alone, and sorted once by member. `step` is the nearest of
# the days at which the lot is due to be told of; what was told of at it, or nearer, is left out.
_DUE: Final = text(
    """
    SELECT l.holder_id, m.mobile, l.id, l.unit, l.scope_id, s.kind, l.remaining - l.held AS amount,
           l.expires_at, d.step
    FROM ledger.lot l
    JOIN ledger.scope s ON s.mall_id = l.mall_id AND s.id = l.scope_id
    JOIN members.member m ON m.mall_id = l.mall_id AND m.id = l.holder_id AND m.state = 'active'
    LEFT JOIN merchants.expiry_reminder own
        ON own.mall_id = l.mall_id AND own.merchant_id = l.issuer_id
    LEFT JOIN merchants.expiry_reminder ours
        ON ours.mall_id = l.mall_id AND ours.merchant_id = :ours
    CROSS JOIN LATERAL (
        SELECT min(day) AS step FROM unnest(coalesce(own.days, ours.days, :usual)) day
        WHERE l.expires_at <= CAST(:today AS timestamptz) + make_interval(days => day + 1)
    ) d
    WHERE l.mall_id = :mall AND l.open AND l.holder_kind = 'member' AND l.remaining > l.held
      AND l.expires_at > :now AND l.expires_at <= :horizon AND l.available_from <= :now
      AND d.step IS NOT NULL
      AND NOT EXISTS (
          SELECT FROM merchants.reminded_lot r
          WHERE r.mall_id = l.mall_id AND r.lot_id = l.id AND r.days <= d.step
      )
    ORDER BY l.holder_id, l.expires_at, l.id
    """
).bindparams(bindparam("usual", type_=ARRAY(Integer())))


@dataclass(slots=True)
class Due:
    """What one member is to be told of: rial of credit, points, the first end, and where."""

    member_id: UUID
    mobile: str
    credit: int = 0
    points: int = 0
    first_end: datetime | None = None
    scopes: dict[UUID, str] = field(default_factory=dict)
    lots: list[tuple[UUID, int]] = field(default_factory=list)

    def add(self, row: Any) -> None:
        """Joins a lot; they come in the order in which they end."""
        if row.unit == "point":
            self.points += row.amount
        else:
            self.credit += row.amount
        self.first_end = self.first_end or row.expires_at
        self.scopes[row.scope_id] = row.kind
        self.lots.append((row.id, row.step))


async def due_members(uow: UnitOfWork) -> AsyncIterator[Due]:
    """Everyone in the mall who holds something that is due to be told of today."""
    today = day_bounds(local_date(uow.now))[0]
    result = await uow.session.stream(
        _DUE,
        {
            "mall": uow.scope.mall_id,
            "ours": MALL,
            "usual": list(USUAL_DAYS),
            "today": today,
            "now": uow.now,
            "horizon": today + timedelta(days=LONGEST_BEFORE + 1),
        },
        execution_options={"yield_per": _ROWS_AT_ONCE},
    )
    due: Due | None = None
    async for rows in result.partitions():
        for (member_id, mobile), lots in groupby(rows, key=lambda row: (row.holder_id, row.mobile)):
            if due is None or due.member_id != member_id:
                if due is not None:
                    yield due
                due = Due(member_id, mobile)
            for row in lots:
                due.add(row)
    if due is not None:
        yield due
