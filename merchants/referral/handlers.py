"""Rewards follow purchases and returns through the outbox: a sale never waits for them."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from merchants.alerts.models import RING
from merchants.alerts.service import CLOSED, find_alert
from merchants.referral.service import (
    reward,
    rewarded,
    rewarding,
    settle_withheld,
    take_back,
)
from timcheh.db import UnitOfWork
from timcheh.module import Event, EventHandler


async def _bought(uow: UnitOfWork, events: Sequence[Event]) -> None:
    for purchase_id in await rewarding(uow, _purchases(events)):
        await reward(uow, purchase_id)


async def _returned(uow: UnitOfWork, events: Sequence[Event]) -> None:
    for purchase_id in await rewarded(uow, _purchases(events)):
        await take_back(uow, purchase_id)


def _purchases(events: Sequence[Event]) -> list[UUID]:
    return [UUID(event.payload["purchase_id"]) for event in events]


async def _looked_into(uow: UnitOfWork, event: Event) -> None:
    if event.payload["kind"] != RING:
        return
    alert = await find_alert(uow, None, UUID(event.payload["alert_id"]))
    await settle_withheld(
        uow,
        alert.merchant_id,
        alert.subject,
        [UUID(each["id"]) for each in alert.purchases],
        give=event.payload["outcome"] == "harmless",
    )


HANDLERS: Final = {
    CLOSED: (EventHandler("merchants.thanks_settled", _looked_into),),
    "merchants.purchase_confirmed": (EventHandler("merchants.thanks", run_all=_bought),),
    "merchants.purchase_returned": (EventHandler("merchants.thanks_back", run_all=_returned),),
}
