"""Schemathesis over the whole document: what it promises is what is answered, whoever asks.

In process, against the real database.
"""

import asyncio
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.conftest import Api, new_mobile
from tests.hypotheses import rounds
from tests.isolation.world import Town, make_town
from timcheh.db import Database

EXAMPLES = rounds(ci=4, nightly=60, quick=2)
"""Requests for each operation, key that it takes, and mode."""
SEED = int(os.environ.get("PYTEST_FUZZ_SEED", rounds(ci=1404, nightly=time.time_ns() % 10**9)))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    allow_header_conformance,
    negative_data_rejection,
    missing_required_header,
]
pytestmark = pytest.mark.feature("plat.api")


@dataclass(frozen=True)
class Fuzzer:
    """Sends one kind of caller's requests. `known` are values that exist, by field name."""

    client: httpx.AsyncClient
    loop: asyncio.AbstractEventLoop
    key: str | None
    known: dict[str, list[str]]

    def send(self, case: Any) -> httpx.Response:
        """One request, from the thread of the generator into the loop of the application."""
        asked = case.as_transport_kwargs(base_url="http://test")
        headers = {
            name: value
            for name, value in dict(asked["headers"]).items()
            if name.lower() not in ("authorization", "cookie")
        }
        if self.key is not None:
            headers["Authorization"] = f"Bearer {self.key}"
        sent = self.client.request(
            asked["method"],
            asked["url"],
            params=asked.get("params"),
            headers=headers,
            content=_content(asked, headers),
        )
        return asyncio.run_coroutine_threadsafe(sent, self.loop).result(30)

    def filled(self, value: Any, name: str, pick: Callable[[list[str]], str]) -> Any:
        """The value with names of things that exist in place of made-up ones."""
        if isinstance(value, dict):
            return {key: self.filled(each, key, pick) for key, each in value.items()}
        if isinstance(value, list):
            return [self.filled(each, name, pick) for each in value]
        return pick(self.known[name]) if name in self.known and isinstance(value, str) else value


def _content(asked: dict[str, Any], headers: dict[str, str]) -> bytes | None:
    if "json" in asked:
        headers.setdefault("Content-Type", "application/json")
        return json.dumps(asked["json"]).encode()
    data = asked.get("data")
    return data.encode() if isinstance(data, str) else data


@pytest.fixture(scope="module")
async def town(client: httpx.AsyncClient, database: Database) -> Town:
    """A mall of its own: what is asked at random also suspends, revokes and cancels."""
    return await make_town(client, database, [new_mobile(), new_mobile()])


def known_values(town: Town) -> dict[str, list[str]]:
    first, second = town.shops
    members = [str(member) for member in town.members]
    return {
        "purchase_id": [first.purchase["id"], first.open_purchase["id"]],
        "member_id": members,
        "id": members,
        "mobile": town.mobiles,
        "agreement_id": [town.ids["agreement"]],
        "pool_id": [town.ids["pool"]],
        "settlement_id": [town.ids["settlement"]],
        "merchant_id": [str(second.id)],  # suspending it leaves the callers' own shop open
        "acceptor_id": [str(second.id)],
        "branch_id": [str(first.branch_id)],
        "scope": ["own", "partners", "network", town.ids["scope"]],
        "webhook_id": [town.ids["webhook"]],
        "key_id": [town.ids["key"]],
        "code_batch_id": [town.ids["code_batch_id"]],
        "field_id": [town.ids["custom_field"]],
    }


def _without_security(document: dict[str, Any]) -> dict[str, Any]:
    """Keys are the caller's here, not the generator's to invent or to leave out."""
    for item in document["paths"].values():
        for operation in item.values():
            operation.pop("security", None)
    document["components"].pop("securitySchemes", None)
    return document


@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
@pytest.mark.parametrize("kind", ["mall", "merchant", "terminal", "nobody"])
async def test_what_is_promised_is_answered(
    client: httpx.AsyncClient, town: Town, kind: str, mode: GenerationMode
) -> None:
    document = (await client.get("/api/v1/openapi.json")).json()
    takes = {
        (path, method.upper()): {name for each in operation.get("security", []) for name in each}
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }
    schema = schemathesis.openapi.from_dict(_without_security(document))
    callers: dict[str, Api] = {
        "mall": town.api,
        "merchant": town.shops[0].api,
        "terminal": town.shops[0].till,
    }
    key = callers[kind].key if kind in callers else None
    fuzzer = Fuzzer(client, asyncio.get_running_loop(), key, known_values(town))
    faults: list[str] = []
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        # Where this caller is refused anyway, one request shows it.
        welcome = f"{kind}Key" in takes[operation.path, operation.method.upper()]
        examples = EXAMPLES if welcome else 1
        if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query):
            continue
        asked += examples
        fault = await asyncio.to_thread(_try, fuzzer, operation, mode, examples)
        if fault:
            faults.append(f"{operation.label}: {fault}")
    assert not faults, "\n".join([f"PYTEST_FUZZ_SEED={SEED}", *faults])
    print(f"{kind}, {mode}: {asked} requests, each answered as promised")


def _try(fuzzer: Fuzzer, operation: Any, mode: GenerationMode, examples: int) -> str | None:
    """What is wrong with an operation, if anything is."""

    @seed(SEED)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def run(case: Any, data: st.DataObject) -> None:
        def pick(values: list[str]) -> str:
            return data.draw(st.sampled_from(values))

        if mode is GenerationMode.POSITIVE:
            for part in ("path_parameters", "body"):
                given_part = getattr(case, part)
                if isinstance(given_part, dict):
                    setattr(case, part, fuzzer.filled(given_part, "", pick))
        response = fuzzer.send(case)
        assert response.status_code != 429, "the test asks more than a minute's share"
        case.validate_response(response, checks=CHECKS)

    try:
        run()
    except BaseException as error:
        return str(error)
    return None


async def test_the_document_is_whole(client: httpx.AsyncClient) -> None:
    """Every operation says who may call it, what it answers, and what it is."""
    document = (await client.get("/api/v1/openapi.json")).json()
    schemas, names = document["components"]["schemas"], []
    for path, item in document["paths"].items():
        for method, operation in item.items():
            name = f"{method} {path}"
            names.append(operation["operationId"])
            assert operation.get("summary"), name
            assert operation.get("tags"), name
            if path.startswith("/api/v1"):
                assert operation["security"], name
                assert {"400", "401", "403", "429"} <= set(operation["responses"]), name
            for status, answer in operation["responses"].items():
                if status != "204":
                    for content in answer["content"].values():
                        assert content["schema"], (name, status)
    assert len(names) == len(set(names))
    assert set(schemas["Problem"]["properties"]) == {
        "type",
        "title",
        "status",
        "detail",
        "code",
        "request_id",
        "errors",
    }
