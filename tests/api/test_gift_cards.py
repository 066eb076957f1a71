"""Gift cards: issued by one shop, spent by whoever brings the number, settled like any credit."""

import pytest


@pytest.mark.feature("gift.card")
async def test_a_card_pays_at_a_partner_and_is_settled(mall_api, mobile):
    a, b = await mall_api.shop("گل‌آرا"), await mall_api.shop("لاله")
    await mall_api.partners(a, b, fee_bps=200, max_share_bps=10_000)
    card = await a.post("/gift-cards", {"amount": 500_000, "scope": "partners"})
    assert len(card["number"]) == 16

    sale = await b.buy(mobile, 300_000, spend={"gift_card": card["number"]})
    assert [(s["lot_id"], s["amount"]) for s in sale["spent"]] == [(card["lot_id"], 300_000)]
    assert sale["to_pay"] == 0

    stand = await mall_api.positions()
    assert (stand[a.id]["outstanding"], stand[a.id]["clearing"]) == (-200_000, -300_000)
    assert stand[b.id]["clearing"] == 294_000
    await mall_api.prove()


async def test_a_card_that_pays_nothing_here_is_refused(mall_api, mobile):
    a, b = await mall_api.shop(), await mall_api.shop()
    card = await a.post("/gift-cards", {"amount": 500_000})
    refusal = await b.buy(mobile, 300_000, spend={"gift_card": card["number"]}, expect=422)
    assert refusal["code"] == "gift_card_not_spendable"
