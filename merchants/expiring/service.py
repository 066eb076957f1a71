"""The days before expiry on which a shop's, or the mall's, members are told."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from merchants.expiring.models import ExpiryReminder
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid
from timcheh.ids import NIL
from timcheh.text.normalise import normalise
from timcheh.web.numbers import read_count

MALL: Final = NIL
"""Stands where a shop's id would: the days are the mall's own."""
USUAL_DAYS: Final = (7, 1)
MOST_STEPS: Final = 5
LONGEST_BEFORE: Final = 90


async def reminder_days(uow: UnitOfWork, merchant_id: UUID) -> list[int]:
    """The days that are in force for a shop, the furthest first: its own, the mall's, the usual.

    In the mall's scope: the mall's row is no shop's to see.
    """
    rows = await uow.session.execute(
        select(ExpiryReminder.merchant_id, ExpiryReminder.days).where(
            ExpiryReminder.mall_id == uow.scope.mall_id,
            ExpiryReminder.merchant_id.in_([merchant_id, MALL]),
        )
    )
    found = dict(rows.all())
    days = found.get(merchant_id, found.get(MALL, list(USUAL_DAYS)))
    return sorted(days, reverse=True)


async def set_reminder_days(uow: UnitOfWork, merchant_id: UUID, days: Sequence[int]) -> None:
    """From the next day on."""
    kept = sorted(set(days), reverse=True)
    await uow.session.execute(
        insert(ExpiryReminder)
        .values(mall_id=uow.scope.mall_id, merchant_id=merchant_id, days=kept)
        .on_conflict_do_update(index_elements=["mall_id", "merchant_id"], set_={"days": kept})
    )


def read_days(typed: str, pointer: str) -> list[int]:
    """`۷، ۱` as it is typed; blank is never. Raises Invalid."""
    parts = [part for part in normalise(typed).replace("،", ",").split(",") if part.strip()]
    if len(parts) > MOST_STEPS:
        raise Invalid.field(pointer, "too_many", maximum=MOST_STEPS)
    days = [read_count(part, pointer, LONGEST_BEFORE) for part in parts]
    if not all(days):
        raise Invalid.field(pointer, "not_positive")
    return days
