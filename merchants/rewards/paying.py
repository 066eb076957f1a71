"""Paying with points: which lots, in which order, and giving them back to the same lots."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid

from merchants.rewards.errors import PointsShort, RewardNotInForce
from timcheh.db import UnitOfWork
from timcheh.ledger import postings
from timcheh.ledger.contracts import Spend
from timcheh.malls import read_mall
from timcheh.money import percent

_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_TERMS: Final = text(
    """
    SELECT s.redeem_price, a.fee_bps
    FROM ledger.scope s
    JOIN ledger.acceptor a ON a.mall_id = s.mall_id AND a.scope_id = s.id
        AND a.merchant_id = :merchant AND a.branch_id = kernel.nil()
        AND a.valid_from <= :at AND (a.valid_until IS NULL OR a.valid_until > :at)
    WHERE s.mall_id = :mall AND s.id = :scope
    """
)
_LOTS: Final = text(
    """
    SELECT l.id, l.expires_at, l.created_at FROM ledger.lot l
    WHERE l.mall_id = :mall AND l.holder_id = :member AND l.scope_id = :scope AND l.open
      AND l.available_from <= :at AND (l.expires_at IS NULL OR l.expires_at > :at)
    """
)
# What an open authorisation has pinned is not theirs now; one that timed out no longer pins.
_HELD: Final = text(
    """
    SELECT l.scope_id, sum(l.remaining - (
               SELECT coalesce(sum(h.amount), 0) FROM ledger.hold h
               WHERE h.mall_id = l.mall_id AND h.lot_id = l.id AND h.expires_at > :at
           ))::bigint
    FROM ledger.lot l
    WHERE l.mall_id = :mall AND l.holder_id = :member AND l.scope_id = ANY(:scopes) AND l.open
      AND l.available_from <= :at AND (l.expires_at IS NULL OR l.expires_at > :at)
    GROUP BY l.scope_id
    """
).bindparams(bindparam("scopes", type_=ARRAY(Uuid())))


@dataclass(frozen=True, slots=True)
class PointLot:
    """A lot of points as it stands, locked."""

    id: UUID
    free: int
    expires_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Draw:
    """What a lot pays: points, and in rial what the pool pays the shop for them and its fee."""

    lot_id: UUID
    points: int
    value: int
    fee: int

    def written(self) -> list[Any]:
        """As a claim keeps it."""
        return [str(self.lot_id), self.points, self.value, self.fee]

    @classmethod
    def read(cls, written: Sequence[Any]) -> "Draw":
        """What a claim has kept."""
        lot_id, *amounts = written
        return cls(UUID(lot_id), *amounts)


def plan(lots: Iterable[PointLot], points: int, price: int, fee_bps: int) -> list[Draw]:
    """The draws for so many points: soonest expiry first, then the oldest. `price`: rial a point.

    Raises PointsShort.
    """
    ordered = sorted(lots, key=lambda lot: (lot.expires_at or _NEVER, lot.created_at, lot.id))
    draws, left = [], points
    for lot in ordered:
        part = min(lot.free, left)
        if part > 0:
            value = part * price
            draws.append(Draw(lot.id, part, value, percent(value, fee_bps)))
            left -= part
    if left:
        raise PointsShort(asked=points, available=points - left)
    return draws


async def pay(
    uow: UnitOfWork,
    transfer_id: UUID,
    merchant_id: UUID,
    member_id: UUID,
    scope_id: UUID,
    points: int,
    reward_id: UUID,
    actor_id: UUID,
) -> list[Draw]:
    """Spends a member's points at a shop, in the mall's scope.

    Raises PointsShort, RewardNotInForce where the shop no longer takes these points.
    """
    asked = {"mall": uow.scope.mall_id, "merchant": merchant_id, "scope": scope_id, "at": uow.now}
    terms = (await uow.session.execute(_TERMS, asked)).one_or_none()
    if terms is None:
        raise RewardNotInForce
    found = (await uow.session.execute(_LOTS, asked | {"member": member_id})).all()
    states = await postings.lock_lots(uow, sorted(row[0] for row in found))
    lots = [PointLot(row[0], states[row[0]].free, *row[1:]) for row in found]
    draws = plan(lots, points, *terms)
    head = postings.transfer(
        uow, "reward", id=transfer_id, reference_id=reward_id, actor_id=actor_id
    )
    await postings.post(uow, [head], spends=[_spend(uow, head.id, merchant_id, d) for d in draws])
    return draws


async def pay_back(
    uow: UnitOfWork,
    transfer_id: UUID,
    merchant_id: UUID,
    draws: Sequence[Draw],
    reward_id: UUID,
    actor_id: UUID | None,
) -> UUID:
    """Puts what a transfer has spent back on its own lots, and answers the transfer that did.

    A lot that expired meanwhile lives again for as long as the mall lets one after a return.
    """
    head = postings.transfer(
        uow, "reward_back", reference_id=reward_id, actor_id=actor_id, reverses=transfer_id
    )
    restores = [_spend(uow, head.id, merchant_id, draw, sign=-1) for draw in draws]
    grace = timedelta(days=(await read_mall(uow)).return_grace_days)
    await postings.unwind(uow, head, restores, [], uow.now + grace)
    return head.id


async def points_held(uow: UnitOfWork, member_id: UUID, scopes: Iterable[UUID]) -> dict[UUID, int]:
    """How many points of each scope a member can spend now; a scope without any is left out."""
    rows = await uow.session.execute(
        _HELD,
        {
            "mall": uow.scope.mall_id,
            "member": member_id,
            "scopes": list(set(scopes)),
            "at": uow.now,
        },
    )
    return {row[0]: row[1] for row in rows}


def _spend(
    uow: UnitOfWork, transfer_id: UUID, merchant_id: UUID, draw: Draw, sign: int = 1
) -> Spend:
    return Spend(
        transfer_id,
        draw.lot_id,
        sign * draw.points,
        sign * draw.value,
        sign * draw.fee,
        merchant_id,
        False,
        uow.now,
    )
