"""Confirm, cancel, time-out and repetition in every order: one end, and the value with it."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from tests.api.ageing import age_purchase, sweep_mall
from tests.api.conftest import Api, Json, MallApi
from tests.hypotheses import rounds
from timcheh.db import Database
from timcheh.ids import new_id

pytestmark = pytest.mark.feature("sale.two_phase")

TWO_MINUTES = timedelta(minutes=2)
EVENTS = ("confirm", "cancel", "expire", "duplicate")
LONGEST = rounds(ci=4, nightly=4, quick=3)
ORDERS = [order for n in range(LONGEST) for order in product(EVENTS, repeat=n + 1)]
SPENT, EARNED = 70, 93  # 10 % of 1,000 - 70


@dataclass
class Sale:
    """An authorised purchase, the request that made it, and where it should be."""

    shop: Api
    key: str
    asked: Json
    made: Json
    state: str = "authorized"

    async def post(self, action: str) -> tuple[int, str]:
        """The status, and the state or the code of the refusal."""
        answer = await self.shop.call("POST", f"/purchases/{self.made['id']}/{action}", {})
        body = answer.json()
        return answer.status_code, body["state"] if answer.is_success else body["code"]


async def authorise(shop: Api, mobile: str, **more: Any) -> Sale:
    key = str(new_id())
    asked = {
        "member": {"mobile": mobile},
        "lines": [{"quantity": 1, "unit_price": 1_000}],
        "spend": {"credit": SPENT},
        "capture": "manual",
    } | more
    answer = await shop.call("POST", "/purchases", asked, expect=201, Idempotency_Key=key)
    return Sale(shop, key, asked, answer.json())


@pytest.fixture
async def shop(mall_api: MallApi, percent_rule: Any, mobile: str) -> Api:
    """A shop that gives 10 %, with a member who has a million of its credit."""
    shop = await mall_api.shop()
    await shop.put("/rules", {"rules": [percent_rule(1_000)]})
    await shop.buy(mobile, 0)
    await shop.post(
        "/credits",
        {"member": {"mobile": mobile}, "amount": 1_000_000, "scope": "own", "reason": "gift"},
    )
    return shop


async def balances(mall_api: MallApi, member: str) -> tuple[int, int]:
    """What is free and what is held of everything the member has."""
    lots = await mall_api.lots(member)
    return sum(lot["available"] for lot in lots), sum(lot["held"] for lot in lots)


async def play(sale: Sale, event: str, database: Database, mall_api: MallApi, swept: bool) -> None:
    """One event, its answer, and what it makes of the purchase."""
    was = sale.state
    if event == "expire":
        await age_purchase(database, sale.made["id"], TWO_MINUTES)
        if swept:
            await sweep_mall(database, mall_api.info["id"])
        sale.state = "expired" if was == "authorized" else was
    elif event == "duplicate":
        again = await sale.shop.call(
            "POST", "/purchases", sale.asked, expect=201, Idempotency_Key=sale.key
        )
        assert again.json() == sale.made
        assert again.headers["Idempotent-Replayed"] == "true"
    elif event == "confirm":
        ok = was in ("authorized", "confirmed")
        assert await sale.post("confirm") == (
            (200, "confirmed") if ok else (409, "purchase_not_open")
        )
        sale.state = "confirmed" if ok else was
    else:
        ok = was in ("authorized", "cancelled")
        assert await sale.post("cancel") == (
            (200, "cancelled") if ok else (409, "purchase_not_open")
        )
        sale.state = "cancelled" if ok else was


async def test_every_order_of_events_has_one_end(
    mall_api: MallApi, shop: Api, mobile: str, database: Database
) -> None:
    async def run(number: int, order: tuple[str, ...]) -> Sale:
        sale = await authorise(shop, mobile)
        for event in order:
            await play(sale, event, database, mall_api, swept=number % 2 == 0)
        return sale

    member = ""
    for first in range(0, len(ORDERS), 10):
        chunk = list(enumerate(ORDERS))[first : first + 10]
        sales = await asyncio.gather(*(run(number, order) for number, order in chunk))
        for sale in sales:
            if sale.state == "authorized":  # repeated only: it is still open, until its time is up
                await age_purchase(database, sale.made["id"], TWO_MINUTES)
                sale.state = "expired"
        await sweep_mall(database, mall_api.info["id"])
        for sale in sales:
            found = await shop.get(f"/purchases/{sale.made['id']}")
            assert found["state"] == sale.state
            member = sale.made["member"]["id"]
    confirmed = sum(1 for order in ORDERS if _first(order) == "confirm")
    assert await balances(mall_api, member) == (1_000_000 + confirmed * (EARNED - SPENT), 0)
    await mall_api.prove()


def _first(order: tuple[str, ...]) -> str:
    """The event that decides: repeating the request never does."""
    return next((event for event in order if event != "duplicate"), "expire")


async def test_an_authorisation_pins_its_lots_for_two_minutes(
    mall_api: MallApi, shop: Api, mobile: str, database: Database
) -> None:
    before = datetime.now(UTC)
    sale = await authorise(shop, mobile)
    until = datetime.fromisoformat(sale.made["expires_at"]) - TWO_MINUTES
    assert before <= until <= datetime.now(UTC)
    member = sale.made["member"]["id"]
    assert await balances(mall_api, member) == (1_000_000 - SPENT, SPENT)
    lines = [{"quantity": 1, "unit_price": 2_000_000}]
    refused = await authorise_refused(shop, mobile, lines=lines, spend={"credit": 1_000_000})
    assert refused == "insufficient_value"
    await age_purchase(database, sale.made["id"], TWO_MINUTES)
    # Free at once for the next purchase, before any sweep.
    await shop.buy(mobile, 2_000_000, spend={"credit": 1_000_000})
    assert await sale.post("confirm") == (409, "purchase_not_open")
    await sweep_mall(database, mall_api.info["id"])
    assert (await shop.get(f"/purchases/{sale.made['id']}"))["state"] == "expired"
    await mall_api.prove()


async def authorise_refused(shop: Api, mobile: str, **more: Any) -> str:
    body = {"member": {"mobile": mobile}, "capture": "manual", **more}
    return str((await shop.post("/purchases", body, expect=422))["code"])


async def test_confirm_cancel_and_the_sweep_at_once_agree_on_one_end(
    mall_api: MallApi, shop: Api, mobile: str, database: Database
) -> None:
    member = ""
    confirmed = 0
    for _ in range(12):
        sale = await authorise(shop, mobile)
        member = sale.made["member"]["id"]
        actions = ["confirm", "cancel", "confirm", "cancel"]
        sweeping = asyncio.create_task(sweep_mall(database, mall_api.info["id"]))
        answers = await asyncio.gather(*(sale.post(action) for action in actions))
        await sweeping
        end = (await shop.get(f"/purchases/{sale.made['id']}"))["state"]
        wanted = {"confirmed": "confirm", "cancelled": "cancel"}[end]
        for action, answer in zip(actions, answers, strict=True):
            assert answer == ((200, end) if action == wanted else (409, "purchase_not_open"))
        confirmed += end == "confirmed"
    assert await balances(mall_api, member) == (1_000_000 + confirmed * (EARNED - SPENT), 0)
    await mall_api.prove()


@pytest.mark.feature("fund.limits")
async def test_a_confirmation_keeps_within_the_limit_and_may_be_tried_again(
    mall_api: MallApi, percent_rule: Any, mobile: str
) -> None:
    """What an authorisation will earn isn't promised yet: the limit is measured on confirming."""
    shop = await mall_api.shop(credit_limit=100)
    await shop.put("/rules", {"rules": [percent_rule(1_000, "partners")]})
    first, second = [await authorise(shop, mobile, enrol=True, spend={}) for _ in range(2)]
    assert await first.post("confirm") == (200, "confirmed")
    assert await second.post("confirm") == (409, "limit_exceeded")
    await mall_api.post(f"/merchants/{shop.id}/deposits", {"amount": 100})
    assert await second.post("confirm") == (200, "confirmed")
    await mall_api.prove()


