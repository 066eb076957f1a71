"""The doors and what is behind them, over the real database."""

import re
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select, text, update

from timcheh.access.models import OtpChallenge, Session, StaffRole
from timcheh.access.staff import create_staff, grant_role
from timcheh.db import Database, Scope
from timcheh.malls import MallInfo
from timcheh.notify.models import Message
from timcheh.web.services import Services

MOBILE = "09121234567"
PASSWORD = "گذرواژه دراز ۱۲۳"
HTML = {"accept": "text/html"}


@pytest.fixture
async def shopkeeper(services: Services, database: Database, mall: MallInfo) -> Any:
    hashed = await services.passwords.hash(PASSWORD)
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        staff = await create_staff(uow, MOBILE, "مریم", hashed)
        await grant_role(uow, staff, "owner", merchant_id=uuid4())
    return staff


@pytest.fixture(autouse=True)
async def _fresh_limits(services: Services) -> None:
    await services.redis.flushdb()


async def sign_in(client: httpx.AsyncClient, mall: MallInfo, password: str = PASSWORD) -> Any:
    form = {"mobile": "۰۹۱۲ ۱۲۳ ۴۵۶۷", "password": password}
    return await client.post(f"/{mall.slug}/shop/sign-in", data=form, headers=HTML)


def csrf(page: httpx.Response) -> str:
    found = re.search(r'name="csrf-token" content="([^"]+)"', page.text)
    assert found
    return found[1]


async def test_a_page_sends_a_stranger_to_the_door_and_back(
    client: httpx.AsyncClient, mall: MallInfo, shopkeeper: Any
) -> None:
    answer = await client.get(f"/{mall.slug}/shop", headers=HTML)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/{mall.slug}/shop/sign-in"
    door = await client.get(f"/{mall.slug}/shop/sign-in", headers=HTML)
    assert door.status_code == 200
    assert mall.name in door.text
    signed = await sign_in(client, mall)
    assert (signed.status_code, signed.headers["location"]) == (303, f"/{mall.slug}/shop")
    cookie = signed.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    page = await client.get(f"/{mall.slug}/shop", headers=HTML)
    assert page.status_code == 200
    assert "سلام مریم" in page.text


async def test_next_never_leads_away(
    client: httpx.AsyncClient, mall: MallInfo, shopkeeper: Any
) -> None:
    for wanted, expected in (
        (f"/{mall.slug}/shop/customers", f"/{mall.slug}/shop/customers"),
        ("https://evil.test/", f"/{mall.slug}/shop"),
        (f"/{mall.slug}/mall/x", f"/{mall.slug}/shop"),
        ("//evil.test", f"/{mall.slug}/shop"),
    ):
        form = {"mobile": MOBILE, "password": PASSWORD, "next": wanted}
        answer = await client.post(f"/{mall.slug}/shop/sign-in", data=form, headers=HTML)
        assert answer.headers["location"] == expected


@pytest.mark.parametrize(
    ("mobile", "password", "status"),
    [(MOBILE, "wrong password", 401), ("09129999999", PASSWORD, 401), ("12", PASSWORD, 422)],
)
async def test_a_wrong_sign_in_tells_nothing(
    client: httpx.AsyncClient,
    mall: MallInfo,
    shopkeeper: Any,
    mobile: str,
    password: str,
    status: int,
) -> None:
    form = {"mobile": mobile, "password": password}
    answer = await client.post(f"/{mall.slug}/shop/sign-in", data=form, headers=HTML)
    assert answer.status_code == status
    assert "timcheh_shop" not in answer.headers.get("set-cookie", "")
    assert password not in answer.text


async def test_the_shops_staff_have_no_business_in_the_malls_portal(
    client: httpx.AsyncClient, mall: MallInfo, shopkeeper: Any
) -> None:
    form = {"mobile": MOBILE, "password": PASSWORD}
    answer = await client.post(f"/{mall.slug}/mall/sign-in", data=form, headers=HTML)
    assert answer.status_code == 401


async def test_guessing_is_bounded(
    client: httpx.AsyncClient, mall: MallInfo, shopkeeper: Any
) -> None:
    codes = [(await sign_in(client, mall, "wrong")).status_code for _ in range(12)]
    assert codes == [401] * 10 + [429] * 2
    assert (await sign_in(client, mall)).status_code == 429


