"""Caps on credit: what a member may spend at once and in a day, also at two tills at once."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchants.caps.room import Cap, room_of
from tests.merchants.goods.support import join_groups
from tests.web_support.portal import Floor
from timcheh.db import Database

BOUND = st.none() | st.integers(1, 1000)


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b"]), BOUND, BOUND)), st.integers(0, 2000))
def test_the_widest_of_ones_own_caps_holds(
    rows: list[tuple[str, int | None, int | None]], used: int
) -> None:
    caps = [Cap(*row) for row in rows]
    room = room_of(caps, used)
    if not caps:
        assert room is None
        return
    assert room is not None
    mine = [cap for cap in caps if cap.group] or caps
    if any(cap.per_day is None for cap in mine) and any(cap.per_invoice is None for cap in mine):
        assert room.left is None
    else:
        assert room.left is not None
        assert room.left >= 0
        widest = max((cap.per_invoice or 10**9) for cap in mine)
        assert room.left <= widest


async def rich(floor: Floor, mobile: str) -> str:
    """A customer with 50,000 rial of credit here."""
    return str((await floor.shop.buy(mobile, 1_000_000))["member"]["id"])


@pytest.mark.feature("sale.caps")
async def test_credit_is_capped_per_invoice_and_per_day_by_group(
    shop_floor: Floor, mobile: str, database: Database
) -> None:
    shop = shop_floor.shop
    member = await rich(shop_floor, mobile)
    caps = [
        {"group": "", "per_invoice": 3_000, "per_day": 5_000},
        {"group": "ویژه", "per_invoice": 20_000},
    ]
    await shop.put("/credit-caps", {"caps": caps})
    refused = await shop.buy(mobile, 100_000, spend={"credit": 3_001}, expect=422)
    assert refused["code"] == "credit_capped"
    assert (await shop.buy(mobile, 100_000, spend={"credit": "max"}))["spent_value"] == 3_000
    assert (await shop.buy(mobile, 100_000, spend={"credit": "max"}))["spent_value"] == 2_000
    assert (await shop.buy(mobile, 100_000, spend={"credit": "max"}))["spent_value"] == 0
    refused = await shop.buy(mobile, 100_000, spend={"credit": 1}, expect=422)
    assert "today" in refused["detail"]
    await join_groups(database, str(shop_floor.mall.id), shop, member, "ویژه")
    assert (await shop.buy(mobile, 100_000, spend={"credit": "max"}))["spent_value"] == 20_000
    await shop.put("/credit-caps", {"caps": []})
    assert (await shop.buy(mobile, 10**6, spend={"credit": "max"}))["spent_value"] > 20_000
    await shop_floor.mall.prove()


@pytest.mark.feature("sale.caps")
async def test_two_tills_at_once_do_not_pass_the_cap_together(
    shop_floor: Floor, mobile: str
) -> None:
    shop = shop_floor.shop
    await rich(shop_floor, mobile)
    await shop.put("/credit-caps", {"caps": [{"per_day": 5_000}]})
    sales = [shop.buy(mobile, 100_000, spend={"credit": "max"}) for _ in range(6)]
    assert sum([sale["spent_value"] for sale in await asyncio.gather(*sales)]) == 5_000


@pytest.mark.feature("sale.caps")
async def test_what_was_given_up_does_not_count(shop_floor: Floor, mobile: str) -> None:
    shop = shop_floor.shop
    await rich(shop_floor, mobile)
    await shop.put("/credit-caps", {"caps": [{"per_day": 5_000}]})
    spend = {"spend": {"credit": 4_000}, "capture": "manual"}
    given_up = await shop.buy(mobile, 100_000, **spend)
    await shop.buy(mobile, 100_000, spend={"credit": 4_000}, expect=422)
    await shop.post(f"/purchases/{given_up['id']}/cancel", expect=200)
    assert (await shop.buy(mobile, 100_000, spend={"credit": "max"}))["spent_value"] == 5_000
