"""Keeping that something was guessed in vain. What was guessed is not kept."""

from datetime import datetime

from merchants.alerts.models import VainGuess
from merchants.purchases.command import Till
from timcheh.db import Database, Scope
from timcheh.ids import new_id


async def note_vain_guess(database: Database, till: Till, kind: str, at: datetime) -> None:
    """Somebody named a gift card or a code that isn't one. Only refused sales come here."""
    async with database.unit_of_work(Scope.mall(till.mall_id)) as uow:
        uow.session.add(
            VainGuess(
                mall_id=till.mall_id,
                id=new_id(),
                merchant_id=till.merchant_id,
                kind=kind,
                terminal_id=till.terminal_id,
                actor_id=till.principal_id,
                at=at,
            )
        )
