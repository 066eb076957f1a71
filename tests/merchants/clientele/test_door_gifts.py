"""A door that promises a gift: told on its page, given once to who is new, never beyond its cap."""

import asyncio
import re
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from merchants.doors.gifts import take_gift
from merchants.doors.models import DoorGift
from merchants.doors.service import enter, open_door
from tests.api.conftest import new_mobile
from tests.merchants.clientele.test_doors import code_for
from tests.web_support.portal import Floor, People, Person, Web, text_of
from tests.web_support.visitors import Members
from timcheh.db import Database, Scope

pytestmark = pytest.mark.feature("offer.lead_magnet", page="/{mall}/shop/customers/doors")
GIFT = {
    "words": "عضو شوید و هدیه بگیرید",
    "reward": "credit",
    "reward_credit": "۵۰۰۰",
    "reward_days": "۳۰",
    "most": "۲",
}


class Landing:
    """A door of a shop, its owner, and whoever comes."""

    def __init__(self, floor: Floor, owner: Person, web: Web, database: Database) -> None:
        self.floor, self.owner, self.web, self.database = floor, owner, web, database
        self.path = self.public = ""

    async def made(self, **gift: str) -> "Landing":
        answer = await self.owner.send("/customers/doors", source="instagram", name="استوری")
        self.path = answer.headers["location"].removeprefix(self.owner.root)
        page = await self.owner.get(self.path)
        found = re.search(r"/join/([a-z0-9]+)", page)
        assert found is not None
        self.public = found[1]
        if gift:
            await self.owner.post(f"{self.path}/gift", **gift)
        return self

    @property
    def scope(self) -> Scope:
        return Scope.mall(UUID(str(self.floor.mall.id)))

    async def enrol(self, mobile: str) -> str:
        """Comes through the page with the code of the SMS; what the club's home says."""
        address = f"/{self.floor.mall.slug}/join/{self.public}"
        async with self.web.client(headers={"accept": "text/html"}) as guest:
            await guest.post(address, data={"mobile": mobile})
            code = await code_for(self.database, self.floor, mobile)
            entered = await guest.post(f"{address}/code", data={"mobile": mobile, "code": code})
            assert entered.status_code == 303, text_of(entered.text)
            return text_of((await guest.get(entered.headers["location"])).text)

    async def enter(self, member: UUID) -> Any:
        """The last step alone, for many at once."""
        async with self.database.unit_of_work(self.scope) as uow:
            return await enter(uow, await open_door(uow, self.public), member, {})

    async def gifts(self) -> list[int]:
        """What all members have been given."""
        found = await self.floor.mall.get("/members")
        lots = [lot for each in found["items"] for lot in await self.floor.mall.lots(each["id"])]
        return [lot["available"] for lot in lots if lot["reason"] == GIFT["words"]]


@pytest.fixture
async def landing(shop_floor: Floor, people: People, web: Web, database: Database) -> Landing:
    return Landing(shop_floor, await people(shop_floor.shop), web, database)


async def test_who_is_new_gets_what_the_page_promised(landing: Landing, mobile: str) -> None:
    await landing.made(**GIFT)
    async with landing.web.client() as guest:
        page = await guest.get(f"/{landing.floor.mall.slug}/join/{landing.public}")
    said = text_of(page.text)
    assert "عضو شوید و هدیه بگیرید" in said
    assert "هدیه عضویت: ۵٬۰۰۰ تومان" in said
    assert "گل‌آرا" in said
    assert "۳۰ روز پس از عضویت" in said
    home = await landing.enrol(mobile)
    assert "۵٬۰۰۰ تومان" in home
    assert "از گل‌آرا گرفتید" in home
    again = await landing.enrol(mobile)
    assert "پیش‌تر مشتری گل‌آرا بودید" in again
    assert await landing.gifts() == [50_000]
    bought = await landing.floor.shop.buy(mobile, 200_000, spend={"credit": "max"})
    assert bought["spent_value"] == 50_000
    report = text_of(await landing.owner.get(landing.path))
    assert re.search(r"بازدید ۱ مشتری تازه ۱ ۱۰۰٪ بازدیدها خریدار شدند ۱ با ۱ خرید", report)
    assert "خرید این مشتریان ۲۰٬۰۰۰ تومان" in report
    assert "هزینه هر خریدار ۵٬۰۰۰ تومان" in report
    await landing.floor.mall.prove()


