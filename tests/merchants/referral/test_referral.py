"""Referral: first reward, commission by levels, givers of gift cards; returns; no rings."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchants.referral.rings import alike, is_ring
from merchants.referral.shares import Terms, dues, left_of
from tests.api.conftest import new_mobile
from tests.merchants.referral.town import TERMS, Town
from tests.web_support.portal import Person, text_of
from timcheh.ids import new_id
from timcheh.money import BPS_WHOLE


@pytest.mark.feature("earn.referral", page="/{mall}/shop/referral")
async def test_the_first_purchase_rewards_once(town: Town) -> None:
    referrer, _ = await town.member()
    _, mobile = await town.member(referrer)
    await town.floor.shop.buy(mobile, 1_000_000)
    await town.settle()
    assert await town.credit(referrer) == 200_000
    await town.floor.shop.buy(mobile, 1_000_000)
    await town.settle()
    assert await town.credit(referrer) == 200_000
    await town.floor.mall.prove()


@pytest.mark.feature("earn.referral")
async def test_a_small_first_purchase_brings_nothing_and_a_return_takes_back(town: Town) -> None:
    referrer, _ = await town.member()
    _, small = await town.member(referrer)
    await town.floor.shop.buy(small, 499_990)
    await town.settle()
    assert await town.credit(referrer) == 0
    _, large = await town.member(referrer)
    bought = await town.floor.shop.buy(large, 1_000_000)
    await town.settle()
    assert await town.credit(referrer) == 200_000
    lines = {"lines": [{"line": 0, "quantity": 1}]}
    await town.floor.shop.post(f"/purchases/{bought['id']}/returns", lines)
    await town.settle()
    assert await town.credit(referrer) == 0
    await town.floor.mall.prove()


@pytest.mark.feature("earn.commission", page="/{mall}/shop/referral")
async def test_commission_climbs_its_levels_and_comes_down_with_returns(
    town: Town, owner: Person
) -> None:
    grand, _ = await town.member()
    referrer, _ = await town.member(grand)
    _, mobile = await town.member(referrer)
    body = {
        "member": {"mobile": mobile},
        "lines": [{"name": "کالا", "quantity": 4, "unit_price": 250_000}],
    }
    bought = await town.floor.shop.post("/purchases", body)
    await town.settle()
    assert await town.commission(referrer) == 20_000
    assert await town.commission(grand) == 10_000
    page = text_of(await owner.get("/referral"))
    assert "۲٬۰۰۰ تومان" in page
    back = {"lines": [{"line": 0, "quantity": 1}]}
    await town.floor.shop.post(f"/purchases/{bought['id']}/returns", back)
    await town.settle()
    assert await town.commission(referrer) == 15_000
    assert await town.commission(grand) == 7_500

    stale = await owner.post("/referral/paid", person=str(referrer), amount="20000")
    assert "مبلغ در این میان عوض شده" in text_of(stale)
    await owner.post("/referral/paid", person=str(referrer), amount="15000")
    assert await town.commission(referrer) == 0
    await owner.post("/referral/paid", person=str(referrer), amount="15000")
    assert await town.commission(referrer) == 0
    await town.floor.mall.prove()


@pytest.mark.feature("earn.commission")
async def test_a_ring_earns_nothing(town: Town) -> None:
    one, mobile = await town.member()
    other, _ = await town.member(one)
    third, _ = await town.member(other)
    await town.brought(one, third)
    await town.floor.shop.buy(mobile, 1_000_000)
    alone, own = await town.member()
    await town.brought(alone, alone)
    await town.floor.shop.buy(own, 1_000_000)
    await town.settle()
    for person in (one, other, third, alone):
        assert (await town.commission(person), await town.credit(person)) == (0, 0)


@pytest.mark.feature("gift.ambassador", page="/{mall}/shop/gift-cards")
async def test_who_gave_a_card_has_a_share_of_what_it_buys(town: Town, owner: Person) -> None:
    giver, given_by = await town.member()
    await owner.post(
        "/gift-cards",
        amount="100000",
        scope="own",
        request_key="k",
        giver=given_by,
        giver_percent="5",
    )
    async with town.database.unit_of_work(town.floor.scope) as uow:
        driver = await uow.driver()
        card = await driver.fetchval("SELECT number FROM merchants.gift_card WHERE giver_bps > 0")
    shop = town.floor.shop
    bought = await shop.buy(new_mobile(), 400_000, spend={"gift_card": card})
    await town.settle()
    assert await town.credit(giver) == 20_000
    await shop.buy(given_by, 200_000, spend={"gift_card": card})  # one's own gift: no reward
    await town.settle()
    assert await town.credit(giver) == 20_000
    lines = {"lines": [{"line": 0, "quantity": 1}]}
    await shop.post(f"/purchases/{bought['id']}/returns", lines)
    await town.settle()
    assert await town.credit(giver) == 0
    await town.floor.mall.prove()


async def test_terms_that_give_too_much_are_refused(owner: Person) -> None:
    page = await owner.post("/referral", expect=422, **{**TERMS, "level_1": "49", "level_3": "5"})
    assert "نباید از ۵۰ درصد بیشتر شود" in text_of(page)
    assert 'value="49"' in page


IDS = st.integers(1, 5).map(lambda n: UUID(int=n))


@given(IDS, st.lists(IDS, max_size=6))
def test_whoever_comes_twice_closes_a_ring(buyer: UUID, line: list[UUID]) -> None:
    assert is_ring((buyer, *line)) == any(
        person in (buyer, *line[:place]) for place, person in enumerate(line)
    )


@given(IDS, st.lists(IDS, max_size=5, unique=True), st.lists(st.tuples(IDS, IDS), max_size=4))
def test_only_referrers_who_share_a_device_are_doubted(
    buyer: UUID, line: list[UUID], pairs: list[tuple[UUID, UUID]]
) -> None:
    shared = {frozenset(pair) for pair in pairs if pair[0] != pair[1]}
    doubted = alike((buyer, *line), shared)
    assert doubted <= set(line)
    assert doubted == {person for person in line if any(person in pair for pair in shared)}


@given(
    st.lists(st.integers(0, 2000), max_size=5),
    st.integers(0, 10**12),
    st.integers(0, 10**12),
    st.booleans(),
)
def test_a_return_leaves_what_a_smaller_purchase_would_have_given(
    levels: list[int], paid: int, back: int, is_first: bool
) -> None:
    line = [UUID(int=n) for n in range(1, 6)]
    terms, buyer = Terms(5_000, 1_000, tuple(levels), 3_000), new_id()
    left = max(paid - back, 0)
    smaller = {
        (due.kind, due.level): due.amount
        for due in dues(terms, buyer, line, left, is_first=is_first)
    }
    whole = dues(terms, buyer, line, paid, is_first=is_first)
    for due in whole:
        stays = left_of(due.kind, due.amount, paid, left, terms.first_minimum)
        would_be = smaller.get((due.kind, due.level), 0)
        # A share of a floored share may be a rial or so less, never more.
        assert stays <= would_be
        assert would_be - stays <= max(1, left // max(paid, 1) + 1)
    commissions = [due.amount for due in whole if due.kind == "commission"]
    assert sum(commissions) <= paid * sum(levels) // BPS_WHOLE
