"""However often a request that moves value comes, it happens once and is answered alike."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.api.conftest import Api, Json, MallApi
from tests.api.openapi import operations
from timcheh.ids import new_id
from timcheh.web import idempotency

pytestmark = pytest.mark.feature("pos.api")
REPLAYED = "idempotent-replayed"
TIMES = 50


@dataclass
class Move:
    """A request that moves value: who sends it where, what it does, and another body for it."""

    api: Api
    path: str
    body: Any
    status: int
    effects: Callable[[], Awaitable[int]]
    other: Any = None
    """A body that differs, for an address where bodies do."""

    async def send(self, key: str, body: Any = None) -> httpx.Response:
        given = self.body if body is None else body
        return await self.api.call("POST", self.path, given, Idempotency_Key=key)


Maker = Callable[[MallApi, str], Awaitable[Move]]


async def _shop(mall: MallApi) -> Api:
    shop = await mall.shop()
    effect = {"effect": "credit_percent", "bps": 1000, "scope": "own"}
    await shop.put("/rules", {"rules": [{"name": "r", "then": [effect]}]})
    return shop


def _basket(mobile: str, **more: Any) -> Json:
    lines = [{"name": "کالا", "quantity": 2, "unit_price": 500_000}]
    return {"member": {"mobile": mobile}, "enrol": True, "lines": lines, **more}


async def _purchase(mall: MallApi, mobile: str) -> Move:
    shop = await _shop(mall)

    async def effects() -> int:
        return len((await shop.get("/purchases"))["items"])

    other = _basket(mobile, capture="manual")
    return Move(shop, "/purchases", _basket(mobile), 201, effects, other)


async def _confirm(mall: MallApi, mobile: str) -> Move:
    shop = await _shop(mall)
    opened = await shop.post("/purchases", _basket(mobile, capture="manual"))

    async def effects() -> int:
        """Credit is granted by the confirmation."""
        return len(await mall.lots(opened["member"]["id"]))

    return Move(shop, f"/purchases/{opened['id']}/confirm", None, 200, effects)


async def _return(mall: MallApi, mobile: str) -> Move:
    shop = await _shop(mall)
    bought = await shop.post("/purchases", _basket(mobile))
    path = f"/purchases/{bought['id']}"

    async def effects() -> int:
        return int((await shop.get(path))["lines"][0]["returned"])

    one = {"lines": [{"line": 0, "quantity": 1}]}
    return Move(shop, f"{path}/returns", one, 201, effects, {"lines": [{"line": 0, "quantity": 2}]})


async def _deposit(mall: MallApi, mobile: str) -> Move:
    shop = await mall.shop()

    async def effects() -> int:
        return int((await mall.positions())[shop.id]["deposit"]) // 1000

    return Move(
        mall, f"/merchants/{shop.id}/deposits", {"amount": 1000}, 201, effects, {"amount": 1}
    )


async def _gift(mall: MallApi, mobile: str) -> Move:
    shop = await mall.shop()
    member = (await mall.post("/members", {"mobile": mobile}))["id"]

    async def effects() -> int:
        return len(await mall.lots(member))

    body = {"member": {"id": member}, "amount": 1000, "scope": "own", "reason": "هدیه"}
    return Move(shop, "/credits", body, 201, effects, body | {"amount": 2000})


async def _gift_card(mall: MallApi, mobile: str) -> Move:
    shop = await mall.shop()

    async def effects() -> int:
        return -int((await mall.positions())[shop.id]["outstanding"]) // 1000

    return Move(shop, "/gift-cards", {"amount": 1000}, 201, effects, {"amount": 2000})


async def _settlement(mall: MallApi, mobile: str) -> Move:
    a, b = await mall.shop(), await mall.shop()
    effect = {"effect": "credit_percent", "bps": 1000, "scope": "partners"}
    await a.put("/rules", {"rules": [{"name": "r", "then": [effect]}]})
    await mall.partners(a, b, 0, 10_000)
    await a.buy(mobile, 1_000_000)
    await b.buy(mobile, 1_000_000, spend={"credit": 100_000})
    second = Api(mall.client, (await mall.post("/keys", {"name": "second"}))["api_key"])
    draft = await mall.post("/settlements", {})
    await second.post(f"/settlements/{draft['id']}/approve", expect=200)

    async def effects() -> int:
        """0 while the shops' positions are open, 1 once they are paid once."""
        return 1 - abs(int((await mall.positions())[a.id]["clearing"])) // 100_000

    return Move(mall, f"/settlements/{draft['id']}/complete", None, 200, effects)


