"""Who looks as if they rewarded themselves gets nothing until somebody has looked into it."""

from uuid import UUID

import pytest
from sqlalchemy import select

from members.devices.service import note_device
from merchants.alerts.models import RING, Alert
from merchants.referral.models import Thanks
from tests.merchants.referral.town import Town
from tests.web_support.portal import Person, text_of
from tests.web_support.visitors import Administrators
from timcheh.db import Scope

pytestmark = pytest.mark.feature("earn.referral", "earn.commission", "plat.fraud")


async def same_phone(town: Town, *members: UUID) -> None:
    async with town.database.unit_of_work(Scope.mall(town.mall_id)) as uow:
        for member in members:
            await note_device(uow, member, b"one browser")


async def alerts(town: Town) -> list[Alert]:
    async with town.database.unit_of_work(Scope.mall(town.mall_id)) as uow:
        found = await uow.session.scalars(select(Alert).where(Alert.mall_id == town.mall_id))
        return list(found)


async def states(town: Town) -> set[str]:
    async with town.database.unit_of_work(Scope.mall(town.mall_id)) as uow:
        return set(await uow.session.scalars(select(Thanks.state)))


async def looked_into(town: Town, owner: Person, outcome: str) -> None:
    (alert,) = await alerts(town)
    page = await owner.get(f"/alerts/{alert.id}")
    assert "از یک دستگاه وارد شده است" in text_of(page)
    await owner.post(f"/alerts/{alert.id}/close", outcome=outcome, note="با هر دو حرف زدم.")
    await town.settle()


async def test_a_referrer_on_the_buyers_phone_waits(town: Town, owner: Person) -> None:
    referrer, _ = await town.member()
    friend, mobile = await town.member(referrer)
    await same_phone(town, referrer, friend)
    await town.floor.shop.buy(mobile, 1_000_000)
    await town.settle()
    assert (await town.credit(referrer), await town.commission(referrer)) == (0, 0)
    (alert,) = await alerts(town)
    assert (alert.kind, alert.subject, alert.state) == (RING, referrer, "open")
    assert alert.figures == {"count": 1, "total": 1_000_000, "earned": 220_000}
    assert "نگه‌داشته تا رسیدگی" in text_of(await owner.get("/referral"))
    await looked_into(town, owner, "harmless")
    assert (await town.credit(referrer), await town.commission(referrer)) == (200_000, 20_000)
    await town.floor.mall.prove()


async def test_a_fraud_is_refused_for_good(town: Town, owner: Person) -> None:
    referrer, _ = await town.member()
    friend, mobile = await town.member(referrer)
    await same_phone(town, referrer, friend)
    await town.floor.shop.buy(mobile, 1_000_000)
    await town.settle()
    await looked_into(town, owner, "confirmed")
    assert (await town.credit(referrer), await states(town)) == (0, {"refused"})
    await town.floor.shop.buy(mobile, 1_000_000)
    await town.settle()
    assert [(each.state, each.number) for each in await alerts(town)] == [
        ("confirmed", 1),
        ("open", 2),
    ]


async def test_what_came_back_meanwhile_is_not_given(town: Town, owner: Person) -> None:
    referrer, _ = await town.member()
    friend, mobile = await town.member(referrer)
    await same_phone(town, referrer, friend)
    bought = await town.floor.shop.buy(mobile, 1_000_000)
    back = {"lines": [{"line": 0, "quantity": 1}]}
    await town.settle()
    await town.floor.shop.post(f"/purchases/{bought['id']}/returns", back)
    await town.settle()
    await looked_into(town, owner, "harmless")
    assert (await town.credit(referrer), await town.commission(referrer)) == (0, 0)
    await town.floor.mall.prove()


async def test_a_ring_gets_nothing_and_is_told_of(town: Town) -> None:
    first, _ = await town.member()
    second, mobile = await town.member(first)
    await town.brought(first, second)
    await town.floor.shop.buy(mobile, 1_000_000)
    await town.settle()
    assert await town.credit(first) == 0
    (alert,) = await alerts(town)
    assert (alert.kind, alert.purchases[0]["ground"]) == (RING, "cycle")


async def test_a_stranger_on_another_phone_is_no_matter(town: Town) -> None:
    referrer, _ = await town.member()
    _, mobile = await town.member(referrer)
    stranger, _ = await town.member()
    await same_phone(town, referrer, stranger)
    await town.floor.shop.buy(mobile, 1_000_000)
    await town.settle()
    assert await town.credit(referrer) == 200_000
    assert await alerts(town) == []


@pytest.mark.feature("plat.fraud", page="/{mall}/mall/alerts")
async def test_the_mall_sees_alerts_of_all_shops(
    town: Town, administrators: Administrators
) -> None:
    referrer, number = await town.member()
    friend, mobile = await town.member(referrer)
    await same_phone(town, referrer, friend)
    await town.floor.shop.buy(mobile, 1_000_000)
    await town.settle()
    (alert,) = await alerts(town)
    admin = await administrators("administrator")
    listed = text_of(await admin.get("/alerts"))
    assert "معرفی مشکوک" in listed
    assert "گل‌آرا" in listed
    assert str(alert.id) not in await admin.get("/alerts?kind=burst")
    one = text_of(await admin.get(f"/alerts/{alert.id}"))
    assert number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) in one
    assert "از یک دستگاه وارد شده است" in one
    await admin.get(f"/alerts/{friend}", expect=404)
    await (await administrators("accountant")).get("/alerts", expect=403)
