"""In Chromium: a survey from its first question to its figures, a page that trades a gift for an
enrolment, and an offer for who is near.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.shots import audit, page_at
from tests.e2e.conftest import PASSWORD, World, in_a_thread
from tests.e2e.test_member import code_of, new_mobile, sign_in, sound
from timcheh.db import Database, Role
from timcheh.jobs.relay import Relay
from timcheh_app.modules import modules

pytestmark = pytest.mark.browser

WAIT = 30_000.0


@pytest.fixture
def shop(world: World) -> dict[str, str]:
    made = world.shop("گل‌آرا")
    return {"id": made["id"], "key": made["api_key"]}


@pytest.fixture
def owner(world: World, shop: dict[str, str], browser: Browser) -> Iterator[Page]:
    """The owner's browser, signed in."""
    mobile = world.staff("owner", shop["id"])
    with page_at(browser, "desktop", "light") as page:
        page.set_default_timeout(WAIT)
        page.goto(f"{world.base}/{world.slug}/shop/sign-in")
        page.fill("[name=mobile]", mobile)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{world.slug}/shop")
        yield page


async def follow(world: World) -> None:
    """The worker's part: what follows events is done."""
    database = Database({role: world.settings.dsn(role) for role in Role})
    try:
        await Relay(database, modules()).drain(world.mall_id)
    finally:
        await database.stop()


@pytest.mark.feature("earn.survey", "survey.custom")
def test_a_survey_is_asked_and_answered(
    world: World, shop: dict[str, str], owner: Page, browser: Browser
) -> None:
    owner.get_by_role("link", name="هدیه و پاداش").click()
    owner.get_by_role("link", name="نظرسنجی", exact=True).click()
    owner.get_by_role("link", name="نظرسنجی تازه").first.click()
    owner.fill("[name=title]", "خریدتان چطور بود؟")
    owner.get_by_role("radio", name="اعتبار").check()
    owner.fill("[name=reward_credit]", "۲۰۰۰")
    assert audit(owner) == []
    owner.get_by_role("button", name="پرسش‌ها").click()
    owner.get_by_role("radio", name="امتیاز ۱ تا ۵").check()
    owner.fill("[name=text]", "برخورد همکاران ما؟")
    owner.get_by_role("button", name="افزودن پرسش").click()
    owner.get_by_role("radio", name="متن").check()
    owner.fill("[name=text]", "چه کنیم بهتر شویم؟")
    owner.uncheck("[name=required]")
    owner.get_by_role("button", name="افزودن پرسش").click()
    assert audit(owner) == []
    owner.get_by_role("button", name="انتشار").click()
    owner.get_by_role("dialog").get_by_role("button", name="انتشار").click()
    expect(owner.locator("main")).to_contain_text("هنوز کسی پاسخ نداده است")

    mobile = new_mobile()
    line = {"name": "گل", "quantity": 1, "unit_price": 100_000}
    sale = {"member": {"mobile": mobile}, "enrol": True, "lines": [line]}
    world.call("POST", "/purchases", sale, shop["key"])
    in_a_thread(follow(world))
    with page_at(browser, "phone", "light") as phone:
        sign_in(phone, world, mobile)
        phone.get_by_role("link", name="خریدتان چطور بود؟").click()
        sound(phone)
        phone.fill("[name=q-2]", "صندوق تندتر")
        phone.get_by_role("button", name="فرستادن پاسخ").click()
        expect(phone.locator("[data-mistakes]")).to_contain_text("به این پرسش پاسخ دهید")
        expect(phone.locator("[name=q-2]")).to_have_value("صندوق تندتر")
        sound(phone)
        phone.get_by_role("radio", name="۴").check()
        phone.get_by_role("button", name="فرستادن پاسخ").click()
        expect(phone.locator("#toasts")).to_contain_text("۲٬۰۰۰ تومان")
        sound(phone)
    owner.reload()
    expect(owner.locator("main")).to_contain_text("۱۰۰٪ پاسخ دادند")
    expect(owner.locator("main")).to_contain_text("صندوق تندتر")


