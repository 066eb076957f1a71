"""Many tills at once over the same lots and the same limit: nothing is spent or promised twice."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from tests.api.conftest import Api, MallApi

TILLS = 40


async def outcomes(shops: list[Api], body: dict[str, Any]) -> Counter[str]:
    """How often each outcome came: `201`, or the code of the refusal."""

    async def buy(shop: Api) -> str:
        answer = await shop.call("POST", "/purchases", body)
        return "201" if answer.status_code == 201 else str(answer.json()["code"])

    return Counter(await asyncio.gather(*(buy(shop) for shop in shops)))


def basket(mobile: str, price: int, **spend: Any) -> dict[str, Any]:
    lines = [{"quantity": 1, "unit_price": price}]
    return {"member": {"mobile": mobile}, "enrol": True, "lines": lines, "spend": spend}


@pytest.mark.feature("sale.spend_credit")
async def test_forty_tills_share_what_a_member_has(
    mall_api: MallApi, percent_rule: Any, mobile: str
) -> None:
    a, b = await mall_api.shop(), await mall_api.shop()
    await mall_api.partners(a, b, fee_bps=200, max_share_bps=10_000)
    await a.put("/rules", {"rules": [percent_rule(1_000, "partners")]})
    made = await a.buy(mobile, 10_500)  # 1,050: ten times a hundred, and fifty
    await a.put("/rules", {"rules": []})
    found = await outcomes([a, b] * (TILLS // 2), basket(mobile, 500, credit=100))
    assert found == {"201": 10, "insufficient_value": TILLS - 10}
    assert [lot["available"] for lot in await mall_api.lots(made["member"]["id"])] == [50]
    await mall_api.prove()


@pytest.mark.feature("sale.spend_credit")
async def test_what_fits_is_spent_to_the_last_rial_and_no_further(
    mall_api: MallApi, percent_rule: Any, mobile: str
) -> None:
    a = await mall_api.shop()
    await a.put("/rules", {"rules": [percent_rule(1_000)]})
    made = await a.buy(mobile, 10_500)
    await a.put("/rules", {"rules": []})
    found = await outcomes([a] * TILLS, basket(mobile, 100, credit="max"))
    assert found == {"201": TILLS}
    assert await mall_api.lots(made["member"]["id"]) == []
    purchases = (await a.get(f"/purchases?member_id={made['member']['id']}&limit=100"))["items"]
    assert sum(each["spent_value"] for each in purchases) == 1_050
    await mall_api.prove()


@pytest.mark.feature("fund.limits")
async def test_forty_tills_share_what_a_shop_may_promise(
    mall_api: MallApi, percent_rule: Any, mobile: str
) -> None:
    a = await mall_api.shop(credit_limit=1_050)
    await a.put("/rules", {"rules": [percent_rule(1_000, "partners")]})
    found = await outcomes([a] * TILLS, basket(mobile, 1_000))
    assert found == {"201": 10, "limit_exceeded": TILLS - 10}
    stand = await mall_api.positions()
    assert stand[a.id]["outstanding"] == -1_000
    await mall_api.prove()


@pytest.mark.feature("offer.caps")
async def test_forty_tills_share_a_rules_budget(
    mall_api: MallApi, percent_rule: Any, mobile: str
) -> None:
    a = await mall_api.shop()
    await a.put("/rules", {"rules": [percent_rule(1_000) | {"budget": 1_050}]})
    assert await outcomes([a] * TILLS, basket(mobile, 1_000)) == {"201": TILLS}
    stand = await mall_api.positions()
    assert stand[a.id]["outstanding"] == -1_050
    await mall_api.prove()


@pytest.mark.feature("net.shared_fund")
async def test_drafts_at_once_pay_no_debt_twice(
    mall_api: MallApi, percent_rule: Any, mobile: str
) -> None:
    a, b = await mall_api.shop(), await mall_api.shop()
    await mall_api.partners(a, b, fee_bps=200, max_share_bps=10_000)
    await a.put("/rules", {"rules": [percent_rule(1_000, "partners")]})
    await a.buy(mobile, 10_000)
    await b.buy(mobile, 1_000, spend={"credit": 1_000})
    second = Api(mall_api.client, (await mall_api.post("/keys", {"name": "second"}))["api_key"])

    async def pay() -> None:
        draft = await mall_api.post("/settlements", {})
        path = f"/settlements/{draft['id']}"
        if (await second.call("POST", f"{path}/approve")).is_success:
            await mall_api.call("POST", f"{path}/complete", expect=200)

    await asyncio.gather(*(pay() for _ in range(TILLS // 4)))
    stand = await mall_api.positions()
    assert [stand[shop.id]["clearing"] for shop in (a, b)] == [0, 0]
    await mall_api.prove()


async def test_proposals_at_once_are_one(mall_api: MallApi) -> None:
    a, b = await mall_api.shop(), await mall_api.shop()
    terms = {"acceptor_id": b.id, "fee_bps": 0, "max_share_bps": 10_000}
    answers = await asyncio.gather(
        *(a.call("POST", "/agreements", terms) for _ in range(TILLS // 4))
    )
    assert [answer.status_code for answer in answers if answer.is_success] == [201]
    refused = {answer.json()["code"] for answer in answers if not answer.is_success}
    assert refused <= {"agreement_exists", "try_again"}
