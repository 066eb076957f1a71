"""Once a day: the owners of both shops are told that their agreement ends, a month and a week
before; each step once."""

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from exchange.agreements.models import Agreement
from exchange.ending.models import EndingNotice
from merchants.facade import shop_names
from timcheh.access.staff import owners_of
from timcheh.calendar import local_date
from timcheh.db import Scope, UnitOfWork
from timcheh.malls import read_mall
from timcheh.module import JobContext, RecurringJob
from timcheh.notify import Letter, queue_messages
from timcheh.text.locale import Locale

STEPS: Final = (7, 30)
"""Days before the end, the nearest first."""
_INSTANT: Final = timedelta(microseconds=1)  # the end is exclusive


async def tell(context: JobContext) -> None:
    """Tells of what ends within the steps and was not told of at its step."""
    async with context.database.unit_of_work(Scope.mall(context.mall_id), now=context.now) as uow:
        due = [row for row in await _ending(uow) if await _is_new(uow, row)]
        if due:
            await _tell(uow, due)


TELL: Final = RecurringJob("exchange.tell_endings", tell, daily_at=time(10, 0))


async def _ending(uow: UnitOfWork) -> Sequence[Agreement]:
    found = select(Agreement).where(*_within(uow)).order_by(Agreement.ends_at, Agreement.id)
    return list(await uow.session.scalars(found))


def _within(uow: UnitOfWork) -> tuple[Any, ...]:
    return (
        Agreement.mall_id == uow.scope.mall_id,
        Agreement.state == "accepted",
        Agreement.ends_at > uow.now,
        Agreement.ends_at <= uow.now + timedelta(days=STEPS[-1]),
    )


async def _is_new(uow: UnitOfWork, row: Agreement) -> bool:
    """Whether its step was not told of; it counts as told from now on."""
    assert row.ends_at is not None
    step = next(step for step in STEPS if row.ends_at <= uow.now + timedelta(days=step))
    told = insert(EndingNotice).values(mall_id=row.mall_id, agreement_id=row.id, days=step)
    fresh = told.on_conflict_do_nothing().returning(EndingNotice.days)
    return await uow.session.scalar(fresh) is not None


async def _tell(uow: UnitOfWork, due: Sequence[Agreement]) -> None:
    mall = await read_mall(uow)
    names = await shop_names(uow)
    owners = await owners_of(
        uow, {shop for row in due for shop in (row.issuer_id, row.acceptor_id)}
    )
    zone = ZoneInfo(mall.timezone)
    letters = []
    for row in due:
        assert row.ends_at is not None
        day = local_date(row.ends_at - _INSTANT, zone)
        for shop, partner in (
            (row.issuer_id, row.acceptor_id),
            (row.acceptor_id, row.issuer_id),
        ):
            template = "agreement-ends-issuer" if shop == row.issuer_id else "agreement-ends"
            params = {"mall": mall.name, "shop": names[partner], "day": day}
            letters += [
                Letter(mobile, template, params, merchant_id=shop)
                for mobile in owners.get(shop, [])
            ]
    await queue_messages(uow, letters, locale=Locale(mall.locale))
