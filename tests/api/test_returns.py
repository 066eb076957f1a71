"""Goods come back over HTTP: what is refunded, restored and taken, and who bears the rest."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.api.ageing import age_lot, sweep_mall
from tests.api.conftest import Api, Json, MallApi
from timcheh.db import Database

pytestmark = pytest.mark.feature("sale.refund")


async def give_back(shop: Api, purchase: Json, quantity: float = 1, line: int = 0) -> Json:
    body = {"lines": [{"line": line, "quantity": quantity}]}
    return await shop.post(f"/purchases/{purchase['id']}/returns", body)


async def available(mall_api: MallApi, purchase: Json) -> list[int]:
    return sorted(lot["available"] for lot in await mall_api.lots(purchase["member"]["id"]))


@pytest.fixture
async def pair(mall_api: MallApi, percent_rule: Any) -> tuple[Api, Api]:
    """A gives 10 % that B accepts for a fee of 2 %; B gives nothing."""
    a, b = await mall_api.shop(), await mall_api.shop()
    await a.put("/rules", {"rules": [percent_rule(1_000, "partners")]})
    await mall_api.partners(a, b, fee_bps=200, max_share_bps=10_000)
    return a, b


async def test_unspent_earnings_are_taken_back_and_money_is_refunded(
    mall_api: MallApi, pair: tuple[Api, Api], mobile: str
) -> None:
    a, _ = pair
    bought = await a.buy(mobile, 2_000_000)
    done = await give_back(a, bought)
    assert done["refund"] == 2_000_000
    assert done["taken_back"] == [{"unit": "rial", "amount": 200_000}]
    assert (done["restored"], done["deducted"]) == ([], 0)
    stand = await mall_api.positions()
    assert (stand[a.id]["outstanding"], stand[a.id]["clearing"]) == (0, 0)
    await mall_api.prove()


@pytest.mark.parametrize(
    ("policy", "refund", "deducted", "carried", "written_off"),
    [
        ("deduct", 1_850_000, 150_000, 0, 0),
        ("carry", 2_000_000, 0, 150_000, 0),
        ("write_off", 2_000_000, 0, 0, 150_000),
    ],
)
async def test_earned_here_spent_there_returned_here(
    mall_api: MallApi,
    pair: tuple[Api, Api],
    mobile: str,
    policy: str,
    refund: int,
    deducted: int,
    carried: int,
    written_off: int,
) -> None:
    a, b = pair
    await a.patch("/profile", {"return_policy": policy})
    bought = await a.buy(mobile, 2_000_000)
    await b.buy(mobile, 600_000, spend={"credit": 150_000})
    done = await give_back(a, bought)
    assert (done["refund"], done["deducted"]) == (refund, deducted)
    assert (done["carried"], done["written_off"]) == (carried, written_off)
    assert done["taken_back"] == [{"unit": "rial", "amount": 50_000}]
    stand = await mall_api.positions()
    # What B is due and A owes stands: the goods at B were really sold.
    assert (stand[a.id]["outstanding"], stand[a.id]["clearing"]) == (0, -150_000)
    assert (stand[b.id]["clearing"], stand["fund"]["fee"]) == (147_000, 3_000)
    assert await available(mall_api, bought) == []
    await mall_api.prove()


async def test_spending_undone_first_unwinds_both_shops_to_nothing(
    mall_api: MallApi, pair: tuple[Api, Api], mobile: str
) -> None:
    a, b = pair
    bought = await a.buy(mobile, 2_000_000)
    spent = await b.buy(mobile, 600_000, spend={"credit": 150_000})
    back = await give_back(b, spent)
    assert back["refund"] == 450_000
    lot = spent["spent"][0]["lot_id"]
    assert back["restored"] == [{"lot_id": lot, "amount": 150_000}]
    assert await available(mall_api, bought) == [200_000]
    done = await give_back(a, bought)
    assert (done["refund"], done["deducted"]) == (2_000_000, 0)
    stand = await mall_api.positions()
    for shop in (a, b):
        assert (stand[shop.id]["outstanding"], stand[shop.id]["clearing"]) == (0, 0)
    assert set(stand["fund"].values()) == {0}
    await mall_api.prove()


async def test_what_was_deducted_is_the_members_again_when_its_purchase_comes_back_too(
    mall_api: MallApi, pair: tuple[Api, Api], mobile: str
) -> None:
    """Return at A (150,000 deducted), then at B: the member has paid for the credit it gets."""
    a, b = pair
    bought = await a.buy(mobile, 2_000_000)
    spent = await b.buy(mobile, 600_000, spend={"credit": 150_000})
    await give_back(a, bought)
    await give_back(b, spent)
    assert await available(mall_api, bought) == [150_000]
    stand = await mall_api.positions()
    assert (stand[a.id]["outstanding"], stand[a.id]["clearing"]) == (-150_000, 0)
    assert (stand[b.id]["clearing"], stand["fund"]["fee"]) == (0, 0)
    await mall_api.prove()


async def test_a_carried_debt_is_paid_by_what_is_earned_next(
    mall_api: MallApi, pair: tuple[Api, Api], mobile: str
) -> None:
    a, b = pair
    await a.patch("/profile", {"return_policy": "carry"})
    bought = await a.buy(mobile, 2_000_000)
    await b.buy(mobile, 600_000, spend={"credit": 150_000})
    await give_back(a, bought)
    first = await a.buy(mobile, 1_000_000)
    assert (first["earned"], first["debt_paid"]) == ([], 100_000)
    second = await a.buy(mobile, 1_000_000)
    assert ([e["amount"] for e in second["earned"]], second["debt_paid"]) == ([50_000], 50_000)
    third = await a.buy(mobile, 1_000_000)
    assert [e["amount"] for e in third["earned"]] == [100_000]
    undone = await give_back(a, second)  # its earnings go, and the debt that they paid is back
    assert (undone["refund"], undone["carried"]) == (1_000_000, 50_000)
    fourth = await a.buy(mobile, 1_000_000)
    assert ([e["amount"] for e in fourth["earned"]], fourth["debt_paid"]) == ([50_000], 50_000)
    await mall_api.prove()


async def test_pieces_add_up_to_the_whole(
    mall_api: MallApi, pair: tuple[Api, Api], percent_rule: Any, mobile: str
) -> None:
    a, b = pair
    await b.put("/rules", {"rules": [percent_rule(333)]})
    await a.buy(mobile, 1_000_000)
    lines = [
        {"name": "پارچه", "quantity": 2.5, "unit_price": 33_333},
        {"name": "دکمه", "quantity": 7, "unit_price": 1_001},
    ]
    body = {"member": {"mobile": mobile}, "lines": lines, "spend": {"credit": 12_347}}
    bought = await b.post("/purchases", body)
    assert (bought["total"], bought["to_pay"]) == (83_332 + 7_007, 90_339 - 12_347)
    pieces = [(0, 0.75), (1, 3), (0, 1.2), (1, 4), (0, 0.55)]
    done = [await give_back(b, bought, quantity, line) for line, quantity in pieces]
    assert sum(each["refund"] for each in done) == bought["to_pay"]
    assert sum(r["amount"] for each in done for r in each["restored"]) == 12_347
    taken = sum(t["amount"] for each in done for t in each["taken_back"])
    assert taken == sum(e["amount"] for e in bought["earned"]) == 77_992 * 333 // 10_000
    assert await available(mall_api, bought) == [100_000]
    stand = await mall_api.positions()
    assert (stand[b.id]["outstanding"], stand[b.id]["clearing"]) == (0, 0)
    assert (stand[a.id]["clearing"], stand["fund"]["fee"]) == (0, 0)
    await mall_api.prove()


async def test_points_come_back_as_points(mall_api: MallApi, mobile: str) -> None:
    a, b = await mall_api.shop(), await mall_api.shop()
    pool = await mall_api.post(
        "/pools", {"name": "امتیاز", "issue_price": 120, "redeem_price": 100}
    )
    for shop in (a, b):
        terms = {"merchant_id": shop.id, "fee_bps": 150, "max_share_bps": 10_000}
        await mall_api.post(f"/pools/{pool['id']}/participants", terms)
    effect = {"effect": "points_per", "amount": 10_000, "points": 1, "scope": pool["scope_id"]}
    await a.put("/rules", {"rules": [{"name": "points", "then": [effect]}]})
    bought = await a.buy(mobile, 500_000)
    assert [(e["unit"], e["amount"]) for e in bought["earned"]] == [("point", 50)]
    spent = await b.buy(mobile, 20_000, spend={"points": 30})
    assert [(s["amount"], s["value"]) for s in spent["spent"]] == [(30, 3_000)]
    assert spent["to_pay"] == 17_000
    done = await give_back(a, bought)
    assert done["taken_back"] == [{"unit": "point", "amount": 20}]
    assert (done["refund"], done["deducted"]) == (497_000, 3_000)  # 30 points at what they paid
    back = await give_back(b, spent)
    assert [r["amount"] for r in back["restored"]] == [30]
    assert back["refund"] == 17_000
    stand = await mall_api.positions()
    assert (stand[a.id]["clearing"], stand["fund"]["reserve"]) == (-3_600, 3_600)
    assert (stand[b.id]["clearing"], stand["fund"]["fee"]) == (0, 0)
    await mall_api.prove()


@pytest.mark.feature("sale.credit_expiry")
@pytest.mark.parametrize("swept", [True, False])
async def test_what_is_restored_to_an_expired_lot_has_a_grace(
    mall_api: MallApi, pair: tuple[Api, Api], mobile: str, database: Database, swept: bool
) -> None:
    a, b = pair
    await a.put("/rules", {"rules": [{"name": "week", "then": [
        {"effect": "credit_percent", "bps": 1_000, "scope": "partners", "expires_in_days": 7}
    ]}]})  # fmt: skip
    await a.buy(mobile, 1_000_000)
    spent = await b.buy(mobile, 600_000, spend={"credit": 30_000})
    await age_lot(database, spent["spent"][0]["lot_id"], timedelta(days=7))
    if swept:
        await sweep_mall(database, mall_api.info["id"])
    await give_back(b, spent)
    assert await available(mall_api, spent) == [30_000]
    await mall_api.prove()
    again = await b.buy(mobile, 600_000, spend={"credit": "max"})
    assert again["spent_value"] == 30_000


async def test_refusals(mall_api: MallApi, pair: tuple[Api, Api], mobile: str) -> None:
    a, b = pair
    bought = await a.buy(mobile, 1_000)
    path = f"/purchases/{bought['id']}/returns"
    for quantity, line, status, code in (
        (2, 0, 422, "nothing_to_return"),
        (1, 1, 422, "validation"),
        (0, 0, 422, "validation"),
        (0.0001, 0, 422, "validation"),
    ):
        body = {"lines": [{"line": line, "quantity": quantity}]}
        assert (await a.post(path, body, expect=status))["code"] == code
    one = {"lines": [{"line": 0, "quantity": 1}]}
    assert (await b.post(path, one, expect=404))["code"] == "not_found"
    await a.post(path, one)
    assert (await a.post(path, one, expect=422))["code"] == "nothing_to_return"
    still_open = await a.buy(mobile, 1_000, capture="manual")
    refused = await a.post(f"/purchases/{still_open['id']}/returns", one, expect=409)
    assert refused["code"] == "purchase_not_confirmed"
    await mall_api.prove()


async def test_the_same_goods_come_back_once(
    mall_api: MallApi, pair: tuple[Api, Api], mobile: str
) -> None:
    a, _ = pair
    bought = await a.buy(mobile, 1_000_000)
    body = {"lines": [{"line": 0, "quantity": 1}]}
    answers = await asyncio.gather(
        *(a.call("POST", f"/purchases/{bought['id']}/returns", body) for _ in range(6))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 422, 422, 422, 422, 422]
    assert await available(mall_api, bought) == []
    await mall_api.prove()


async def test_a_returned_purchase_is_no_visit(
    mall_api: MallApi, pair: tuple[Api, Api], mobile: str
) -> None:
    a, _ = pair
    await a.buy(mobile, 1_000)
    bought = await a.buy(mobile, 3_000)
    await give_back(a, bought, 0.5)
    customer = await a.get(f"/customers/{bought['member']['id']}")
    assert (customer["purchases"], customer["spend"]) == (2, 2_500)
    await give_back(a, bought, 0.5)
    customer = await a.get(f"/customers/{bought['member']['id']}")
    assert (customer["purchases"], customer["spend"]) == (1, 1_000)
    await mall_api.prove()
