"""Enrolling oneself through a shop's door."""

import re
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.api.conftest import new_mobile
from tests.web_support.portal import Floor, People, Person, Web, text_of
from timcheh.db import Database, Scope
from timcheh.text.normalise import digits_to_latin

pytestmark = pytest.mark.feature("enrol.self", "enrol.social")


async def made(owner: Person, source: str = "instagram") -> str:
    """The path of a new door."""
    page = await owner.post("/customers/doors", source=source, name="بیوی اینستاگرام")
    found = re.search(r'href="[^"]*(/[^/"]+/join/[a-z0-9]+)"', page)
    assert found is not None
    return found.group(1)


async def code_for(database: Database, floor: Floor, mobile: str) -> str:
    """The code in the latest message to a mobile."""
    async with database.unit_of_work(Scope.mall(UUID(str(floor.mall.id)))) as uow:
        body = await uow.session.scalar(
            text(
                "SELECT text FROM kernel.message WHERE mall_id = :mall"
                " AND recipient = :mobile ORDER BY id DESC LIMIT 1"
            ),
            {"mall": floor.mall.id, "mobile": mobile},
        )
    found = re.search(r"\d{6}", digits_to_latin(str(body)))
    assert found is not None, body
    return found.group()


@pytest.mark.feature("enrol.mobile", "enrol.consent", "enrol.provenance")
async def test_a_link_enrols_and_its_source_is_counted(
    web: Web, shop_floor: Floor, people: People, database: Database
) -> None:
    owner, mobile = await people(shop_floor.shop), new_mobile()
    path = await made(owner)
    async with web.client(headers={"accept": "text/html"}) as guest:
        assert "باشگاه مشتریان گل‌آرا" in text_of((await guest.get(path)).text)
        wrong = await guest.post(path, data={"mobile": "12"})
        assert "شماره موبایل باید با ۰۹ شروع شود" in text_of(wrong.text)
        asked = {"mobile": mobile, "name": "نرگس", "data": "yes", "promotion": "yes"}
        sent = await guest.post(path, data=asked)
        assert 'name="promotion" value="yes"' in sent.text
        failed = await guest.post(f"{path}/code", data=asked | {"code": "000000"})
        assert failed.status_code == 422
        code = await code_for(database, shop_floor, mobile)
        entered = await guest.post(f"{path}/code", data=asked | {"code": code})
        assert entered.status_code == 303, text_of(entered.text)
        home = await guest.get(entered.headers["location"])
        assert "نرگس" in text_of(home.text)
    doors = text_of(await owner.get("/customers/doors"))
    assert "اینستاگرام" in doors
    row = re.search(r"join/[a-z0-9]+ ([۰-۹]+) ([۰-۹]+)", doors)
    assert row is not None
    assert row.groups() == ("۱", "۱")
    found = await owner.get(f"/customers?q={mobile}")
    address = found.split('data-href="')[1].split('"')[0].removeprefix(owner.root)
    assert "با پیوند عضویت، بیوی اینستاگرام" in text_of(await owner.get(address))
    consents = text_of(await owner.get(f"{address}/consents"))
    assert "اجازه پیام تبلیغاتی داده شد خود عضو، هنگام عضویت" in consents


async def test_a_closed_door_looks_absent(web: Web, shop_floor: Floor, people: People) -> None:
    owner = await people(shop_floor.shop)
    path = await made(owner, "poster")
    page = await owner.get("/customers/doors")
    end = re.search(r'action="[^"]*(/customers/doors/[^"]+/end)"', page)
    assert end is not None
    stranger = await people(await shop_floor.mall.shop("لاله"))
    await stranger.post(end.group(1), expect=404)
    await owner.post(end.group(1))
    async with web.client(headers={"accept": "text/html"}) as guest:
        assert (await guest.get(path)).status_code == 404
        assert (await guest.post(path, data={"mobile": new_mobile()})).status_code == 404


async def test_the_poster_is_a_page_to_print(shop_floor: Floor, people: People) -> None:
    owner = await people(shop_floor.shop)
    await made(owner, "poster")
    page = await owner.get("/customers/doors")
    poster = re.search(r'href="([^"]+/poster)"', page)
    assert poster is not None
    answer = await owner.client.get(poster.group(1))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