async def test_an_unsafe_request_needs_the_sessions_token(
    client: httpx.AsyncClient, mall: MallInfo, shopkeeper: Any
) -> None:
    await sign_in(client, mall)
    act = f"/{mall.slug}/shop/act"
    assert (await client.post(act, data={}, headers=HTML)).status_code == 403
    wrong = {"_csrf_token": "x"}
    assert (await client.post(act, data=wrong, headers=HTML)).status_code == 403
    token = csrf(await client.get(f"/{mall.slug}/shop", headers=HTML))
    done = await client.post(act, data={"_csrf_token": token}, headers=HTML)
    assert done.status_code == 303
    assert (await client.post(act, headers={"x-csrftoken": token})).status_code == 303
    toast = await client.get(f"/{mall.slug}/shop", headers=HTML)
    assert "انجام شد" in toast.text
    again = await client.get(f"/{mall.slug}/shop", headers=HTML)
    assert "انجام شد" not in again.text


async def test_the_token_is_ours_rotated_and_stored_as_a_hash(
    client: httpx.AsyncClient, database: Database, mall: MallInfo, shopkeeper: Any
) -> None:
    await sign_in(client, mall)
    first = client.cookies["timcheh_shop"]
    await sign_in(client, mall)
    second = client.cookies["timcheh_shop"]
    assert first != second
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        rows = (
            await uow.session.execute(
                text("SELECT s::text FROM kernel.session s WHERE mall_id = :m"),
                {"m": mall.mall_id},
            )
        ).scalars().all()  # fmt: skip
    assert len(rows) == 1, "the session that was brought along has ended"
    assert second.partition(".")[2] not in rows[0]
    for stale in (first, second[:-1] + ("A" if second[-1] != "A" else "B"), "made-up"):
        client.cookies.clear()
        client.cookies.set("timcheh_shop", stale, domain="test")
        answer = await client.get(f"/{mall.slug}/shop", headers=HTML)
        assert answer.status_code == 303


async def test_a_session_ends_with_its_ground(
    client: httpx.AsyncClient, database: Database, mall: MallInfo, shopkeeper: Any
) -> None:
    await sign_in(client, mall)
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        role = await uow.session.scalar(select(StaffRole).where(StaffRole.mall_id == mall.mall_id))
        await uow.session.delete(role)
    assert (await client.get(f"/{mall.slug}/shop", headers=HTML)).status_code == 303


async def test_a_session_left_idle_is_over(
    client: httpx.AsyncClient, database: Database, mall: MallInfo, shopkeeper: Any
) -> None:
    await sign_in(client, mall)
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        await uow.session.execute(
            update(Session)
            .where(Session.mall_id == mall.mall_id)
            .values(seen_at=text("now() - interval '13 hours'"))
        )
    assert (await client.get(f"/{mall.slug}/shop", headers=HTML)).status_code == 303


async def test_signing_out(client: httpx.AsyncClient, mall: MallInfo, shopkeeper: Any) -> None:
    await sign_in(client, mall)
    kept = client.cookies["timcheh_shop"]
    token = csrf(await client.get(f"/{mall.slug}/shop", headers=HTML))
    out = await client.post(f"/{mall.slug}/shop/sign-out", data={"_csrf_token": token})
    assert out.status_code == 303
    client.cookies.set("timcheh_shop", kept, domain="test")
    assert (await client.get(f"/{mall.slug}/shop", headers=HTML)).status_code == 303


async def test_a_session_of_another_mall_opens_nothing(
    client: httpx.AsyncClient, database: Database, mall: MallInfo, shopkeeper: Any
) -> None:
    from timcheh.ids import new_id
    from timcheh.malls import Mall

    other = new_id()
    async with database.unit_of_work(Scope.mall(other)) as uow:
        row = Mall(mall_id=other, slug=f"o-{other.hex}", name="دیگری", created_at=uow.now)
        uow.session.add(row)
    await sign_in(client, mall)
    answer = await client.get(f"/o-{other.hex}/shop", headers=HTML)
    assert answer.status_code == 303


