"""Thresholds: something for reaching so many points, once for each crossing."""

import asyncio
import re
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchants.thresholds.service import look
from merchants.thresholds.standing import NOWHERE, Seen, step
from tests.api.conftest import Json
from tests.merchants.rewards.support import Counter
from tests.web_support.portal import People, Person, text_of
from tests.web_support.visitors import Members
from timcheh.db import Scope

pytestmark = pytest.mark.feature("offer.threshold", page="/{mall}/shop/thresholds")
POINT = [{"effect": "points_per", "amount": 10_000, "points": 1, "scope": "own"}]
TERMS = {
    "name": "باشگاه صد",
    "points": "۱۰۰",
    "scope": "own:point",
    "measure": "held",
    "gives": "credit",
    "amount": "5000",
}


@pytest.fixture
async def owner(counter: Counter, people: People) -> Person:
    """Of a shop that gives a point for each 10,000 rial."""
    await counter.floor.shop.put("/rules", {"rules": [{"name": "امتیاز", "then": POINT}]})
    return await people(counter.floor.shop)


async def add(owner: Person, **more: str) -> None:
    await owner.post("/thresholds", **{**TERMS, **more})


async def buy(counter: Counter, mobile: str, points: int, **more: Any) -> Json:
    made: Json = await counter.floor.shop.buy(mobile, points * 10_000, enrol=True, **more)
    await counter.follow()
    return made


async def back(counter: Counter, purchase: Json) -> None:
    lines = {"lines": [{"line": 0, "quantity": 1}]}
    await counter.floor.shop.post(f"/purchases/{purchase['id']}/returns", lines)
    await counter.follow()


async def test_the_purchase_that_reaches_it_brings_the_reward_once(
    counter: Counter, owner: Person, members: Members, mobile: str
) -> None:
    await add(owner)
    first = await buy(counter, mobile, 99)
    member = UUID(first["member"]["id"])
    assert await counter.lots(member, "rial") == []
    await buy(counter, mobile, 1)
    assert await counter.lots(member, "rial") == [50_000]
    await buy(counter, mobile, 150)
    assert await counter.lots(member, "rial") == [50_000]
    history = text_of(await (await members(mobile)).get("/history"))
    assert "رسیدن به ۱۰۰ امتیاز: باشگاه صد" in history
    assert "۱ بار" in text_of(await owner.get("/thresholds"))
    await counter.floor.mall.prove()


async def test_a_return_neither_takes_it_back_nor_opens_it_again(
    counter: Counter, owner: Person, mobile: str
) -> None:
    await add(owner)
    bought = await buy(counter, mobile, 120)
    member = UUID(bought["member"]["id"])
    for _ in range(2):
        await back(counter, bought)
        assert await counter.lots(member) == []
        bought = await buy(counter, mobile, 120)
    assert await counter.lots(member, "rial") == [50_000]


async def test_points_spent_and_earned_anew_cross_it_again(
    counter: Counter, owner: Person, mobile: str
) -> None:
    await add(owner)
    member = UUID((await buy(counter, mobile, 110))["member"]["id"])
    await counter.take(await counter.offer(50), member)
    await counter.follow()
    await buy(counter, mobile, 45)
    assert await counter.lots(member, "rial") == [50_000, 50_000]


async def test_earned_points_cross_it_once_in_a_period(
    counter: Counter, owner: Person, mobile: str
) -> None:
    await add(owner, measure="earned", period="year", gives="points", bonus="7")
    member = UUID((await buy(counter, mobile, 60))["member"]["id"])
    await counter.take(await counter.offer(50), member)
    await buy(counter, mobile, 40)
    assert await counter.lots(member) == [7, 10, 40]
    await buy(counter, mobile, 300)
    assert await counter.lots(member) == [7, 10, 40, 300]


async def test_it_can_give_a_reward_or_a_coupon(
    counter: Counter, owner: Person, members: Members, mobile: str
) -> None:
    code = {"name": "کد", "coupon": "SAD", "then": [{"effect": "discount_percent", "bps": 500}]}
    rules = [{"name": "امتیاز", "then": POINT}, code]
    await counter.floor.shop.put("/rules", {"rules": rules})
    reward = await counter.offer(900, name="کیف", stock=1)
    await add(owner, gives="reward", reward_id=str(reward))
    await add(owner, gives="coupon", coupon="SAD", name="کد صدتایی‌ها")
    member = UUID((await buy(counter, mobile, 100))["member"]["id"])
    (claim,) = await counter.claims()
    assert (claim["name"], claim["points"], claim["state"]) == ("کیف", 0, "open")
    assert (await counter.reward(reward))["left"] == 0
    person = await members(mobile)
    assert "SAD" in text_of(await person.get("/coupons"))
    shown = text_of(await person.get(f"/reward-claims/{claim['id']}"))
    assert "رسیدن به ۱۰۰ امتیاز: باشگاه صد" in shown
    assert sum(await counter.lots(member)) == 100
    wrong = await owner.post("/thresholds", expect=422, **{**TERMS, "gives": "coupon"})
    assert "پر کنید" in text_of(wrong) or "کد تخفیف" in text_of(wrong)


