"""Two-step sign-in over the pages: turned on by oneself, asked for at the door, taken away when it
is lost.
"""

import re
from datetime import UTC, datetime
from uuid import UUID

import httpx
import pyotp
import pytest
from sqlalchemy import select, update

from tests.api.conftest import MallApi, new_mobile
from tests.web_support.authenticator import Device
from tests.web_support.portal import Floor, People, Person, Web, text_of
from tests.web_support.visitors import Administrators
from timcheh.access.invitations import invitation
from timcheh.access.models import Staff
from timcheh.access.passwords import Passwords
from timcheh.access.staff import grant_role, withdraw_role
from timcheh.audit.models import AuditEntry
from timcheh.db import Database, Scope
from timcheh.notify.models import Message
from timcheh.settings import Settings
from timcheh.web.cookies import HALF_COOKIE, SESSION_COOKIES, TOAST_COOKIE
from timcheh_app.cli.mall import take_second_factor

pytestmark = pytest.mark.feature("member.two_factor", page="/{mall}/shop/account")

PASSWORD = "گذرواژه آزمون ۱۲۳"
SHOP = SESSION_COOKIES["merchant"]


@pytest.fixture
async def owner(shop_floor: Floor, people: People, database: Database) -> tuple[Person, str]:
    """An owner who is signed in, and their mobile; the password is PASSWORD."""
    person = await people(shop_floor.shop)
    mobile, hashed = new_mobile(), await Passwords().hash(PASSWORD)
    mall_id = UUID(str(shop_floor.mall.id))
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        await uow.session.execute(
            update(Staff)
            .where(Staff.mall_id == mall_id)
            .values(mobile=mobile, password_hash=hashed)
        )
    return person, mobile


def following(app: pyotp.TOTP) -> str:
    """The code of the next thirty seconds: it counts already, as clocks differ."""
    return app.at(datetime.now(UTC), counter_offset=1)


async def turn_on(person: Person) -> tuple[pyotp.TOTP, list[str]]:
    """By an app; the recovery codes come with it."""
    page = await person.post("/account/app/new")
    secret = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", text_of(page))
    assert secret
    app = pyotp.TOTP(secret[0].replace(" ", ""))
    assert "درست نیست" in await person.post("/account/app", 422, second_factor="000000")
    codes = await person.post("/account/app", 200, second_factor=app.now())
    return app, re.findall(r"[a-z2-9]{5}-[a-z2-9]{5}(?=</bdi>)", codes)


async def sign_in(door: httpx.AsyncClient, root: str, mobile: str, **more: str) -> httpx.Response:
    fields = {"mobile": mobile, "password": PASSWORD, **more}
    return await door.post(f"{root}/sign-in", data=fields)


async def test_a_password_alone_opens_nothing_any_more(web: Web, owner: tuple[Person, str]) -> None:
    person, mobile = owner
    async with web.client(headers={"accept": "text/html"}) as door:
        assert SHOP in (await sign_in(door, person.root, mobile)).cookies, "before it is on"
        app, codes = await turn_on(person)
        assert len(codes) == 10
        assert (await door.get(f"{person.root}/account")).status_code == 303, "signed out elsewhere"
        door.cookies.clear()

        asked = await sign_in(door, person.root, mobile, next=f"{person.root}/staff")
        assert asked.headers["location"].startswith(f"{person.root}/sign-in/second?next=")
        assert SHOP not in asked.cookies
        # Half a sign-in is no session: neither where it is asked for nor anywhere else.
        half = door.cookies[HALF_COOKIE]
        stolen = {SHOP: half, HALF_COOKIE: half}
        async with web.client(cookies=stolen, headers={"accept": "text/html"}) as thief:
            for path in ("", "/account", "/till", "/staff"):
                answer = await thief.get(person.root + path)
                assert "/sign-in" in answer.headers["location"], path
        second = f"{person.root}/sign-in/second"
        wrong = await door.post(second, data={"second_factor": "000000"})
        assert wrong.status_code == 422
        assert 'id="f-second_factor-error"' in wrong.text
        assert SHOP not in wrong.cookies
        right = await door.post(
            second, data={"second_factor": following(app), "next": f"{person.root}/staff"}
        )
        assert (right.status_code, right.headers["location"]) == (303, f"{person.root}/staff")
        assert TOAST_COOKIE not in right.cookies, "there is nothing to be said"
        assert (await door.get(f"{person.root}/staff")).status_code == 200
        again = await door.post(second, data={"second_factor": codes[0]})
        assert again.headers["location"] == f"{person.root}/sign-in", "it is used up"

        # A program sends the code along; the answer names the field where it is wrong.
        door.cookies.clear()
        refused = await sign_in(door, person.root, mobile, second_factor="x")
        assert refused.status_code == 422
        assert 'id="f-second_factor-error"' in refused.text
        at_once = await sign_in(door, person.root, mobile, second_factor=codes[1])
        assert (at_once.status_code, SHOP in at_once.cookies) == (303, True)
        used = await sign_in(door, person.root, mobile, second_factor=codes[1])
        assert (used.status_code, SHOP in used.cookies) == (422, False)


