"""What of its agreements a shop should look at today."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, or_, select

from exchange.agreements.models import Agreement
from exchange.ending.jobs import STEPS
from exchange.permissions import MANAGE, READ
from timcheh.db import UnitOfWork
from timcheh.module import Waiting


async def waiting_for_shop(uow: UnitOfWork, merchant_id: UUID) -> Sequence[Waiting]:
    """Proposals that only the shop's owner can answer, and agreements that end soon."""
    ends, soon = Agreement.ends_at, uow.now + timedelta(days=STEPS[-1])
    is_received = (Agreement.state == "proposed") & (Agreement.acceptor_id == merchant_id)
    counts = await uow.session.execute(
        select(
            func.count().filter(is_received & (ends.is_(None) | (ends > uow.now))),
            func.count().filter((Agreement.state == "accepted") & ends.between(uow.now, soon)),
        ).where(
            Agreement.mall_id == uow.scope.mall_id,
            or_(Agreement.issuer_id == merchant_id, Agreement.acceptor_id == merchant_id),
        )
    )
    received, ending = counts.one()
    return [
        Waiting("today-proposals", received, "partners", "handshake", MANAGE),
        Waiting("today-ending", ending, "partners", "calendar-clock", READ),
    ]
