"""Members are told before what they hold expires: once for each step, one message a day."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import select

from merchants.expiring.jobs import remind
from tests.api.conftest import Api, new_mobile
from tests.web_support.portal import Floor, People, text_of
from timcheh.calendar import day_bounds, local_date
from timcheh.db import Database, Scope
from timcheh.module import JobContext
from timcheh.notify.models import Message
from timcheh.settings import Settings

pytestmark = pytest.mark.feature("sale.credit_expiry", "msg.events")
Json = dict[str, Any]


class Clock:
    """Runs the daily job of a mall on some later day, at ten in the morning."""

    def __init__(self, floor: Floor, database: Database, settings: Settings) -> None:
        self.mall, self._database, self._settings = floor.scope.mall_id, database, settings

    async def on_day(self, days: int) -> list[str]:
        """The texts of the messages that the day brought, after running twice."""
        now = day_bounds(local_date(datetime.now(UTC)) + timedelta(days=days))[0]
        now += timedelta(hours=10)
        for _ in range(2):
            await remind(JobContext(self._database, self._settings, self.mall, now))
        async with self._database.unit_of_work(Scope.mall(self.mall)) as uow:
            found = await uow.session.scalars(
                select(Message.text).where(
                    Message.mall_id == self.mall,
                    Message.template == "value-expires",
                    Message.created_at == now,
                )
            )
            return [each.replace(",", "٬") for each in found]


@pytest.fixture
def clock(shop_floor: Floor, database: Database, settings: Settings) -> Clock:
    return Clock(shop_floor, database, settings)


async def give(shop: Api, mobile: str, amount: int, days: int, **more: Any) -> str:
    """Credit whose last day is so many days from today."""
    ends = day_bounds(local_date(datetime.now(UTC)) + timedelta(days=days))[1]
    body = {"member": {"mobile": mobile}, "amount": amount, "scope": "own", "reason": "هدیه"}
    body |= {"expires_at": ends.isoformat()} | more
    return str((await shop.post("/credits", body))["id"])


async def known(floor: Floor) -> str:
    mobile = new_mobile()
    await floor.mall.post("/members", {"mobile": mobile})
    return mobile


async def test_seven_days_before_and_on_the_eve(shop_floor: Floor, clock: Clock) -> None:
    mobile = await known(shop_floor)
    await give(shop_floor.shop, mobile, 500_000, 9)
    await give(shop_floor.shop, mobile, 20, 9, unit="point")
    assert await clock.on_day(1) == []
    (told,) = await clock.on_day(2)
    assert "۵۰٬۰۰۰ تومان اعتبار و ۲۰ امتیاز" in told
    assert "خرج کنید در گل‌آرا" in told
    assert await clock.on_day(3) == []
    assert await clock.on_day(7) == []
    assert len(await clock.on_day(8)) == 1
    assert await clock.on_day(9) == []
    assert await clock.on_day(10) == []


async def test_one_message_a_day_with_the_sum(shop_floor: Floor, clock: Clock) -> None:
    mobile = await known(shop_floor)
    other = await shop_floor.mall.shop("لاله")
    await give(shop_floor.shop, mobile, 300_000, 8)
    await give(other, mobile, 200_000, 6)
    (told,) = await clock.on_day(1)
    assert "۵۰٬۰۰۰ تومان" in told
    assert "گل‌آرا" in told
    assert "لاله" in told
    await give(shop_floor.shop, mobile, 100_000, 7)
    assert await clock.on_day(1) == [told]  # today is told; the new one has its turn tomorrow
    (next_day,) = await clock.on_day(2)
    assert "۱۰٬۰۰۰ تومان" in next_day


async def test_a_shop_and_the_mall_set_their_days(shop_floor: Floor, clock: Clock) -> None:
    mall, shop = shop_floor.mall, shop_floor.shop
    await mall.put("/mall/expiry-reminders", {"days": [3]})
    assert (await shop.get("/expiry-reminders"))["days"] == [3]
    mobile = await known(shop_floor)
    await give(shop, mobile, 100_000, 7)
    assert await clock.on_day(0) == []
    await shop.put("/expiry-reminders", {"days": [5, 2]})
    assert (await shop.get("/expiry-reminders"))["days"] == [5, 2]
    assert len(await clock.on_day(2)) == 1
    await shop.put("/expiry-reminders", {"days": []})
    assert await clock.on_day(5) == []
    await shop.put("/expiry-reminders", {"days": [0]}, expect=422)


async def test_the_shops_own_page_sets_them(shop_floor: Floor, people: People) -> None:
    owner = await people(shop_floor.shop)
    assert 'value="۷، ۱"' in await owner.get("/selling")
    await owner.post("/selling", reminder_days="۱۰، ۳")
    assert (await shop_floor.shop.get("/expiry-reminders"))["days"] == [10, 3]
    kept = await owner.post("/selling", expect=422, reminder_days="۱۰، فردا")
    assert "۱۰، فردا" in kept
    assert "عدد" in text_of(kept)


async def test_many_lots_pass_as_a_stream(
    shop_floor: Floor, clock: Clock, settings: Settings
) -> None:
    """A hundred thousand lots take twenty times as long as these."""
    lot = await give(shop_floor.shop, await known(shop_floor), 100_000, 8)
    await multiply(settings, clock.mall, UUID(lot), 2_500)
    began = time.process_time()
    assert len(await clock.on_day(1)) == 2_501
    assert time.process_time() - began < 10


async def multiply(settings: Settings, mall: UUID, lot: UUID, members: int) -> None:
    """So many members with two copies each of a lot, written past the ledger."""
    owner = await asyncpg.connect(settings.superuser_dsn)
    try:
        await owner.execute("SET session_replication_role = replica")
        await owner.execute(
            """
            INSERT INTO members.member (mall_id, id, number, mobile, created_at)
            SELECT $1, gen_random_uuid(), 'n' || n, '0999' || lpad(n::text, 7, '0'), now()
            FROM generate_series(1, $2) n
            """,
            mall,
            members,
        )
        await owner.execute(
            """
            INSERT INTO ledger.lot
            SELECT (jsonb_populate_record(l, jsonb_build_object(
                       'id', gen_random_uuid(), 'holder_id', m.id))).*
            FROM ledger.lot l CROSS JOIN members.member m CROSS JOIN generate_series(1, 2)
            WHERE l.mall_id = $1 AND l.id = $2 AND m.mall_id = $1 AND m.number LIKE 'n%'
            """,
            mall,
            lot,
        )
    finally:
        await owner.close()