async def test_an_invitation_does_not_lead_past_the_second_step(
    web: Web, owner: tuple[Person, str], shop_floor: Floor, database: Database
) -> None:
    person, _ = owner
    app, _ = await turn_on(person)
    mall_id = UUID(str(shop_floor.mall.id))
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        staff = await uow.session.scalar(select(Staff).where(Staff.mall_id == mall_id))
        assert staff is not None
        secret = web.services.settings.secret_key.get_secret_value()
        link = f"{person.root}/join/{invitation(secret, staff, uow.now)}"
    async with web.client(headers={"accept": "text/html"}) as door:
        come = await door.post(link, data={"password": PASSWORD, "again": PASSWORD})
        assert come.headers["location"] == f"{person.root}/sign-in/second"
        assert SHOP not in come.cookies
        given = {"second_factor": following(app)}
        assert SHOP in (await door.post(come.headers["location"], data=given)).cookies


async def test_a_passkey_is_the_second_step(web: Web, owner: tuple[Person, str]) -> None:
    person, mobile = owner
    party = web.services.passkeys.party
    assert party
    device = Device(party.origin)
    asked = await person.send("/account/passkeys/options")
    made = await person.post("/account/passkeys", 200, credential=device.make(asked.text))
    assert len(re.findall(r"[a-z2-9]{5}-[a-z2-9]{5}(?=</bdi>)", made)) == 10
    second = f"{person.root}/sign-in/second"
    async with web.client() as door:
        assert (await door.post(f"{second}/options")).status_code == 404, "first the password"
        await sign_in(door, person.root, mobile)
        options = await door.post(f"{second}/options")
        answer = await door.post(second, data={"credential": device.show(options.text)})
        assert (answer.status_code, SHOP in answer.cookies) == (303, True)
    shown = await person.get("/account")
    assert "آخرین ورود" in text_of(shown)
    at = re.search(r"/account/passkeys/([0-9a-f-]+)/remove", shown)
    assert at
    field = f"password-{at[1]}"
    remove = f"/account/passkeys/{at[1]}/remove"
    assert "گذرواژه درست نیست" in await person.post(remove, 422, **{field: "x"})
    assert "خاموش" in text_of(await person.post(remove, **{field: PASSWORD}))
    async with web.client() as door:
        assert SHOP in (await sign_in(door, person.root, mobile)).cookies


async def test_the_app_goes_and_codes_are_renewed_for_who_knows_the_password(
    owner: tuple[Person, str],
) -> None:
    person, _ = owner
    await person.post("/account/codes", 404, **{"password-codes": PASSWORD})
    await turn_on(person)
    assert (await person.send("/account/app/new")).status_code == 409, "the app that counts stays"
    assert "گذرواژه درست نیست" in await person.post(
        "/account/codes", 422, **{"password-codes": "x"}
    )
    codes = await person.post("/account/codes", 200, **{"password-codes": PASSWORD})
    assert "دیگر نشان داده نمی‌شوند" in text_of(codes)
    assert "گذرواژه درست نیست" in await person.post(
        "/account/app/remove", 422, **{"password-app": ""}
    )
    off = await person.post("/account/app/remove", **{"password-app": PASSWORD})
    assert "خاموش" in text_of(off)


