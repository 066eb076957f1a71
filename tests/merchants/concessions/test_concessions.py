"""Discounts of the seller's own accord: limited, told with their reason, counted by the day."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchants.concessions.errors import ConcessionTooMuch
from merchants.concessions.giving import ConcessionAsked, concede
from merchants.concessions.room import ConcessionRoom, Limit, room_of
from tests.api.conftest import Api
from tests.web_support.portal import Floor
from timcheh.errors import Invalid
from timcheh.rules import BasketLine, build_facts, compile_rules, price
from timcheh.rules.gates import Standing

NOW = datetime(2026, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.feature("offer.manual")
Json = dict[str, Any]
WHY = "بسته آسیب دیده"
FREE = ConcessionRoom(Limit(None, None, None))


def off(**more: Any) -> Json:
    return {"reason": WHY, **more}


async def allow(shop: Api, **limit: Any) -> None:
    """What the shop's own key may take off."""
    await shop.put("/concession-limits", {"limits": [{"role": "program", **limit}]})


async def sell(shop: Api, mobile: str, *lines: Json, expect: int = 201, **more: Any) -> Json:
    named = [{"name": "کالا", "quantity": 1, **line} for line in lines]
    body = {"member": {"mobile": mobile}, "enrol": True, "lines": named}
    return await shop.post("/purchases", body | more, expect=expect)


async def test_it_comes_after_the_rules_and_lowers_what_is_earned(
    shop_floor: Floor, mobile: str
) -> None:
    shop = shop_floor.shop
    tenth = {"name": "۱۰٪", "then": [{"effect": "discount_percent", "bps": 1000}]}
    credit = {
        "name": "اعتبار",
        "then": [{"effect": "credit_percent", "bps": 500, "scope": "own"}],
    }
    await shop.put("/rules", {"rules": [tenth, credit]})
    await allow(shop, line_bps=3000)
    made = await sell(
        shop,
        mobile,
        {"unit_price": 100_000, "concession": off(bps=1000)},
        {"unit_price": 50_000},
        concession=off(amount=6_000),
    )
    # 100,000 → 90,000 by the rule → 81,000 by the seller; 50,000 → 45,000; then 6,000 off both.
    assert [line["discount"] for line in made["lines"]] == [19_000 + 3_857, 5_000 + 2_143]
    assert made["to_pay"] == 150_000 - made["discount"] == 120_000
    assert sum(lot["amount"] for lot in made["earned"]) == 6_000
    told = [reason for reason in made["reasons"] if reason["code"] == "concession"]
    assert [reason["params"]["discount"] for reason in told] == [9_000, 6_000]
    assert all(WHY in reason["because"] for reason in told)
    again = await shop.get(f"/purchases/{made['id']}")
    assert again["reasons"] == made["reasons"]
    assert (await shop.get(f"/customers/{made['member']['id']}"))["spend"] == 120_000
    await shop_floor.mall.prove()


@pytest.mark.parametrize(
    ("limit", "given", "which"),
    [
        (None, off(bps=100), "no discount"),
        ({"line_bps": 1000}, off(bps=1001), "10 %"),
        ({"per_invoice": 5_000}, off(amount=5_001), "5,000 rial off an invoice"),
        ({"per_day": 5_000}, off(amount=5_001), "Today"),
    ],
)
async def test_more_than_is_allowed_is_refused_and_says_what_is(
    shop_floor: Floor, mobile: str, limit: Json | None, given: Json, which: str
) -> None:
    if limit is not None:
        await allow(shop_floor.shop, **limit)
    line = {"unit_price": 100_000, "concession": given}
    refused = await sell(shop_floor.shop, mobile, line, expect=422)
    assert refused["code"] == "concession_too_much"
    assert which in refused["detail"]


async def test_what_is_asked_must_make_sense(shop_floor: Floor, mobile: str) -> None:
    await allow(shop_floor.shop)
    for asked, pointer in (
        (off(), "/lines/0/concession"),
        (off(bps=100, amount=5), "/lines/0/concession"),
        (off(amount=100_001), "/lines/0/concession/amount"),
        ({"bps": 100, "reason": "x"}, "/lines/0/concession/reason"),
    ):
        line = {"unit_price": 100_000, "concession": asked}
        refused = await sell(shop_floor.shop, mobile, line, expect=422)
        assert refused["errors"][0]["pointer"] == pointer
    await shop_floor.shop.put("/concession-limits", {"limits": [{}]}, expect=422)
    nobody = {"limits": [{"staff_id": shop_floor.shop.id}]}
    await shop_floor.shop.put("/concession-limits", nobody, expect=422)


