"""Each handler does each event once, whatever fails or runs at the same time."""

import asyncio
from collections.abc import Sequence
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select, text, update

from timcheh.audit import record
from timcheh.audit.models import AuditEntry
from timcheh.audit.service import SYSTEM
from timcheh.db import Database, Role, Scope, UnitOfWork
from timcheh.jobs.relay import ATTEMPTS, Relay, dead_events, malls_with_due_events, revive
from timcheh.malls import MallInfo
from timcheh.module import Event, EventHandler, Module
from timcheh.outbox import emit
from timcheh.outbox.models import OutboxEvent

from .conftest import Trace, module


async def emit_some(
    database: Database, mall: MallInfo, topic: str, count: int = 1, *, urgent: bool = False
) -> None:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        for number in range(count):
            await emit(uow, topic, {"n": number}, urgent=urgent)


async def work(database: Database, mall: MallInfo, name: str) -> int:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        query = select(func.count()).where(
            AuditEntry.mall_id == mall.mall_id, AuditEntry.action == f"trace.{name}"
        )
        return int(await uow.session.scalar(query) or 0)


async def states(database: Database, mall: MallInfo) -> Sequence[str]:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        query = select(OutboxEvent.state).where(OutboxEvent.mall_id == mall.mall_id)
        return (await uow.session.scalars(query)).all()


async def make_due(database: Database, mall: MallInfo) -> None:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        await uow.session.execute(
            update(OutboxEvent).where(OutboxEvent.mall_id == mall.mall_id).values(due_at=uow.now)
        )


async def test_all_handlers_get_each_event(database: Database, mall: MallInfo) -> None:
    first, second = Trace("first"), Trace("second")
    await emit_some(database, mall, "t.happened", 250)
    await emit_some(database, mall, "t.other", 3)
    relay = Relay(database, [module("t.happened", first, second)])
    assert await relay.drain(mall.mall_id) == 253
    assert sorted(event.payload["n"] for event in first.seen) == list(range(250))
    assert len(second.seen) == 250
    assert await work(database, mall, "first") == 250
    assert set(await states(database, mall)) == {"done"}
    assert await relay.drain(mall.mall_id) == 0


async def test_what_somebody_waits_for_goes_first(database: Database, mall: MallInfo) -> None:
    waited = Trace("waited")
    await emit_some(database, mall, "t.happened", 150)
    await emit_some(database, mall, "t.happened", 2, urgent=True)
    await Relay(database, [module("t.happened", waited)]).drain(mall.mall_id)
    assert len(waited.seen) == 152
    first, rest = waited.seen[:2], waited.seen[2:]
    assert min(event.occurred_at for event in first) > max(event.occurred_at for event in rest)


