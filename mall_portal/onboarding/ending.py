"""Once a day: the owner of a shop is told that its contract with the mall ends, a month and a week
before; each step once. The administrators read it among how shops do."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from mall_portal.onboarding.models import ContractNotice, ShopContract
from merchants.facade import Merchant
from timcheh.access.staff import owners_of
from timcheh.calendar import local_date
from timcheh.db import Scope, UnitOfWork
from timcheh.malls import MallInfo, read_mall
from timcheh.module import JobContext, RecurringJob
from timcheh.notify import Letter, queue_messages
from timcheh.text.locale import Locale

STEPS: Final = (7, 30)
"""Days before the last one, the nearest first."""


async def tell(context: JobContext) -> None:
    """Tells of what ends within the steps and was not told of at its step."""
    async with context.database.unit_of_work(Scope.mall(context.mall_id), now=context.now) as uow:
        mall = await read_mall(uow)
        today = local_date(uow.now, ZoneInfo(mall.timezone))
        due = [row for row in await _ending(uow, today) if await _is_new(uow, row, today)]
        if due:
            await _tell(uow, mall, due)


TELL: Final = RecurringJob("mall_portal.tell_contracts", tell, daily_at=time(10, 0))


async def _ending(uow: UnitOfWork, today: date) -> Sequence[ShopContract]:
    """Of shops that are open."""
    found = (
        select(ShopContract)
        .join(
            Merchant,
            (Merchant.mall_id == ShopContract.mall_id) & (Merchant.id == ShopContract.merchant_id),
        )
        .where(
            ShopContract.mall_id == uow.scope.mall_id,
            Merchant.state != "closed",
            ShopContract.ends_on >= today,
            ShopContract.ends_on <= today + timedelta(days=STEPS[-1]),
        )
    )
    return list(await uow.session.scalars(found))


async def _is_new(uow: UnitOfWork, row: ShopContract, today: date) -> bool:
    """Whether its step was not told of; it counts as told from now on."""
    assert row.ends_on is not None
    step = next(step for step in STEPS if row.ends_on <= today + timedelta(days=step))
    told = insert(ContractNotice).values(
        mall_id=row.mall_id, merchant_id=row.merchant_id, ends_on=row.ends_on, days=step
    )
    fresh = told.on_conflict_do_nothing().returning(ContractNotice.days)
    return await uow.session.scalar(fresh) is not None


async def _tell(uow: UnitOfWork, mall: MallInfo, due: Sequence[ShopContract]) -> None:
    owners = await owners_of(uow, [row.merchant_id for row in due])
    letters = [
        Letter(
            mobile,
            "contract-ends",
            {"mall": mall.name, "day": row.ends_on},
            merchant_id=row.merchant_id,
        )
        for row in due
        for mobile in owners.get(row.merchant_id, [])
    ]
    await queue_messages(uow, letters, locale=Locale(mall.locale))
