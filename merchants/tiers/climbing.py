"""A member's own way up: in each shop with a ladder, their tier, the next one, and what lacks."""

from bisect import bisect_right
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import text

from timcheh.db import UnitOfWork

_CLIMBING: Final = text(
    """
    SELECT c.merchant_id, m.name, c.tier, t.names, t.thresholds, t.measure, t.period_days,
           coalesce(k.amount, 0)
    FROM merchants.customer c
    JOIN merchants.tier_ladder t ON t.mall_id = c.mall_id AND t.merchant_id = c.merchant_id
    JOIN merchants.merchant m ON m.mall_id = c.mall_id AND m.id = c.merchant_id
    LEFT JOIN LATERAL merchants.tier_measures(
        c.mall_id, c.merchant_id, ARRAY[c.member_id], t.measure,
        CAST(:at AS timestamptz) - make_interval(days => t.period_days)
    ) k ON true
    WHERE c.mall_id = :mall AND c.member_id = :member AND m.state = 'active'
    """
)


class Climb(NamedTuple):
    """`tier` is where one stands (empty: below the first), `next` the rung after it (empty: none).

    `done` and `needed` are of the ladder's `measure`: purchases, rial or points, over the last
    `period_days` days (none: ever).
    """

    merchant_id: UUID
    shop: str
    tier: str
    next: str
    measure: str
    period_days: int | None
    done: int
    needed: int

    @property
    def share(self) -> float:
        """How much of the way to the next rung is done, 0 to 1."""
        return min(self.done / self.needed, 1.0) if self.needed else 1.0


async def climbs_of(uow: UnitOfWork, member_id: UUID) -> list[Climb]:
    """In the shops with tiers that the member is a customer of, the nearest to the next rung
    first. In the mall's scope."""
    asked = {"mall": uow.scope.mall_id, "member": member_id, "at": uow.now}
    rows: Any = await uow.session.execute(_CLIMBING, asked)
    climbs = [_climb(*row) for row in rows]
    return sorted(climbs, key=lambda climb: (not climb.next, -climb.share, climb.merchant_id))


def _climb(
    merchant_id: UUID,
    shop: str,
    tier: str | None,
    names: list[str],
    thresholds: list[int],
    measure: str,
    period_days: int | None,
    done: int,
) -> Climb:
    # What has just been reached counts before the ladder is looked at again; one that was reached
    # is kept for its time.
    rung = max(bisect_right(thresholds, done), names.index(tier) + 1 if tier in names else 0)
    here = names[rung - 1] if rung else ""
    following, needed = ("", 0) if rung == len(names) else (names[rung], thresholds[rung])
    return Climb(merchant_id, shop, here, following, measure, period_days, done, needed)
