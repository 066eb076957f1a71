"""The directory with how each shop does, and what of it the board brings forward."""

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook

from mall_portal.days.models import ShopDay
from tests.web_support.portal import Floor, text_of
from tests.web_support.visitors import Administrators
from timcheh.calendar import TEHRAN, local_date
from timcheh.db import Database, Scope


@pytest.fixture
async def idle(database: Database, shop_floor: Floor) -> Floor:
    """A shop that sold on each of twenty days and then, for ten, no more."""
    mall = UUID(str(shop_floor.mall.id))
    async with database.unit_of_work(Scope.mall(mall)) as uow:
        today = local_date(uow.now, TEHRAN)
        sold: dict[str, Any] = {"purchases": 4, "sales": 9_000_000, "spent": 0}
        for back in range(10, 30):
            day = today - timedelta(days=back)
            shop = UUID(shop_floor.shop.id)
            row = ShopDay(mall_id=mall, day=day, merchant_id=shop, returns=0, returned=0, **sold)
            uow.session.add(row)
    return shop_floor


@pytest.mark.feature("plat.dashboard", page="/{mall}/mall/health")
async def test_an_idle_shop_is_told_with_the_next_step(
    idle: Floor, administrators: Administrators, mobile: str
) -> None:
    other = await idle.mall.shop("لاله")
    await other.buy(mobile, 1_000_000)
    someone = await administrators("accountant")
    said = "۱۰ روز است فروشی ثبت نکرده؛ بلندترین وقفه‌اش در سه ماه گذشته ۱ روز بود"
    for path in ("/health", "/health?show=idle", "/health?show=any&q=گل", ""):
        page = await someone.get(path)
        assert said in text_of(page)
        assert f"/shops/{idle.shop.id}/handover" in page
    assert "لاله" in text_of(await someone.get("/health"))
    assert "لاله" not in text_of(await someone.get("/health?show=idle"))
    assert "چیزی" in text_of(await someone.get("/health?show=offline"))
    answer = await someone.client.get(f"{someone.root}/health/shops.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = {row[0]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert said in str(rows["گل‌آرا"][5])
    assert rows["لاله"][3] == 1_000_000


async def test_a_shop_that_no_longer_trades_is_not_watched(
    idle: Floor, administrators: Administrators
) -> None:
    someone = await administrators("administrator")
    await someone.post(f"/shops/{idle.shop.id}/suspend")
    assert "گل‌آرا" not in text_of(await someone.get("/health"))
