"""Rows of what members are reminded of and from where they sign in, for the isolation tests."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from members.devices.models import MemberDevice
from merchants.activating.models import OfferActivation
from merchants.expiring.models import ExpiryNotice, ExpiryReminder, RemindedLot
from merchants.wishes.models import OfferWish
from timcheh.ids import new_id


def reminder_rows(mall: UUID, shop: UUID, member: UUID, now: datetime) -> Iterator[Any]:
    """One of each such table, for a shop and a customer of it."""
    own: dict[str, Any] = {"mall_id": mall, "merchant_id": shop}
    yield ExpiryReminder(**own, days=[7])
    yield RemindedLot(mall_id=mall, lot_id=new_id(), days=7)
    yield ExpiryNotice(mall_id=mall, member_id=new_id(), day=now.date(), credit=1, points=0)
    yield OfferWish(**own, member_id=member, rule="x", wished_at=now)
    yield OfferActivation(**own, member_id=member, rule="x", activated_at=now)
    yield MemberDevice(
        mall_id=mall, member_id=member, device=new_id().bytes, first_at=now, last_at=now
    )
