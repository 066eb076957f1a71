"""A connection that breaks under the work: unknown, not failed, and the same key tells the rest."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from litestar import Response, post
from litestar.di import NamedDependency
from sqlalchemy import text

from timcheh.access.caller import Caller
from timcheh.builtin.module import MODULES
from timcheh.db import Database, Role, UnitOfWork
from timcheh.module import Module
from timcheh.settings import Settings
from timcheh.web.app import build_app
from timcheh.web.context import AnyRequest
from timcheh.web.idempotency import run_idempotent
from timcheh.web.openapi import IDEMPOTENT
from timcheh.web.services import Services

from .conftest import Keys, bearer

ROUTE = "/api/v1/broken"
breaking: list[str] = []
"""How the work is broken off, each time; then it succeeds."""


@post(ROUTE, opt={IDEMPOTENT: True})
async def broken(
    request: AnyRequest, merchant_caller: NamedDependency[Caller]
) -> Response[dict[str, int]]:
    async def work(uow: UnitOfWork) -> dict[str, int]:
        if breaking:
            await uow.session.execute(text(breaking.pop()))
        return {"done": 1}

    return await run_idempotent(request, merchant_caller, work)


@pytest.fixture
async def client(settings: Settings, services: Services) -> AsyncIterator[httpx.AsyncClient]:
    modules = [*MODULES, Module(name="broken", package="timcheh", routes=[broken])]
    app: Any = build_app(settings, modules, services=services)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("SELECT pg_terminate_backend(pg_backend_pid())", "outcome_unknown"),
        ("DO $$BEGIN RAISE SQLSTATE '57P02'; END$$", "outcome_unknown"),
        ("DO $$BEGIN RAISE SQLSTATE '53100'; END$$", "unavailable"),
    ],
)
async def test_what_is_unknown_or_undone_may_be_asked_again(
    client: httpx.AsyncClient, keys: Keys, how: str, code: str
) -> None:
    headers = bearer(keys.merchant, **{"idempotency-key": str(uuid4())})
    breaking[:] = [how]
    answer = await client.post(ROUTE, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (503, code)
    assert answer.headers["content-type"] == "application/problem+json"
    again = await client.post(ROUTE, headers=headers)
    assert (again.status_code, again.json()) == (201, {"done": 1})
    assert (await client.post(ROUTE, headers=headers)).headers["idempotent-replayed"] == "true"


async def test_after_a_restart_of_the_database_nobody_gets_a_dead_connection(
    client: httpx.AsyncClient, keys: Keys, services: Services, database: Database
) -> None:
    async with services.database.engine(Role.APP).connect() as connection:
        await connection.execute(text("SELECT 1"))
    async with database.engine(Role.APP).connect() as other:
        await other.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <>"
                " pg_backend_pid() AND datname = current_database() AND usename = 'timcheh_app'"
            )
        )
    await asyncio.sleep(0.2)
    answer = await client.post(
        ROUTE, headers=bearer(keys.merchant, **{"idempotency-key": str(uuid4())})
    )
    assert answer.status_code == 201
