"""Thresholds are looked at straight after whatever moves members' points at a shop."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from merchants.gifting.rewards import GIVEN
from merchants.thresholds.service import has_thresholds, look
from timcheh.db import UnitOfWork
from timcheh.module import Event, EventHandler


async def after(uow: UnitOfWork, events: Sequence[Event]) -> None:
    """Whoever has more by now may have reached one; whoever has spent can reach it again."""
    members: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for event in events:
        members[UUID(event.payload["merchant_id"])].add(UUID(event.payload["member_id"]))
    for merchant_id in sorted(members):
        await look(uow, merchant_id, sorted(members[merchant_id]))


_FOLLOW: Final = (EventHandler("merchants.thresholds", run_all=after, wanted=has_thresholds),)
HANDLERS: Final = {
    "merchants.purchase_confirmed": _FOLLOW,
    "merchants.purchase_returned": _FOLLOW,
    "merchants.credit_granted": _FOLLOW,
    "merchants.code_redeemed": _FOLLOW,
    "merchants.activity_granted": _FOLLOW,
    GIVEN: _FOLLOW,
    "merchants.reward_taken": _FOLLOW,
    "merchants.reward_cancelled": _FOLLOW,
    "merchants.reward_lapsed": _FOLLOW,
}
