"""From a back-test to its offer's way into force."""

from dataclasses import dataclass
from uuid import UUID

from merchants.backtests.models import Backtest
from merchants.backtests.service import mark_of, offer_of
from merchants.offers.service import list_drafts
from merchants.programme.service import current_rules
from timcheh.db import UnitOfWork


@dataclass(frozen=True, slots=True)
class Onward:
    """Whether the very offer that was tried is in force, or the draft that holds it."""

    in_force: bool
    draft_id: UUID | None


async def next_step(uow: UnitOfWork, row: Backtest) -> Onward:
    """What became of the offer that was tried, word for word."""
    _, rules = await current_rules(uow, row.merchant_id)
    if offer_of(row) in rules:
        return Onward(True, None)
    drafts = await list_drafts(uow, row.merchant_id)
    same = (draft.id for draft in drafts if mark_of(draft.rule) == row.fingerprint)
    return Onward(False, next(same, None))
