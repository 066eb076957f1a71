"""Events by the thousand while whatever carries them is killed: every effect exactly once."""

import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import redis
from sqlalchemy.exc import SQLAlchemyError

from tests.hypotheses import rounds
from tests.timcheh_app.crash.plant import HAPPENED, POISON, WORKERS
from tests.timcheh_app.crash.receiver import Receiver
from tests.timcheh_app.tree import Prepared, Serving, children, command_line
from timcheh.db import Database, Role, Scope
from timcheh.ids import new_id
from timcheh.malls import Mall
from timcheh.outbox import emit
from timcheh.settings import Settings, load_settings
from timcheh.webhook.service import register

EVENTS = rounds(ci=200, nightly=10_000)
UNDISTURBED = rounds(ci=100, nightly=10_000)
AT_ONCE = 20  # events of one transaction
KILLS = rounds(ci=6, nightly=200)
POISONOUS = 50  # one in so many
PAUSE = 0.1
PATIENCE = rounds(ci=1, nightly=240)  # seconds before the test moves the clock
MOVES = rounds(ci=30, nightly=10)  # of the clock
MORE_MEMORY = 25 * 1024 * 1024
AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, SQLAlchemyError)


class StillWaiting(Exception):
    """It is not so yet; another try may be due only later."""


class Plant(Serving):
    """The tree of `plant`, and its outbox."""

    def command(self) -> list[str]:
        return [sys.executable, "-m", "tests.timcheh_app.crash.plant", "tree"]

    def environment(self) -> dict[str, str]:
        return super().environment() | self.settings.environment()

    @property
    def settings(self) -> Settings:
        return load_settings(
            data_dir=self.data_dir, port=self.port, webhook_private_targets=True, log_level="error"
        )

    def kill_something(self, chance: random.Random) -> None:
        """Kills a process of the tree, or empties the queue."""
        what = chance.choice(
            ["postgres", "backend", "valkey-server", "scheduler", *WORKERS, "FLUSHALL"]
        )
        if what == "FLUSHALL":
            redis.Redis.from_url(self.settings.redis_url).flushall()
        elif what == "backend":
            mine = children(self.service("postgres"))
            os.kill(next(pid for pid in mine if "timcheh_app" in command_line(pid)), signal.SIGKILL)
        else:
            os.kill(self.service(what), signal.SIGKILL)

    def memory(self) -> dict[int, int]:
        """Resident bytes of each worker, by process id."""
        found = {}
        for name in WORKERS:
            pid = self.service(name)
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            found[pid] = pages * os.sysconf("SC_PAGE_SIZE")
        return found

    async def ask(self, sql: str, *arguments: Any) -> list[asyncpg.Record]:
        """A query as superuser; waits while the database is away."""
        while True:
            with suppress(*AWAY):
                connection = await asyncpg.connect(self.settings.superuser_dsn)
                try:
                    return list(await connection.fetch(sql, *arguments))
                finally:
                    await connection.close()
            await asyncio.sleep(0.1)

    async def until_none(self, sql: str, seconds: float) -> None:
        """Returns when the query counts nothing any more. Raises StillWaiting after `seconds`."""
        began = time.monotonic()
        while (await self.ask(sql))[0][0] > 0:
            if time.monotonic() - began > seconds:
                raise StillWaiting
            await asyncio.sleep(0.1)


class Source:
    """Emits events and knows of which the commit was acknowledged."""

    def __init__(self, database: Database, mall_id: UUID) -> None:
        self._database, self._scope = database, Scope.mall(mall_id)
        self.acknowledged: set[int] = set()
        self._next = 0

    async def open(self, receiver: Receiver) -> None:
        """The mall, and the receiver of its webhooks."""
        mall_id = self._scope.mall_id
        async with self._database.unit_of_work(self._scope) as uow:
            uow.session.add(Mall(mall_id=mall_id, slug="plant", name="کارخانه", created_at=uow.now))
            await uow.session.flush()
            await register(uow, receiver.url, ["*"], private_targets=True)

    async def emit(self, count: int, pause: float) -> None:
        """Emits until `count` more are acknowledged; what failed stays unknown."""
        goal = len(self.acknowledged) + count
        while len(self.acknowledged) < goal:
            numbers = range(self._next, self._next + AT_ONCE)
            self._next += AT_ONCE
            with suppress(*AWAY):
                async with self._database.unit_of_work(self._scope) as uow:
                    for number in numbers:
                        topic = POISON if number % POISONOUS == 0 else HAPPENED
                        await emit(uow, topic, {"n": number})
                self.acknowledged.update(numbers)
            await asyncio.sleep(pause)


@pytest.fixture
def plant(prepared: Prepared, tmp_path: Path) -> Iterator[Plant]:
    plant = Plant(prepared.copy(tmp_path / "data"))
    plant.start()
    try:
        yield plant
    finally:
        assert plant.stop() == 0


async def kill_again_and_again(plant: Plant) -> None:
    """Each kill after the database is back from the one before: else nothing would ever be done."""
    chance = random.Random()
    for _ in range(KILLS):
        await plant.ask("SELECT 1")
        await asyncio.sleep(chance.uniform(0.1, 0.6))
        with suppress(OSError, StopIteration, redis.RedisError):  # it is dead already
            plant.kill_something(chance)


