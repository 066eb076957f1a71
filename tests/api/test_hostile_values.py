"""Values at the end of what a type can hold, and cursors that nobody gave out: never an error of
ours. What the database or the calendar can't reckon with is refused at the door.
"""

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest

from tests.api.conftest import Api, MallApi, new_mobile

MOMENTS = (
    "0001-01-01T00:00:00+23:59",
    "0001-01-01T00:00:00Z",
    "1500-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-23:59",
)
LINE = {"name": "x", "quantity": 1, "unit_price": 10}
CREDIT = {"effect": "credit_percent", "bps": 100, "scope": "own"}


@pytest.fixture
async def shop(mall_api: MallApi) -> Api:
    """One whose rules look at the clock and the calendar."""
    shop = await mall_api.shop()
    hour = {"fact": "time.hour", "op": ">=", "value": 0}
    birthday = {"fact": "member.birthday_in_days", "op": ">=", "value": 0}
    rule = {
        "name": "r",
        "when": {"any": [hour, birthday]},
        "then": [{**CREDIT, "expires_in_days": 36_500}],
    }
    await shop.put("/rules", {"rules": [rule]})
    return shop


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_moment_at_the_end_of_time_is_refused(
    shop: Api, mall_api: MallApi, moment: str
) -> None:
    other, member = await mall_api.shop(), {"mobile": new_mobile()}
    await shop.buy(member["mobile"], 1000)
    terms = {"acceptor_id": other.id, "fee_bps": 1, "max_share_bps": 1}
    gift = {"member": member, "amount": 5, "scope": "own", "reason": "x"}
    rule = {"name": "r", "then": [{"effect": "discount_amount", "amount": 1}]}
    sale = {"member": member, "lines": [LINE]}
    codes = {"name": "x", "count": 1, "points": 1}
    asked: list[tuple[str, str, str, Any]] = [
        ("POST", "/purchases", "/occurred_at", {**sale, "occurred_at": moment}),
        ("POST", "/purchases", "/occurred_at", {**sale, "occurred_at": moment, "dry_run": True}),
        ("POST", "/agreements", "/ends_at", {**terms, "ends_at": moment}),
        ("POST", "/credits", "/available_from", {**gift, "available_from": moment}),
        ("POST", "/credits", "/expires_at", {**gift, "expires_at": moment}),
        ("POST", "/gift-cards", "/available_from", {"amount": 5, "available_from": moment}),
        ("POST", "/gift-cards", "/expires_at", {"amount": 5, "expires_at": moment}),
        ("POST", "/code-batches", "/starts_at", {**codes, "starts_at": moment}),
        ("POST", "/code-batches", "/ends_at", {**codes, "ends_at": moment}),
        ("PUT", "/rules", "/rules/0/starts_at", {"rules": [{**rule, "starts_at": moment}]}),
        ("PUT", "/rules", "/rules/0/ends_at", {"rules": [{**rule, "ends_at": moment}]}),
    ]
    for method, path, pointer, body in asked:
        answer = await shop.call(method, path, body, expect=422)
        faults = [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]
        assert faults == [(pointer, "bad_datetime")], path


async def test_a_cursor_that_nobody_gave_out_is_refused(shop: Api, mall_api: MallApi) -> None:
    lists = [(shop, path) for path in ("/products", "/purchases", "/customers", "/agreements")]
    lists += [(mall_api, path) for path in ("/merchants", "/members", "/settlements", "/audit")]
    for value in (
        b'"\\u0000"',
        b"1e400",
        b'"\\ud800"',
        b"null",
        b"[[]]",
        b'"' + b"x" * 400,
        b"\xff",
    ):
        cursor = urlsafe_b64encode(value).decode().rstrip("=")
        for who, path in lists:
            answer = await who.call("GET", f"{path}?cursor={cursor}", expect=422)
            assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/cursor"]


async def test_numbers_without_end_are_refused(shop: Api) -> None:
    mobile, deep = new_mobile(), json.loads("[" * 900 + "]" * 900)
    for quantity, price in ((10**18, 1), (1e15, 1), (1e-300, 1), (1, 10**400), (10**400, 1)):
        line = {"name": "x", "quantity": quantity, "unit_price": price}
        sale = {"member": {"mobile": mobile}, "enrol": True, "lines": [line]}
        await shop.call("POST", "/purchases", sale, expect=422)
    for value in (10**400, -(10**400), 10**17, True, {}, [], 1e308, deep):
        comparison = {"fact": "basket.total", "op": ">=", "value": value}
        rule = {
            "name": "r",
            "when": comparison,
            "then": [{**CREDIT, "bps": value}],
            "budget": value,
        }
        await shop.call("PUT", "/rules", {"rules": [rule]}, expect=422)
    await shop.call("PUT", "/rules", {"rules": deep}, expect=422)


async def test_addresses_and_names_that_are_none(mall_api: MallApi) -> None:
    for url in (
        "https://[",
        "https://a:99999999",
        "https://\u0001",
        "https://x:%00",
        "//",
        "https://" + "é" * 900,
    ):
        answer = await mall_api.call("POST", "/webhooks", {"url": url})
        assert answer.status_code == 422, url
    body = {"name": "x", "slug": "abc\n"}
    await mall_api.call("POST", "/merchants", body, expect=422)