@pytest.mark.feature("offer.lead_magnet")
def test_a_page_trades_a_gift_for_an_enrolment(world: World, owner: Page, browser: Browser) -> None:
    owner.goto(f"{world.base}/{world.slug}/shop/customers/doors")
    owner.select_option("[name=source]", "instagram")
    owner.fill("[name=name]", "استوری")
    owner.get_by_role("button", name="ساختن پیوند").click()
    owner.fill("[name=words]", "عضو شوید و هدیه بگیرید")
    owner.fill("[name=reward_credit]", "۵۰۰۰۰")
    owner.fill("[name=most]", "۱۰۰")
    assert audit(owner) == []
    owner.get_by_role("button", name="گذاشتن هدیه").click()
    expect(owner.locator("main")).to_contain_text("۰ از ۱۰۰")
    assert audit(owner) == []
    address = owner.locator("aside a[href*='/join/']").get_attribute("href")
    assert address is not None
    path = address[address.index(f"/{world.slug}/join/") :]

    mobile = new_mobile()
    with page_at(browser, "phone", "light") as phone:
        phone.set_default_timeout(WAIT)
        phone.goto(f"{world.base}{path}")
        expect(phone.locator("h1")).to_have_text("عضو شوید و هدیه بگیرید")
        sound(phone)
        phone.fill("[name=mobile]", mobile)
        phone.get_by_role("button", name="دریافت کد").click()
        phone.locator("[name=code]").press_sequentially(code_of(phone, world.base, mobile))
        phone.wait_for_url(f"**/{world.slug}/club")
        expect(phone.locator("#toasts")).to_contain_text("۵۰٬۰۰۰ تومان")
        expect(phone.locator(".wealth")).to_contain_text("۵۰٬۰۰۰")
        sound(phone)
    owner.reload()
    expect(owner.locator("main")).to_contain_text("۱ از ۱۰۰")
    expect(owner.locator("main")).to_contain_text("۱۰۰٪ بازدیدها")


@pytest.mark.feature("offer.geo")
def test_a_phone_tells_once_that_it_is_near(
    world: World, shop: dict[str, str], owner: Page, browser: Browser
) -> None:
    world.call("POST", "/branches", {"name": "مرکزی"}, shop["key"])
    near = {"fact": "customer.near_metres", "op": "<=", "value": 500}
    gives = {"effect": "discount_percent", "bps": 1000}
    offer = {"name": "نزدیک ما", "when": near, "then": [gives]}
    world.call("PUT", "/rules", {"rules": [offer]}, shop["key"])
    _is_at(owner, 35.699712, 51.337945)
    owner.goto(f"{world.base}/{world.slug}/shop/terminals")
    owner.get_by_role("link", name="جای شعبه‌ها").click()
    owner.get_by_role("link", name="مرکزی").click()
    owner.get_by_role("button", name="جای کنونی من").click()
    expect(owner.locator("[name=latitude]")).to_have_value("35.699712")
    assert audit(owner) == []
    owner.get_by_role("button", name="نگه‌داشتن").click()
    expect(owner.locator("main")).to_contain_text("روی نقشه")

    with page_at(browser, "phone", "light") as phone:
        sign_in(phone, world, new_mobile())
        phone.get_by_role("link", name="نزدیک من").click()
        sound(phone)
        phone.get_by_role("button", name="جای مرا یک بار بفرست").click()
        expect(phone.locator("[data-place-said]")).to_be_visible()  # it isn't allowed to tell
        _is_at(phone, 35.702034, 51.338011)
        sent = []
        phone.on("request", lambda asked: sent.append(asked.post_data or ""))
        phone.get_by_role("button", name="جای مرا یک بار بفرست").click()
        expect(phone.locator("main")).to_contain_text("تا ۳۰۰ متر")
        expect(phone.locator("main")).to_contain_text("۱۰٪ تخفیف")
        assert "latitude=35.702&longitude=51.338" in "".join(sent)  # no finer than that
        sound(phone)


def _is_at(page: Page, latitude: float, longitude: float) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": latitude, "longitude": longitude})
