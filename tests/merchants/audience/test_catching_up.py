"""Facts of shops from before an update, and scores before the first night, come by themselves."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import select, update

from merchants.audience.catching_up import CATCH_UP, catch_up
from merchants.audience.models import ScaleOfScores
from merchants.audience.scale import find_scale
from merchants.customers.models import Customer
from tests.api.conftest import new_mobile
from tests.web_support.portal import Floor
from timcheh.db import Database, Scope
from timcheh.module import JobContext
from timcheh.settings import Settings

pytestmark = pytest.mark.feature("segment.rfm")


async def test_what_an_older_version_did_not_tell_is_told(
    shop_floor: Floor, database: Database, settings: Settings
) -> None:
    for amount in (1_000_000, 2_000_000):
        await shop_floor.shop.buy(new_mobile(), amount)
    shop, mall = UUID(shop_floor.shop.id), Scope.mall(shop_floor.scope.mall_id)
    async with database.unit_of_work(mall) as uow:
        untold = {"visits": 0, "bought": [], "months": 0, "last_basket": None}
        await uow.session.execute(update(Customer).values(**untold))
        at_first = await find_scale(uow, shop)  # before there is one, it is that of now
        assert await uow.session.get(ScaleOfScores, (mall.mall_id, shop)) is None
    assert at_first is not None
    assert at_first.monetary == (1_000_000, 1_000_000, 2_000_000, 2_000_000)
    assert CATCH_UP.every is not None  # so it is due as soon as an update has brought it
    for _ in range(2):
        await catch_up(JobContext(database, settings, shop_floor.scope.mall_id, datetime.now(UTC)))
    async with database.unit_of_work(mall) as uow:
        found = list(await uow.session.scalars(select(Customer)))
        assert {(c.visits, c.last_basket, bool(c.months)) for c in found} == {
            (1, 1_000_000, True),
            (1, 2_000_000, True),
        }
        assert await uow.session.get(ScaleOfScores, (mall.mall_id, shop)) is not None
        assert await find_scale(uow, shop) == at_first
