"""Closing a shop: what is told before, members whole after, and the way back."""

import pytest

from tests.api.conftest import Json
from tests.web_support.portal import Floor, text_of
from tests.web_support.visitors import Administrators


def own_rule() -> Json:
    effect = {"effect": "credit_percent", "bps": 1000, "scope": "own"}
    return {"rules": [{"name": "۱۰٪", "then": [effect]}]}


@pytest.mark.feature("net.issued_used")
async def test_own_credit_of_a_closed_shop_is_spent_elsewhere_until_it_is_back(
    shop_floor: Floor, administrators: Administrators, mobile: str
) -> None:
    shop, other = shop_floor.shop, await shop_floor.mall.shop("لاله")
    await shop.put("/rules", own_rule())
    await shop.buy(mobile, 1_000_000)
    someone = await administrators("administrator")
    path = f"/shops/{shop.id}"
    told = text_of(await someone.get(f"{path}/close")).replace("٬", ",")
    for said in ("اعتبار اختصاصی ۱۰,۰۰۰ تومان", "جایی خرج نمی‌شود", "در ۱ فروشگاه دیگر خرج می‌شود"):
        assert said in told, said

    assert "فروشگاه بسته شد" in text_of(await someone.post(f"{path}/close"))
    await shop.buy(mobile, 1_000_000, expect=409)
    await other.buy(mobile, 500_000, spend={"credit": 40_000})
    positions = await shop_floor.mall.positions()
    assert positions[shop.id]["clearing"] == -40_000
    assert positions[other.id]["clearing"] == 40_000
    await shop_floor.mall.prove()
    again = await someone.send(f"{path}/close")
    assert again.status_code == 409

    assert "دوباره فعال است" in text_of(await someone.post(f"{path}/activate"))
    await shop.buy(mobile, 100_000, spend={"credit": 10_000})
    await other.buy(mobile, 100_000, spend={"credit": 10_000}, expect=422)


async def test_a_shop_that_is_not_covered_stays_open(
    shop_floor: Floor, administrators: Administrators, mobile: str
) -> None:
    shop = shop_floor.shop
    await shop.put("/rules", own_rule())
    await shop.buy(mobile, 1_000_000)
    await shop_floor.mall.patch(f"/merchants/{shop.id}", {"credit_limit": 99_000})
    someone = await administrators("administrator")
    path = f"/shops/{shop.id}"
    assert "سپرده بگیرید" in text_of(await someone.get(f"{path}/close"))
    refused = await someone.send(f"{path}/close")
    assert refused.status_code == 409
    await shop.buy(mobile, 1_000_000)


async def test_a_purchase_that_waits_is_finished_first(
    shop_floor: Floor, administrators: Administrators, mobile: str
) -> None:
    shop = shop_floor.shop
    waiting = await shop.buy(mobile, 1_000_000, capture="manual")
    someone = await administrators("administrator")
    path = f"/shops/{shop.id}/close"
    refused = await someone.send(path)
    assert refused.status_code == 409
    assert "دو دقیقه" in text_of(refused.text)
    await shop.post(f"/purchases/{waiting['id']}/confirm", expect=200)
    assert (await someone.send(path)).status_code == 303
