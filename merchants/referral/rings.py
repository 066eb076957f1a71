"""Who may be rewarding themselves: rings of referrers, and people who share a browser. Pure."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from merchants.alerts.finding import Finding
from merchants.alerts.models import RING


def is_ring(line: Sequence[UUID]) -> bool:
    """Whether anyone, buyer first and then the referrers, comes twice."""
    return len(set(line)) < len(line)


def alike(line: Sequence[UUID], pairs: Collection[frozenset[UUID]]) -> set[UUID]:
    """The referrers, of `line` without its first, who share something with anyone of it."""
    return {person for pair in pairs for person in pair if person in line[1:]}


def ring_finding(bought: Any, ground: str, person: UUID, amount: int) -> Finding:
    """What somebody ought to look into: `amount` rial that `person` would have got."""
    piece = {
        "id": str(bought.id),
        "at": bought.created_at.isoformat(),
        "total": bought.total,
        "earned": amount,
        "actor_id": str(bought.actor_id) if bought.actor_id else None,
        "ground": ground,
    }
    return Finding(
        kind=RING,
        merchant_id=bought.merchant_id,
        subject=person,
        actor_id=bought.actor_id,
        first_at=bought.created_at,
        last_at=bought.created_at,
        purchases=[piece],
        figures={"count": 1, "total": bought.total, "earned": amount},
        crosses=False,
    )