async def test_tills_at_once_do_not_pass_the_days_limit_together(
    shop_floor: Floor, mobile: str
) -> None:
    shop = shop_floor.shop
    await allow(shop, per_day=10_000)
    await sell(shop, mobile, {"unit_price": 1_000})
    line = {"unit_price": 100_000, "concession": off(amount=4_000)}
    body = {"member": {"mobile": mobile}, "lines": [{"name": "کالا", "quantity": 1, **line}]}
    answers = await asyncio.gather(*(shop.call("POST", "/purchases", body) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 422, 422, 422, 422]
    await sell(shop, mobile, {"unit_price": 100_000, "concession": off(amount=2_000)})


async def test_what_was_given_up_does_not_count(shop_floor: Floor, mobile: str) -> None:
    shop = shop_floor.shop
    await allow(shop, per_day=10_000)
    line = {"unit_price": 100_000, "concession": off(amount=8_000)}
    held = await sell(shop, mobile, line, capture="manual")
    await sell(shop, mobile, line, expect=422)
    await shop.post(f"/purchases/{held['id']}/cancel", expect=200)
    await sell(shop, mobile, line)


LINES = st.lists(st.integers(0, 10**6), min_size=1, max_size=3)
SHARE = st.builds(lambda bps: ConcessionAsked(WHY, bps=bps), st.integers(1, 10_000))
AMOUNT = st.builds(lambda rial: ConcessionAsked(WHY, amount=rial), st.integers(1, 10**6))
GIVEN = SHARE | AMOUNT


@given(LINES, st.dictionaries(st.integers(0, 2), GIVEN, max_size=3), st.none() | GIVEN)
def test_what_is_taken_off_adds_up_and_never_passes_a_line(
    prices: list[int], by_line: dict[int, ConcessionAsked], whole: ConcessionAsked | None
) -> None:
    basket = [BasketLine.of(n, 1000, amount) for n, amount in enumerate(prices)]
    facts = build_facts(basket, NOW)
    before = price(compile_rules(1, []), basket, facts)
    assert all(verdict.standing is not Standing.MATCHED for verdict in before.verdicts)
    asked = {n: each for n, each in by_line.items() if n < len(prices)}
    try:
        after, made = concede(before, asked, whole, FREE)
    except Invalid:
        return  # more than is left to pay
    taken = [sum(shares) for shares in zip(*(each.shares for each in made), strict=True)]
    taken = taken or [0] * len(prices)
    assert list(after.net_per_line) == [a - b for a, b in zip(prices, taken, strict=True)]
    assert min(after.net_per_line) >= 0
    assert after.net == sum(after.net_per_line) == sum(prices) - sum(each.amount for each in made)
    assert all(sum(each.shares) == each.amount for each in made)


@given(LINES, st.integers(1, 9_999))
def test_a_whole_share_within_the_limit_passes_each_lines_limit(
    prices: list[int], bps: int
) -> None:
    basket = [BasketLine.of(n, 1000, amount) for n, amount in enumerate(prices)]
    before = price(compile_rules(1, []), basket, build_facts(basket, NOW))
    room = ConcessionRoom(Limit(bps, None, None))
    concede(before, {}, ConcessionAsked(WHY, bps=bps), room)
    more = min(10_000, bps + bps // 10 + 2)
    if sum(prices) * (more - bps) // 10_000 > len(prices):  # beyond what rounding allows each line
        with pytest.raises(ConcessionTooMuch):
            concede(before, {}, ConcessionAsked(WHY, bps=more), room)


def test_a_persons_own_limit_comes_before_the_roles() -> None:
    found = {"owner": False, "used": 3, "limits": [[False, 500, None, 9], [True, 1000, 7, None]]}
    assert room_of(found) == ConcessionRoom(Limit(1000, 7, None), 3)
    assert room_of(found | {"limits": [[False, 500, 5, 9], [False, 300, None, 4]]}) == (
        ConcessionRoom(Limit(500, None, 9), 3)
    )
    assert room_of(found | {"limits": None}) is None
    assert room_of(found | {"owner": True}) == FREE