async def _results(mall: MallApi, mobile: str) -> Move:
    whole = await _settlement(mall, mobile)
    path = whole.path.removesuffix("/complete")
    lines = (await mall.get(path))["lines"]
    marks = [{"merchant_id": line["merchant_id"], "result": "paid"} for line in lines]
    refused = [mark | {"result": "refused"} for mark in marks]
    body, other = {"results": marks}, {"results": refused}
    return Move(mall, f"{path}/results", body, 200, whole.effects, other)


async def _payout(mall: MallApi, mobile: str) -> Move:
    shop = await mall.shop()
    seller = await shop.post("/colleagues", {"name": "مینا", "terms": [{"bps": 5000}]})
    line = {"quantity": 1, "unit_price": 1_000_000, "colleague_id": seller["id"]}
    await shop.post("/purchases", _basket(mobile, lines=[line]))

    async def effects() -> int:
        (now,) = (await shop.get("/colleagues"))["items"]
        return (500_000 - int(now["balance"])) // 1000

    path = f"/colleagues/{seller['id']}/payouts"
    return Move(shop, path, {"amount": 1000}, 201, effects, {"amount": 2000})


async def _rewarded(mall: MallApi, mobile: str) -> tuple[Api, Json]:
    """A shop that gives a customer ten points, and a reward that costs one, to be claimed."""
    shop = await mall.shop()
    await shop.post("/purchases", _basket(mobile))
    gift = {"member": {"mobile": mobile}, "amount": 10, "unit": "point", "scope": "own"}
    await shop.post("/credits", gift | {"reason": "هدیه"})
    reward = await shop.post("/rewards", {"name": "قهوه", "kind": "service", "points": 1})
    return shop, {"member": {"mobile": mobile}, "reward_id": reward["id"]}


async def _claims(shop: Api, state: str) -> int:
    items = (await shop.get("/reward-claims"))["items"]
    return sum(each["state"] == state for each in items)


async def _take_reward(mall: MallApi, mobile: str) -> Move:
    shop, body = await _rewarded(mall, mobile)

    async def effects() -> int:
        return await _claims(shop, "handed")

    return Move(shop, "/reward-claims", body, 201, effects, body | {"hand_out": False})


async def _redeem_reward(mall: MallApi, mobile: str) -> Move:
    shop, body = await _rewarded(mall, mobile)
    claim = await shop.post("/reward-claims", body | {"hand_out": False})

    async def effects() -> int:
        return await _claims(shop, "handed")

    path, other = "/reward-claims/redeem", {"code": "00000000"}
    return Move(shop, path, {"code": claim["code"]}, 200, effects, other)


async def _cancel_reward(mall: MallApi, mobile: str) -> Move:
    shop, body = await _rewarded(mall, mobile)
    claim = await shop.post("/reward-claims", body | {"hand_out": False})

    async def effects() -> int:
        return await _claims(shop, "cancelled")

    return Move(shop, f"/reward-claims/{claim['id']}/cancel", None, 200, effects)


async def _code_batch(mall: MallApi, mobile: str) -> Move:
    shop = await mall.shop()

    async def effects() -> int:
        return len((await shop.get("/code-batches"))["items"])

    body = {"name": "بهار", "count": 2, "points": 5}
    return Move(shop, "/code-batches", body, 201, effects, body | {"count": 3})


async def _redemption(mall: MallApi, mobile: str) -> Move:
    shop = await mall.shop()
    batch = await shop.post("/code-batches", {"name": "بهار", "count": 2, "points": 5})
    path = f"/code-batches/{batch['id']}"
    one, two = [each["code"] for each in (await shop.get(f"{path}/codes"))["items"]]

    async def effects() -> int:
        return int((await shop.get(path))["redeemed"])

    body = {"member": {"mobile": mobile}, "code": one}
    return Move(shop, "/codes/redemptions", body, 201, effects, body | {"code": two})


MAKERS: dict[str, Maker] = {
    "POST /purchases": _purchase,
    "POST /purchases/{purchase_id}/confirm": _confirm,
    "POST /purchases/{purchase_id}/returns": _return,
    "POST /merchants/{merchant_id}/deposits": _deposit,
    "POST /credits": _gift,
    "POST /colleagues/{colleague_id}/payouts": _payout,
    "POST /gift-cards": _gift_card,
    "POST /reward-claims": _take_reward,
    "POST /reward-claims/redeem": _redeem_reward,
    "POST /reward-claims/{claim_id}/cancel": _cancel_reward,
    "POST /code-batches": _code_batch,
    "POST /codes/redemptions": _redemption,
    "POST /settlements/{settlement_id}/complete": _settlement,
    "POST /settlements/{settlement_id}/results": _results,
}


