"""What kinds of cards let their members do: at the sale, at gifts, and when they change."""

from typing import Any
from uuid import UUID

import pytest

from members.cards.errors import CardCarriesLess
from members.cards.service import Design, assign_card, numbers_of, order_cards, report_lost
from members.facade import find_member
from tests.api.conftest import Api
from tests.web_support.portal import Floor, People, text_of
from timcheh.db import Database, Scope

pytestmark = pytest.mark.feature("card.kinds")
Json = dict[str, Any]


class Desk:
    """Hands cards of a kind to members."""

    def __init__(self, floor: Floor, database: Database) -> None:
        self.floor, self.database = floor, database
        self.mall = Scope.mall(floor.scope.mall_id)

    async def hand_out(self, kind: str, mobile: str, shop: Api | None = None) -> str:
        """The number of a new card, of the shop or the mall's own."""
        whose = UUID(shop.id) if shop else None
        async with self.database.unit_of_work(self.mall) as uow:
            design = Design("x", kind, 1, "x", "x", "#000000", None)
            order = await order_cards(uow, whose, design, UUID(self.floor.shop.id))
            (number,) = await numbers_of(uow, order.id, 1, 1)
        async with self.database.unit_of_work(self.mall) as uow:
            await assign_card(uow, number, await find_member(uow, mobile=mobile), whose)
        return number


@pytest.fixture
def desk(shop_floor: Floor, database: Database) -> Desk:
    return Desk(shop_floor, database)


@pytest.fixture
async def shop(shop_floor: Floor) -> Api:
    """Ten per cent off, five per cent credit, a point for each 10,000."""
    effects = [
        {"effect": "discount_percent", "bps": 1000},
        {"effect": "credit_percent", "bps": 500, "scope": "own"},
        {"effect": "points_per", "amount": 10_000, "points": 1, "scope": "own"},
    ]
    await shop_floor.shop.put("/rules", {"rules": [{"name": "همه", "then": effects}]})
    return shop_floor.shop


def units(made: Json) -> set[str]:
    return {each["unit"] for each in made["earned"]}


@pytest.mark.parametrize(
    ("kind", "earned"), [("credit", {"rial", "point"}), ("points", {"point"}), ("discount", set())]
)
async def test_a_card_earns_what_it_carries(
    shop_floor: Floor, shop: Api, desk: Desk, mobile: str, kind: str, earned: set[str]
) -> None:
    await shop_floor.mall.post("/members", {"mobile": mobile})
    number = await desk.hand_out(kind, mobile)
    by_card = {"member": {"card": number}, "enrol": False}
    made = await shop.buy(mobile, 100_000, **by_card)
    assert (made["discount"], units(made)) == (10_000, earned)
    told = [reason for reason in made["reasons"] if reason["code"] == "card_kind"]
    assert bool(told) == (kind != "credit")
    held = await shop_floor.mall.lots(made["member"]["id"])
    assert {lot["unit"] for lot in held} == earned
    gift = {"member": {"mobile": mobile}, "amount": 5, "scope": "own", "reason": "x"}
    for unit, ok in (("rial", kind == "credit"), ("point", kind != "discount")):
        refused = await shop.post("/credits", gift | {"unit": unit}, expect=201 if ok else 422)
        assert ok or refused["code"] == "card_kind_refuses"
    await shop_floor.mall.prove()


async def test_a_points_card_pays_with_points_alone(
    shop_floor: Floor, shop: Api, desk: Desk, mobile: str
) -> None:
    await shop_floor.mall.post("/members", {"mobile": mobile})
    await desk.hand_out("points", mobile)
    await shop.buy(mobile, 100_000)
    refused = await shop.buy(mobile, 100_000, spend={"credit": 1}, expect=422)
    assert refused["code"] == "card_kind_refuses"
    assert (await shop.buy(mobile, 100_000, spend={"credit": "max"}))["spent_value"] == 0


async def test_a_shops_card_counts_at_that_shop_only(
    shop_floor: Floor, shop: Api, desk: Desk, mobile: str
) -> None:
    other = await shop_floor.mall.shop("لاله")
    credit = {"effect": "credit_percent", "bps": 500, "scope": "own"}
    await other.put("/rules", {"rules": [{"name": "اعتبار", "then": [credit]}]})
    await shop_floor.mall.post("/members", {"mobile": mobile})
    await desk.hand_out("discount", mobile, shop)
    assert units(await shop.buy(mobile, 100_000)) == set()
    assert units(await other.buy(mobile, 100_000)) == {"rial"}
    await desk.hand_out("credit", mobile, shop)
    assert units(await shop.buy(mobile, 100_000)) == {"rial", "point"}


async def test_nobody_is_cut_off_from_what_they_hold(
    shop: Api, desk: Desk, database: Database, mobile: str
) -> None:
    await shop.buy(mobile, 100_000)
    with pytest.raises(CardCarriesLess):
        await desk.hand_out("discount", mobile)
    with pytest.raises(CardCarriesLess):
        await desk.hand_out("points", mobile, shop)
    await desk.hand_out("credit", mobile)


async def test_a_lost_card_keeps_its_kind_and_the_till_shows_it(
    shop_floor: Floor, shop: Api, desk: Desk, mobile: str, database: Database, people: People
) -> None:
    await shop_floor.mall.post("/members", {"mobile": mobile})
    await desk.hand_out("discount", mobile)
    async with database.unit_of_work(desk.mall) as uow:
        await report_lost(uow, await find_member(uow, mobile=mobile))
    assert units(await shop.buy(mobile, 100_000)) == set()
    cashier = await people(shop)
    fields = {"member": mobile, "lines-0-price": "1000"}
    seen = text_of(await cashier.post("/till/preview", expect=200, **fields))
    assert "کارت تخفیف" in seen
    assert "اعتبار و امتیاز نمی‌گیرد" in seen
