"""Rewards for points: taken, handed out once, given back; stock, cap and points always hold."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.facade import find_member
from merchants.purchases.errors import MemberBlocked
from merchants.rewards.claims import cancel_claim
from merchants.rewards.errors import (
    PointsShort,
    RewardCapped,
    RewardGone,
    RewardNotForYou,
    RewardNotInForce,
)
from merchants.rewards.paying import PointLot, plan
from tests.api.conftest import new_mobile
from tests.merchants.rewards.support import Counter
from timcheh.db import Scope
from timcheh.errors import NotFound
from timcheh.ids import new_id
from timcheh.ledger.queries import balance_of

pytestmark = pytest.mark.feature("offer.reward", page="/{mall}/shop/rewards")
NOW = datetime(2026, 5, 1, tzinfo=UTC)


async def test_points_become_a_reward_that_is_handed_out_once(
    counter: Counter, mobile: str
) -> None:
    member = await counter.customer(mobile, 25)
    await counter.take(await counter.offer(10), member)
    assert await counter.lots(member) == [15]
    (claim,) = await counter.claims()
    assert (claim["state"], claim["points"]) == ("open", 10)

    body = {"code": claim["code"]}
    handed = await counter.floor.shop.post("/reward-claims/redeem", body, expect=200)
    assert handed["state"] == "handed"
    again = await counter.floor.shop.call("POST", "/reward-claims/redeem", body)
    assert (again.status_code, again.json()["code"]) == (409, "claim_handed")
    late = await counter.floor.shop.call("POST", f"/reward-claims/{claim['id']}/cancel")
    assert (late.status_code, late.json()["code"]) == (409, "claim_handed")
    assert await counter.lots(member) == [15]
    await counter.floor.mall.prove()


async def test_cancelled_points_go_back_to_their_own_lots(counter: Counter, mobile: str) -> None:
    member = await counter.customer(mobile, 6)
    await counter.give(mobile, 7)
    reward = await counter.offer(10, stock=1)
    claim = await counter.take(reward, member)
    assert await counter.lots(member) == [3]
    await counter.floor.shop.post(f"/reward-claims/{claim}/cancel", expect=200)
    assert await counter.lots(member) == [6, 7]
    assert (await counter.reward(reward))["left"] == 1
    again = await counter.floor.shop.call("POST", f"/reward-claims/{claim}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "claim_over")
    await counter.floor.mall.prove()


async def test_what_is_not_fetched_in_time_goes_back(counter: Counter, mobile: str) -> None:
    member = await counter.customer(mobile, 10)
    await counter.take(await counter.offer(10, claim_days=3), member)
    await counter.lapse(datetime.now(UTC) + timedelta(days=2))
    assert await counter.lots(member) == []
    await counter.lapse(datetime.now(UTC) + timedelta(days=5))
    await counter.lapse(datetime.now(UTC) + timedelta(days=5))
    assert await counter.lots(member) == [10]
    (claim,) = await counter.claims()
    assert claim["state"] == "lapsed"
    redeem = await counter.floor.shop.call("POST", "/reward-claims/redeem", {"code": claim["code"]})
    assert (redeem.status_code, redeem.json()["code"]) == (409, "claim_over")
    await counter.floor.mall.prove()


async def test_pooled_points_pay_the_shop_that_gives_the_reward(
    counter: Counter, mobile: str
) -> None:
    mall = counter.floor.mall
    pool = await mall.post("/pools", {"name": "ن", "issue_price": 100, "redeem_price": 80})
    other = await mall.shop("لاله")
    for shop in (counter.floor.shop.id, other.id):
        terms = {"merchant_id": shop, "fee_bps": 1000}
        await mall.post(f"/pools/{pool['id']}/participants", terms)
    await mall.post(f"/merchants/{other.id}/deposits", {"amount": 1_000_000})
    member = await counter.customer(mobile)
    gift = {"member": {"mobile": mobile}, "amount": 50, "unit": "point"}
    await other.post("/credits", gift | {"scope": pool["scope_id"], "reason": "هدیه"})
    claim = await counter.take(await counter.offer(30, scope=pool["scope_id"]), member)
    # 30 points at 80 rial, less a tenth for the mall; the other shop has paid for them.
    positions = await mall.positions()
    assert positions[counter.floor.shop.id]["clearing"] == 2_160
    assert positions[other.id]["clearing"] == -5_000
    await counter.floor.shop.post(f"/reward-claims/{claim}/cancel", expect=200)
    positions = await mall.positions()
    assert positions[counter.floor.shop.id]["clearing"] == 0
    async with counter.database.unit_of_work(Scope.mall(counter.mall_id)) as uow:
        assert await balance_of(uow, "reserve", UUID(pool["scope_id"])) == 5_000
    await mall.prove()


async def test_a_discount_is_credit_at_once(counter: Counter, mobile: str) -> None:
    member = await counter.customer(mobile, 10)
    reward = await counter.offer(10, kind="discount", amount=50_000, lot_days=7, name="تخفیف")
    before = await counter.lots(member, "rial")
    await counter.take(reward, member)
    assert await counter.lots(member, "rial") == sorted([*before, 50_000])
    (claim,) = await counter.claims()
    assert (claim["state"], claim["lot_id"] is None) == ("handed", False)
    sale = await counter.floor.shop.buy(mobile, 200_000, spend={"credit": "max"})
    assert sale["spent_value"] >= 50_000
    await counter.floor.mall.prove()


@pytest.mark.parametrize(
    ("terms", "points", "refused"),
    [
        ({}, 9, PointsShort),
        ({"stock": 1}, 30, RewardGone),
        ({"per_member": 1}, 30, RewardCapped),
        ({"published": False}, 30, RewardNotInForce),
        ({"starts_at": "2090-01-01T00:00:00Z"}, 30, RewardNotInForce),
        (
            {"when": {"fact": "customer.purchases", "op": ">=", "value": 5}},
            30,
            RewardNotForYou,
        ),
    ],
    ids=["points", "stock", "cap", "draft", "early", "condition"],
)
async def test_who_may_not_take_it_keeps_the_points(
    counter: Counter, mobile: str, terms: dict[str, Any], points: int, refused: type[Exception]
) -> None:
    member = await counter.customer(mobile, points)
    reward = await counter.offer(10, **terms)
    left = points
    if refused in (RewardGone, RewardCapped):
        await counter.take(reward, member)
        left -= 10
    with pytest.raises(refused):
        await counter.take(reward, member)
    assert sum(await counter.lots(member)) == left
    await counter.floor.mall.prove()


async def test_a_condition_lets_whom_it_fits_through(counter: Counter, mobile: str) -> None:
    member = await counter.customer(mobile, 10)
    when = {"fact": "customer.purchases", "op": ">=", "value": 1}
    await counter.take(await counter.offer(10, when=when), member)
    stranger = new_mobile()
    made = await counter.floor.mall.post("/members", {"mobile": stranger})
    await counter.give(stranger, 10)
    with pytest.raises(RewardNotForYou):
        await counter.take(await counter.offer(10, when=when), UUID(made["id"]))


async def test_many_at_once_never_take_more_than_there_is(counter: Counter) -> None:
    """Twelve hands of three people; each may have two, and there are five."""
    people = [await counter.customer(new_mobile(), 25) for _ in range(3)]
    reward = await counter.offer(10, stock=5, per_member=2)
    tries = [counter.take(reward, member) for member in people for _ in range(4)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    taken = [each for each in outcomes if isinstance(each, UUID)]
    assert len(taken) == 5
    refusals = {type(each) for each in outcomes if not isinstance(each, UUID)}
    assert refusals <= {RewardGone, RewardCapped, PointsShort}
    left = [sum(await counter.lots(member)) for member in people]
    assert sorted(left) == [5, 5, 15]
    assert (await counter.reward(reward))["left"] == 0
    await counter.floor.mall.prove()


async def test_points_are_spent_once_over_two_rewards(counter: Counter, mobile: str) -> None:
    member = await counter.customer(mobile, 15)
    rewards = [await counter.offer(10) for _ in range(4)]
    tries = [counter.take(reward, member) for reward in rewards]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, UUID) for each in outcomes) == 1
    assert {type(each) for each in outcomes if isinstance(each, Exception)} == {PointsShort}
    assert await counter.lots(member) == [5]
    await counter.floor.mall.prove()


async def test_a_claim_is_closed_once_however_many_try(counter: Counter, mobile: str) -> None:
    member = await counter.customer(mobile, 10)
    claim = await counter.take(await counter.offer(10), member)
    (row,) = await counter.claims()
    shop, body = counter.floor.shop, {"code": row["code"]}
    answers = await asyncio.gather(
        *(shop.call("POST", "/reward-claims/redeem", body) for _ in range(4)),
        *(shop.call("POST", f"/reward-claims/{claim}/cancel") for _ in range(4)),
    )
    assert [answer.status_code for answer in answers].count(200) == 1
    (row,) = await counter.claims()
    assert sum(await counter.lots(member)) == (0 if row["state"] == "handed" else 10)
    await counter.floor.mall.prove()


async def test_another_shops_and_another_members_claim_look_absent(
    counter: Counter, mobile: str
) -> None:
    member = await counter.customer(mobile, 20)
    reward = await counter.offer(10)
    claim = await counter.take(reward, member)
    (row,) = await counter.claims()
    other = await counter.floor.mall.shop("لاله")
    redeem = await other.call("POST", "/reward-claims/redeem", {"code": row["code"]})
    assert (redeem.status_code, redeem.json()["code"]) == (404, "claim_unknown")
    take = await other.call(
        "POST", "/reward-claims", {"member": {"mobile": mobile}, "reward_id": str(reward)}
    )
    assert take.status_code == 404
    async with counter.database.unit_of_work(Scope.mall(counter.mall_id)) as uow:
        with pytest.raises(NotFound):
            await cancel_claim(uow, claim, new_id(), of_shop=None, of_member=new_id())
    assert sum(await counter.lots(member)) == 10


@st.composite
def purses(draw: st.DrawFn) -> tuple[list[PointLot], int]:
    ends = st.one_of(st.none(), st.integers(1, 9))
    lots = [
        PointLot(new_id(), free, end and NOW + timedelta(days=end), NOW - timedelta(days=age))
        for free, end, age in draw(
            st.lists(st.tuples(st.integers(0, 50), ends, st.integers(0, 9)), max_size=8)
        )
    ]
    return lots, draw(st.integers(1, 200))


@given(purses(), st.integers(0, 100), st.integers(0, 10_000))
def test_draws_add_up_and_spare_what_lasts_longest(
    purse: tuple[list[PointLot], int], price: int, fee_bps: int
) -> None:
    lots, points = purse
    held = sum(lot.free for lot in lots)
    if held < points:
        with pytest.raises(PointsShort) as refused:
            plan(lots, points, price, fee_bps)
        assert refused.value.params["available"] == held
        return
    draws = {draw.lot_id: draw for draw in plan(lots, points, price, fee_bps)}
    assert sum(draw.points for draw in draws.values()) == points
    assert sum(draw.value for draw in draws.values()) == points * price
    assert all(0 <= draw.fee <= draw.value for draw in draws.values())
    far = NOW + timedelta(days=99)
    # Whoever is left with anything outlives all that were touched.
    left = {lot.id: lot.free - (draws[lot.id].points if lot.id in draws else 0) for lot in lots}
    kept = [lot.expires_at or far for lot in lots if left[lot.id]]
    touched = [lot.expires_at or far for lot in lots if lot.id in draws]
    assert all(left[lot.id] >= 0 for lot in lots)
    assert not kept or max(touched) <= min(kept)


async def test_an_invitation_counts_until_the_events_day_is_over(
    counter: Counter, mobile: str
) -> None:
    member = await counter.customer(mobile, 20)
    begins = datetime.now(UTC) + timedelta(days=4)
    event = {"kind": "event", "event_at": begins.isoformat(), "place": "تالار"}
    await counter.take(await counter.offer(10, **event), member)
    (claim,) = await counter.claims()
    deadline = datetime.fromisoformat(claim["deadline"])
    assert begins < deadline <= begins + timedelta(days=1)
    await counter.lapse(begins)
    assert await counter.lots(member) == [10]
    await counter.lapse(deadline)
    assert await counter.lots(member) == [20]


async def test_who_is_blocked_takes_nothing(counter: Counter, mobile: str) -> None:
    member = await counter.customer(mobile, 20)
    async with counter.database.unit_of_work(Scope.mall(counter.mall_id)) as uow:
        (await find_member(uow, id=member)).state = "blocked"
    with pytest.raises(MemberBlocked):
        await counter.take(await counter.offer(10), member)
    assert await counter.lots(member) == [20]