async def test_who_was_a_customer_before_gets_nothing(landing: Landing, mobile: str) -> None:
    await landing.made(**GIFT)
    await landing.floor.shop.buy(mobile, 10_000)
    assert "پیش‌تر مشتری گل‌آرا بودید" in await landing.enrol(mobile)
    elsewhere = await landing.floor.mall.shop("لاله")
    stranger = new_mobile()
    await elsewhere.buy(stranger, 10_000)  # a member of the club, and new to this shop
    assert "از گل‌آرا گرفتید" in await landing.enrol(stranger)
    assert await landing.gifts() == [50_000]


async def test_the_cap_holds_when_all_come_at_once(landing: Landing) -> None:
    await landing.made(**GIFT)
    made = [await landing.floor.mall.post("/members", {"mobile": new_mobile()}) for _ in range(8)]
    members = [UUID(each["id"]) for each in made]
    entered = await asyncio.gather(*(landing.enter(each) for each in [*members, *members]))
    assert sum(each.new for each in entered) == 8
    assert sum(each.gift is not None for each in entered) == 2
    assert await landing.gifts() == [50_000] * 2
    report = text_of(await landing.owner.get(landing.path))
    assert "۲ از ۲" in report
    assert "هدیه این پیوند تمام شده است" in text_of(await _page(landing))
    late = new_mobile()
    assert "هدیه این پیوند پیش از شما تمام شد" in await landing.enrol(late)
    await landing.floor.mall.prove()


async def test_a_gift_is_once_in_a_members_life(landing: Landing, mobile: str) -> None:
    """Also for who is no customer any more, and comes anew."""
    await landing.made(**GIFT)
    await landing.enrol(mobile)
    async with landing.database.unit_of_work(landing.scope) as uow:
        door = await open_door(uow, landing.public)
        member = (await landing.floor.mall.get("/members"))["items"][0]["id"]
        assert await take_gift(uow, door, UUID(member)) is None


async def test_a_coupon_is_told_to_who_came_in(
    landing: Landing, members: Members, mobile: str
) -> None:
    rule = {
        "name": "خوشامد",
        "coupon": "SALAM20",
        "then": [{"effect": "discount_percent", "bps": 2000}],
    }
    await landing.floor.shop.put("/rules", {"rules": [rule]})
    await landing.made(**{**GIFT, "reward": "coupon", "coupon": "SALAM20"})
    assert "SALAM20" not in await _page(landing)
    assert "SALAM20" in await landing.enrol(mobile)
    member = await members(mobile)
    home = text_of(await member.get())
    assert "کد تخفیف شما در گل‌آرا" in home
    assert "SALAM20" in home
    bought = await landing.floor.shop.buy(mobile, 100_000, coupon="salam20")
    assert bought["discount"] == 20_000
    await landing.floor.shop.put("/rules", {"rules": []})
    assert "SALAM20" not in text_of(await member.get())


async def test_a_promise_stays_as_it_was_told(landing: Landing, people: People) -> None:
    await landing.made()
    for change, pointer in (
        ({"words": ""}, "words"),
        ({"reward_credit": ""}, "reward_credit"),
        ({"most": "0"}, "most"),
        ({"reward": "points", "reward_points": "0"}, "reward_points"),
        ({"reward": "coupon", "coupon": "NONE"}, "coupon"),
        ({"ends_at": "1400/01/01"}, "ends_at"),
    ):
        page = await landing.owner.post(f"{landing.path}/gift", expect=422, **{**GIFT, **change})
        assert f'href="#f-{pointer}"' in page
        assert 'value="۳۰"' in page
    await landing.owner.post(f"{landing.path}/gift", **GIFT)
    await landing.owner.post(f"{landing.path}/gift", expect=409, **GIFT)
    stranger = await people(await landing.floor.mall.shop("لاله"))
    await stranger.get(landing.path, expect=404)
    await stranger.post(f"{landing.path}/gift/end", expect=404)
    await landing.owner.post(f"{landing.path}/gift/end")
    assert "هدیه این پیوند تمام شده است" in text_of(await _page(landing))


async def test_a_gift_whose_last_day_is_over_is_not_given(landing: Landing, mobile: str) -> None:
    await landing.made(**{**GIFT, "ends_at": "1450/01/01"})
    async with landing.database.unit_of_work(landing.scope) as uow:
        await uow.session.execute(
            update(DoorGift)
            .where(DoorGift.mall_id == uow.scope.mall_id)
            .values(ends_at=uow.now)
            .execution_options(synchronize_session=False)
        )
    assert "هدیه این پیوند پیش از شما تمام شد" in await landing.enrol(mobile)
    assert await landing.gifts() == []


async def _page(landing: Landing) -> str:
    async with landing.web.client(headers={"accept": "text/html"}) as guest:
        return (await guest.get(f"/{landing.floor.mall.slug}/join/{landing.public}")).text
