"""What is kept of customers with each purchase and return is what their history tells."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from merchants.customers.models import Customer
from merchants.customers.rebuilding import rebuild
from tests.api.conftest import Api
from tests.hypotheses import rounds
from tests.web_support.portal import Floor
from timcheh.db import Database, Scope

pytestmark = pytest.mark.feature("segment.behaviour")

Json = dict[str, Any]
START = datetime(2025, 3, 10, 20, 15, tzinfo=UTC)  # the evening of 20 Esfand, the year's last month
GROUPS = ("چای", "نان", "گل", None)
EVENTS = 14


class History:
    """Random sales to two customers of a shop: late ones, authorised ones, returned ones."""

    def __init__(self, shop: Api, seed: int) -> None:
        self.shop, self.dice = shop, Random(seed)
        self.mobiles = [f"0911{self.dice.randrange(10**7):07}" for _ in range(2)]
        self.at = START
        self.open: list[str] = []
        self.sold: list[tuple[str, list[int]]] = []

    async def event(self) -> None:
        what = self.dice.choice([self.buy, self.buy, self.buy, self.authorise, self.back])
        await what()

    async def buy(self, **more: Any) -> Json:
        self.at += timedelta(hours=self.dice.choice([0, 1, 5, 30, 24 * 17]))
        late = timedelta(hours=self.dice.choice([0, 0, 0, 3, 200]))
        lines = [self.line() for _ in range(self.dice.randint(1, 3))]
        body = {
            "member": {"mobile": self.dice.choice(self.mobiles)},
            "enrol": True,
            "lines": lines,
            "occurred_at": (self.at - late).isoformat(),
        }
        made = await self.shop.post("/purchases", body | more)
        if not more:
            self.sold.append((made["id"], [line["quantity"] for line in lines]))
        return made

    def line(self) -> Json:
        line = {"quantity": self.dice.randint(1, 3), "unit_price": self.dice.choice([1, 999, 5000])}
        group = self.dice.choice(GROUPS)
        return line | ({"group": group} if group else {})

    async def authorise(self) -> None:
        """A sale between an authorisation and its confirmation comes before it."""
        made = await self.buy(capture="manual")
        await self.buy()
        verb = self.dice.choice(["confirm", "confirm", "cancel"])
        await self.shop.post(f"/purchases/{made['id']}/{verb}", expect=200)

    async def back(self) -> None:
        if not self.sold:
            return
        at = self.dice.randrange(len(self.sold))
        purchase, left = self.sold[at]
        back = [self.dice.randint(0, n) if self.dice.random() < 0.5 else n for n in left]
        lines = [{"line": n, "quantity": quantity} for n, quantity in enumerate(back) if quantity]
        if not lines:
            return
        await self.shop.post(f"/purchases/{purchase}/returns", {"lines": lines})
        rest = [a - b for a, b in zip(left, back, strict=True)]
        self.sold[at : at + 1] = [(purchase, rest)] if any(rest) else []


@pytest.mark.parametrize("seed", range(rounds(ci=3, nightly=200)))
async def test_kept_equals_rebuilt(shop_floor: Floor, database: Database, seed: int) -> None:
    history = History(shop_floor.shop, seed)
    scope = Scope.mall(UUID(str(shop_floor.mall.id)))
    for number in range(EVENTS):
        await history.event()
        async with database.unit_of_work(scope) as uow:
            assert await rebuild(uow, UUID(shop_floor.shop.id)) == 0, number


async def _customer(floor: Floor, database: Database, member: str) -> Customer:
    async with database.unit_of_work(floor.scope) as uow:
        key = (floor.scope.mall_id, floor.scope.merchant_id, UUID(member))
        return await uow.session.get_one(Customer, key)


async def test_what_counts(shop_floor: Floor, database: Database, mobile: str) -> None:
    """Two bills of a day are one visit; what came back whole never was."""
    shop = shop_floor.shop

    async def buy(at: str, group: str, price: int) -> Json:
        line = {"quantity": 2, "unit_price": price, "group": group}
        return await shop.buy(mobile, 0, lines=[line], occurred_at=at)

    first = await buy("2025-03-20T20:00:00Z", "چاي", 1_000)  # 30 Esfand, with an Arabic yeh
    await buy("2025-03-20T20:29:00Z", "نان", 2_000)
    last = await buy("2025-03-20T20:31:00Z", "گل", 5_000)  # past midnight: 1 Farvardin
    found = await _customer(shop_floor, database, first["member"]["id"])
    assert (found.purchases, found.visits, found.spend, found.last_basket) == (3, 2, 16_000, 10_000)
    assert found.bought == sorted(["چای", "نان", "گل"])
    assert found.months == 0b100000000001
    await shop.post(f"/purchases/{last['id']}/returns", {"lines": [{"line": 0, "quantity": 2}]})
    await shop.post(f"/purchases/{first['id']}/returns", {"lines": [{"line": 0, "quantity": 1}]})
    found = await _customer(shop_floor, database, first["member"]["id"])
    assert (found.purchases, found.visits, found.spend, found.last_basket) == (2, 1, 5_000, 4_000)
    assert found.bought == sorted(["چای", "نان"])
    assert found.months == 0b100000000000


async def test_a_rebuild_mends_what_is_not_so(
    shop_floor: Floor, database: Database, mobile: str
) -> None:
    made = await shop_floor.shop.buy(mobile, 70_000)
    scope = Scope.mall(UUID(str(shop_floor.mall.id)))
    async with database.unit_of_work(scope) as uow:
        row = await uow.session.get_one(
            Customer, (scope.mall_id, UUID(shop_floor.shop.id), UUID(made["member"]["id"]))
        )
        row.visits, row.bought = 9, ["x"]
    async with database.unit_of_work(scope) as uow:
        assert await rebuild(uow, UUID(shop_floor.shop.id)) == 1
        assert await rebuild(uow, UUID(shop_floor.shop.id)) == 0
    found = await _customer(shop_floor, database, made["member"]["id"])
    assert (found.visits, found.bought) == (1, [])
