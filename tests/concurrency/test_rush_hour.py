"""Every operation at once on the same few members, with real commits."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack
from itertools import cycle, islice
from time import monotonic
from typing import Any

import asyncpg
import pytest

from tests.concurrency import office, sales
from tests.concurrency.hall import Hall, open_hall
from tests.hypotheses import rounds
from timcheh.db import Role
from timcheh.settings import Settings
from timcheh_app import proof

HANDS = 48
SECONDS = rounds(ci=6, nightly=60)

Act = Callable[[Hall], Coroutine[Any, Any, None]]
ACTS: dict[Act, int] = {
    sales.buy: 50,
    sales.close: 20,
    sales.give_back: 8,
    sales.give: 8,
    sales.give_card: 3,
    office.top_up: 3,
    office.correct: 2,
    office.do_chores: 3,
    office.move_limits: 1,
    office.settle: 1,
    office.bargain: 1,
    office.publish: 1,
    office.pay_commission: 1,
    office.prove: 1,
}
"""What one does next, by how often."""

_CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
_DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
_MOVED = {
    kind: f"""
        SELECT e.lot_id, abs(sum(e.amount))::bigint FROM ledger.entry e
        JOIN ledger.transfer t ON t.mall_id = e.mall_id AND t.id = e.transfer_id
        WHERE t.kind = '{kind}' AND e.lot_id IS NOT NULL AND e.amount {sign} 0 GROUP BY 1
    """
    for kind, sign in (("purchase", "<"), ("return", ">"))
}
_OVERSPENT = """
    SELECT id FROM ledger.lot WHERE remaining < 0 OR held > remaining
       OR granted < remaining + expired + taken_back
"""


@pytest.fixture
async def hall(fresh_settings: Settings) -> AsyncIterator[Hall]:
    # Small pools: the server, which other tests share, has 100 connections for all.
    settings = fresh_settings.model_copy(update={"database_pool_size": 1})
    async with AsyncExitStack() as stack:
        hall = await open_hall(settings, stack)
        for _ in range(2 * len(hall.shops)):
            await office.publish(hall)
        yield hall


@pytest.fixture
async def owner(fresh_settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(fresh_settings.dsn(Role.OWNER))
    yield connection
    await connection.close()


async def keep_busy(hall: Hall, first: Act, until: float) -> None:
    acts, weights = list(ACTS), list(ACTS.values())
    act = first
    while monotonic() < until:
        await act(hall)
        hall.done[act.__name__] += 1
        (act,) = hall.chance.choices(acts, weights)


@pytest.mark.feature("fund.limits")
async def test_nothing_is_spent_twice_and_nobody_waits_in_a_circle(
    hall: Hall, owner: asyncpg.Connection
) -> None:
    until = monotonic() + SECONDS
    firsts = islice(cycle(ACTS), HANDS)
    hands = [asyncio.create_task(keep_busy(hall, first, until)) for first in firsts]
    await asyncio.sleep(SECONDS / 2)
    connections = await owner.fetchval(_CONNECTIONS)
    await asyncio.gather(*hands)
    print(f"{connections} connections, {hall.done.total()} acts: {hall.done}, {hall.refused}")
    assert connections >= 32
    assert set(hall.done) == {act.__name__ for act in ACTS}
    await _compare(hall, owner)
    assert [check for check in (await proof.run(hall.database))["checks"] if not check["ok"]] == []
    await hall.close()  # a connection's counters reach the view when it ends
    assert await owner.fetchval(_DEADLOCKS) == 0


async def _compare(hall: Hall, owner: asyncpg.Connection) -> None:
    """The ledger has drawn what receipts say and put back what returns say, lot by lot."""
    drawn: Counter[str] = Counter()
    for _, receipt in hall.receipts:
        for spent in receipt["spent"]:
            drawn[spent["lot_id"]] += spent["amount"]
    for kind, told in (("purchase", drawn), ("return", hall.restored)):
        found = {str(lot): amount for lot, amount in await owner.fetch(_MOVED[kind])}
        assert found == told
    assert await owner.fetch(_OVERSPENT) == []
