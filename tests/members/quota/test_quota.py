"""No ceiling on members but the plan's: refused whichever way one comes, and never passed."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from members.facade import MemberQuotaReached, enrol, quota_of, set_quota
from tests.api.conftest import Api, new_mobile
from tests.merchants.importing.desk import ImportDesk, csv_of
from tests.web_support.portal import Floor, text_of
from tests.web_support.visitors import Administrators, Members
from timcheh.db import Database, Scope
from timcheh.settings import Settings

pytestmark = pytest.mark.feature("enrol.unlimited", page="/{mall}/mall/shops")


class Plan:
    """The mall's quota."""

    def __init__(self, database: Database, floor: Floor) -> None:
        self.database, self.floor = database, floor
        self.scope = Scope.mall(UUID(str(floor.mall.id)))

    async def allows(self, most: int | None) -> None:
        async with self.database.unit_of_work(self.scope) as uow:
            await set_quota(uow, most)

    async def used(self) -> int | None:
        async with self.database.unit_of_work(self.scope) as uow:
            quota = await quota_of(uow)
            return quota.members if quota else None


@pytest.fixture
def plan(database: Database, shop_floor: Floor) -> Plan:
    return Plan(database, shop_floor)


async def refused(shop: Api, mobile: str, **more: Any) -> str:
    body = {
        "member": {"mobile": mobile},
        "enrol": True,
        "lines": [{"quantity": 1, "unit_price": 1000}],
    }
    answer = await shop.call("POST", "/purchases", body | more)
    assert answer.status_code == 409, answer.text
    return str(answer.json()["code"])


async def test_without_a_quota_nothing_is_counted(plan: Plan) -> None:
    for _ in range(3):
        await plan.floor.shop.buy(new_mobile(), 1000)
    assert await plan.used() is None


async def test_beyond_the_quota_nobody_new_comes_by_any_way(
    plan: Plan, members: Members, mobile: str
) -> None:
    shop, mall = plan.floor.shop, plan.floor.mall
    await shop.buy(mobile, 1000)
    await plan.allows(2)
    assert await plan.used() == 1
    await shop.buy(new_mobile(), 1000)
    assert await refused(shop, new_mobile()) == "member_quota_reached"
    refusal = await mall.call("POST", "/members", {"mobile": new_mobile()})
    assert refusal.json()["code"] == "member_quota_reached"
    with pytest.raises(MemberQuotaReached):
        await members(new_mobile())
    # Who is a member buys everywhere, also where they have never been.
    await shop.buy(mobile, 1000)
    await (await mall.shop("لاله")).buy(mobile, 1000)
    assert await plan.used() == 2
    await plan.allows(3)
    await shop.buy(new_mobile(), 1000)
    await plan.allows(None)
    await shop.buy(new_mobile(), 1000)


async def test_the_quota_holds_when_all_come_at_once(plan: Plan, database: Database) -> None:
    await plan.allows(5)
    shop = plan.floor.shop

    async def by_hand() -> int:
        try:
            async with database.unit_of_work(plan.scope) as uow:
                await enrol(uow, new_mobile())
        except MemberQuotaReached:
            return 409
        return 201

    async def at_the_till() -> int:
        body = {
            "member": {"mobile": new_mobile()},
            "enrol": True,
            "lines": [{"quantity": 1, "unit_price": 1000}],
        }
        return (await shop.call("POST", "/purchases", body)).status_code

    answers = await asyncio.gather(*(each() for each in [by_hand, at_the_till] * 8))
    assert sorted(answers) == [201] * 5 + [409] * 11
    assert await plan.used() == 5
    assert len((await plan.floor.mall.get("/members"))["items"]) == 5


async def test_setting_it_counts_who_is_just_coming(plan: Plan, database: Database) -> None:
    """Whoever is being enrolled is waited for, and counted."""
    async with database.unit_of_work(plan.scope) as uow:
        await enrol(uow, new_mobile())
        setting = asyncio.create_task(plan.allows(10))
        await asyncio.sleep(0.2)
        assert not setting.done()
    await setting
    assert await plan.used() == 1


async def test_an_import_stops_and_goes_on_where_it_stood(
    plan: Plan, database: Database, settings: Settings
) -> None:
    desk = ImportDesk(database, settings, plan.floor)
    rows = [(new_mobile(), "1000") for _ in range(4)]
    await plan.allows(3)
    await desk.bring(csv_of(("موبایل", "اعتبار"), *rows))
    assert (await desk.check(("mobile", "credit"))).counts["new"] == 4
    stopped = await desk.take()
    assert (stopped.state, stopped.failure) == ("checked", "member_quota_reached")
    assert await plan.used() == 0
    await plan.allows(4)
    done = await desk.take()
    assert (done.state, done.failure, done.counts["new"]) == ("imported", None, 4)
    assert await plan.used() == 4
    assert (await desk.undo()).state == "undone"
    await plan.floor.mall.prove()


async def test_the_malls_page_warns_in_time(plan: Plan, administrators: Administrators) -> None:
    manager = await administrators("administrator")
    for _ in range(8):
        await plan.floor.mall.post("/members", {"mobile": new_mobile()})
    assert "عضو از" not in text_of(await manager.get("/shops"))
    await plan.allows(10)
    said = text_of(await manager.get("/shops"))
    assert "۸ عضو از ۱۰" in said
    assert "عضو مانده است" not in said
    await plan.floor.mall.post("/members", {"mobile": new_mobile()})
    assert "۱ عضو مانده است" in text_of(await manager.get("/shops"))
    await plan.floor.mall.post("/members", {"mobile": new_mobile()})
    assert "عضو تازه پذیرفته نمی‌شود" in text_of(await manager.get("/shops"))
