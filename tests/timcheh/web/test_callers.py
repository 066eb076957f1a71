"""Keys: the right kind, an unknown one, a revoked one; limits; lists in pages."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select, text

from timcheh.access.keys import issue_key, revoke_key
from timcheh.access.limits import LeasedLimiter, Limit, RateLimiter
from timcheh.access.models import ApiKey
from timcheh.access.tokens import digest, new_key
from timcheh.db import Database, Scope
from timcheh.errors import RateLimited
from timcheh.malls import MallInfo
from timcheh.web import callers
from timcheh.web.services import Services

from .conftest import ROUTE, Keys, bearer


async def test_each_kind_of_key_opens_its_own_doors(client: httpx.AsyncClient, keys: Keys) -> None:
    thing = f"{ROUTE}/{uuid4()}"
    for key, create, read in (
        (keys.mall, 403, 200),
        (keys.merchant, 201, 403),
        (keys.terminal, 201, 403),
    ):
        made = await client.post(ROUTE, json={"amount": 1}, headers=bearer(key))
        assert made.status_code == create
        answer = await client.get(thing, headers=bearer(key))
        assert answer.status_code == read
        for refused in (made, answer):
            if refused.status_code == 403:
                assert refused.json()["code"] == "wrong_key_kind"


@pytest.mark.parametrize("scheme", ["Basic eDp5", "Bearer", "Bearer x", "Bearer tmk_x_y"])
async def test_what_is_no_key_is_unauthenticated(client: httpx.AsyncClient, scheme: str) -> None:
    answer = await client.post(ROUTE, json={"amount": 1}, headers={"authorization": scheme})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_key_of_another_mall_or_forged_is_unknown(
    client: httpx.AsyncClient, mall: MallInfo, keys: Keys
) -> None:
    forged = new_key(mall.mall_id)
    other = new_key(uuid4()).rpartition("_")[0] + "_" + keys.mall.rpartition("_")[2]
    for key in (forged, other):
        answer = await client.get(ROUTE, headers=bearer(key))
        assert answer.status_code == 401


async def test_a_stranger_learns_nothing_of_bodies(client: httpx.AsyncClient) -> None:
    answer = await client.post(ROUTE, json={"amount": "x"})
    assert answer.status_code == 401


async def test_revoking_ends_a_key(
    client: httpx.AsyncClient, services: Services, database: Database, mall: MallInfo
) -> None:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        key = await issue_key(uow, "mall", "short-lived")
    assert (await client.get(ROUTE, headers=bearer(key.secret))).status_code == 200
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        await revoke_key(uow, key.id)
    services.keys.forget()
    assert (await client.get(ROUTE, headers=bearer(key.secret))).status_code == 401


async def test_only_the_hash_is_stored_and_the_use_is_noted(
    client: httpx.AsyncClient, services: Services, database: Database, mall: MallInfo
) -> None:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        key = await issue_key(uow, "mall", "used")
    for _ in range(3):
        await client.get(ROUTE, headers=bearer(key.secret))
    await services.keys.close()
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        row = await uow.session.scalar(select(ApiKey).where(ApiKey.id == key.id))
        dump = await uow.session.scalar(
            text("SELECT k::text FROM kernel.api_key k WHERE id = :id"), {"id": key.id}
        )
    assert row is not None
    assert row.key_hash == digest(key.secret)
    assert key.secret.rpartition("_")[2] not in str(dump)
    assert row.last_used_at is not None
    assert abs((datetime.now(UTC) - row.last_used_at).total_seconds()) < 60


async def test_a_hot_key_costs_no_query(
    client: httpx.AsyncClient, services: Services, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    await client.post(ROUTE, json={"amount": 1}, headers=bearer(keys.terminal))
    await services.keys.close()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a query was made")

    monkeypatch.setattr(services.database, "unit_of_work", refuse)
    for _ in range(5):
        answer = await client.post(ROUTE, json={"amount": 1}, headers=bearer(keys.terminal))
        assert answer.status_code == 201


async def test_lists_come_in_pages(client: httpx.AsyncClient, keys: Keys) -> None:
    seen, cursor = [], None
    while True:
        query = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(ROUTE, params=query, headers=bearer(keys.mall))).json()
        seen += [item["n"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"limit": "0"}, "/limit"),
        ({"limit": "201"}, "/limit"),
        ({"limit": "x"}, "/limit"),
        ({"cursor": "?"}, "/cursor"),
        ({"cursor": "eyJhIjoxfQ"}, "/cursor"),
        ({"cursor": "\u06f1"}, "/cursor"),
    ],
)
async def test_a_bad_page_is_a_fault(
    client: httpx.AsyncClient, keys: Keys, query: dict[str, str], pointer: str
) -> None:
    answer = await client.get(ROUTE, params=query, headers=bearer(keys.mall))
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_a_limit_is_shared_and_survives_without_valkey(services: Services) -> None:
    limit = Limit(f"test-{uuid4()}", count=5, window=60)
    first, second = RateLimiter(services.redis, "s" * 32), RateLimiter(services.redis, "s" * 32)
    for limiter in (first, second, first, second, first):
        await limiter.hit(limit, "someone")
    with pytest.raises(RateLimited) as caught:
        await second.hit(limit, "someone")
    assert 1 <= caught.value.retry_after <= 60
    await second.hit(limit, "someone else")

    alone = RateLimiter(None, "s" * 32)
    for _ in range(5):
        await alone.hit(limit, "someone")
    with pytest.raises(RateLimited):
        await alone.hit(limit, "someone")


async def test_leases_add_up_to_the_limit(services: Services) -> None:
    limit = Limit(f"test-{uuid4()}", count=20, window=60)
    processes = [
        LeasedLimiter(RateLimiter(services.redis, "s" * 32), limit, share=4) for _ in range(2)
    ]
    subject, taken = uuid4(), 0
    for turn in range(100):
        limiter = processes[turn % 2]
        try:
            if not limiter.take(subject):
                await limiter.lease(subject)
        except RateLimited:
            break
        taken += 1
    assert 16 <= taken <= 20


async def test_too_many_unknown_keys_are_slowed(
    client: httpx.AsyncClient, mall: MallInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Limit(f"test-{uuid4()}", count=20, window=60)
    monkeypatch.setattr(callers, "UNKNOWN_KEYS", few)
    keys = [new_key(mall.mall_id) for _ in range(30)]
    answers = await asyncio.gather(*(client.get(ROUTE, headers=bearer(key)) for key in keys))
    assert {answer.status_code for answer in answers} == {401, 429}
    limited = next(answer for answer in answers if answer.status_code == 429)
    assert int(limited.headers["retry-after"]) >= 1
