"""The kept sums of days: equal to what the purchases and the ledger tell, however they are kept."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from mall_portal.dashboard.reading import read_numbers
from mall_portal.days.keeping import SETTLES, keep_piece, retell
from mall_portal.days.proofs import PROOFS
from mall_portal.days.queries import ageing_of, sales_of, total_sold, values_of
from mall_portal.days.stretch import stretch_of
from tests.api.conftest import Api
from tests.web_support.portal import Floor
from timcheh.calendar import TEHRAN, local_date
from timcheh.db import Database, Scope
from timcheh.ledger import queries
from timcheh.web.period import read_period
from timcheh.web.steps import Days

NOW = datetime.now(UTC)
TODAY = local_date(NOW)
SOME = Days(TODAY - timedelta(days=9), TODAY)
STRETCH = stretch_of(read_period({}, NOW, TEHRAN, "days30"), TODAY)


@pytest.fixture
async def neighbour(shop_floor: Floor, mobile: str) -> Api:
    """A shop that took credit of the other's; the sales lie three days, one day and no day back."""
    other = await shop_floor.mall.shop("لاله")
    await shop_floor.mall.partners(shop_floor.shop, other, 200, 10_000)
    await sell(shop_floor.shop, mobile, 10_000_000, days=3)
    await sell(shop_floor.shop, "09350000001", 2_000_000, days=1)
    await sell(other, mobile, 1_000_000, spend={"credit": "max"})
    return other


async def sell(shop: Api, mobile: str, amount: int, days: int = 0, **more: object) -> str:
    at = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    bought = await shop.buy(mobile, amount, **({"occurred_at": at} if days else {}), **more)
    return str(bought["id"])


@pytest.fixture
def scope(shop_floor: Floor) -> Scope:
    return Scope.mall(UUID(str(shop_floor.mall.id)))


async def keep(database: Database, scope: Scope, most: int) -> int:
    """Keeps all there is, as if everything had settled; how many pieces it took."""
    later, pieces = datetime.now(UTC) + SETTLES, 1
    while True:
        async with database.unit_of_work(scope, now=later) as uow:
            if not await keep_piece(uow, most):
                return pieces
            pieces += 1


async def violations(database: Database, scope: Scope) -> list[str]:
    async with database.unit_of_work(scope) as uow:
        asked = {"mall": scope.mall_id}
        return [
            check.name
            for check in PROOFS
            if (await uow.session.execute(text(check.violations), asked)).first()
        ]


@pytest.mark.feature("plat.dashboard")
async def test_what_is_kept_tells_what_was_sold_and_moved(
    database: Database, scope: Scope, shop_floor: Floor, neighbour: Api, mobile: str
) -> None:
    async with database.unit_of_work(scope) as uow:
        live = await read_numbers(uow, STRETCH, TODAY)
    assert await keep(database, scope, 2) > 1
    async with database.unit_of_work(scope) as uow:
        assert await read_numbers(uow, STRETCH, TODAY) == live
    returned = await sell(shop_floor.shop, mobile, 3_000_000)
    await shop_floor.shop.post(
        f"/purchases/{returned}/returns", {"lines": [{"line": 0, "quantity": 1}]}
    )
    async with database.unit_of_work(scope) as uow:
        tail = await read_numbers(uow, STRETCH, TODAY)
    assert await violations(database, scope) == []
    await keep(database, scope, 1000)
    async with database.unit_of_work(scope) as uow:
        assert await read_numbers(uow, STRETCH, TODAY) == tail
        sold = total_sold((await sales_of(uow, SOME, SOME)).by_day.values())
        credit = (await values_of(uow, SOME, SOME))["outstanding"]
        outstanding = -sum(row.outstanding for row in (await queries.positions(uow)).values())
        ageing = await ageing_of(uow, TODAY)
    assert (sold.purchases, sold.sales, sold.spent) == (4, 16_000_000, 500_000)
    assert (sold.returns, sold.returned) == (1, 3_000_000)
    assert sum(row.raised for row in credit.values()) == 600_000
    assert sum(row.lowered for row in credit.values()) == 500_000
    assert sum(ageing.by_age) == outstanding == 100_000
    assert (tail.members.bought, tail.members.bought_before) == (2, 0)
    assert await violations(database, scope) == []


async def test_a_sum_that_is_off_is_found_and_told_anew(
    database: Database, scope: Scope, neighbour: Api
) -> None:
    await keep(database, scope, 1000)
    async with database.unit_of_work(scope) as uow:
        for table, column in (
            ("shop_day", "sales"),
            ("value_day", "raised"),
            ("lot_day", "remaining"),
        ):
            await uow.session.execute(
                text(
                    f"UPDATE mall_portal.{table} SET {column} = {column} + 1 WHERE mall_id = :mall"
                ),
                {"mall": scope.mall_id},
            )
    assert len(await violations(database, scope)) == len(PROOFS)
    assert scope.mall_id is not None
    await retell(database, scope.mall_id)
    assert await violations(database, scope) == []


async def test_what_waits_for_its_confirmation_is_not_passed_by(
    database: Database, scope: Scope, shop_floor: Floor, mobile: str
) -> None:
    waiting = await shop_floor.shop.buy(mobile, 1_000_000, capture="manual")
    await sell(shop_floor.shop, mobile, 2_000_000)
    await keep(database, scope, 1000)
    await shop_floor.shop.post(f"/purchases/{waiting['id']}/confirm", expect=200)
    await keep(database, scope, 1000)
    async with database.unit_of_work(scope) as uow:
        sold = total_sold((await sales_of(uow, SOME, SOME)).by_day.values())
    assert sold.sales == 3_000_000
    assert await violations(database, scope) == []


@pytest.mark.parametrize(
    ("query", "now", "before"),
    [
        ({}, (date(2026, 10, 24), date(2026, 11, 22)), (date(2026, 9, 24), date(2026, 10, 23))),
        # ۱ آذر, and the day before it
        (
            {"period": "month"},
            (date(2026, 11, 22), date(2026, 11, 22)),
            (date(2026, 10, 23), date(2026, 10, 23)),
        ),
        (
            {"period": "last"},
            (date(2026, 10, 23), date(2026, 11, 21)),
            (date(2026, 9, 23), date(2026, 10, 22)),
        ),
        (
            {"from": "1405/08/01", "to": "1405/08/07"},
            (date(2026, 10, 23), date(2026, 10, 29)),
            (date(2026, 10, 16), date(2026, 10, 22)),
        ),
        (
            {"from": "1406/08/01"},
            (date(2026, 11, 22), date(2026, 11, 22)),
            (date(2026, 11, 21), date(2026, 11, 21)),
        ),
    ],
)
def test_a_period_is_compared_with_as_much_before_it(
    query: dict[str, str], now: tuple[date, date], before: tuple[date, date]
) -> None:
    moment = datetime(2026, 11, 22, 9, tzinfo=UTC)
    found = stretch_of(read_period(query, moment, TEHRAN, "days30"), date(2026, 11, 22))
    assert (found.now, found.before) == (now, before)
