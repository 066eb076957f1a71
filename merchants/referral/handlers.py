"""Rewards follow purchases and returns through the outbox: a sale never waits for them."""

from typing import Final
from uuid import UUID

from merchants.referral.service import reward, take_back
from timcheh.db import UnitOfWork
from timcheh.module import Event, EventHandler


async def _bought(uow: UnitOfWork, event: Event) -> None:
    await reward(uow, UUID(event.payload["purchase_id"]))


async def _returned(uow: UnitOfWork, event: Event) -> None:
    await take_back(uow, UUID(event.payload["purchase_id"]))


HANDLERS: Final = {
    "merchants.purchase_confirmed": (EventHandler("merchants.thanks", _bought),),
    "merchants.purchase_returned": (EventHandler("merchants.thanks_back", _returned),),
}
