# ruff: noqa: F811  a fixture is imported, and named as parameters are
"""Somebody else's id answers as an absent one does, byte for byte, at every address there is."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.api.conftest import Api, Json, new_mobile
from tests.api.openapi import Operation, operations
from tests.isolation.conftest import world  # noqa: F401
from tests.isolation.world import Town
from timcheh.ids import new_id
from timcheh.text.cards import random_member_number

pytestmark = pytest.mark.feature("net.own_customers")
World = tuple[Town, Town]
LINES = [{"name": "کالا", "quantity": 1, "unit_price": 1000}]

BODIES: dict[str, Json] = {
    "POST /purchases/{purchase_id}/returns": {"lines": [{"line": 0, "quantity": 1}]},
    "POST /settlements/{settlement_id}/results": {
        "results": [{"merchant_id": str(new_id()), "result": "paid"}]
    },
    "POST /pools/{pool_id}/participants": {"merchant_id": "", "fee_bps": 0},
    "POST /approvals/{approval_id}/code": {"code": "123456"},
    "PATCH /colleagues/{colleague_id}": {"active": True},
    "PATCH /groups/{group_id}": {"when": None},
    "POST /colleagues/{colleague_id}/payouts": {"amount": 1},
    "PUT /segments/{segment_id}": {"name": "x"},
    "PUT /customers/{member_id}/tags": {"tags": ["x"]},
    "PUT /customers/{member_id}/profile": {"name": "x"},
    "PUT /customers/{member_id}/referrer": {"referrer": None},
    "PUT /customers/{member_id}/consents": {"promotion": True},
    "POST /customers/{member_id}/cards": {"number": random_member_number()},
    "POST /members/{member_id}/cards": {"number": random_member_number()},
    "POST /members/{member_id}/cards/renewals": {"months": 12},
    "PATCH /code-batches/{code_batch_id}": {"state": "stopped"},
    "PATCH /merchants/{merchant_id}": {"state": "active"},
    "POST /merchants/{merchant_id}/deposits": {"amount": 1000},
}
"""A body that is right in itself, for each address with an id that takes one."""


def ids_of(town: Town) -> dict[str, str]:
    """An id of each kind that exists in a town, by the parameter that names it."""
    shop = town.shops[0]
    return {
        "purchase_id": shop.open_purchase["id"],
        "member_id": str(town.members[0]),
        "agreement_id": town.ids["agreement"],
        "pool_id": town.ids["pool"],
        "settlement_id": town.ids["settlement"],
        "merchant_id": str(shop.id),
        "key_id": town.ids["key"],
        "backtest_id": town.ids["backtest"],
        "webhook_id": town.ids["webhook"],
        "colleague_id": town.shops[0].goods["colleague_id"],
        "segment_id": town.ids["segment"],
        "group_id": town.ids["group"],
        "claim_id": town.ids["claim_id"],
        "code_batch_id": town.ids["code_batch_id"],
        "field_id": town.ids["custom_field"],
        "approval_id": town.ids["spend_approval"],
    }


class Asker:
    """A caller to whom everything in the towns is foreign, with an own shop for bodies."""

    def __init__(self, kind: str, api: Api, own_shop: UUID) -> None:
        self.kind, self.api, self.own_shop = kind, api, own_shop

    async def ask(self, operation: Operation, ids: dict[str, str]) -> tuple[Any, ...]:
        """What is answered: status, headers that say something, and the body but for its id."""
        path = operation.path.format(**ids)
        body = BODIES[operation.name] if operation.has_body else None
        if body and "merchant_id" in body:
            body = body | {"merchant_id": str(self.own_shop)}
        return told(await self.api.call(operation.method, path, body))


def told(answer: httpx.Response) -> tuple[Any, ...]:
    """All of an answer that could tell two apart, but for what is new in each."""
    body = answer.json() if answer.content else {}
    body.pop("request_id", None)
    quiet = {"x-request-id", "date"}
    headers = sorted((k, v) for k, v in answer.headers.items() if k.lower() not in quiet)
    return answer.status_code, body, headers


@pytest.fixture
async def strangers(world: World) -> list[Asker]:
    """In the first mall a third shop and its terminal; and the second mall with its keys."""
    here, there = world
    shop = await here.api.shop("غریبه")
    branch = await shop.post("/branches", {"name": "مرکزی"})
    terminal = await shop.post("/terminals", {"branch_id": branch["id"], "name": "صندوق"})
    own = UUID(shop.id)
    neighbour = there.shops[0]
    return [
        Asker("merchant", shop, own),
        Asker("terminal", Api(shop.client, terminal["api_key"]), own),
        Asker("mall", there.api, neighbour.id),
        Asker("merchant", neighbour.api, neighbour.id),
        Asker("terminal", neighbour.till, neighbour.id),
    ]


async def test_a_foreign_id_answers_as_an_absent_one(
    client: httpx.AsyncClient,
    world: World,
    strangers: list[Asker],
) -> None:
    asked = 0
    foreign = ids_of(world[0])
    absent = {name: str(new_id()) for name in foreign}
    for operation in await operations(client):
        if not operation.parameters:
            continue
        assert not operation.has_body or operation.name in BODIES, "give a body for this address"
        for asker in strangers:
            expected = 404 if asker.kind in operation.kinds else 403
            first = await asker.ask(operation, absent)
            second = await asker.ask(operation, foreign)
            assert first[0] == expected, (operation.name, asker.kind, first)
            assert second == first, (operation.name, asker.kind)
            assert first[1]["code"] == ("not_found" if expected == 404 else "wrong_key_kind")
            asked += 1
    assert asked > 80


async def test_the_ids_are_there_for_whom_they_belong_to(
    client: httpx.AsyncClient, world: World
) -> None:
    """Else the test above would compare nothing with nothing."""
    town = world[0]
    callers = {"mall": town.api, "merchant": town.shops[0].api, "terminal": town.shops[0].till}
    ids = ids_of(town)
    seen: set[str] = set()
    for operation in await operations(client):
        if operation.method == "GET" and operation.parameters:
            for kind in operation.kinds:
                await callers[kind].get(operation.path.format(**ids))
                seen.update(operation.parameters)
    assert seen == set(ids) - {"key_id", "webhook_id", "group_id", "claim_id", "field_id"}


@pytest.mark.parametrize("kind", ["merchant", "terminal"])
async def test_foreign_ids_in_bodies_and_filters(
    world: World,
    strangers: list[Asker],
    kind: str,
) -> None:
    """Also in a body, what is foreign is what isn't there."""
    here, _ = world
    asker = next(each for each in strangers if each.kind == kind)
    foreign, absent = ids_of(here) | {"branch_id": str(here.shops[0].branch_id)}, str(new_id())
    of_other_mall = ids_of(world[1])
    purchase = {"member": {"mobile": new_mobile()}, "enrol": True, "lines": LINES}
    by_id = {"lines": LINES}
    same: list[tuple[str, str, Json | None, Json | None]] = [
        ("GET", f"/purchases?member_id={absent}", None, None),
    ]
    for there in (foreign["member_id"], of_other_mall["member_id"]):
        assert (await asker.api.get(f"/purchases?member_id={there}"))["items"] == []
    for path, wrong, right in (
        (
            "/purchases",
            purchase | {"branch_id": foreign["branch_id"]},
            purchase | {"branch_id": absent},
        ),
        (
            "/purchases",
            by_id | {"member": {"id": of_other_mall["member_id"]}},
            by_id | {"member": {"id": absent}},
        ),
        (
            "/terminals",
            {"name": "x", "branch_id": foreign["branch_id"]},
            {"name": "x", "branch_id": absent},
        ),
        ("/agreements", _proposal(of_other_mall["merchant_id"]), _proposal(absent)),
        ("/credits", _gift(of_other_mall["member_id"]), _gift(absent)),
    ):
        same.append(("POST", path, wrong, right))
    for method, path, wrong, right in same:
        first = told(await asker.api.call(method, path, wrong))
        assert first == told(await asker.api.call(method, path, right)), path
        assert method == "GET" or first[0] in (403, 404, 422), (path, first)


async def test_the_mall_names_only_its_own_shops(world: World) -> None:
    here, there = world
    answers = []
    for merchant in (str(there.shops[0].id), str(new_id())):
        path = f"/pools/{here.ids['pool']}/participants"
        answers.append(told(await here.api.call("POST", path, {"merchant_id": merchant})))
    assert answers[0] == answers[1]
    assert answers[0][1]["errors"][0]["pointer"] == "/merchant_id"


def _proposal(acceptor: str) -> Json:
    return {"acceptor_id": acceptor, "fee_bps": 0, "max_share_bps": 10_000}


def _gift(member: str) -> Json:
    return {"member": {"id": member}, "amount": 1000, "scope": "own", "reason": "هدیه"}
