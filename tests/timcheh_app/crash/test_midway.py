"""Broken in the middle of a batch: nobody knows the outcome, and the same key tells it."""

import asyncio
import http.client
import json
import os
import random
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.timcheh_app.crash.load import Attempt, Caller, Sales, random_sale
from tests.timcheh_app.crash.market import Market
from tests.timcheh_app.crash.victims import WEB_WORKER
from tests.timcheh_app.tree import Serving, wait_until

AT_ONCE = 6
_WAITING = """
    SELECT pid FROM pg_stat_activity
    WHERE query LIKE '%record_many%' AND wait_event_type = 'Lock' AND state = 'active'
"""


def sell(market: Market, attempt: Attempt, sales: Sales) -> None:
    """One till's sale; what it was told goes into `sales`."""
    try:
        status, body = Caller(market.serving.port, seconds=30).sell(attempt)
    except (OSError, http.client.HTTPException):
        sales.unanswered[attempt.key] = attempt
        return
    if status == http.client.CREATED:
        sales.answered[attempt.key] = (attempt, body)
    elif status >= http.client.INTERNAL_SERVER_ERROR:
        assert json.loads(body)["code"] in {"outcome_unknown", "unavailable"}
        sales.unanswered[attempt.key] = attempt
    else:
        sales.refused.append((status, body))


async def eventually(market: Market, sql: str, *arguments: object) -> Any:
    """The first answer of a query that is neither null nor false."""
    connection = await market.connect()
    try:
        for _ in range(1000):
            if found := await connection.fetchval(sql, *arguments):
                return found
            await asyncio.sleep(0.02)
        raise AssertionError(f"it did not happen: {sql}")
    finally:
        connection.terminate()


@asynccontextmanager
async def held_half_way(market: Market) -> AsyncIterator[tuple[Sales, int]]:
    """Several sales at once, of which a batch is inside its transaction and can't go on.

    Inside the block it waits, in the backend with the given process id. Leaving it lets go.
    """
    sales, chance = Sales(), random.Random()
    attempts = [random_sale(chance, market.shops) for _ in range(AT_ONCE)]
    blocker = await market.connect()
    try:
        await blocker.execute("BEGIN; LOCK TABLE merchants.purchase IN EXCLUSIVE MODE")
        async with asyncio.TaskGroup() as tasks:
            for attempt in attempts:
                tasks.create_task(asyncio.to_thread(sell, market, attempt, sales))
            yield sales, await eventually(market, _WAITING)
            blocker.terminate()
    finally:
        blocker.terminate()


async def test_a_web_process_killed_in_the_middle_of_a_batch(market: Market) -> None:
    """The batch is committed though nobody is left to say so; the key answers what was done."""
    before = await market.count_purchases()
    async with held_half_way(market) as (sales, _):
        WEB_WORKER.kill(market.serving)
    assert len(sales.unanswered) == AT_ONCE
    done = await eventually(market, "SELECT count(*) - $1 FROM merchants.purchase", before)
    await asyncio.to_thread(wait_until, lambda: '"ok"' in market.serving.health())
    await asyncio.to_thread(market.account_for, sales)
    assert await market.count_purchases() == before + AT_ONCE
    assert 0 < done <= AT_ONCE


def kill_backend(_: Serving, backend: int) -> None:
    """As the kernel does when memory runs out: PostgreSQL throws every session out."""
    os.kill(backend, signal.SIGKILL)


def end_backend(_: Serving, backend: int) -> None:
    """As `pg_terminate_backend` does."""
    os.kill(backend, signal.SIGTERM)


def restart_server(serving: Serving, _: int) -> None:
    """As an update of PostgreSQL does."""
    os.kill(serving.service("postgres"), signal.SIGINT)


@pytest.mark.parametrize("break_it", [kill_backend, end_backend, restart_server])
async def test_a_database_that_goes_away_in_the_middle_of_a_batch(
    market: Market, break_it: Callable[[Serving, int], None]
) -> None:
    """The tills are told that the outcome is unknown; the web process finds the new server."""
    before, web = await market.count_purchases(), WEB_WORKER.find(market.serving)
    async with held_half_way(market) as (sales, backend):
        break_it(market.serving, backend)
    assert sales.unanswered, "the batch was under way"
    await asyncio.to_thread(wait_until, lambda: '"ok"' in market.serving.health())
    began = time.monotonic()
    await asyncio.to_thread(market.account_for, sales)
    assert time.monotonic() - began < 10
    assert await market.count_purchases() == before + AT_ONCE
    assert WEB_WORKER.find(market.serving) == web
