"""A member's passkeys over the pages: adding, coming in, removing, and being told of them once."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from tests.api.conftest import MallApi
from tests.web_support.authenticator import Device
from tests.web_support.portal import Person, Web, text_of
from tests.web_support.visitors import Members
from timcheh.access.otp import OneTimePasswords
from timcheh.db import Database, Scope
from timcheh.notify.models import Message
from timcheh.web.cookies import SESSION_COOKIES

pytestmark = pytest.mark.feature("member.two_factor", page="/{mall}/club/passkeys")


@pytest.fixture
def device(web: Web) -> Device:
    party = web.services.passkeys.party
    assert party
    return Device(party.origin)


async def add(person: Person, device: Device, name: str = "گوشی خودم") -> str:
    asked = await person.send("/passkeys/options")
    assert asked.status_code == 200
    return await person.post("/passkeys", name=name, credential=device.make(asked.text))


async def show(door: httpx.AsyncClient, root: str, device: Device, **more: str) -> httpx.Response:
    asked = await door.post(f"{root}/sign-in/passkey/options")
    answer = {"credential": device.show(asked.text), **more}
    return await door.post(f"{root}/sign-in/passkey", data=answer)


async def test_a_member_adds_a_passkey_and_comes_in_with_it(
    web: Web, mall_api: MallApi, members: Members, mobile: str, device: Device, database: Database
) -> None:
    person = await members(mobile)
    added = text_of(await add(person, device))
    assert "«گوشی خودم» اضافه شد" in added
    assert "هنوز به کار نرفته" in added
    async with web.client() as door:
        wanted = f"{person.root}/history"
        welcome = await show(door, person.root, device, next=wanted)
        assert (welcome.status_code, welcome.headers["location"]) == (303, wanted)
        assert (await door.get(wanted)).status_code == 200
        again = await door.post(
            f"{person.root}/sign-in/passkey",
            data={"credential": device.show('{"rpId": "x", "challenge": "x"}')},
        )
        assert again.status_code == 422
        assert "کهنه" in text_of(again.text)
    listed = text_of(await person.get("/passkeys"))
    assert "آخرین ورود" in listed
    assert await _told(database, UUID(str(mall_api.id)), mobile) == ["passkey-added"]


async def test_a_removed_passkey_opens_nothing_and_the_code_still_does(
    web: Web, members: Members, mobile: str, device: Device
) -> None:
    person, stranger = await members(mobile), await members("09120000001")
    page = await add(person, device)
    path = page.split("/passkeys/")[-1].split("/remove")[0]
    assert (await stranger.send(f"/passkeys/{path}/remove")).status_code == 404
    assert "«گوشی خودم» حذف شد" in text_of(await person.post(f"/passkeys/{path}/remove"))
    async with web.client() as door:
        refused = await show(door, person.root, device)
    assert refused.status_code == 422
    assert "شناخته نیست" in text_of(refused.text)
    assert "دریافت کد" in refused.text
    assert SESSION_COOKIES["member"] not in refused.cookies


async def test_who_has_no_passkey_is_told_of_them_until_they_say_no(
    web: Web, mall_api: MallApi, mobile: str, monkeypatch: pytest.MonkeyPatch, members: Members,
    device: Device,
) -> None:  # fmt: skip
    async def taken(*_: Any, **__: Any) -> None:
        """The code is another test's business."""

    monkeypatch.setattr(OneTimePasswords, "verify", taken)
    root = f"/{mall_api.slug}/club"
    async with web.client(headers={"accept": "text/html"}) as door:

        async def home() -> str:
            data = {"mobile": mobile, "code": "123456"}
            await door.post(f"{root}/sign-in/code", data=data)
            return (await door.get(root)).text

        assert "data-passkeys-own" in await home()
        csrf = (await door.get(root)).text.split('name="csrf-token" content="')[1].split('"')[0]
        await door.post(f"{root}/passkeys/later", data={"_csrf_token": csrf})
        assert "data-passkeys-own" not in await home()
        door.cookies.delete("timcheh_passkey")
        await add(await members(mobile), device)
        assert "data-passkeys-own" not in await home()
        assert "data-passkey-by-itself" in (await door.get(f"{root}/sign-in")).text


async def test_a_form_that_no_device_answered_says_what_is_wrong(
    members: Members, mobile: str
) -> None:
    person = await members(mobile)
    await person.send("/passkeys/options")
    page = await person.post("/passkeys", 422, name="گوشی <b>من</b>", credential="{")
    assert "پذیرفته نشد" in text_of(page) or "شناخته نیست" in text_of(page)
    assert "گوشی <b>من</b>" in page  # what was typed is in its field (read without its escapes)


async def _told(database: Database, mall_id: UUID, mobile: str) -> list[str]:
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        found = await uow.session.scalars(
            select(Message.template).where(Message.mall_id == mall_id, Message.recipient == mobile)
        )
        return list(found)
