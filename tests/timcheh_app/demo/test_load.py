"""A day of the real history through the product itself, on PostgreSQL, to a green proof."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from timcheh.db import Database, Scope
from timcheh.ids import new_id
from timcheh.ledger import queries
from timcheh_app.demo import network, source
from timcheh_app.demo.build import build
from timcheh_app.demo.extras import leave_something_to_do
from timcheh_app.demo.gateway import DemoMall, has_shops, mall_id_of
from timcheh_app.demo.invitation import invitation
from timcheh_app.demo.load import Loaded, load, settlement_days
from timcheh_app.demo.play import midnight_after
from timcheh_app.demo.purchases import History, Window, newest
from timcheh_app.demo.shops import MALL_NAME, SHOPS

ENDS_ON = date(2026, 11, 20)
_Day = tuple[DemoMall, History, Loaded]


@pytest.fixture(scope="module")
async def day(database: Database) -> _Day:
    """The last day of the data, played into a mall of its own."""
    history = History(Window(source.LAST_DAY, source.LAST_DAY, ENDS_ON))
    mall = await DemoMall.create(database, MALL_NAME, f"demo-{new_id().hex}")
    await build(mall, history)
    return mall, history, await load(mall, history)


async def scalar(database: Database, mall: DemoMall, query: str) -> object:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        return await uow.session.scalar(text(query), {"mall": mall.mall_id})


async def green(database: Database, mall: DemoMall) -> bool:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        return all(check.ok for check in await queries.proof(uow))


@pytest.mark.feature("plat.demo")
async def test_every_visit_becomes_a_purchase_at_its_own_time(
    database: Database, day: _Day
) -> None:
    mall, history, loaded = day
    assert loaded.tally.refused == {}
    assert loaded.tally.purchases == history.count() > 500
    assert loaded.tally.spent > 0
    assert (
        await scalar(
            database,
            mall,
            "SELECT count(*) FROM merchants.purchase WHERE mall_id = :mall AND state = 'confirmed'"
            " AND (occurred_at AT TIME ZONE 'Asia/Tehran')::date = '2026-11-20'"
            " AND created_at = occurred_at",
        )
        == loaded.tally.purchases
    )
    assert (
        await scalar(
            database,
            mall,
            "SELECT sum(total)::bigint FROM merchants.purchase WHERE mall_id = :mall",
        )
        == loaded.tally.total
    )
    assert await green(database, mall)


async def test_members_are_known_by_name_and_birthday(database: Database, day: _Day) -> None:
    mall, history, _ = day
    named = "SELECT count(*) FROM members.member WHERE mall_id = :mall"
    assert await scalar(database, mall, named) == len(history.people)
    assert await scalar(database, mall, f"{named} AND (name IS NULL OR birthday IS NULL)") == 0
    placed = "SELECT count(*) FROM members.profile WHERE mall_id = :mall AND neighbourhood <> ''"
    assert await scalar(database, mall, placed) == len(history.people)


async def test_shops_trade_with_rules_stock_and_partners(database: Database, day: _Day) -> None:
    mall, _, _ = day
    for query, least in (
        ("SELECT count(*) FROM merchants.merchant WHERE mall_id = :mall", len(SHOPS)),
        ("SELECT count(*) FROM merchants.rule_set WHERE mall_id = :mall", len(SHOPS)),
        ("SELECT count(*) FROM merchants.product WHERE mall_id = :mall", 20 * len(SHOPS)),
        (
            "SELECT count(*) FROM exchange.agreement WHERE mall_id = :mall AND state = 'accepted'",
            len(network.AGREEMENTS),
        ),
        ("SELECT count(*) FROM shared_pool.participant WHERE mall_id = :mall", 10),
        ("SELECT count(*) FROM kernel.staff WHERE mall_id = :mall", 2 + 4 * len(SHOPS)),
    ):
        count = await scalar(database, mall, query)
        assert isinstance(count, int)
        assert count >= least, query


async def test_a_settlement_clears_every_position(database: Database, day: _Day) -> None:
    mall, _, _ = day
    await mall.settle(midnight_after(ENDS_ON))
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        positions = await queries.positions(uow)
        fund = await queries.fund(uow)
    assert {position.clearing for position in positions.values()} == {0}
    assert fund.fee == 0
    assert await green(database, mall)


async def test_something_is_left_to_do(database: Database, day: _Day) -> None:
    mall, _, loaded = day
    now = datetime(2026, 11, 21, 8, tzinfo=UTC)
    await leave_something_to_do(mall, loaded, now)
    for query, expected in (
        ("SELECT count(*) FROM merchants.purchase_return WHERE mall_id = :mall", 6),
        (
            "SELECT count(*) FROM exchange.agreement WHERE mall_id = :mall AND state = 'proposed'",
            1,
        ),
        (
            "SELECT count(*) FROM merchants.purchase WHERE mall_id = :mall"
            " AND state = 'authorized'",
            1,
        ),
        (
            "SELECT count(*) FROM ledger.transfer WHERE mall_id = :mall AND kind = 'gift'",
            3,
        ),
        ("SELECT count(*) FROM merchants.reward WHERE mall_id = :mall AND state = 'published'", 4),
    ):
        assert await scalar(database, mall, query) == expected, query
    assert await green(database, mall)


async def test_a_mall_is_found_only_under_its_address(database: Database, day: _Day) -> None:
    mall, _, _ = day
    slug = f"open-{new_id().hex}"
    assert await mall_id_of(database, slug) is None
    await mall.rename(slug)
    assert await mall_id_of(database, slug) == mall.mall_id
    assert await has_shops(database, mall.mall_id)


async def test_the_invited_are_those_who_were_employed(
    database: Database, day: _Day, tmp_path: Path
) -> None:
    mall, _, loaded = day
    found = invitation(mall, loaded.regulars)
    staff = {person.mobile for person in found.people if person.password}
    known = await scalar(
        database, mall, "SELECT string_agg(mobile, ',') FROM kernel.staff WHERE mall_id = :mall"
    )
    assert staff <= set(str(known).split(","))
    assert [person.mobile for person in found.people if not person.password] == loaded.regulars[:2]
    assert len(found.keys) == 5
    assert invitation(None, []).people == tuple(p for p in found.people if p.password)


def test_settlements_leave_a_week_open() -> None:
    year = settlement_days(newest(52, ENDS_ON + timedelta(days=1)))
    assert max(year) == date(2026, 11, 13)
    assert len(year) == 13
    assert settlement_days(newest(1, ENDS_ON)) == set()
    assert len(settlement_days(newest(4, ENDS_ON))) == 1
