"""Every error is a problem document, in the caller's language, with the headers on it."""

import asyncio
from typing import Any

import httpx
import pytest

from timcheh.settings import Settings
from timcheh.web.app import build_app
from timcheh.web.services import Services

from .conftest import ROUTE, Keys, bearer

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "send", "status", "code"),
    [
        ("GET", "/api/v1/nothing", {}, 404, "not_found"),
        ("GET", f"{ROUTE}/not-a-uuid", {}, 404, "not_found"),
        ("PATCH", ROUTE, {}, 405, "method_not_allowed"),
        ("POST", ROUTE, {"json": {}}, 401, "unauthenticated"),
        ("POST", ROUTE, {"data": {"a": "b"}}, 415, "unsupported_media_type"),
        ("GET", "/api/v1/things?q=%00", {}, 400, "bad_request"),
    ],
)
async def test_refusals_without_a_key(
    client: httpx.AsyncClient, method: str, path: str, send: dict[str, Any], status: int, code: str
) -> None:
    answer = await client.request(method, path, **send)
    body = answer.json()
    assert (answer.status_code, body["code"], body["status"]) == (status, code, status)
    assert answer.headers["content-type"] == PROBLEM
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-request-id"] == body["request_id"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        (b"{}", "/amount", "required"),
        (b'{"amount": "5"}', "/amount", "not_an_integer"),
        (b'{"amount": 0}', "/amount", "below_minimum"),
        (b'{"amount": 1, "amout": 2}', "/amout", "unknown_field"),
        (b'{"amount": 1, "name": ""}', "/name", "too_short"),
        (b'{"amount": 1, "name": "' + b"x" * 21 + b'"}', "/name", "too_long"),
        (b'{"amount": 1, "lines": [{"quantity": 1}, {"quantity": 0}]}', "/lines/1/quantity",
         "below_minimum"),
        (b'{"amount": 1, "lines": [{"quantity": 1}, {}]}', "/lines/1/quantity", "required"),
        (b'{"amount": 1, "lines": {}}', "/lines", "not_a_list"),
        (b'{"amount": 1, "owner": "x"}', "/owner", "bad_uuid"),
        (b"[]", "", "not_an_object"),
    ],
)  # fmt: skip
async def test_a_fault_names_its_field(
    client: httpx.AsyncClient, keys: Keys, body: bytes, pointer: str, code: str
) -> None:
    headers = bearer(keys.merchant, **{"content-type": "application/json"})
    answer = await client.post(ROUTE, content=body, headers=headers)
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["code"] == "validation"
    assert [(e["pointer"], e["code"]) for e in problem["errors"]] == [(pointer, code)]
    assert problem["errors"][0]["message"]


@pytest.mark.parametrize("body", [b"{", b"", b"\xff", b'{"amount": 1, "name": "\\u0000"}'])
async def test_what_is_not_json_is_a_bad_request(
    client: httpx.AsyncClient, keys: Keys, body: bytes
) -> None:
    headers = bearer(keys.merchant, **{"content-type": "application/json"})
    answer = await client.post(ROUTE, content=body, headers=headers)
    assert answer.status_code in (400, 422), answer.text
    assert answer.headers["content-type"] == PROBLEM
    if body:
        assert answer.json()["code"] == "bad_json"


@pytest.mark.parametrize(
    ("accepted", "title"),
    [
        (None, "پیدا نشد"),
        ("en", "Not found"),
        ("en-GB,fa;q=0.5", "Not found"),
        ("fa-IR,en;q=0.9", "پیدا نشد"),
        ("de", "پیدا نشد"),
    ],
)
async def test_the_language_is_the_callers(
    client: httpx.AsyncClient, accepted: str | None, title: str
) -> None:
    headers = {"accept-language": accepted} if accepted else {}
    answer = await client.get("/api/v1/nothing", headers=headers)
    assert answer.json()["title"] == title


async def test_a_body_beyond_the_limit_is_refused(client: httpx.AsyncClient, keys: Keys) -> None:
    headers = bearer(keys.merchant, **{"content-type": "application/json"})
    answer = await client.post(ROUTE, content=b" " * (1024 * 1024 + 1), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "payload_too_large")


async def test_a_form_of_another_site_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/x/mall/sign-in", data={}, headers={"origin": "https://evil.test"})
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    fetched = {"sec-fetch-site": "cross-site"}
    answer = await client.post("/x/mall/sign-in", data={}, headers=fetched)
    assert answer.json()["code"] == "csrf_failed"


async def test_a_request_id_from_the_proxy_is_kept(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/nothing", headers={"x-request-id": "abc-12345"})
    assert answer.json()["request_id"] == "abc-12345"
    answer = await client.get("/api/v1/nothing", headers={"x-request-id": "<script>"})
    assert answer.json()["request_id"] != "<script>"


async def test_health_metrics_and_documentation(client: httpx.AsyncClient) -> None:
    health = (await client.get("/health")).json()
    assert health["status"] == health["database"] == health["redis"] == "ok"
    metrics = (await client.get("/metrics")).text
    assert "timcheh_events_pending" in metrics
    assert "timcheh_http_requests_total" in metrics
    page = await client.get("/api/v1/docs")
    assert page.status_code == 200
    nonce = page.headers["content-security-policy"].split("'nonce-")[1].split("'")[0]
    assert f'nonce="{nonce}"' in page.text
    again = await client.get("/api/v1/docs")
    assert nonce not in again.text


async def test_a_crowd_that_asks_for_health_is_told_the_truth(client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(client.get("/health") for _ in range(300)))
    assert {answer.status_code for answer in answers} == {200}


async def test_the_openapi_document_tells_the_truth(client: httpx.AsyncClient) -> None:
    document = (await client.get("/api/v1/openapi.json")).json()
    moved = document["paths"][f"{ROUTE}/moved"]["post"]
    assert {"400", "401", "403", "409", "422", "429", "201"} <= set(moved["responses"])
    assert moved["responses"]["409"]["content"].keys() == {PROBLEM}
    assert any(p["name"] == "Idempotency-Key" and p["required"] for p in moved["parameters"])
    assert moved["security"] == [{"merchantKey": []}]
    assert document["paths"][ROUTE]["post"]["security"] == [{"merchantKey": []},
                                                            {"terminalKey": []}]  # fmt: skip
    assert "Problem" in document["components"]["schemas"]
    assert not any(path.startswith("/framework") for path in document["paths"])
    for path in ("/schema", "/framework-schema", "/framework-schema/openapi.json"):
        assert (await client.get(path)).status_code == 404


async def test_options_knows_every_handler_of_an_address(client: httpx.AsyncClient) -> None:
    answer = await client.options(ROUTE)
    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, OPTIONS, POST")
    assert (await client.options("/api/v1/nothing")).status_code == 404


@pytest.mark.parametrize(
    ("address", "status"), [("127.0.0.1", 200), ("10.0.0.3", 200), ("93.184.216.34", 404)]
)
async def test_metrics_are_for_the_own_network(
    settings: Settings, services: Services, address: str, status: int
) -> None:
    app: Any = build_app(settings, [], services=services)
    transport = httpx.ASGITransport(app, client=(address, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as stranger:
        assert (await stranger.get("/metrics")).status_code == status