async def test_a_colleague_takes_it_away_and_everyone_can_see_who(
    web: Web,
    mall_api: MallApi,
    shop_floor: Floor,
    owner: tuple[Person, str],
    people: People,
    administrators: Administrators,
    database: Database,
) -> None:
    person, mobile = owner
    await turn_on(person)
    mall_id = UUID(str(mall_api.id))
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        staff = await uow.session.scalar(
            select(Staff).where(Staff.mall_id == mall_id, Staff.mobile == mobile)
        )
    assert staff is not None
    at = f"/staff/{staff.id}/second-factor/reset"
    manager = await people(shop_floor.shop, "manager")
    for someone in (person, manager):  # not for oneself; not by whoever is no owner
        assert (await someone.send(at)).status_code == 404
    chief = await administrators("administrator")
    clerk = await administrators("accountant")
    assert "ورود دومرحله‌ای" in text_of(await chief.get("/people"))
    at = f"/people/{staff.id}/second-factor/reset"
    assert (await clerk.send(at)).status_code == 403
    assert "برداشته شد" in text_of(await chief.post(at))
    assert (await chief.send(at)).status_code == 404, "there is none any more"
    assert (await person.client.get(f"{person.root}/account")).status_code == 303, "signed out"
    async with web.client() as door:
        assert SHOP in (await sign_in(door, person.root, mobile)).cookies
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        told = await uow.session.scalars(
            select(Message.template).where(Message.mall_id == mall_id, Message.recipient == mobile)
        )
        assert list(told) == ["second-factor-reset"]
        logged = await uow.session.scalars(
            select(AuditEntry.action).where(
                AuditEntry.mall_id == mall_id, AuditEntry.object_id == staff.id
            )
        )
        assert set(logged) == {"staff.app_added", "staff.second_factor_reset"}


async def test_an_owner_helps_their_own_people_and_nobody_who_works_elsewhere_too(
    shop_floor: Floor, owner: tuple[Person, str], people: People, database: Database
) -> None:
    boss, _ = owner
    cashier = await people(shop_floor.shop, "cashier")
    await turn_on(cashier)
    mall_id = UUID(str(shop_floor.mall.id))
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        staff = await uow.session.scalar(
            select(Staff).where(Staff.mall_id == mall_id).order_by(Staff.id.desc()).limit(1)
        )
        assert staff is not None
        also = await grant_role(uow, staff.id, "accountant")  # of the mall itself
    at = f"/staff/{staff.id}"
    assert "فقط مدیر مجتمع" in text_of(await boss.get(at))
    assert (await boss.send(f"{at}/second-factor/reset")).status_code == 404
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        await withdraw_role(uow, also)
    assert "برداشتن ورود دومرحله‌ای" in text_of(await boss.get(at))
    done = text_of(await boss.post(f"{at}/second-factor/reset"))
    assert "برداشته شد" in done
    assert "برداشتن ورود دومرحله‌ای" not in done


async def test_the_operator_lets_an_only_administrator_in(
    web: Web, mall_api: MallApi, owner: tuple[Person, str], settings: Settings
) -> None:
    person, mobile = owner
    assert not await take_second_factor(settings, mall_api.slug, mobile), "there is none yet"
    assert not await take_second_factor(settings, mall_api.slug, "09120000000")
    assert not await take_second_factor(settings, "no-such-mall", mobile)
    await turn_on(person)
    assert await take_second_factor(settings, mall_api.slug, mobile)
    async with web.client() as door:
        assert SHOP in (await sign_in(door, person.root, mobile)).cookies
