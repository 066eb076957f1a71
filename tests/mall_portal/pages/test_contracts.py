"""The owner of a shop is told before its contract with the mall ends."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from mall_portal.onboarding.ending import tell
from mall_portal.onboarding.models import ShopContract
from tests.web_support.portal import Floor, People
from timcheh.calendar import day_bounds, local_date
from timcheh.db import Database, Scope
from timcheh.module import JobContext
from timcheh.notify.models import Message
from timcheh.settings import Settings


@pytest.mark.feature("net.onboard", "msg.events")
async def test_a_contract_that_ends_is_told_of_at_each_step_once(
    shop_floor: Floor, people: People, database: Database, settings: Settings
) -> None:
    mall, today = shop_floor.scope.mall_id, local_date(datetime.now(UTC))
    await people(shop_floor.shop)
    async with database.unit_of_work(Scope.mall(mall)) as uow:
        uow.session.add(
            ShopContract(
                mall_id=mall,
                merchant_id=UUID(shop_floor.shop.id),
                number=None,
                starts_on=today,
                ends_on=today + timedelta(days=40),
                changed_at=uow.now,
            )
        )
    counts = []
    for day in (9, 10, 11, 33, 34, 41):
        now = day_bounds(today + timedelta(days=day))[0] + timedelta(hours=10)
        await tell(JobContext(database, settings, mall, now))
        async with database.unit_of_work(Scope.mall(mall)) as uow:
            found = await uow.session.scalars(
                select(Message.text).where(
                    Message.mall_id == mall, Message.template == "contract-ends"
                )
            )
            counts.append(len(list(found)))
    assert counts == [0, 1, 1, 2, 2, 2]
