"""Closing a day: the ledger is proved and the proof kept, with the seal of that moment."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from shared_pool.fund.models import ClosingProof
from timcheh.calendar import local_date
from timcheh.db import Scope, UnitOfWork
from timcheh.ledger import queries
from timcheh.ledger.models import Seal
from timcheh.malls import read_mall
from timcheh.module import JobContext


async def close_day(context: JobContext) -> None:
    """Proves the ledger after the mall's day is over; a second time writes it anew."""
    scope = Scope.mall(context.mall_id)
    async with context.database.unit_of_work(scope, now=context.now) as uow:
        zone = ZoneInfo((await read_mall(uow)).timezone)
        await keep_proof(uow, local_date(uow.now, zone) - timedelta(days=1))


async def keep_proof(uow: UnitOfWork, day: date) -> ClosingProof:
    """The proof of now, kept as that day's."""
    seal = await uow.session.scalar(
        select(Seal).where(Seal.mall_id == uow.scope.mall_id).order_by(Seal.number.desc()).limit(1)
    )
    found = await queries.proof(uow)
    kept = ClosingProof(
        mall_id=uow.scope.mall_id,
        day=day,
        checked_at=uow.now,
        checks=len(found),
        failed=[{"name": check.name, "detail": check.detail} for check in found if not check.ok],
        number=seal.number if seal else None,
        hash=seal.hash if seal else None,
    )
    return await uow.session.merge(kept)


async def closings(uow: UnitOfWork, most: int) -> Sequence[ClosingProof]:
    """The proofs of days, newest first."""
    found = await uow.session.scalars(
        select(ClosingProof)
        .where(ClosingProof.mall_id == uow.scope.mall_id)
        .order_by(ClosingProof.day.desc())
        .limit(most)
    )
    return found.all()
