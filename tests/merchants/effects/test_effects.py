"""What an offer did: its uptake, its lift over those held out, and its forecast beside it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from merchants.backtests import work
from merchants.effects.lift import FEWEST
from merchants.effects.service import effect
from tests.api.conftest import new_mobile
from tests.web_support.portal import Floor, People, text_of
from timcheh.db import Database
from timcheh.rules import held_out

Json = dict[str, Any]
NAME = "۲۰٪ با گروه شاهد"
OFFER: Json = {
    "name": NAME,
    "then": [{"effect": "credit_percent", "bps": 2_000, "scope": "own"}],
    "holdout_bps": 5_000,
}


async def _run(floor: Floor, offer: Json) -> tuple[int, int]:
    """Customers who all bought for a million before; since the offer those who get it buy for two
    millions, those held out for one again. How many of each."""
    shop = floor.shop
    before = (datetime.now(UTC) - timedelta(seconds=2)).isoformat()
    given: list[str] = []
    held: list[str] = []
    while min(len(given), len(held)) < FEWEST:
        mobile = new_mobile()
        sold = await shop.buy(mobile, 1_000_000, occurred_at=before)
        out = held_out(f"{shop.id}{sold['member']['id']}", NAME, OFFER["holdout_bps"])
        (held if out else given).append(mobile)
    await shop.put("/rules", {"rules": [offer]})
    for mobile in given:
        await shop.buy(mobile, 2_000_000)
    for mobile in held:
        await shop.buy(mobile, 1_000_000)
    return len(given), len(held)


@pytest.mark.feature("offer.lift")
@pytest.mark.feature("offer.effect")
async def test_what_an_offer_added_is_measured_against_those_held_out(
    shop_floor: Floor, people: People, database: Database
) -> None:
    shop = UUID(shop_floor.shop.id)
    await shop_floor.shop.put("/rules", {"rules": []})
    await shop_floor.shop.put("/margins", {"default_bps": 3_000, "groups": []})
    given, held = await _run(shop_floor, OFFER)
    now = datetime.now(UTC) + timedelta(seconds=1)
    async with database.unit_of_work(shop_floor.scope, now=now) as uow:
        found = await effect(uow, shop, NAME)
    assert (found.held_bps, found.held_out) == (5_000, held)
    assert found.uptake is not None
    assert (found.uptake.purchases, found.uptake.members) == (given, given)
    assert found.uptake.value == given * 400_000
    assert found.all_purchases == given + held
    # Everyone alike: no chance is left, and the figures are exact to the rounding outwards.
    assert found.sales is not None
    assert found.kept is not None
    assert found.sales.total == given * 1_000_000
    assert found.sales.low <= found.sales.total <= found.sales.high
    # 30 % of two millions less 400,000, against 30 % of one.
    assert found.kept.total == given * (200_000 - 300_000)
    owner = await people(shop_floor.shop)
    page = text_of(await owner.get(f"/effects/{NAME}"))
    assert "فروش افزوده است" in page
    assert "از سود کم کرده است" in page
    assert NAME in text_of(await owner.get("/effects"))


@pytest.mark.feature("offer.lift")
async def test_a_one_time_offer_is_measured_on_those_for_whom_it_opened(
    shop_floor: Floor, people: People, database: Database
) -> None:
    shop = UUID(shop_floor.shop.id)
    await shop_floor.shop.put("/rules", {"rules": []})
    came_before = {"fact": "customer.purchases", "op": ">=", "value": 1}
    once = {"within_days": 30, "when": came_before}
    await shop_floor.shop.buy(new_mobile(), 1_000_000)  # and never comes back: in neither group
    given, held = await _run(shop_floor, OFFER | {"once": once})
    now = datetime.now(UTC) + timedelta(seconds=1)
    async with database.unit_of_work(shop_floor.scope, now=now) as uow:
        found = await effect(uow, shop, NAME)
    assert found.sales is not None
    assert (found.sales.members, found.sales.held_out) == (given, held)
    assert found.sales.total == given * 1_000_000
    owner = await people(shop_floor.shop)
    assert "از روز باز شدن سنجیده شد" in text_of(await owner.get(f"/effects/{NAME}"))


@pytest.mark.feature("offer.effect")
@pytest.mark.feature("offer.backtest")
async def test_the_forecast_stands_beside_what_happened(
    shop_floor: Floor, people: People, database: Database
) -> None:
    shop, mobile = shop_floor.shop, new_mobile()
    await shop.put("/margins", {"default_bps": 3_000, "groups": []})
    now = datetime.now(UTC)
    for days in (20, 10):
        at = (now - timedelta(days=days)).isoformat()
        await shop.buy(mobile, 1_000_000, occurred_at=at)
    asked = await shop.post("/backtests", {"rules": [OFFER], "rule": NAME})
    await work.run(database, shop_floor.scope.mall_id, UUID(asked["id"]))
    await shop.put("/rules", {"rules": [OFFER]})
    async with database.unit_of_work(shop_floor.scope, now=now + timedelta(days=5)) as uow:
        found = await effect(uow, UUID(shop.id), NAME)
    # Two sales in ten days were reached; half of that time has passed.
    assert found.foretold is not None
    assert found.foretold.reached in (0, 1)
    # The old rule's 50,000 of each million were partner credit; the offer takes its place.
    assert 148_000 < found.foretold.value <= 150_000
    assert str(found.backtest_id) == asked["id"]
    owner = await people(shop)
    page = await owner.get(f"/effects/{NAME}")
    assert asked["id"] in page
    assert "مشتری کم است" in text_of(page)


async def test_an_offer_that_is_not_there(shop_floor: Floor, people: People) -> None:
    owner = await people(shop_floor.shop)
    await owner.get("/effects/none", expect=404)
    page = text_of(await owner.get("/effects/۵٪ هر خرید"))
    assert "گروه شاهد ندارد" in page
    assert "آزموده نشد" in page
    cashier = await people(shop_floor.shop, "cashier")
    await cashier.get("/effects", expect=403)
