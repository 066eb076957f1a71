"""A mall that was grown by copying is as true as one that grew by itself."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from sqlalchemy import text

from merchants.facade import Done, MemberRef, PurchaseCommand, Till, counter_for
from timcheh.db import Database, Role, Scope
from timcheh.settings import Settings
from timcheh_app import proof
from timcheh_app.bench.course import World
from timcheh_app.bench.growth import grow
from timcheh_app.bench.world import LINES, SPEND, build

MEMBERS = 500


@pytest.fixture
async def fresh(fresh_settings: Settings) -> AsyncIterator[Database]:
    database = Database({role: fresh_settings.dsn(role) for role in Role})
    yield database
    await database.stop()


async def test_copies_are_as_true_as_what_they_are_copied_from(
    fresh_settings: Settings, fresh: Database
) -> None:
    world = await grow(fresh_settings, fresh, await build(fresh), MEMBERS)

    assert await _counts(fresh, world) == (MEMBERS, world.history, MEMBERS)
    outcome = await proof.run(fresh)
    assert outcome["ok"], [check for check in outcome["checks"] if not check["ok"]]

    # The next purchase of a copy spends the credit of the shop before and points, and earns both.
    for number in range(20):
        done = await _buy(fresh, world, number)
        assert sorted(spend.unit for spend in done.answer.spent) == ["point", "rial"]
        assert all(
            spend.issuer_id != done.decision.command.till.merchant_id
            for spend in done.answer.spent
            if spend.unit == "rial"
        )
        assert sorted(earn.unit for earn in done.answer.earned) == ["point", "rial"]
    await counter_for(fresh).close()


async def _counts(database: Database, world: World) -> tuple[int, int, int]:
    """Members; purchases; members who have a name, a mobile and a number of their own."""
    query = text(
        "SELECT (SELECT count(*) FROM members.member),"
        " (SELECT count(*) FROM merchants.purchase),"
        " (SELECT count(DISTINCT (name, mobile, number)) FROM merchants.customer)"
    )
    async with database.unit_of_work(Scope.mall(world.mall_id)) as uow:
        return tuple((await uow.session.execute(query)).one())


async def _buy(database: Database, world: World, number: int) -> Done:
    visit = world.visit(number)
    shop: UUID = world.shops[visit.shop].id
    done = await counter_for(database).desk.purchase(
        PurchaseCommand(
            till=Till(world.mall_id, shop, shop),
            member=MemberRef(mobile=visit.mobile),
            lines=LINES,
            spend=SPEND,
            key=f"test-{number}",
        )
    )
    assert isinstance(done, Done)
    return done
