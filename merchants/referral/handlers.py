"""Rewards follow purchases and returns through the outbox: a sale never waits for them."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from merchants.referral.service import reward, rewarded, rewarding, take_back
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


HANDLERS: Final = {
    "merchants.purchase_confirmed": (EventHandler("merchants.thanks", run_all=_bought),),
    "merchants.purchase_returned": (EventHandler("merchants.thanks_back", run_all=_returned),),
}