@pytest.fixture(params=MAKERS.values(), ids=list(MAKERS))
async def move(request: pytest.FixtureRequest, mall_api: MallApi, mobile: str) -> Move:
    made: Move = await request.param(mall_api, mobile)
    return made


async def test_every_address_that_takes_a_key_is_tested(client: httpx.AsyncClient) -> None:
    found = {each.name for each in await operations(client) if each.idempotent}
    assert found == set(MAKERS)


async def test_fifty_at_once_are_one(move: Move, mall_api: MallApi) -> None:
    before, key = await move.effects(), str(new_id())
    answers = await asyncio.gather(*(move.send(key) for _ in range(TIMES)))
    codes = Counter(answer.status_code for answer in answers)
    assert set(codes) <= {move.status, 409}, [a.text for a in answers if a.status_code >= 500][:1]
    done = [answer for answer in answers if answer.status_code == move.status]
    assert sum(REPLAYED not in answer.headers for answer in done) == 1
    assert len({answer.content for answer in done}) == 1
    for answer in answers:
        if answer.status_code == 409:
            assert answer.json()["code"] == "idempotency_in_progress"
    assert await move.effects() - before == 1
    await mall_api.prove()


class _Elsewhere(set[Any]):
    """What this process serves, as another process sees it: nothing."""

    def __contains__(self, _: object) -> bool:
        return False


