"""Gift cards: issued by one shop, spent by whoever brings the number, settled like any credit."""

import pytest

from merchants.purchases import guessing
from tests.api.conftest import Api
from timcheh.access.limits import Limit
from timcheh.ids import new_id
from timcheh.text.cards import random_member_number


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


@pytest.mark.feature("plat.security")
async def test_numbers_are_not_to_be_guessed(mall_api, mobile, monkeypatch):
    """A shop that names too many cards in vain hears no more of any, with whichever of its keys."""
    few = Limit(f"test-{new_id()}", count=3, window=600)
    monkeypatch.setattr(guessing, "MISSES", few)
    shop, other = await mall_api.shop(), await mall_api.shop()
    branch = await shop.post("/branches", {"name": "مرکزی"})
    terminal = await shop.post("/terminals", {"branch_id": branch["id"], "name": "صندوق"})
    till = Api(shop.client, terminal["api_key"], terminal)
    good = await shop.post("/gift-cards", {"amount": 500_000})

    async def guess(who, number, expect, **more):
        return await who.buy(mobile, 1000, spend={"gift_card": number}, expect=expect, **more)

    for who, dry_run in ((shop, False), (till, True), (shop, True)):
        await guess(who, random_member_number(), 422, dry_run=dry_run)
    for number in (random_member_number(), good["number"]):
        refusal = await guess(till, number, 429)
        assert refusal["code"] == "rate_limited"
    await shop.buy(mobile, 1000)
    await guess(other, random_member_number(), 422)
