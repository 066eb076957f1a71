"""What a pool brought each of its shops: the fund's own sum to the rial, and no small counts."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from shared_pool.pools.service import find_pool, join, open_pool
from shared_pool.pools.worth import Brought, Flow, brought
from tests.api.conftest import Api, new_mobile
from tests.web_support.portal import Floor, People, Person, text_of
from tests.web_support.visitors import Administrators
from timcheh.calendar import TEHRAN
from timcheh.db import Database, Scope
from timcheh.web.period import Period

pytestmark = pytest.mark.feature("net.pooled_points", page="/{mall}/shop/pools")


class Town:
    """Two shops in a pool whose points cost 1,000 rial and are worth 800; the second pays 2 %."""

    def __init__(self, floor: Floor, other: Api, database: Database) -> None:
        self.floor, self.other, self.database = floor, other, database
        self.pool = UUID(int=0)

    async def build(self) -> None:
        async with self.database.unit_of_work(Scope.mall(self.floor.scope.mall_id)) as uow:
            pool = await open_pool(uow, "امتیاز نور", 1_000, 800, 12)
            self.pool = pool.id
            for shop, fee in ((self.floor.shop, 0), (self.other, 200)):
                await join(uow, pool.id, UUID(shop.id), fee, 10_000)
            scope = str(pool.scope_id)
        points = {"effect": "points_per", "amount": 100_000, "points": 1, "scope": scope}
        for shop in (self.floor.shop, self.other):
            await shop.put("/rules", {"rules": [{"name": "امتیاز", "then": [points]}]})

    async def brought(self, days: int | None = None) -> dict[UUID, Brought]:
        """By shop, in the days before today; none: of all time."""
        today = datetime.now(UTC).astimezone(TEHRAN).date()
        until = None if days is None else today - timedelta(days=days)
        async with self.database.unit_of_work(Scope.mall(self.floor.scope.mall_id)) as uow:
            pool = await find_pool(uow, self.pool)
            return dict(await brought(uow, pool, Period("", None, until, TEHRAN)))

    async def with_fund(self, shop: Api) -> int:
        """What the fund owes a shop, by its own balances."""
        async with self.database.unit_of_work(Scope.mall(self.floor.scope.mall_id)) as uow:
            found = await uow.session.scalar(
                text("SELECT ledger.balance_of(:mall, 'clearing', :shop)"),
                {"mall": uow.scope.mall_id, "shop": UUID(shop.id)},
            )
        return int(found or 0)


@pytest.fixture
async def town(shop_floor: Floor, database: Database) -> Town:
    town = Town(shop_floor, await shop_floor.mall.shop("لاله"), database)
    await town.build()
    return town


async def test_it_is_the_funds_own_sum_whatever_moved_the_points(town: Town) -> None:
    first, second, mobile = town.floor.shop, town.other, new_mobile()
    given = await first.buy(mobile, 5_000_000)  # 50 points
    gift = {"member": {"mobile": mobile}, "amount": 10, "unit": "point", "reason": "هدیه"}
    pool_scope = given["earned"][0]["scope_id"]
    await first.post("/credits", gift | {"scope": pool_scope})
    spent = await second.buy(mobile, 40_000, spend={"points": 50})
    here, there = UUID(first.id), UUID(second.id)
    found = await town.brought()
    assert found[here].all == Flow(given=60, paid=60_000)
    assert found[there].all == Flow(0, 50, 0, 40_000, 39_200)
    assert (found[there].all.fee, found[there].all.net) == (800, 39_200)
    assert found[there].came == (1, 1, 1, 40_000)
    assert found[here].came == (0, 0, 0, 0)
    for shop, id in ((first, here), (second, there)):
        assert await town.with_fund(shop) == found[id].all.net
    # Half of it comes back: points are put back, and others taken back.
    line = {"line": 0, "quantity": 0.5}
    await second.post(f"/purchases/{spent['id']}/returns", {"lines": [line]})
    await first.post(f"/purchases/{given['id']}/returns", {"lines": [line]})
    found = await town.brought()
    assert found[there].all == Flow(0, 25, 0, 20_000, 19_600)
    assert found[here].all == Flow(given=35, paid=35_000)
    for shop, id in ((first, here), (second, there)):
        assert await town.with_fund(shop) == found[id].all.net
    # Whoever was here before, or pays with this shop's own points, did not come by the pool.
    await second.buy(mobile, 5_000_000)
    await second.buy(mobile, 8_000, spend={"points": 10})
    assert (await town.brought())[there].came.new == 1
    assert await town.brought(days=1) == {}, "a period that ended yesterday"


async def test_the_pages_tell_it_and_hide_small_counts(
    town: Town, people: People, administrators: Administrators
) -> None:
    first, second, mobile = town.floor.shop, town.other, new_mobile()
    owner, there = await people(first), await people(second)
    path = f"/pools/{town.pool}"
    assert "امتیازی از این طرح داده یا خرج نشد" in text_of(await owner.get(path))
    await first.buy(mobile, 5_000_000)
    await second.buy(mobile, 40_000, spend={"points": "max"})
    page = await there.get(path)
    told = text_of(page[page.index("<main") :])
    assert "۱ نفر نخستین بار آمدند" in told
    assert "۳٬۹۲۰" in told
    assert town.floor.shop.info["name"] not in told, "where the points came from is not told"
    assert 'href="' + there.root + "/pools" in await there.get("/pools")
    (sheet,) = set(re.findall(r'href="[^"]*(/pools/[^"]+/worth\.xlsx[^"]*)"', page))
    book = load_workbook(BytesIO(await file(there, sheet)))
    rows = list(book.active.values)
    assert rows[-1][1:] == (0, 0, 50, 40_000, 800, 39_200, 39_200)
    administrator = await administrators("administrator")
    mall = await administrator.get(path)
    assert "کمتر از ۵" in text_of(mall)
    assert "بهای امتیاز این طرح تا پایان همین است" in text_of(mall)
    (sheet,) = set(re.findall(r'href="[^"]*(/pools/[^"]+/worth\.xlsx[^"]*)"', mall))
    book = load_workbook(BytesIO(await file(administrator, sheet)))
    assert [row[8:] for row in list(book.active.values)[-2:]] == [
        (None, None, None, None),
        (0, 0, 0, 0),
    ]
    book = load_workbook(BytesIO(await file(administrator, f"{path}/days.xlsx")))
    assert list(book.active.values)[-1][1:3] == (50, 50_000)
    # A pool that a shop never took part in looks absent.
    stranger = await people(await town.floor.mall.shop("نان سحر"))
    for where in (path, f"{path}/worth.xlsx"):
        await stranger.get(where, expect=404)


async def file(person: Person, path: str) -> bytes:
    """What is downloaded from a path."""
    return (await person.client.get(person.root + path)).content