async def test_fifty_at_once_over_many_processes_are_one(
    move: Move, mall_api: MallApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the process's own memory of what is in flight, the database alone keeps it to one."""
    monkeypatch.setattr(idempotency, "_in_flight", _Elsewhere())
    before, key = await move.effects(), str(new_id())
    answers = await asyncio.gather(*(move.send(key) for _ in range(TIMES)))
    assert {answer.status_code for answer in answers} <= {move.status, 409}
    refused = {answer.json()["code"] for answer in answers if answer.status_code == 409}
    assert refused <= {"idempotency_in_progress", "try_again"}
    done = [answer for answer in answers if answer.status_code == move.status]
    assert len({answer.content for answer in done}) == 1
    assert sum(REPLAYED not in answer.headers for answer in done) <= 1
    assert await move.effects() - before == 1
    await mall_api.prove()


async def test_a_repetition_gets_the_first_answer(move: Move) -> None:
    key = str(new_id())
    first, before = await move.send(key), await move.effects()
    again = [await move.send(key) for _ in range(3)]
    assert first.status_code == move.status, first.text
    assert REPLAYED not in first.headers
    for answer in again:
        assert (answer.status_code, answer.content) == (first.status_code, first.content)
        assert answer.headers[REPLAYED] == "true"
        assert answer.headers["content-type"] == first.headers["content-type"]
    assert await move.effects() == before


async def test_the_key_of_another_request_is_refused(move: Move, mall_api: MallApi) -> None:
    key = str(new_id())
    assert (await move.send(key)).status_code == move.status
    before = await move.effects()
    if move.other is not None:
        answer = await move.send(key, move.other)
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    elsewhere = "/credits" if move.api is not mall_api else f"/merchants/{new_id()}/deposits"
    body = (
        {"member": {"id": str(new_id())}, "amount": 1, "scope": "own", "reason": "x"}
        if elsewhere == "/credits"
        else {"amount": 1}
    )
    if elsewhere != move.path:
        answer = await move.api.call("POST", elsewhere, body, Idempotency_Key=key)
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert await move.effects() == before


async def test_a_key_is_needed_and_has_a_form(move: Move) -> None:
    before = await move.effects()
    for key, code in (
        ("", "idempotency_key_required"),
        ("   ", "idempotency_key_required"),
        ("x" * 256, "idempotency_key_invalid"),
    ):
        answer = await move.send(key)
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert await move.effects() == before
    assert (await move.send("x" * 255)).status_code == move.status
    assert (await move.send("x" * 255)).headers[REPLAYED] == "true"


async def test_a_key_is_its_senders_own(mall_api: MallApi, mobile: str) -> None:
    """Two shops with one key are two requests."""
    key = str(new_id())
    for _ in range(2):
        shop = await _shop(mall_api)
        answer = await shop.call("POST", "/purchases", _basket(mobile), Idempotency_Key=key)
        assert answer.status_code == 201
        assert REPLAYED not in answer.headers


async def test_different_keys_are_different_requests(mall_api: MallApi, mobile: str) -> None:
    move = await _purchase(mall_api, mobile)
    answers = await asyncio.gather(*(move.send(str(new_id())) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 20
    assert await move.effects() == 20


async def test_a_refusal_is_an_outcome_too(mall_api: MallApi, mobile: str) -> None:
    """What was refused stays refused under its key, also once it would be possible."""
    shop, key = await _shop(mall_api), str(new_id())
    asks = _basket(mobile, spend={"credit": 50_000})
    first = await shop.call("POST", "/purchases", asks, Idempotency_Key=key)
    assert (first.status_code, first.json()["code"]) == (422, "insufficient_value")
    await shop.buy(mobile, 1_000_000)
    again = await shop.call("POST", "/purchases", asks, Idempotency_Key=key)
    assert again.content == first.content
    assert again.headers[REPLAYED] == "true"
    assert again.headers["content-type"] == "application/problem+json"
    assert (await shop.post("/purchases", asks))["spent_value"] == 50_000


async def test_refusals_are_replayed_everywhere(mall_api: MallApi, mobile: str) -> None:
    shop = await _shop(mall_api)
    bought = await shop.post("/purchases", _basket(mobile))
    opened = await shop.post("/purchases", _basket(mobile, capture="manual"))
    await shop.post(f"/purchases/{opened['id']}/cancel", expect=200)
    draft = await mall_api.post("/settlements", {})
    too_much = {"lines": [{"line": 0, "quantity": 3}]}
    nobody = {"member": {"id": str(new_id())}, "amount": 1, "scope": "own", "reason": "x"}
    cases: list[tuple[Api, str, Any, int, str]] = [
        (shop, f"/purchases/{opened['id']}/confirm", None, 409, "purchase_not_open"),
        (shop, f"/purchases/{bought['id']}/returns", too_much, 422, "nothing_to_return"),
        (shop, f"/purchases/{opened['id']}/returns", too_much, 409, "purchase_not_confirmed"),
        (shop, "/credits", nobody, 404, "member_not_found"),
        (mall_api, f"/merchants/{new_id()}/deposits", {"amount": 1}, 404, "not_found"),
        (mall_api, f"/settlements/{draft['id']}/complete", None, 409, "settlement_not_open"),
    ]
    for api, path, body, status, code in cases:
        key = str(new_id())
        first = await api.call("POST", path, body, Idempotency_Key=key)
        again = await api.call("POST", path, body, Idempotency_Key=key)
        assert (first.status_code, first.json()["code"]) == (status, code), path
        assert (again.status_code, again.content) == (first.status_code, first.content), path
        assert again.headers[REPLAYED] == "true", path


async def test_after_faulty_fields_the_key_is_free(mall_api: MallApi, mobile: str) -> None:
    """Nobody has to invent a new key for a typing error."""
    shop, key = await _shop(mall_api), str(new_id())
    wrong = _basket(mobile, lines=[{"quantity": 0, "unit_price": 1}])
    refused = await shop.call("POST", "/purchases", wrong, Idempotency_Key=key)
    assert (refused.status_code, refused.json()["code"]) == (422, "validation")
    right = await shop.call("POST", "/purchases", _basket(mobile), Idempotency_Key=key)
    assert right.status_code == 201


async def test_a_dry_run_needs_no_key_and_keeps_none(mall_api: MallApi, mobile: str) -> None:
    shop, key = await _shop(mall_api), str(new_id())
    dry = _basket(mobile, dry_run=True)
    for given in ("", key, key):
        answer = await shop.call("POST", "/purchases", dry, Idempotency_Key=given)
        assert answer.status_code == 201
        assert REPLAYED not in answer.headers
    real = await shop.call("POST", "/purchases", _basket(mobile), Idempotency_Key=key)
    assert real.status_code == 201
    assert REPLAYED not in real.headers


async def test_confirming_twice_with_two_keys_answers_the_same(
    mall_api: MallApi, mobile: str
) -> None:
    move = await _confirm(mall_api, mobile)
    first, second = await move.send(str(new_id())), await move.send(str(new_id()))
    assert (second.status_code, second.json()) == (200, first.json())
    assert await move.effects() == 1
