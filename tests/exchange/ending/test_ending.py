"""Both shops are told before an agreement ends, and what has ended stands in nobody's way."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from exchange.agreements.models import Agreement
from exchange.ending.jobs import tell
from tests.api.conftest import Api
from tests.web_support.portal import Floor, People, text_of
from timcheh.calendar import day_bounds, local_date
from timcheh.db import Database, Scope
from timcheh.module import JobContext
from timcheh.notify.models import Message
from timcheh.settings import Settings

pytestmark = pytest.mark.feature("net.choose_partners", "msg.events")
TODAY = local_date(datetime.now(UTC))


@pytest.fixture
async def laleh(shop_floor: Floor, people: People) -> Api:
    """Takes the shop's credit until the fortieth day from today; each shop has its owner."""
    other = await shop_floor.mall.shop("لاله")
    await propose(shop_floor.shop, other, 40)
    for shop in (shop_floor.shop, other):
        await people(shop)
    return other


async def propose(issuer: Api, acceptor: Api, days: int) -> str:
    ends = day_bounds(TODAY + timedelta(days=days))[1]
    terms = {"acceptor_id": acceptor.id, "fee_bps": 200, "max_share_bps": 10_000}
    made = await issuer.post("/agreements", terms | {"ends_at": ends.isoformat()})
    await acceptor.post(f"/agreements/{made['id']}/accept", expect=200)
    return str(made["id"])


async def told(floor: Floor, database: Database, settings: Settings, day: int) -> set[str]:
    """What the job says on a day, run twice, at ten in the morning: shop and text."""
    mall = floor.scope.mall_id
    now = day_bounds(TODAY + timedelta(days=day))[0] + timedelta(hours=10)
    for _ in range(2):
        await tell(JobContext(database, settings, mall, now))
    async with database.unit_of_work(Scope.mall(mall)) as uow:
        found = await uow.session.execute(
            select(Message.merchant_id, Message.text).where(
                Message.mall_id == mall,
                Message.template.like("agreement-ends%"),
                Message.created_at == now,
            )
        )
        return {f"{shop} {text}" for shop, text in found}


async def test_both_owners_are_told_a_month_and_a_week_before(
    shop_floor: Floor, laleh: Api, database: Database, settings: Settings
) -> None:
    assert await told(shop_floor, database, settings, 10) == set()
    for day in (11, 34):
        said = await told(shop_floor, database, settings, day)
        assert len(said) == 2
        mine = next(each for each in said if each.startswith(shop_floor.shop.id))
        theirs = next(each for each in said if each.startswith(laleh.id))
        assert "اعتبار شما نزد لاله" in mine
        assert "اعتبار گل‌آرا نزد شما" in theirs
    for day in (12, 35, 41):
        assert await told(shop_floor, database, settings, day) == set()


async def test_one_that_was_ended_is_not_told_of(
    shop_floor: Floor, database: Database, settings: Settings, people: People
) -> None:
    other = await shop_floor.mall.shop("لاله")
    await people(other)
    agreement = await propose(shop_floor.shop, other, 20)
    await other.post(f"/agreements/{agreement}/terminate", expect=200)
    assert await told(shop_floor, database, settings, 0) == set()


async def test_what_ends_soon_stands_on_the_shops_first_page(
    shop_floor: Floor, people: People
) -> None:
    other = await shop_floor.mall.shop("لاله")
    await propose(shop_floor.shop, other, 20)
    for shop in (shop_floor.shop, other):
        assert "۱ قرارداد همکاری تا یک ماه دیگر" in text_of(await (await people(shop)).get())


async def test_after_the_end_one_may_propose_anew(
    shop_floor: Floor, laleh: Api, database: Database
) -> None:
    terms = {"acceptor_id": laleh.id, "fee_bps": 200, "max_share_bps": 10_000}
    await shop_floor.shop.post("/agreements", terms, expect=409)
    async with database.unit_of_work(Scope.mall(shop_floor.scope.mall_id)) as uow:
        row = await uow.session.scalar(
            select(Agreement).where(Agreement.mall_id == uow.scope.mall_id)
        )
        assert row is not None
        row.ends_at = uow.now - timedelta(days=1)
    await shop_floor.shop.post("/agreements", terms)
    states = {row["state"] for row in (await laleh.get("/agreements"))["items"]}
    assert states == {"terminated", "proposed"}
