"""A member invites a friend: the link, who comes by it, and what both get."""

import re

import pytest

from members.facade import find_member
from tests.api.conftest import new_mobile
from tests.merchants.clientele.test_doors import code_for
from tests.merchants.referral.town import TERMS, Town
from tests.web_support.portal import Person, Web, text_of
from tests.web_support.visitors import Members
from timcheh.db import Scope

pytestmark = pytest.mark.feature("earn.referral", page="/{mall}/club/invite")


def address_in(page: str) -> str:
    """The path of the address that a host hands on."""
    (path,) = set(re.findall(r'value="https?://[^/"]+(/[^"]+/invite/[a-z0-9]+)"', page))
    return str(path)


async def test_a_friend_comes_by_the_link_and_both_get_their_gift(
    web: Web, town: Town, owner: Person, members: Members
) -> None:
    await owner.post("/referral", **TERMS, friend_reward="10000")
    host_mobile, friend_mobile = new_mobile(), new_mobile()
    host = await members(host_mobile)
    await host.post("/profile", name="نرگس احمدی")
    page = await host.get("/invite")
    assert "شما: ۲۰٬۰۰۰ تومان" in text_of(page)
    assert "دوست شما: ۱۰٬۰۰۰ تومان" in text_of(page)
    assert "هنوز کسی نیامده است" in text_of(page)
    path = address_in(page)
    async with web.client(headers={"accept": "text/html"}) as guest:
        asked = text_of((await guest.get(path)).text)
        assert "نرگس شما را به باشگاه" in asked
        assert "احمدی" not in asked
        assert "۱۰٬۰۰۰ تومان اعتبار در گل‌آرا" in asked
        wrong = await guest.post(path, data={"mobile": "12"})
        assert wrong.status_code == 422
        await guest.post(path, data={"mobile": friend_mobile})
        code = await code_for(town.database, town.floor, friend_mobile)
        come = await guest.post(f"{path}/code", data={"mobile": friend_mobile, "code": code})
        assert come.status_code == 303, text_of(come.text)
        assert "خوش آمدید" in text_of((await guest.get(come.headers["location"])).text)
    assert "هنوز خریدی نکرده" in text_of(await host.get("/invite"))

    bought = await town.floor.shop.buy(friend_mobile, 1_000_000)
    await town.settle()
    async with town.database.unit_of_work(Scope.mall(town.mall_id)) as uow:
        one, other = [await find_member(uow, mobile=each) for each in (host_mobile, friend_mobile)]
    assert await town.credit(one.id) == 200_000
    assert await town.credit(other.id) == 100_000
    told = text_of(await host.get("/invite"))
    assert "یک دوست" in told
    assert "خرید کرده" in told
    assert "تا امروز از خرید دوستان گرفته‌اید ۲۲٬۰۰۰ تومان" in told, "with two per cent of it"
    back = {"lines": [{"line": 0, "quantity": 1}]}
    await town.floor.shop.post(f"/purchases/{bought['id']}/returns", back)
    await town.settle()
    assert (await town.credit(one.id), await town.credit(other.id)) == (0, 0)
    await town.floor.mall.prove()


async def test_who_is_a_member_already_came_by_nobody(
    web: Web, town: Town, members: Members
) -> None:
    host, known = await members(new_mobile()), new_mobile()
    await members(known)
    path = address_in(await host.get("/invite"))
    assert path == address_in(await host.get("/invite")), "one address a member"
    async with web.client(headers={"accept": "text/html"}) as guest:
        await guest.post(path, data={"mobile": known})
        code = await code_for(town.database, town.floor, known)
        come = await guest.post(f"{path}/code", data={"mobile": known, "code": code})
        assert "پیش از این عضو بودید" in text_of((await guest.get(come.headers["location"])).text)
        assert (await guest.get(path[:-3] + "xyz")).status_code == 404
    assert "هنوز کسی نیامده است" in text_of(await host.get("/invite"))
