"""The public API as its contract says it, seen from outside: conventions, and the mall's desk."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.api.conftest import Api, Json, MallApi
from tests.api.openapi import operations
from timcheh.ids import new_id

pytestmark = pytest.mark.feature("plat.api")
PROBLEM = "application/problem+json"


def is_problem(answer: httpx.Response, status: int, code: str) -> Json:
    """The body of a refusal, after a look at its form."""
    body: Json = answer.json()
    assert (answer.status_code, body["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == PROBLEM
    assert {"type", "title", "status", "detail", "code", "request_id"} <= set(body)
    assert body["status"] == status
    assert answer.headers["x-request-id"] == body["request_id"]
    for fault in body.get("errors", []):
        assert set(fault) == {"pointer", "code", "message"}
        assert fault["message"]
    return body


def pointers(answer: httpx.Response) -> dict[str, str]:
    """The field errors of a 422, by pointer."""
    return {
        each["pointer"]: each["code"] for each in is_problem(answer, 422, "validation")["errors"]
    }


def is_utc(text: str) -> bool:
    return datetime.fromisoformat(text).utcoffset() == timedelta(0)


async def test_health_metrics_and_document(client: httpx.AsyncClient) -> None:
    health = (await client.get("/health")).json()
    assert health["status"] == health["database"] == health["redis"] == "ok"
    assert health["version"]
    metrics = await client.get("/metrics")
    assert metrics.status_code == 200
    assert metrics.headers["content-type"].startswith("text/plain")
    assert "timcheh_" in metrics.text
    document = (await client.get("/api/v1/openapi.json")).json()
    assert document["openapi"].startswith("3.1")


CONTRACT = """
POST /merchants | GET /merchants | GET /merchants/{merchant_id} | PATCH /merchants/{merchant_id}
POST /merchants/{merchant_id}/deposits | POST /pools | POST /pools/{pool_id}/participants
GET /fund/positions | POST /settlements | POST /settlements/{settlement_id}/approve
POST /settlements/{settlement_id}/complete | POST /settlements/{settlement_id}/cancel | POST /keys
GET /fund/proof | GET /members/{member_id} | GET /members/{member_id}/balances | POST /branches
POST /terminals | POST /products | GET /products | PUT /rules | GET /rules | POST /agreements
POST /agreements/{agreement_id}/accept | POST /agreements/{agreement_id}/decline
POST /agreements/{agreement_id}/terminate | GET /agreements | POST /purchases
POST /purchases/{purchase_id}/confirm | POST /purchases/{purchase_id}/cancel
POST /purchases/{purchase_id}/returns | GET /purchases/{purchase_id} | GET /purchases
GET /customers | GET /customers/{member_id} | GET /customers/{member_id}/balances | POST /credits
"""


async def test_every_address_of_the_contract_is_documented(client: httpx.AsyncClient) -> None:
    wanted = {each.strip() for line in CONTRACT.split("\n") for each in line.split("|")} - {""}
    assert wanted <= {each.name for each in await operations(client)}


@pytest.mark.parametrize("language", ["", "fa", "fa-IR", "de", "en", "en-GB, fa;q=0.5"])
async def test_refusals_speak_the_callers_language(mall_api: MallApi, language: str) -> None:
    """Persian unless English is asked for."""
    answer = await mall_api.call("GET", f"/merchants/{new_id()}", Accept_Language=language)
    body = is_problem(answer, 404, "not_found")
    latin = language.startswith("en")
    assert body["title"].isascii() == body["detail"].isascii() == latin


async def test_keys_are_of_a_kind(client: httpx.AsyncClient, mall_api: MallApi) -> None:
    shop = await mall_api.shop()
    branch = await shop.post("/branches", {"name": "مرکزی"})
    terminal = await shop.post("/terminals", {"branch_id": branch["id"], "name": "صندوق"})
    keys = {"mall": mall_api.key, "merchant": shop.key, "terminal": terminal["api_key"]}
    ids = {"purchase_id", "member_id", "agreement_id", "pool_id", "settlement_id", "merchant_id"}
    ids |= {
        "key_id",
        "webhook_id",
        "backtest_id",
        "colleague_id",
        "segment_id",
        "group_id",
        "claim_id",
        "field_id",
        "code_batch_id",
        "approval_id",
    }
    path_ids = dict.fromkeys(ids, str(new_id()))
    for number, operation in enumerate(await operations(client)):
        path = operation.path.format(**path_ids)
        # Few with unknown keys: who tries many is soon answered 429.
        unknown = ["tmk_nonsense", keys["mall"][:-1] + "x"] if number % 8 == 0 else []
        for key in ("", *unknown):
            caller = Api(client, key)
            authorization = f"Bearer {key}" if key else ""
            answer = await caller.call(operation.method, path, {}, Authorization=authorization)
            is_problem(answer, 401, "unauthenticated")
        for kind, key in keys.items():
            if kind not in operation.kinds:
                is_problem(
                    await Api(client, key).call(operation.method, path), 403, "wrong_key_kind"
                )


async def test_a_terminal_serves_and_does_not_govern(client: httpx.AsyncClient) -> None:
    found = {each.name for each in await operations(client) if "terminal" in each.kinds}
    assert found >= {"POST /purchases", "POST /purchases/{purchase_id}/confirm"}
    assert not found & {"PUT /rules", "POST /terminals", "POST /agreements", "POST /credits"}


async def test_lists_come_in_pages(mall_api: MallApi) -> None:
    made = [(await mall_api.shop(f"فروشگاه {n}")).id for n in range(5)]
    seen: list[str] = []
    path = "/merchants?limit=2"
    for size in (2, 2, 1):
        page = await mall_api.get(path)
        assert set(page) == {"items", "next_cursor"}
        assert len(page["items"]) == size
        seen += [each["id"] for each in page["items"]]
        path = f"/merchants?limit=2&cursor={page['next_cursor']}"
    assert page["next_cursor"] is None
    assert seen == made


async def test_every_list_pages_and_refuses_a_made_up_cursor(
    client: httpx.AsyncClient, mall_api: MallApi
) -> None:
    shop = await mall_api.shop()
    callers = {"mall": mall_api, "merchant": shop}
    for path in ("/audit", "/members", "/products", "/customers", "/purchases", "/agreements"):
        operation = next(x for x in await operations(client) if x.name == f"GET {path}")
        caller = next(callers[kind] for kind in callers if kind in operation.kinds)
        page = await caller.get(f"{path}?limit=1")
        assert isinstance(page["items"], list)
        assert "next_cursor" in page
        for query, pointer in (
            ("cursor=x", "/cursor"),
            ("limit=0", "/limit"),
            ("limit=x", "/limit"),
        ):
            assert pointer in pointers(await caller.call("GET", f"{path}?{query}")), (path, query)


async def test_a_body_that_is_none_of_ours(mall_api: MallApi) -> None:
    path = "/api/v1/merchants"
    head = {"Authorization": f"Bearer {mall_api.key}", "Content-Type": "application/json"}
    for content, status, code in (
        (b"{", 400, "bad_json"),
        (b"\xff", 400, "bad_json"),
        (b'{"name": "a\\u0000", "slug": "a"}', 400, "bad_json"),
        (b"[]", 422, "validation"),
        (b'{"name": "a"}', 422, "validation"),
        (b'{"name": 1, "slug": "a"}', 422, "validation"),
        (b'{"name": "a", "slug": "a", "colour": 1}', 422, "validation"),
        (b'{"name": "%s"}' % (b"a" * 2**20), 413, "payload_too_large"),
    ):
        answer = await mall_api.client.post(path, content=content, headers=head)
        is_problem(answer, status, code)
    plain = head | {"Content-Type": "text/plain"}
    answer = await mall_api.client.post(path, content=b"x", headers=plain)
    is_problem(answer, 415, "unsupported_media_type")
    answer = await mall_api.call("PUT", "/merchants")
    is_problem(answer, 405, "method_not_allowed")
    assert "POST" in answer.headers["allow"]
    is_problem(await mall_api.call("GET", "/nowhere"), 404, "not_found")
    is_problem(await mall_api.call("GET", "/merchants/not-an-id"), 404, "not_found")


@pytest.mark.feature("net.onboard")
async def test_shops(mall_api: MallApi) -> None:
    slug = f"s-{new_id().hex}"
    body: Json = {
        "name": "گل‌آرا",
        "slug": slug,
        "category": "گل",
        "national_id": "0012345679",
        "sheba": "IR820540102680020817909002",
        "credit_limit": 5_000_000,
    }
    made = await mall_api.post("/merchants", body)
    UUID(made["id"])
    assert {name: made[name] for name in body} == body
    assert made["state"] == "active"
    assert (await Api(mall_api.client, made["api_key"]).get("/profile"))["id"] == made["id"]
    one = await mall_api.get(f"/merchants/{made['id']}")
    assert one == {name: value for name, value in made.items() if name != "api_key"}
    assert one in (await mall_api.get("/merchants"))["items"]
    is_problem(await mall_api.call("POST", "/merchants", body), 409, "slug_taken")
    changed = await mall_api.patch(
        f"/merchants/{made['id']}", {"credit_limit": 7, "state": "suspended"}
    )
    assert (changed["credit_limit"], changed["state"]) == (7, "suspended")
    faulty = body | {"slug": "other", "national_id": "0012345678", "sheba": "IR00"}
    assert pointers(await mall_api.call("POST", "/merchants", faulty)) == {
        "/national_id": "national_id_invalid",
        "/sheba": "sheba_invalid",
    }
    wrong: list[tuple[str, Any]] = [("slug", "Gol Ara"), ("credit_limit", -1), ("name", "")]
    for field, value in wrong:
        answer = await mall_api.call("POST", "/merchants", body | {"slug": "x", field: value})
        assert list(pointers(answer)) == [f"/{field}"]
    for field, value in (("state", "closed"), ("credit_limit", "7"), ("slug", "x")):
        answer = await mall_api.call("PATCH", f"/merchants/{made['id']}", {field: value})
        assert list(pointers(answer)) == [f"/{field}"]


async def test_a_suspended_shop_does_not_sell(mall_api: MallApi, mobile: str) -> None:
    shop = await mall_api.shop()
    await mall_api.patch(f"/merchants/{shop.id}", {"state": "suspended"})
    assert (await shop.buy(mobile, 1000, expect=409))["code"] == "merchant_suspended"
    await mall_api.patch(f"/merchants/{shop.id}", {"state": "active"})
    await shop.buy(mobile, 1000)


@pytest.mark.feature("fund.limits")
async def test_deposits_and_limits(mall_api: MallApi, percent_rule: Any, mobile: str) -> None:
    shop, other = await mall_api.shop(credit_limit=0), await mall_api.shop()
    await mall_api.partners(shop, other, 0, 10_000)
    await shop.put("/rules", {"rules": [percent_rule(1000, "partners")]})
    assert (await shop.buy(mobile, 1_000_000, expect=409))["code"] == "limit_exceeded"
    made = await mall_api.post(f"/merchants/{shop.id}/deposits", {"amount": 100_000})
    assert made["deposit"] == 100_000
    await shop.buy(mobile, 1_000_000)
    assert (await shop.buy(mobile, 1_000_000, expect=409))["code"] == "limit_exceeded"
    position = (await mall_api.positions())[shop.id]
    assert set(position) == {"merchant_id", "outstanding", "clearing", "deposit", "credit_limit"}
    assert (position["outstanding"], position["deposit"], position["credit_limit"]) == (
        -100_000,
        100_000,
        0,
    )
    for amount in (0, -1, 1.5, "1"):
        answer = await mall_api.call("POST", f"/merchants/{shop.id}/deposits", {"amount": amount})
        assert list(pointers(answer)) == ["/amount"]


@pytest.mark.feature("net.pooled_points")
async def test_pools(mall_api: MallApi, mobile: str) -> None:
    a, b = await mall_api.shop(), await mall_api.shop()
    terms = {"name": "امتیاز تیمچه", "issue_price": 1000, "redeem_price": 900}
    pool = await mall_api.post("/pools", terms | {"expires_in_months": 12})
    assert {"id", "scope_id"} <= set(pool)
    points = {"effect": "points_per", "amount": 100_000, "points": 1, "scope": pool["scope_id"]}
    rules = {"rules": [{"name": "p", "then": [points]}]}
    outside = await a.call("PUT", "/rules", rules)
    assert pointers(outside) == {"/rules/0/then/0/scope": "unknown_scope"}
    for shop, more in ((a, {}), (b, {"fee_bps": 100, "max_share_bps": 5000})):
        body = {"merchant_id": shop.id, **more}
        joined = await mall_api.post(f"/pools/{pool['id']}/participants", body)
        assert joined["merchant_id"] == shop.id
    await a.put("/rules", rules)
    bought = await a.buy(mobile, 1_050_000)
    assert [(e["unit"], e["amount"], e["scope_id"]) for e in bought["earned"]] == [
        ("point", 10, pool["scope_id"])
    ]
    assert is_utc(bought["earned"][0]["expires_at"])
    spent = await b.buy(mobile, 100_000, spend={"points": "max"})
    assert [(s["amount"], s["value"], s["unit"]) for s in spent["spent"]] == [(10, 9000, "point")]
    fund = (await mall_api.positions())["fund"]
    assert fund == {"fee": 90, "reserve": 1000, "gateway": 0, "cash": 0, "wallet": 0}
    worse = await mall_api.call("POST", "/pools", terms | {"redeem_price": 1001})
    assert pointers(worse) == {"/redeem_price": "above_issue_price"}
    await mall_api.prove()


@pytest.mark.feature("fund.netting")
async def test_a_shop_sees_its_own_position_only(mall_api: MallApi) -> None:
    a, b = await mall_api.shop(), await mall_api.shop()
    whole = await mall_api.get("/fund/positions")
    assert {each["merchant_id"] for each in whole["items"]} == {a.id, b.id}
    assert set(whole["fund"]) == {"fee", "reserve", "gateway", "cash", "wallet"}
    own = await a.get("/fund/positions")
    assert [each["merchant_id"] for each in own["items"]] == [a.id]
    assert not own.get("fund")


@pytest.mark.feature("fund.dual")
async def test_settlements_need_two(mall_api: MallApi) -> None:
    draft = await mall_api.post("/settlements", {})
    assert (draft["state"], draft["lines"]) == ("draft", [])
    assert (draft["total_pay"], draft["total_receive"]) == (0, 0)
    path = f"/settlements/{draft['id']}"
    assert (await mall_api.post(f"{path}/approve", expect=403))["code"] == "second_person_required"
    assert (await mall_api.post(f"{path}/complete", expect=409))["code"] == "settlement_not_open"
    key = await mall_api.post("/keys", {"name": "second"})
    second = Api(mall_api.client, key["api_key"])
    assert (await second.post(f"{path}/approve", expect=200))["state"] == "approved"
    assert (await second.post(f"{path}/approve", expect=409))["code"] == "settlement_not_open"
    assert (await mall_api.post(f"{path}/complete", expect=200))["state"] == "completed"
    assert (await mall_api.post(f"{path}/cancel", expect=409))["code"] == "settlement_not_open"
    other = await mall_api.post("/settlements", {})
    cancelled = await mall_api.post(f"/settlements/{other['id']}/cancel", expect=200)
    assert cancelled["state"] == "cancelled"
    listed = (await mall_api.get("/settlements"))["items"]
    assert [each["id"] for each in listed] == [other["id"], draft["id"]]
    assert (await mall_api.get(path))["state"] == "completed"


@pytest.mark.feature("fund.proof")
async def test_proof(mall_api: MallApi) -> None:
    proof = await mall_api.get("/fund/proof")
    assert proof["ok"] is True
    assert len(proof["checks"]) > 5
    assert {frozenset(each) for each in proof["checks"]} == {frozenset({"name", "ok", "detail"})}


@pytest.mark.feature("member.where_to_spend")
async def test_members_and_their_balances(
    mall_api: MallApi, percent_rule: Any, mobile: str
) -> None:
    a, b = await mall_api.shop(), await mall_api.shop()
    await mall_api.partners(a, b, 0, 10_000)
    await a.put("/rules", {"rules": [percent_rule(1000, "partners", expires_in_days=30)]})
    member = (await a.buy(mobile, 1_000_000))["member"]["id"]
    person = await mall_api.get(f"/members/{member}")
    assert (person["id"], person["mobile"]) == (member, mobile)
    assert len(person["number"]) == 16
    assert person["number"].isdigit()
    found = await mall_api.get(f"/members/{member}/balances")
    (lot,) = found["lots"]
    assert (lot["unit"], lot["issuer_id"], lot["available"], lot["held"]) == (
        "rial",
        a.id,
        100_000,
        0,
    )
    assert set(lot["acceptors"]) == {a.id, b.id}
    assert is_utc(lot["expires_at"])
    assert lot["scope_id"]
    assert found["totals"]["rial"] == 100_000


async def test_revoked_keys_are_nobodys(mall_api: MallApi) -> None:
    made = await mall_api.post("/keys", {"name": "till"})
    listed = (await mall_api.get("/keys"))["items"]
    assert made["id"] in [each["id"] for each in listed]
    assert not any("api_key" in each or "key_hash" in each for each in listed)
    answer = await mall_api.call("DELETE", f"/keys/{made['id']}")
    assert (answer.status_code, answer.content) == (204, b"")
    is_problem(
        await Api(mall_api.client, made["api_key"]).call("GET", "/keys"), 401, "unauthenticated"
    )
