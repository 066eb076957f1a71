"""A repeated request changes nothing and gets the first answer."""

import asyncio
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select

from timcheh.db import Database, Scope
from timcheh.malls import MallInfo
from timcheh.outbox.models import OutboxEvent
from timcheh.web import idempotency

from .conftest import ROUTE, Keys, bearer, gate, work_done

MOVE = f"{ROUTE}/moved"


async def events(database: Database, mall: MallInfo) -> int:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        query = select(func.count()).where(
            OutboxEvent.mall_id == mall.mall_id, OutboxEvent.topic == "test.moved"
        )
        return int(await uow.session.scalar(query) or 0)


def headers(keys: Keys, key: str) -> dict[str, str]:
    return bearer(keys.merchant, **{"idempotency-key": key})


async def test_the_first_outcome_is_replayed(
    client: httpx.AsyncClient, keys: Keys, database: Database, mall: MallInfo
) -> None:
    first = await client.post(MOVE, json={"amount": 5}, headers=headers(keys, "a"))
    again = await client.post(MOVE, json={"amount": 5}, headers=headers(keys, "a"))
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["content-type"] == "application/json"
    assert await events(database, mall) == 1


async def test_another_body_under_the_key_is_refused(client: httpx.AsyncClient, keys: Keys) -> None:
    await client.post(MOVE, json={"amount": 5}, headers=headers(keys, "b"))
    other = await client.post(MOVE, json={"amount": 6}, headers=headers(keys, "b"))
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, "idempotency_key_required"),
        (" ", "idempotency_key_required"),
        ("x" * 256, "idempotency_key_invalid"),
        ("a\tb", "idempotency_key_invalid"),
    ],
)
async def test_a_key_is_required(
    client: httpx.AsyncClient, keys: Keys, key: str | None, code: str
) -> None:
    sent = headers(keys, key) if key is not None else bearer(keys.merchant)
    answer = await client.post(MOVE, json={"amount": 5}, headers=sent)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


async def test_fifty_at_once_do_it_once(
    client: httpx.AsyncClient, keys: Keys, database: Database, mall: MallInfo
) -> None:
    before = len(work_done)
    sent = [client.post(MOVE, json={"amount": 5}, headers=headers(keys, "c")) for _ in range(50)]
    answers = await asyncio.gather(*sent)
    codes = [answer.status_code for answer in answers]
    assert set(codes) == {201, 409}
    replayed = ["idempotent-replayed" in a.headers for a in answers if a.status_code == 201]
    assert replayed.count(False) == 1
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert refused.json()["code"] == "idempotency_in_progress"
    assert len(work_done) == before + 1
    assert await events(database, mall) == 1


class Forgetful(set):  # type: ignore[type-arg]
    """What this process serves, as another process sees it: nothing."""

    def __contains__(self, _: object) -> bool:
        return False


async def test_a_second_process_is_told_at_once_that_it_is_in_progress(
    client: httpx.AsyncClient,
    keys: Keys,
    database: Database,
    mall: MallInfo,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without what a process knows of its own requests, the database alone tells."""
    monkeypatch.setattr(idempotency, "_in_flight", Forgetful())
    body = {"amount": 5, "name": "slow"}

    async def send() -> httpx.Response:
        return await client.post(MOVE, json=body, headers=headers(keys, "d"))

    async with asyncio.timeout(10):
        first = asyncio.create_task(send())
        await gate.reached.wait()
        for refused in await asyncio.gather(*(send() for _ in range(6))):
            assert (refused.status_code, refused.json()["code"]) == (409, "idempotency_in_progress")
        gate.open.set()
    assert (await first).status_code == 201
    again = await send()
    assert (again.status_code, again.content) == (201, (await first).content)
    assert again.headers["idempotent-replayed"] == "true"
    assert await events(database, mall) == 1


@pytest.mark.parametrize(("name", "status"), [("conflict", 409), ("refused", 422)])
async def test_a_refusal_is_an_outcome_and_leaves_nothing(
    client: httpx.AsyncClient,
    keys: Keys,
    database: Database,
    mall: MallInfo,
    name: str,
    status: int,
) -> None:
    body = {"amount": 5, "name": name}
    first = await client.post(MOVE, json=body, headers=headers(keys, name))
    again = await client.post(MOVE, json=body, headers=headers(keys, name))
    assert first.status_code == again.status_code == status
    assert first.content == again.content
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["content-type"] == "application/problem+json"
    assert await events(database, mall) == 0


@pytest.mark.parametrize(("name", "status"), [("invalid", 422), ("crash", 500)])
async def test_a_fault_or_a_crash_leaves_the_key_free(
    client: httpx.AsyncClient,
    keys: Keys,
    database: Database,
    mall: MallInfo,
    name: str,
    status: int,
) -> None:
    first = await client.post(
        MOVE, json={"amount": 5, "name": name}, headers=headers(keys, f"free-{name}")
    )
    assert first.status_code == status
    assert await events(database, mall) == 0
    mended = await client.post(MOVE, json={"amount": 5}, headers=headers(keys, f"free-{name}"))
    assert mended.status_code == 201


async def test_keys_of_two_principals_are_apart(
    client: httpx.AsyncClient, keys: Keys, database: Database, mall: MallInfo
) -> None:
    from timcheh.access.keys import issue_key

    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        other = await issue_key(uow, "merchant", "other", merchant_id=uuid4())
    mine = await client.post(MOVE, json={"amount": 5}, headers=headers(keys, "same"))
    theirs = await client.post(
        MOVE, json={"amount": 9}, headers=bearer(other.secret, **{"idempotency-key": "same"})
    )
    assert mine.json()["amount"] == 5
    assert theirs.json()["amount"] == 9
