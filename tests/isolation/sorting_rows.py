"""Rows of how shops sort their customers: segments, groups, tiers, scales of scores."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from merchants.audience.models import ScaleOfScores
from merchants.groups.models import CustomerGroup
from merchants.segments.models import Segment
from merchants.tiers.models import TierLadder
from timcheh.db import UnitOfWork
from timcheh.ids import new_id


def sorting_rows(uow: UnitOfWork, shop: UUID, ids: dict[str, str]) -> Iterator[Any]:
    """One row of each such table for a shop; `ids` learns those that pages ask for."""
    own: dict[str, Any] = {"mall_id": uow.scope.mall_id, "merchant_id": shop}
    now, segment, group = uow.now, new_id(), new_id()
    ids.setdefault("segment", str(segment))
    ids.setdefault("group", str(group))
    yield Segment(**own, id=segment, name="غایبان", created_at=now, updated_at=now)
    yield CustomerGroup(**own, id=group, name="همکاران", created_at=now)
    yield TierLadder(
        **own, measure="spend", period_days=365, names=["طلایی"], thresholds=[1], updated_at=now
    )
    bounds = [1, 2, 3, 4]
    yield ScaleOfScores(
        **own, recency=bounds, frequency=bounds, monetary=bounds, customers=1, made_at=now
    )
