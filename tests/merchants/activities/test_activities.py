"""Points for what isn't a purchase: the member says so, the shop looks where it must."""

import asyncio
import re
from uuid import UUID

import pytest

from merchants.activities.errors import ActivityDone, ActivityFull
from merchants.activities.service import Deed, report_activity
from tests.api.conftest import new_mobile
from tests.merchants.rewards.support import Counter
from tests.web_support.portal import People, Person, text_of
from tests.web_support.visitors import Members
from timcheh.db import Scope

pytestmark = pytest.mark.feature("earn.activity", page="/{mall}/shop/activities")
TERMS = {"points": "۵۰", "scope": "own:point", "repeats": "ever"}
FOLLOW = {**TERMS, "kind": "follow", "name": "دنبال کردن صفحه", "confirms": "yes"}
REVIEW = {**TERMS, "kind": "review", "name": "نوشتن نظر"}
WHOLE = {"name": "نرگس", "birthday": "1370/1/2", "gender": "female", "province": "تهران"}


@pytest.fixture
async def owner(counter: Counter, people: People) -> Person:
    return await people(counter.floor.shop)


async def only(member: Person) -> str:
    """The path of the one activity that the member sees."""
    page = await member.get("/activities")
    (path,) = set(re.findall(rf'href="{member.root}(/activities/[^"]+)"', page))
    return str(path)


async def waiting(owner: Person) -> str:
    found = re.search(
        rf'action="{owner.root}(/activity-reports/[^"]+)"', await owner.get("/activities")
    )
    assert found
    return found[1]


async def test_the_shop_confirms_what_it_alone_can_tell(
    counter: Counter, owner: Person, members: Members, mobile: str
) -> None:
    await owner.post("/activities", **FOLLOW, link="https://instagram.com/golara")
    id = await counter.customer(mobile)
    member = await members(mobile)
    path = await only(member)
    assert "https://instagram.com/golara" in await member.get(path)
    said = await member.post(path, proof="@narges")
    assert "پس از تأیید فروشگاه ۵۰ امتیاز می‌گیرید" in text_of(said)
    assert await counter.lots(id) == []
    again = await member.post(path, expect=409, proof="@narges")
    assert "پیش‌تر فرستاده‌اید" in text_of(again)

    assert "@narges" in await owner.get("/activities")
    report = await waiting(owner)
    assert "۵۰ امتیاز داده شد" in text_of(await owner.post(report, decision="grant"))
    assert await counter.lots(id) == [50]
    assert "تصمیم گرفته شده" in text_of(await owner.post(report, decision="decline"))
    assert await counter.lots(id) == [50]
    assert "امتیاز فعالیت: دنبال کردن صفحه" in text_of(await member.get("/history"))
    await counter.floor.mall.prove()


async def test_a_declined_report_says_why_and_can_be_sent_again(
    counter: Counter, owner: Person, members: Members, mobile: str
) -> None:
    await owner.post("/activities", **FOLLOW)
    id = await counter.customer(mobile)
    member = await members(mobile)
    path = await only(member)
    await member.post(path, proof="@x")
    await owner.post(await waiting(owner), decision="decline", why_not="این شناسه پیدا نشد.")
    assert "این شناسه پیدا نشد" in text_of(await member.get(path))
    await member.post(path, proof="@narges")
    await owner.post(await waiting(owner), decision="grant")
    assert await counter.lots(id) == [50]


async def test_a_whole_profile_brings_points_at_once(
    counter: Counter, owner: Person, members: Members, mobile: str
) -> None:
    await owner.post("/activities", **TERMS, kind="profile", name="کامل کردن مشخصات")
    id = await counter.customer(mobile)
    member = await members(mobile)
    path = await only(member)
    lacking = text_of(await member.get(path))
    assert "شهر" in lacking
    refused = await member.post(path, expect=422)
    assert "مشخصات شما کامل نیست؛ این‌ها را در «من» بنویسید: نام" in text_of(refused)
    await member.post("/profile", **WHOLE, city="تهران")
    assert "۵۰ امتیاز گرفتید" in text_of(await member.post(path))
    assert await counter.lots(id) == [50]
    assert "امتیاز کامل کردن مشخصات" in text_of(await member.get("/history"))
    await member.post(path, expect=409)


async def test_who_reviews_has_bought(
    counter: Counter, owner: Person, members: Members, mobile: str
) -> None:
    await owner.post("/activities", **REVIEW)
    id = await counter.customer(mobile)
    member = await members(mobile)
    path = await only(member)
    blank = await member.post(path, expect=422, stars="4", proof="")
    assert 'value="4" checked' in blank
    await member.post(path, stars="4", proof="برخورد خوبی داشتند.")
    assert await counter.lots(id) == [50]
    listed = text_of(await owner.get("/activities"))
    assert "۴ از ۵" in listed
    assert "برخورد خوبی داشتند" in listed
    stranger = await members(new_mobile())
    await stranger.get(path, expect=404)
    await stranger.post(path, expect=404, stars="5", proof="خوب")


async def test_many_at_once_bring_points_once(
    counter: Counter, owner: Person, members: Members, mobile: str
) -> None:
    await owner.post("/activities", **REVIEW)
    id = await counter.customer(mobile)
    path = await only(await members(mobile))

    async def one() -> bool:
        async with counter.database.unit_of_work(Scope.mall(counter.mall_id)) as uow:
            await report_activity(uow, UUID(path.rpartition("/")[2]), id, Deed("خوب", 5))
        return True

    outcomes = await asyncio.gather(*(one() for _ in range(6)), return_exceptions=True)
    assert outcomes.count(True) == 1
    assert {type(each) for each in outcomes} == {bool, ActivityDone}
    assert await counter.lots(id) == [50]
    await counter.floor.mall.prove()


async def test_the_months_cap_holds_for_all_members(
    counter: Counter, owner: Person, members: Members
) -> None:
    await owner.post("/activities", **REVIEW, month_cap="100")
    mobiles = [new_mobile() for _ in range(4)]
    ids = [await counter.customer(each) for each in mobiles]
    path = await only(await members(mobiles[0]))

    async def one(id: UUID) -> None:
        async with counter.database.unit_of_work(Scope.mall(counter.mall_id)) as uow:
            await report_activity(uow, UUID(path.rpartition("/")[2]), id, Deed("خوب", 5))

    outcomes = await asyncio.gather(*map(one, ids), return_exceptions=True)
    assert [type(each) for each in outcomes].count(ActivityFull) == 2
    assert sorted([sum(await counter.lots(id)) for id in ids]) == [0, 0, 50, 50]


async def test_a_faulty_form_is_told(owner: Person) -> None:
    page = await owner.post(
        "/activities", expect=422, **{**FOLLOW, "link": "instagram", "month_cap": "۱۰"}
    )
    said = text_of(page)
    assert "نشانی باید با https://" in said
    assert "برابر یا بیشتر از ۵۰" in said
    assert 'value="دنبال کردن صفحه"' in page
