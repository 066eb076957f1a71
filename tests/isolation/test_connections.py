"""Connections carry one scope after another, and never anything of the one before.

Two connections for each role, many callers; some transactions fail, some are cancelled in the
middle, some time out, some never say whom they act for.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from merchants.facade import Done, LineAsked, MemberRef, PurchaseCommand, Till, counter_for
from tests.hypotheses import rounds
from tests.isolation.matrix import Stand, rows_of
from tests.isolation.test_matrix import World, stands
from tests.isolation.world import Town
from timcheh.db import Database, Role, Scope
from timcheh.settings import Settings

TRANSACTIONS = rounds(ci=1_000, nightly=10_000)
CALLERS = 25
TABLE = "merchants.customer"
_READ = text(f"SELECT mall_id, merchant_id, member_id FROM {TABLE}")
_LINGER = text("SELECT pg_sleep(0.005)")

Row = tuple[UUID, UUID, UUID]


class _Given(Exception):
    """The caller's own fault, in the middle of a transaction."""


@dataclass
class Callers:
    """Who asks over the same few connections, and what each may see."""

    database: Database
    own: dict[Scope, set[Row]]
    chance: random.Random = field(default_factory=lambda: random.Random(3))
    done: Counter[str] = field(default_factory=Counter)

    async def read(self, scope: Scope) -> None:
        async with self.database.unit_of_work(scope) as uow:
            assert {tuple(row) for row in await uow.session.execute(_READ)} == self.own[scope]

    async def read_without_scope(self, scope: Scope) -> None:
        async with self.database.engine(scope.role).begin() as connection:
            assert (await connection.execute(_READ)).all() == []

    async def fail(self, scope: Scope) -> None:
        with suppress(_Given):
            async with self.database.unit_of_work(scope) as uow:
                await uow.session.execute(_READ)
                raise _Given

    async def break_a_statement(self, scope: Scope) -> None:
        with suppress(DBAPIError):
            async with self.database.unit_of_work(scope) as uow:
                await uow.session.execute(text("SELECT 1 / 0"))

    async def be_cancelled(self, scope: Scope) -> None:
        task = asyncio.create_task(self.linger(scope))
        await asyncio.sleep(self.chance.random() * 0.02)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def time_out(self, scope: Scope) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self.chance.random() * 0.02):
                await self.linger(scope)

    async def linger(self, scope: Scope) -> None:
        async with self.database.unit_of_work(scope) as uow:
            rows = await uow.session.execute(_READ)
            await uow.session.execute(_LINGER)
            assert {tuple(row) for row in rows} == self.own[scope]

    async def ask(self, times: int) -> None:
        ways: list[Callable[[Scope], Awaitable[None]]] = [
            *[self.read] * 4, self.read_without_scope, self.fail, self.break_a_statement,
            self.be_cancelled, self.time_out,
        ]  # fmt: skip
        for _ in range(times):
            way = self.chance.choice(ways)
            await way(self.chance.choice(list(self.own)))
            self.done[way.__name__] += 1


def _scope(stand: Stand) -> Scope:
    assert stand.mall is not None
    return Scope(Role(stand.role), stand.mall, stand.merchant, stand.member)


@pytest.fixture
async def narrow(settings: Settings) -> AsyncIterator[Database]:
    """Two connections for each role: one that is kept, and one more while both are needed."""
    database = Database({role: settings.dsn(role) for role in Role}, pool_size=1)
    yield database
    await counter_for(database).close()
    await database.stop()


@pytest.mark.feature("net.own_customers")
async def test_no_row_of_an_earlier_scope_is_ever_seen(
    world: World, superuser: asyncpg.Connection, narrow: Database
) -> None:
    rows = await rows_of(superuser, TABLE)
    own = {
        _scope(stand): {
            (UUID(row["mall_id"]), UUID(row["merchant_id"]), UUID(row["member_id"]))
            for row in rows
            if stand.owns(TABLE, row)
        }
        for stand in stands(world)
        if stand.mall and stand.role in set(Role)
    }
    callers = Callers(narrow, own)
    await asyncio.gather(*(callers.ask(TRANSACTIONS // CALLERS) for _ in range(CALLERS)))
    print(f"{callers.done.total()} transactions of {len(own)} scopes: {dict(callers.done)}")
    assert len(callers.done) == 6


@pytest.mark.feature("net.own_customers")
async def test_no_lane_answers_one_mall_with_another(world: World, narrow: Database) -> None:
    """The same two people are members of both malls: only the ids tell whose the answer is."""
    chance, answered = random.Random(5), Counter[str]()
    desk = counter_for(narrow).desk

    async def ask(town: Town, number: int) -> None:
        shop = town.shops[number].id
        command = PurchaseCommand(
            Till(town.mall_id, shop, shop),
            MemberRef(mobile=town.mobiles[number]),
            (LineAsked(1_000, 1_000),),
            dry_run=True,
        )
        done = await desk.purchase(command)
        assert isinstance(done, Done)
        assert done.answer.member.id == town.members[number]
        assert done.answer.merchant_id == shop
        answered["yes"] += 1

    async def ask_or_leave(times: int) -> None:
        for _ in range(times):
            task = asyncio.create_task(ask(chance.choice(world), chance.randrange(2)))
            if chance.random() < 0.3:
                await asyncio.sleep(chance.random() * 0.01)
                task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    await asyncio.gather(*(ask_or_leave(TRANSACTIONS // CALLERS) for _ in range(CALLERS)))
    print(f"{answered['yes']} answers of {TRANSACTIONS} questions")
    assert answered["yes"] > TRANSACTIONS // 2