async def let_time_pass(plant: Plant) -> None:
    """What a dead worker had in hand, or what waits for another try, is due now.

    The poison's own tries are left alone.
    """
    await plant.ask("UPDATE kernel.recurring_run SET due_at = now(), leased_until = NULL")
    await plant.ask("UPDATE kernel.webhook_delivery SET due_at = now() WHERE state = 'pending'")
    await plant.ask(
        "UPDATE kernel.outbox_event SET due_at = now() WHERE state = 'pending' AND topic = $1",
        HAPPENED,
    )


async def until_drained(plant: Plant) -> tuple[float, float]:
    """Seconds until every event is handled, and then until every delivery is made."""

    async def settle(sql: str) -> float:
        began = time.monotonic()
        for _ in range(MOVES):
            with suppress(StillWaiting):
                await plant.until_none(sql, PATIENCE)
                return time.monotonic() - began
            await let_time_pass(plant)
        raise AssertionError(f"still not so after {time.monotonic() - began:.0f} s: {sql}")

    return (
        await settle(
            "SELECT count(*) FROM kernel.outbox_event"
            f" WHERE state <> 'done' AND topic = '{HAPPENED}'"
        ),
        await settle("SELECT count(*) FROM kernel.webhook_delivery WHERE state <> 'delivered'"),
    )


async def check_effects(plant: Plant, source: Source, receiver: Receiver) -> None:
    """Every event that is there has each effect once; every acknowledged one is there."""
    events = await plant.ask("SELECT id, topic, (payload->>'n')::int AS n FROM kernel.outbox_event")
    assert source.acknowledged <= {event["n"] for event in events}
    happened = sorted(event["id"] for event in events if event["topic"] == HAPPENED)
    poison = sorted(event["id"] for event in events if event["topic"] == POISON)
    assert poison
    effects = await plant.ask(
        "SELECT action, array_agg(object_id ORDER BY object_id) AS events FROM kernel.audit_entry"
        " WHERE action LIKE 'plant.%' GROUP BY action"
    )
    assert {row["action"]: row["events"] for row in effects} == {
        "plant.noted": sorted(happened + poison),
        "plant.stumbled": happened,
    }
    deliveries = await plant.ask("SELECT id, event_id FROM kernel.webhook_delivery")
    assert sorted(row["event_id"] for row in deliveries) == sorted(happened + poison)
    assert {str(row["id"]) for row in deliveries} == set(receiver.answered)
    assert all(len(bodies) == 1 for bodies in receiver.bodies.values())
    waiting = await plant.ask("SELECT attempts FROM kernel.outbox_event WHERE state <> 'done'")
    assert len(waiting) == len(poison)
    assert all(row["attempts"] >= 1 for row in waiting)


async def lateness(plant: Plant, since: datetime) -> str:
    """How long after an event its effect came."""
    rows = await plant.ask(
        "SELECT extract(epoch FROM d.done_at - e.created_at)::float8 FROM kernel.outbox_done d"
        " JOIN kernel.outbox_event e ON (e.mall_id, e.id) = (d.mall_id, d.event_id)"
        " WHERE d.handler = 'note' AND e.created_at > $1",
        since,
    )
    cuts = quantiles([row[0] for row in rows], n=100)
    return f"late by: median {cuts[49]:.2f} s, 99 % {cuts[98]:.2f} s"


async def test_every_effect_happens_exactly_once_whatever_is_killed(plant: Plant) -> None:
    settings = plant.settings
    database = Database({role: settings.dsn(role) for role in Role})
    source = Source(database, new_id())
    began = datetime.now(UTC)
    with Receiver() as receiver:
        await source.open(receiver)
        await asyncio.gather(source.emit(EVENTS, PAUSE), kill_again_and_again(plant))
        seconds = await until_drained(plant)
        await check_effects(plant, source, receiver)
        repeated = sum(receiver.answered.values()) - len(receiver.answered)
        print(
            f"\n{len(source.acknowledged)} events acknowledged, {KILLS} kills: "
            f"handled {seconds[0]:.1f} s after the last, delivered {seconds[1]:.1f} s after that; "
            f"{await lateness(plant, began)}; of {len(receiver.answered)} deliveries "
            f"{receiver.dropped} were let fall and {repeated} came twice"
        )
        await check_memory(plant, source)
    await database.stop()


async def check_memory(plant: Plant, source: Source) -> None:
    """Undisturbed, with the poison still there: how fast, how late, and memory stays flat."""
    before, began, clock = plant.memory(), datetime.now(UTC), time.monotonic()
    await source.emit(UNDISTURBED, 0)
    await until_drained(plant)
    seconds, after = time.monotonic() - clock, plant.memory()
    assert set(after) == set(before), "a worker died by itself"
    more = {pid: after[pid] - before[pid] for pid in after}
    print(
        f"{UNDISTURBED} more undisturbed: {UNDISTURBED / seconds:.0f}/s with their deliveries, "
        f"{await lateness(plant, began)}; memory of the workers "
        f"{[value >> 20 for value in after.values()]} MB, {[m >> 20 for m in more.values()]} more"
    )
    assert max(more.values()) < MORE_MEMORY
