"""The worked example of the design, over HTTP, to the rial."""

import pytest


@pytest.mark.feature("earn.percent")
@pytest.mark.feature("net.credit_at")
@pytest.mark.feature("net.shared_fund")
async def test_worked_example(mall_api, percent_rule, mobile):
    a, b = await mall_api.shop("گل‌آرا"), await mall_api.shop("لاله")
    await a.put("/rules", {"rules": [percent_rule(1000, "partners")]})
    await b.put("/rules", {"rules": [percent_rule(500, "own")]})
    await mall_api.partners(a, b, fee_bps=200, max_share_bps=10_000)

    first = await a.buy(mobile, 2_000_000)
    assert [e["amount"] for e in first["earned"]] == [200_000]
    member = first["member"]["id"]

    second = await b.buy(mobile, 600_000, spend={"credit": 150_000})
    assert second["to_pay"] == 450_000
    assert [(s["amount"], s["value"]) for s in second["spent"]] == [(150_000, 150_000)]
    assert [e["amount"] for e in second["earned"]] == [22_500]

    stand = await mall_api.positions()
    assert (stand[a.id]["outstanding"], stand[a.id]["clearing"]) == (-50_000, -150_000)
    assert (stand[b.id]["outstanding"], stand[b.id]["clearing"]) == (-22_500, 147_000)
    assert stand["fund"]["fee"] == 3_000
    lots = await mall_api.lots(member)
    assert sorted(lot["available"] for lot in lots) == [22_500, 50_000]
    await mall_api.prove()

    settlement = await mall_api.post("/settlements", {})
    assert {x["merchant_id"]: x["net"] for x in settlement["lines"]} == {
        a.id: -150_000,
        b.id: 147_000,
    }
    assert (settlement["total_pay"], settlement["total_receive"]) == (150_000, 147_000)
    path = f"/settlements/{settlement['id']}"
    assert (await mall_api.post(f"{path}/approve", expect=403))["code"] == "second_person_required"
    other = type(mall_api)(
        mall_api.client, (await mall_api.post("/keys", {"name": "second"}))["api_key"]
    )
    assert (await other.post(f"{path}/approve", expect=200))["state"] == "approved"
    assert (await mall_api.post(f"{path}/complete", expect=200))["state"] == "completed"
    stand = await mall_api.positions()
    assert stand[a.id]["clearing"] == stand[b.id]["clearing"] == 0
    assert stand["fund"] == {"fee": 0, "reserve": 0, "gateway": 0, "cash": 0, "wallet": 0}
    await mall_api.prove()
