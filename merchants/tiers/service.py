"""Tiers: a shop's ladder, who stands where on it, and telling those who moved."""

from collections.abc import Collection, Sequence
from typing import Any, Final, Literal, NamedTuple, cast
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid

from merchants.customers.models import Customer
from merchants.customers.sorting import read_word
from merchants.shops.models import Merchant
from merchants.tiers.models import TierLadder
from timcheh.db import UnitOfWork
from timcheh.errors import ChangedMeanwhile, Invalid, Problems
from timcheh.notify import queue_message
from timcheh.outbox import emit

Measure = Literal["purchases", "spend", "credit", "points"]
MEASURES: Final[tuple[Measure, ...]] = ("purchases", "spend", "credit", "points")
MOST_RUNGS: Final = 8
LONGEST_PERIOD: Final = 3_650
_RETIER: Final = text(
    "SELECT member_id, before, after, up"
    " FROM merchants.retier(:mall, :merchant, :members, :at, :demote)"
).bindparams(bindparam("members", type_=ARRAY(Uuid())))


class Rung(NamedTuple):
    """A tier and where it begins, in purchases, rial or points."""

    name: str
    threshold: int


class Ladder(NamedTuple):
    """Rungs from the lowest to the highest. `period_days`: none counts from the first purchase."""

    measure: Measure
    period_days: int | None
    rungs: tuple[Rung, ...]


class Moved(NamedTuple):
    """A customer whose tier changed; `before` and `after` are none below the first rung."""

    member_id: UUID
    before: str | None
    after: str | None
    up: bool


async def find_ladder(uow: UnitOfWork, merchant_id: UUID) -> TierLadder | None:
    """The shop's ladder, if it has one."""
    return await uow.session.get(TierLadder, (uow.scope.mall_id, merchant_id))


def ladder_of(row: TierLadder) -> Ladder:
    """A stored ladder as its parts."""
    rungs = tuple(Rung(*pair) for pair in zip(row.names, row.thresholds, strict=True))
    return Ladder(cast("Measure", row.measure), row.period_days, rungs)


async def set_ladder(
    uow: UnitOfWork, merchant_id: UUID, ladder: Ladder, version: int | None = None
) -> None:
    """Makes this the shop's ladder and puts its customers on it, in the mall's scope.

    Nobody is told: it is the shop that moved, not they. Raises Invalid with each faulty rung, and
    ChangedMeanwhile unless `version` is what was read (none: whatever it is).
    """
    checked = _checked(ladder)
    row = await uow.session.get(TierLadder, (uow.scope.mall_id, merchant_id), with_for_update=True)
    if version is not None and version != (row.version if row else 0):
        raise ChangedMeanwhile
    if row is None:
        row = TierLadder(mall_id=uow.scope.mall_id, merchant_id=merchant_id, version=0)
        uow.session.add(row)
    row.measure, row.period_days = checked.measure, checked.period_days
    row.names = [rung.name for rung in checked.rungs]
    row.thresholds = [rung.threshold for rung in checked.rungs]
    row.version += 1
    row.updated_at = uow.now
    await uow.session.flush()
    await retier(uow, merchant_id, None, demote=True)


async def drop_ladder(uow: UnitOfWork, merchant_id: UUID) -> None:
    """A shop without tiers: its customers have none."""
    own = (Customer.mall_id == uow.scope.mall_id, Customer.merchant_id == merchant_id)
    await uow.session.execute(
        delete(TierLadder).where(
            TierLadder.mall_id == uow.scope.mall_id, TierLadder.merchant_id == merchant_id
        )
    )
    await uow.session.execute(
        Customer.__table__.update()  # type: ignore[attr-defined]  # it is a Table
        .where(*own, Customer.tier_progress.is_not(None))
        .values(tier=None, tier_since=None, tier_progress=None)
    )


async def retier(
    uow: UnitOfWork, merchant_id: UUID, members: Collection[UUID] | None, *, demote: bool
) -> list[Moved]:
    """Puts customers (none: all) on the rungs they stand on now; answers who moved."""
    rows: Any = await uow.session.execute(
        _RETIER,
        {
            "mall": uow.scope.mall_id,
            "merchant": merchant_id,
            "members": None if members is None else list(members),
            "at": uow.now,
            "demote": demote,
        },
    )
    return [Moved(*row) for row in rows]


async def tell(uow: UnitOfWork, merchant_id: UUID, moved: Sequence[Moved]) -> None:
    """Reports each move and queues a message to the member, in the mall's scope."""
    if not moved:
        return
    shop = await uow.session.scalar(
        select(Merchant.name).where(
            Merchant.mall_id == uow.scope.mall_id, Merchant.id == merchant_id
        )
    )
    rows = await uow.session.execute(
        select(Customer.member_id, Customer.mobile).where(
            Customer.mall_id == uow.scope.mall_id,
            Customer.merchant_id == merchant_id,
            Customer.member_id.in_([each.member_id for each in moved]),
        )
    )
    mobiles = {row[0]: row[1] for row in rows}
    for each in moved:
        await emit(
            uow,
            "merchants.tier_changed",
            {
                "merchant_id": str(merchant_id),
                "member_id": str(each.member_id),
                "before": each.before,
                "after": each.after,
            },
        )
        await queue_message(
            uow,
            mobiles[each.member_id],
            _template(each),
            {"shop": shop, "tier": each.after or "", "before": each.before or ""},
            member_id=each.member_id,
            merchant_id=merchant_id,
        )


async def tier_sizes(uow: UnitOfWork, merchant_id: UUID) -> dict[str | None, int]:
    """How many customers stand on each rung, by name; none for those below the first."""
    rows = await uow.session.execute(
        select(Customer.tier, func.count())
        .where(Customer.mall_id == uow.scope.mall_id, Customer.merchant_id == merchant_id)
        .group_by(Customer.tier)
    )
    return {row[0]: row[1] for row in rows}


def _template(moved: Moved) -> str:
    if moved.after is None:
        return "tier-lost"
    return "tier-reached" if moved.up else "tier-lowered"


def _checked(ladder: Ladder) -> Ladder:
    problems = Problems()
    if ladder.measure not in MEASURES:
        problems.add("/measure", "not_a_choice", choices=", ".join(MEASURES))
    if ladder.period_days is not None and not 1 <= ladder.period_days <= LONGEST_PERIOD:
        problems.add("/period_days", "above_maximum", maximum=LONGEST_PERIOD)
    if not 1 <= len(ladder.rungs) <= MOST_RUNGS:
        problems.add("/rungs", "too_many" if ladder.rungs else "required", maximum=MOST_RUNGS)
    rungs: list[Rung] = []
    for n, (name, threshold) in enumerate(ladder.rungs):
        try:
            word = read_word(name, f"/rungs/{n}/name")
        except Invalid as error:
            problems.errors += error.errors
            continue
        if any(word == rung.name for rung in rungs):
            problems.add(f"/rungs/{n}/name", "duplicate")
        if threshold < 1:
            problems.add(f"/rungs/{n}/threshold", "not_positive")
        elif rungs and threshold <= rungs[-1].threshold:
            problems.add(f"/rungs/{n}/threshold", "rung_not_higher")
        rungs.append(Rung(word, threshold))
    problems.raise_if_any()
    return Ladder(ladder.measure, ladder.period_days, tuple(rungs))
