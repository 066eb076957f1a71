"""A lot for a member that no purchase earns: what all of a shop's giveaways grant through."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from merchants.programme.book import default_end
from merchants.programme.queries import ScopeRow
from timcheh.calendar import day_bounds, local_date
from timcheh.db import UnitOfWork
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import Grant


@dataclass(frozen=True, slots=True)
class Giveaway:
    """What is given: `amount` in the unit of `scope`, for so many days (none: as the scope says).

    `kind` is the ledger's word for it, `reference_id` what it is about; `reason` is what the member
    reads of it.
    """

    kind: str
    reference_id: UUID
    scope: ScopeRow
    amount: int
    lot_days: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Given:
    """The lot that came of it."""

    lot_id: UUID
    expires_at: datetime | None


async def give(
    uow: UnitOfWork,
    merchant_id: UUID,
    member_id: UUID,
    what: Giveaway,
    actor_id: UUID | None = None,
    *,
    lot_id: UUID | None = None,
) -> Given:
    """Grants it, in the mall's scope; `lot_id` is given where a row names the lot already.

    Raises LimitExceeded where the shop's limit has no room.
    """
    head = postings.transfer(uow, what.kind, reference_id=what.reference_id, actor_id=actor_id)
    given = Given(lot_id or new_id(), _end_of(uow, what.scope, what.lot_days))
    grant = Grant(
        head.id,
        given.lot_id,
        what.scope[0],
        merchant_id,
        "member",
        member_id,
        what.amount,
        uow.now,
        given.expires_at,
        what.reason,
    )
    await postings.post(uow, [head], grants=[grant])
    return given


def _end_of(uow: UnitOfWork, scope: ScopeRow, lot_days: int | None) -> datetime | None:
    """When a lot that is given now ends: with the day so many days on, else as its scope says."""
    return ends_after(uow.now, lot_days) if lot_days else default_end(scope[5], uow.now)


def ends_after(now: datetime, days: int) -> datetime:
    """The end of the local day that is so many days on."""
    return day_bounds(local_date(now) + timedelta(days=days))[1]