async def test_a_reward_that_is_gone_is_told_to_the_shop(
    counter: Counter, owner: Person, mobile: str
) -> None:
    reward = await counter.offer(1, stock=1)
    await add(owner, gives="reward", reward_id=str(reward))
    member = UUID((await buy(counter, mobile, 50))["member"]["id"])
    await counter.take(reward, member)
    await buy(counter, mobile, 60)
    assert "داده نشد" in text_of(await owner.get("/thresholds"))
    assert len(await counter.claims()) == 1


async def test_many_looks_at_once_give_once(counter: Counter, owner: Person, mobile: str) -> None:
    """Whether they have never stood anywhere, or have crossed it and fallen below."""
    await add(owner)
    made = await counter.floor.shop.buy(mobile, 1_200_000, enrol=True)
    member = UUID(made["member"]["id"])

    async def one() -> int:
        async with counter.database.unit_of_work(Scope.mall(counter.mall_id)) as uow:
            return len(await look(uow, UUID(counter.floor.shop.id), [member]))

    assert sum(await asyncio.gather(*(one() for _ in range(8)))) == 1
    await counter.take(await counter.offer(100), member)
    assert await one() == 0
    await counter.floor.shop.buy(mobile, 1_000_000)
    assert sum(await asyncio.gather(*(one() for _ in range(8)))) == 1
    assert await counter.lots(member, "rial") == [50_000, 50_000]
    await counter.floor.mall.prove()


async def test_a_stopped_one_gives_nothing(counter: Counter, owner: Person, mobile: str) -> None:
    await add(owner)
    path = re.search(rf'action="{owner.root}(/thresholds/[^"]+)"', await owner.get("/thresholds"))
    assert path
    await owner.post(path[1], state="stopped")
    member = UUID((await buy(counter, mobile, 100))["member"]["id"])
    assert await counter.lots(member, "rial") == []
    await owner.post(path[1], state="active")
    await buy(counter, mobile, 1)
    assert await counter.lots(member, "rial") == [50_000]


BUY, RETURN, SPEND = "buy", "return", "spend"
LIFE = st.lists(st.tuples(st.sampled_from([BUY, RETURN, SPEND]), st.integers(1, 60)), max_size=12)


def lived(life: list[tuple[str, int]], threshold: int, *, again: bool) -> tuple[int, int]:
    """How often a threshold gives over what somebody did, and how often they fell by spending."""
    held = earned = taken_back = given = falls = 0
    standing = NOWHERE
    for what, points in life:
        if what == BUY:
            held, earned = held + points, earned + points
        elif what == RETURN:
            back = min(points, held)
            held, earned, taken_back = held - back, earned - back, taken_back + back
        else:
            falls += standing.above and held >= threshold > held - min(points, held)
            held -= min(points, held)
        seen = Seen("", held if again else earned, taken_back)
        standing, crossed = step(standing, seen, threshold, again=again)
        given += crossed
        if crossed:
            assert seen.points >= threshold
    return given, falls


@given(LIFE, st.integers(1, 100))
def test_what_is_earned_gives_once(life: list[tuple[str, int]], threshold: int) -> None:
    assert lived(life, threshold, again=False)[0] <= 1


@given(LIFE, st.integers(1, 100))
def test_without_spending_returns_never_give_twice(
    life: list[tuple[str, int]], threshold: int
) -> None:
    bought = [(what, points) for what, points in life if what != SPEND]
    assert lived(bought, threshold, again=True)[0] <= 1


@given(LIFE, st.integers(1, 100))
def test_without_returns_each_fall_opens_one_more(
    life: list[tuple[str, int]], threshold: int
) -> None:
    plain = [(what, points) for what, points in life if what != RETURN]
    given_times, falls = lived(plain, threshold, again=True)
    assert falls <= given_times <= falls + 1


def test_a_new_period_begins_anew() -> None:
    first, crossed = step(NOWHERE, Seen("1405", 100, 0), 100, again=False)
    assert crossed
    same, crossed = step(first, Seen("1405", 300, 0), 100, again=False)
    assert (same.above, crossed) == (True, False)
    fresh, crossed = step(same, Seen("1406", 20, 0), 100, again=False)
    assert (fresh.above, crossed) == (False, False)
    assert step(fresh, Seen("1406", 100, 0), 100, again=False)[1]