@pytest.mark.feature("enrol.self")
async def test_a_member_signs_in_with_the_code_of_the_message(
    client: httpx.AsyncClient, database: Database, mall: MallInfo
) -> None:
    door = f"/{mall.slug}/club/sign-in"
    asked = await client.post(door, data={"mobile": "+98 912 765 4321"}, headers=HTML)
    assert (asked.status_code, asked.headers["location"]) == (303, f"{door}/code")
    page = await client.get(f"{door}/code", headers=HTML)
    assert "۰۹۱۲۷۶۵۴۳۲۱" in page.text
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        message = await uow.session.scalar(select(Message).where(Message.mall_id == mall.mall_id))
        challenge = await uow.session.scalar(
            select(OtpChallenge).where(OtpChallenge.mall_id == mall.mall_id)
        )
    assert message is not None
    assert challenge is not None
    found = re.search(r"[\d۰-۹]{6}", message.text)
    assert found
    code = found[0]
    assert code.encode() not in challenge.code_hash
    inbox = await client.get("/dev/inbox", headers=HTML)
    assert code in inbox.text

    wrong = await client.post(
        f"{door}/code", data={"mobile": "09127654321", "code": "000000"}, headers=HTML
    )
    assert wrong.status_code == 422
    form = {"mobile": "09127654321", "code": code}
    right = await client.post(f"{door}/code", data=form, headers=HTML)
    assert (right.status_code, right.headers["location"]) == (303, f"/{mall.slug}/club")
    home = await client.get(f"/{mall.slug}/club", headers=HTML)
    assert "سلام عضو 4321" in home.text
    client.cookies.clear()
    again = await client.post(f"{door}/code", data=form, headers=HTML)
    assert again.status_code == 422, "a code works once"


async def test_five_wrong_codes_use_it_up(
    client: httpx.AsyncClient, database: Database, mall: MallInfo
) -> None:
    door = f"/{mall.slug}/club/sign-in"
    await client.post(door, data={"mobile": MOBILE}, headers=HTML)
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        message = await uow.session.scalar(select(Message).where(Message.mall_id == mall.mall_id))
    assert message is not None
    found = re.search(r"[\d۰-۹]{6}", message.text)
    assert found
    for _ in range(5):
        form = {"mobile": MOBILE, "code": "123"}
        assert (await client.post(f"{door}/code", data=form)).status_code == 422
    form = {"mobile": MOBILE, "code": found[0]}
    assert (await client.post(f"{door}/code", data=form, headers=HTML)).status_code == 422


async def test_asking_for_codes_is_bounded(client: httpx.AsyncClient, mall: MallInfo) -> None:
    door = f"/{mall.slug}/club/sign-in"
    codes = [
        (await client.post(door, data={"mobile": MOBILE}, headers=HTML)).status_code
        for _ in range(7)
    ]
    assert codes == [303] * 5 + [429] * 2


async def test_errors_are_pages_for_people(client: httpx.AsyncClient, mall: MallInfo) -> None:
    answer = await client.get("/no-such-mall/shop", headers=HTML)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert 'dir="rtl"' in answer.text
    assert "nonce-" in answer.headers["content-security-policy"]
    door = await client.get(f"/{mall.slug}", headers=HTML)
    assert f"/{mall.slug}/club" in door.text


async def test_static_files_keep_if_their_address_has_the_hash(client: httpx.AsyncClient) -> None:
    page = await client.get("/api/v1/docs")
    address = re.search(r'stylesheet" href="(/static/[^"]+)"', page.text)
    assert address
    file = await client.get(address[1])
    assert "immutable" in file.headers["cache-control"]
    assert file.headers["content-type"].startswith("text/css")
    plain = await client.get(address[1].partition("?")[0])
    assert "immutable" not in plain.headers["cache-control"]
    for path in ("/static/../render.py", "/static/%2e%2e/render.py", "/static/none.css"):
        assert (await client.get(path)).status_code == 404


async def test_files_are_packed_for_who_takes_them(client: httpx.AsyncClient) -> None:
    plain = await client.get("/static/app.css", headers={"accept-encoding": "identity"})
    packed = await client.get("/static/app.css", headers={"accept-encoding": "gzip, br"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert int(packed.headers["content-length"]) * 4 < len(plain.content)
    assert packed.content == plain.content
    font = await client.get("/static/fonts/vazirmatn.woff2", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in font.headers
