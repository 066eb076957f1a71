"""Setting who may take how much off, and telling what was taken off."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import column, delete, func, select, table, text

from merchants.concessions.models import Concession, ConcessionLimit
from merchants.concessions.room import ConcessionRoom, Limit, room_of
from timcheh.db import UnitOfWork
from timcheh.ids import NIL

ROLES: Final = ("cashier", "manager", "program")
LISTED: Final = 200

# By name: purchases know concessions, not the other way round.
_PURCHASE: Final = table(
    "purchase", column("mall_id"), column("id"), column("state"), schema="merchants"
)
_ROOM: Final = text("SELECT merchants.concession_room(:mall, :merchant, :branch, :by, :at)::text")


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a limit is for: a role, or one person (then `role` is empty)."""

    role: str = ""
    staff_id: UUID = NIL


@dataclass(frozen=True, slots=True)
class Taken:
    """What one person has taken off: in how many purchases, and rial."""

    by_id: UUID
    purchases: int
    amount: int


async def list_limits(uow: UnitOfWork, merchant_id: UUID) -> dict[Whose, Limit]:
    """The shop's limits."""
    rows = await uow.session.scalars(
        select(ConcessionLimit)
        .where(
            ConcessionLimit.mall_id == uow.scope.mall_id,
            ConcessionLimit.merchant_id == merchant_id,
        )
        .order_by(ConcessionLimit.role, ConcessionLimit.staff_id)
    )
    return {
        Whose(row.role, row.staff_id): Limit(row.line_bps, row.per_invoice, row.per_day)
        for row in rows
    }


async def set_limits(uow: UnitOfWork, merchant_id: UUID, limits: Mapping[Whose, Limit]) -> None:
    """Replaces the shop's limits, from the next sale on."""
    mall = uow.scope.mall_id
    await uow.session.execute(
        delete(ConcessionLimit).where(
            ConcessionLimit.mall_id == mall, ConcessionLimit.merchant_id == merchant_id
        )
    )
    uow.session.add_all(
        ConcessionLimit(
            mall_id=mall,
            merchant_id=merchant_id,
            role=whose.role,
            staff_id=whose.staff_id,
            line_bps=limit.line_bps,
            per_invoice=limit.per_invoice,
            per_day=limit.per_day,
        )
        for whose, limit in limits.items()
    )
    await uow.session.flush()


async def room_for(
    uow: UnitOfWork, merchant_id: UUID, branch_id: UUID | None, by: UUID
) -> ConcessionRoom | None:
    """What somebody may take off now; None: nothing. In the mall's scope."""
    asked = {
        "mall": uow.scope.mall_id,
        "merchant": merchant_id,
        "branch": branch_id,
        "by": by,
        "at": uow.now,
    }
    return room_of(json.loads((await uow.session.execute(_ROOM, asked)).scalar_one()))


async def taken_by(
    uow: UnitOfWork, merchant_id: UUID, since: datetime, until: datetime
) -> list[Taken]:
    """Who has taken off how much, the most first; what was given up isn't counted."""
    amount = func.sum(Concession.amount)
    rows = await uow.session.execute(
        _confirmed(select(Concession.by_id, _purchases(), amount), uow, merchant_id, since, until)
        .group_by(Concession.by_id)
        .order_by(amount.desc(), Concession.by_id)
    )
    return [Taken(by, purchases, int(total)) for by, purchases, total in rows]


async def latest(
    uow: UnitOfWork, merchant_id: UUID, since: datetime, until: datetime
) -> list[Concession]:
    """The newest of them."""
    query = _confirmed(select(Concession), uow, merchant_id, since, until)
    ordered = query.order_by(Concession.at.desc(), Concession.purchase_id, Concession.n)
    return list(await uow.session.scalars(ordered.limit(LISTED)))


def _purchases() -> Any:
    return func.count(Concession.purchase_id.distinct())


def _confirmed(
    query: Any, uow: UnitOfWork, merchant_id: UUID, since: datetime, until: datetime
) -> Any:
    return query.join(
        _PURCHASE,
        (_PURCHASE.c.mall_id == Concession.mall_id) & (_PURCHASE.c.id == Concession.purchase_id),
    ).where(
        Concession.mall_id == uow.scope.mall_id,
        Concession.merchant_id == merchant_id,
        Concession.at >= since,
        Concession.at < until,
        _PURCHASE.c.state == "confirmed",
    )
