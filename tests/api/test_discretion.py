"""A shop that asks about somebody who is not its customer learns nothing it did not bring."""

import pytest


@pytest.mark.feature("net.own_customers")
async def test_a_dry_run_does_not_tell_a_stranger_s_birthday(mall_api, mobile):
    shop = await mall_api.shop()
    await mall_api.post("/members", {"mobile": mobile, "name": "مینا", "birthday": "1990-05-05"})
    near = {"fact": "member.birthday_in_days", "op": "<", "value": 0}
    gift = [{"effect": "credit_amount", "amount": 1_000, "scope": "own"}]
    await shop.put("/rules", {"rules": [{"name": "birthday", "when": near, "then": gift}]})

    trial = await shop.buy(mobile, 100_000, enrol=False, dry_run=True)
    [reason] = trial["reasons"]
    assert reason["code"] == "fact_unknown"
    assert "actual" not in reason["params"]
    assert trial["member"]["number"].startswith("*" * 12)

    bought = await shop.buy(mobile, 100_000)
    assert bought["reasons"][0]["params"]["actual"] >= 0
    assert len(bought["member"]["number"].strip("*")) == 16
