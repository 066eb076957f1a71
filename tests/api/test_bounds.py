"""Figures that no shop sells for are refused with a word, before they reach a bigint."""

from typing import Any

import pytest

from tests.api.conftest import MallApi

MOST = 10**15


@pytest.mark.parametrize(("quantity", "price"), [(10**6, 10**15), (2, MOST), (1, MOST)])
async def test_a_basket_has_a_largest_total(
    mall_api: MallApi, mobile: str, quantity: int, price: int
) -> None:
    shop = await mall_api.shop()
    lines = [{"quantity": quantity, "unit_price": price}]
    body = {"member": {"mobile": mobile}, "enrol": True, "lines": lines}
    answer = await shop.call("POST", "/purchases", body)
    if quantity * price <= MOST:
        assert answer.status_code == 201
    else:
        found = (answer.status_code, answer.json()["errors"][0]["pointer"])
        assert found == (422, "/lines")


async def test_points_are_bounded_by_what_they_cost(mall_api: MallApi, mobile: str) -> None:
    shop = await mall_api.shop()
    pool = await mall_api.post(
        "/pools", {"name": "امتیاز", "issue_price": 10**9, "redeem_price": 10**9}
    )
    await mall_api.post(f"/pools/{pool['id']}/participants", {"merchant_id": shop.id})
    await shop.buy(mobile, 1_000)
    scope = pool["scope_id"]
    gift: dict[str, Any] = {
        "member": {"mobile": mobile}, "unit": "point", "scope": scope, "reason": "gift",
    }  # fmt: skip
    refused = await shop.post("/credits", gift | {"amount": 10**6 + 1}, expect=422)
    assert refused["errors"][0]["pointer"] == "/amount"
    await shop.post("/credits", gift | {"amount": 10**6}, expect=409)  # only the limit is too low
    effect = {"effect": "points_per", "amount": 1, "points": 10**15, "scope": scope}
    await shop.put("/rules", {"rules": [{"name": "generous", "then": [effect]}]})
    await shop.buy(mobile, 1_000, expect=422)
    await mall_api.prove()
