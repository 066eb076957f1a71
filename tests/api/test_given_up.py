"""A purchase that is given up leaves nothing behind, also not in the caps of its rules."""

import pytest

from tests.api.conftest import MallApi


@pytest.mark.feature("sale.two_phase")
@pytest.mark.feature("offer.caps")
async def test_a_cancelled_purchase_gives_its_share_of_a_cap_back(
    mall_api: MallApi, mobile: str
) -> None:
    shop = await mall_api.shop()
    effect = {"effect": "credit_percent", "bps": 1000, "scope": "own"}
    await shop.put("/rules", {"rules": [{"name": "r", "then": [effect], "budget": 150_000}]})
    for _ in range(3):
        opened = await shop.buy(mobile, 1_000_000, capture="manual")
        assert [each["amount"] for each in opened["earned"]] == [100_000]
        cancelled = await shop.post(f"/purchases/{opened['id']}/cancel", expect=200)
        assert cancelled["state"] == "cancelled"
    kept = await shop.buy(mobile, 1_000_000)
    capped = await shop.buy(mobile, 1_000_000)
    assert [each["amount"] for each in kept["earned"]] == [100_000]
    assert [each["amount"] for each in capped["earned"]] == [50_000]
    assert capped["reasons"][0]["outcome"] == "capped"
    await mall_api.prove()