async def test_events_are_picked_through_the_index_of_what_waits(
    database: Database, mall: MallInfo
) -> None:
    """Also by a plan that is kept, which knows no parameter's value."""
    asked: list[str] = []
    engine = database.engine(Role.APP).sync_engine
    note = lambda *given: asked.append(given[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", note)
    try:
        await Relay(database, []).drain(mall.mall_id)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    (claim,) = [each for each in asked if "SKIP LOCKED" in each]
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        driver = await uow.driver()
        await driver.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan"
        )
        await driver.execute(f"PREPARE claim AS {claim}")
        values = f"'{mall.mall_id}', now(), 100"
        rows = await driver.fetch(f"EXPLAIN EXECUTE claim({values})")
        await driver.execute("DEALLOCATE claim")
    plan = "\n".join(row[0] for row in rows)
    assert "outbox_event_pending_ix" in plan
    assert "Sort" not in plan


async def test_an_event_that_was_rolled_back_never_was(database: Database, mall: MallInfo) -> None:
    with pytest.raises(RuntimeError):  # noqa: PT012
        async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
            await emit(uow, "t.happened", {})
            raise RuntimeError
    assert await states(database, mall) == []


async def test_a_failing_handler_is_tried_again_and_disturbs_no_other(
    database: Database, mall: MallInfo
) -> None:
    good, bad = Trace("good"), Trace("bad", fail=1)
    await emit_some(database, mall, "t.happened")
    relay = Relay(database, [module("t.happened", good, bad)])
    assert await relay.drain(mall.mall_id) == 0
    assert (await work(database, mall, "good"), await work(database, mall, "bad")) == (1, 0)
    assert await relay.drain(mall.mall_id) == 0, "it waits before the next try"
    await make_due(database, mall)
    assert await relay.drain(mall.mall_id) == 1
    assert (await work(database, mall, "good"), await work(database, mall, "bad")) == (1, 1)
    assert len(good.seen) == 1


async def test_after_the_last_try_an_event_is_dead_until_revived(
    database: Database, mall: MallInfo
) -> None:
    bad = Trace("bad", fail=ATTEMPTS)
    await emit_some(database, mall, "t.happened")
    relay = Relay(database, [module("t.happened", bad)])
    for _ in range(ATTEMPTS):
        await make_due(database, mall)
        await relay.drain(mall.mall_id)
    assert await states(database, mall) == ["dead"]
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        dead = await dead_events(uow)
        assert "RuntimeError" in (dead[0].last_error or "")
        assert await revive(uow, [dead[0].id]) == 1
    assert await relay.drain(mall.mall_id) == 1
    assert await work(database, mall, "bad") == 1


async def test_two_relays_at_once_do_each_event_once(database: Database, mall: MallInfo) -> None:
    trace = Trace("once")
    await emit_some(database, mall, "t.happened", 150)
    relays = [Relay(database, [module("t.happened", trace)]) for _ in range(3)]
    done = await asyncio.gather(*(relay.drain(mall.mall_id) for relay in relays))
    assert sum(done) == 150
    assert await work(database, mall, "once") == 150


async def test_a_shop_and_a_member_may_add_events_but_not_read_them(
    database: Database, mall: MallInfo
) -> None:
    for scope in (Scope.merchant(mall.mall_id, uuid4()), Scope.member(mall.mall_id, uuid4())):
        async with database.unit_of_work(scope) as uow:
            await emit(uow, "t.happened", {})
        with pytest.raises(Exception, match="permission denied"):
            async with database.unit_of_work(scope) as uow:
                await uow.session.execute(select(OutboxEvent.id))
    assert len(await states(database, mall)) == 2


async def test_the_scheduler_sees_which_malls_have_work(database: Database, mall: MallInfo) -> None:
    from datetime import UTC, datetime

    assert mall.mall_id not in await malls_with_due_events(database, datetime.now(UTC))
    await emit_some(database, mall, "t.happened")
    assert mall.mall_id in await malls_with_due_events(database, datetime.now(UTC))


def test_handlers_of_one_topic_have_different_names(database: Database) -> None:
    with pytest.raises(ValueError, match="one name"):
        Relay(database, [module("t", Trace("a")), module("t", Trace("a"))])


async def test_a_handler_of_everything_is_asked_whether_it_is_wanted(
    database: Database, mall: MallInfo
) -> None:
    asked = 0

    async def not_here(_: UnitOfWork) -> bool:
        nonlocal asked
        asked += 1
        return False

    trace = Trace("all")
    everything = {"*": [EventHandler("all", trace.run, wanted=not_here)]}
    await emit_some(database, mall, "t.happened", 10)
    relay = Relay(database, [Module(name="x", package="timcheh", handlers=everything)])
    assert await relay.drain(mall.mall_id) == 10
    assert (asked, trace.seen) == (1, [])


async def test_one_for_two_topics_is_asked_once(database: Database, mall: MallInfo) -> None:
    asked = 0

    async def here(_: UnitOfWork) -> bool:
        nonlocal asked
        asked += 1
        return True

    trace = Trace("both")
    both = [EventHandler("both", trace.run, wanted=here)]
    handlers = {"t.happened": both, "t.other": both}
    await emit_some(database, mall, "t.happened", 2)
    await emit_some(database, mall, "t.other", 3)
    relay = Relay(database, [Module(name="x", package="timcheh", handlers=handlers)])
    assert await relay.drain(mall.mall_id) == 5
    assert (asked, len(trace.seen)) == (1, 5)


async def test_many_are_given_at_once_in_their_order_and_one_by_one_where_one_fails(
    database: Database, mall: MallInfo
) -> None:
    given: list[list[int]] = []

    async def all_at_once(uow: UnitOfWork, events: Sequence[Event]) -> None:
        given.append([event.payload["n"] for event in events])
        await record(uow, SYSTEM, "trace.many", "event", events[0].id)
        if any(event.payload["n"] == 2 for event in events):
            raise RuntimeError("told to fail")

    for topic, number in [("t.happened", n) for n in range(4)] + [
        ("t.other", 0),
        ("t.happened", 9),
    ]:
        async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:  # each at its own time
            await emit(uow, topic, {"n": number})
    handlers = {"t.happened": [EventHandler("many", run_all=all_at_once)]}
    relay = Relay(database, [Module(name="x", package="timcheh", handlers=handlers)])
    assert await relay.drain(mall.mall_id) == 5
    assert given == [[0, 1, 2, 3], [0], [1], [2], [3], [9]]
    assert await work(database, mall, "many") == 4, "what failed left nothing"
    assert sorted(await states(database, mall)) == ["done"] * 5 + ["pending"]


def test_a_handler_takes_events_in_one_way() -> None:
    with pytest.raises(ValueError, match="one by one or many"):
        EventHandler("neither")


@pytest.mark.parametrize("how", ["loses the connection", "fails at the commit", "never ends"])
async def test_a_handler_that_breaks_the_transaction_takes_no_others_work_with_it(
    database: Database, mall: MallInfo, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(uow: UnitOfWork, event: Event) -> None:
        if event.payload["n"] != 3:
            return
        if how == "never ends":
            await asyncio.sleep(3600)
        if how == "loses the connection":
            await uow.session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        # A constraint that looks at the end only; the role may make temporary tables of its own.
        await uow.session.execute(
            text("CREATE TEMPORARY TABLE t (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
        )
        await uow.session.execute(text("INSERT INTO t VALUES (1), (1)"))

    if how == "never ends":
        monkeypatch.setattr("timcheh.jobs.relay.PATIENCE", 2)  # the others' too, however busy it is
    good = Trace("good")
    handlers = {"t.happened": [good.handler, EventHandler("breaks", breaks)]}
    await emit_some(database, mall, "t.happened", 6)
    relay = Relay(database, [Module(name="x", package="timcheh", handlers=handlers)])
    assert await relay.drain(mall.mall_id) == 5
    assert sorted(await states(database, mall)) == ["done"] * 5 + ["pending"]
    assert await relay.drain(mall.mall_id) == 0, "it waits before the next try"
    assert await work(database, mall, "good") >= 5