@pytest.mark.feature("sale.refund")
async def test_a_debt_is_paid_by_one_open_purchase_only(
    mall_api: MallApi, percent_rule: Any, mobile: str
) -> None:
    shop = await mall_api.shop()
    await shop.patch("/profile", {"return_policy": "carry"})
    await shop.put("/rules", {"rules": [percent_rule(1_000)]})
    bought = await shop.buy(mobile, 1_000)
    await shop.buy(mobile, 1_000, spend={"credit": 100})
    lines = {"lines": [{"line": 0, "quantity": 1}]}
    owing = await shop.post(f"/purchases/{bought['id']}/returns", lines)
    assert (owing["taken_back"], owing["carried"]) == ([], 100)
    first, second = [await authorise(shop, mobile, spend={}) for _ in range(2)]
    assert [first.made["debt_paid"], second.made["debt_paid"]] == [100, 0]
    assert await first.post("cancel") == (200, "cancelled")
    third = await authorise(shop, mobile, spend={})
    assert third.made["debt_paid"] == 100
    for sale in (third, second):
        assert await sale.post("confirm") == (200, "confirmed")
    assert (await shop.buy(mobile, 1_000))["debt_paid"] == 0
    await mall_api.prove()


async def test_a_second_confirmation_answers_as_the_first_did(
    mall_api: MallApi, percent_rule: Any, mobile: str
) -> None:
    """Also for somebody who was a stranger to the shop until this purchase."""
    shop = await mall_api.shop()
    await shop.put("/rules", {"rules": [percent_rule(1_000)]})
    sale = await authorise(shop, mobile, enrol=True, spend={})
    path = f"/purchases/{sale.made['id']}/confirm"
    first = await shop.post(path, {}, expect=200)
    assert await shop.post(path, {}, expect=200) == first
    assert await shop.get(f"/purchases/{sale.made['id']}") == first
