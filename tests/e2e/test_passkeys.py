"""Passkeys in Chromium, whose own device in software makes and keeps them."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.shots import page_at
from tests.e2e.conftest import PASSWORD, World
from tests.e2e.test_member import WAIT, new_mobile, sign_in, sound

pytestmark = pytest.mark.browser
expect.set_options(timeout=WAIT)


def keeps_passkeys(page: Page) -> None:
    """From now on the browser has a device that keeps passkeys and knows its owner."""
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    debugger.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


@pytest.fixture
def named(world: World) -> World:
    """The same server by its name: browsers have no passkeys for an address of numbers."""
    return replace(world, base=world.base.replace("127.0.0.1", "localhost"))


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with page_at(browser, "phone", "dark") as page:
        page.set_default_timeout(WAIT)
        yield page


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    with page_at(browser, "desktop", "light") as page:
        page.set_default_timeout(WAIT)
        yield page


@pytest.mark.feature("member.two_factor", page="/{mall}/club/passkeys")
def test_a_member_adds_a_passkey_and_comes_in_with_it(named: World, phone: Page) -> None:
    root = f"{named.base}/{named.slug}/club"
    keeps_passkeys(phone)
    sign_in(phone, named, new_mobile())
    number = phone.locator(".cardnumber").inner_text()
    sound(phone)

    phone.get_by_role("link", name="افزودن گذرکلید").click()
    expect(phone.get_by_label("نام این دستگاه")).not_to_have_value("")
    sound(phone)
    phone.get_by_label("نام این دستگاه").fill("گوشی خودم")
    phone.get_by_role("button", name="افزودن گذرکلید").click()
    item = phone.get_by_role("listitem").filter(has_text="گوشی خودم")
    expect(item).to_contain_text("هنوز به کار نرفته")
    sound(phone)
    phone.get_by_role("button", name="افزودن گذرکلید").click()  # it is there already
    expect(phone.get_by_role("alert").filter(has_text="از پیش")).to_be_visible()

    phone.context.clear_cookies(name="timcheh_passkey")  # as on a browser that has not had one
    signed_out(phone, root)
    sound(phone)
    phone.get_by_role("button", name="ورود با گذرکلید").click()
    phone.wait_for_url(re.compile("/club$"))
    expect(phone.locator(".cardnumber")).to_have_text(number)

    phone.goto(f"{root}/passkeys")
    expect(item).to_contain_text("آخرین ورود")
    item.get_by_role("button", name="حذف").click()
    sound(phone)
    phone.get_by_role("dialog").get_by_role("button", name="حذف").click()
    expect(item).to_have_count(0)
    # This browser has had one, so the door asks for it; the device answers without a finger.
    signed_out(phone, root)
    expect(phone.locator("[data-mistakes]")).to_contain_text("شناخته نیست")
    expect(phone.get_by_role("button", name="دریافت کد")).to_be_visible()
    sound(phone)


def signed_out(page: Page, root: str) -> None:
    page.goto(f"{root}/me")
    page.get_by_role("button", name="خروج").click()
    page.wait_for_url(re.compile("/club/sign-in"))


@pytest.mark.feature("member.two_factor", page="/{mall}/shop/account")
def test_somebody_of_the_staff_is_asked_for_their_passkey_after_the_password(
    named: World, desk: Page
) -> None:
    root = f"{named.base}/{named.slug}/shop"
    mobile = named.staff("owner", named.shop("گل‌آرا")["id"])
    keeps_passkeys(desk)
    by_password(desk, root, mobile)
    desk.wait_for_url(re.compile("/shop$"))
    desk.get_by_title("حساب من").click()
    expect(desk.get_by_role("heading", name="ورود دومرحله‌ای")).to_be_visible()
    sound(desk)
    desk.get_by_label("نام گذرکلید").fill("رایانه دفتر")
    desk.get_by_role("button", name="افزودن گذرکلید").click()
    expect(desk.locator(".codes li")).to_have_count(10)
    sound(desk)
    code = desk.locator(".codes li").first.inner_text()
    desk.get_by_role("link", name="نگه داشتم").click()
    expect(desk.get_by_role("listitem").filter(has_text="رایانه دفتر")).to_be_visible()
    sound(desk)

    desk.get_by_role("button", name="خروج").click()
    desk.wait_for_url("**/shop/sign-in")
    by_password(desk, root, mobile)
    desk.wait_for_url("**/shop/sign-in/second*")
    sound(desk)
    desk.goto(f"{root}/till")  # the password alone is no way in
    by_password(desk, root, mobile, at="")
    desk.get_by_role("button", name="تأیید با گذرکلید").click()
    desk.wait_for_url("**/shop/till")

    desk.context.clear_cookies()
    by_password(desk, root, mobile)
    desk.get_by_label("کد بازیابی").fill(code)  # the device is lost
    desk.get_by_role("button", name="ورود", exact=True).click()
    desk.wait_for_url(re.compile("/shop$"))


def by_password(page: Page, root: str, mobile: str, at: str = "/sign-in") -> None:
    if at:
        page.goto(f"{root}{at}")
    page.get_by_label("شماره موبایل").fill(mobile)
    page.get_by_label("گذرواژه").fill(PASSWORD)
    page.get_by_role("button", name="ورود", exact=True).click()
