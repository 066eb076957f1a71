"""A member in Chromium, on a phone: signs in with a code, sees what they hold and why."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.shots import audit, page_at
from tests.e2e.conftest import World
from timcheh.ids import new_id
from timcheh.text.digits import digits_to_latin

pytestmark = pytest.mark.browser

WAIT = 30_000.0
expect.set_options(timeout=WAIT)
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def new_mobile() -> str:
    return f"0912{new_id().int % 10**7:07d}"


def sound(page: Page) -> None:
    """Right to left, no wider than the screen, and nothing that axe finds."""
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert page.evaluate(_OVERFLOW) <= 0
    assert audit(page) == []


def code_of(page: Page, base: str, mobile: str) -> str:
    """The newest code that the demo's inbox shows for a mobile."""
    inbox = page.context.new_page()
    try:
        for _ in range(40):
            inbox.goto(f"{base}/dev/inbox")
            said = digits_to_latin(inbox.locator("body").inner_text())
            found = re.search(rf"{mobile}.*?(?<!\d)(\d{{5,6}})(?!\d)", said, re.DOTALL)
            if found:
                return found[1]
            inbox.wait_for_timeout(250)
    finally:
        inbox.close()
    raise AssertionError("no code came")


def sign_in(page: Page, world: World, mobile: str) -> None:
    page.set_default_timeout(WAIT)
    page.goto(f"{world.base}/{world.slug}/club")
    expect(page).to_have_url(re.compile("/club/sign-in$"))
    sound(page)
    page.fill("[name=mobile]", mobile)
    page.keyboard.press("Enter")
    page.wait_for_url("**/club/sign-in/code*")
    sound(page)
    page.locator("[name=code]").press_sequentially(code_of(page, world.base, mobile))
    page.wait_for_url(f"**/{world.slug}/club")


@pytest.fixture
def mobile(world: World) -> str:
    """Bought at one shop, spent at its partner, got points there and a gift."""
    mobile = new_mobile()
    a, b = world.shop("گل‌آرا"), world.shop("لاله")
    world.call("POST", "/agreements", _terms(b), a["api_key"])
    (agreement,) = world.call("GET", "/agreements", key=b["api_key"])["items"]
    world.call("POST", f"/agreements/{agreement['id']}/accept", key=b["api_key"])
    terms = {"name": "امتیاز نور", "issue_price": 1_000, "redeem_price": 1_000}
    pool = world.call("POST", "/pools", terms)
    world.call("POST", f"/pools/{pool['id']}/participants", {"merchant_id": b["id"]})
    credit = {"effect": "credit_percent", "bps": 500, "scope": "partners", "expires_in_days": 40}
    points = {"effect": "points_per", "amount": 100_000, "points": 1, "scope": pool["scope_id"]}
    for shop, name, effect in ((a, "۵٪ هر خرید", credit), (b, "امتیاز هر خرید", points)):
        world.call("PUT", "/rules", {"rules": [{"name": name, "then": [effect]}]}, shop["api_key"])
    _buy(world, a, mobile, 20_000_000)
    _buy(world, b, mobile, 4_500_000, spend={"credit": 300_000})
    gift = {"member": {"mobile": mobile}, "amount": 90_000, "scope": "own", "reason": "زادروز"}
    world.call("POST", "/credits", gift, b["api_key"])
    return mobile


def _terms(acceptor: dict[str, str]) -> dict[str, object]:
    return {"acceptor_id": acceptor["id"], "fee_bps": 200, "max_share_bps": 3000}


def _buy(
    world: World, shop: dict[str, str], mobile: str, amount: int, **more: dict[str, int]
) -> None:
    line = {"name": "کالا", "quantity": 1, "unit_price": amount}
    body = {"member": {"mobile": mobile}, "enrol": True, "lines": [line], **more}
    world.call("POST", "/purchases", body, shop["api_key"])


@pytest.fixture(params=[("phone", "light"), ("desktop", "dark")])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width: str
    theme: Literal["light", "dark"]
    width, theme = request.param
    with page_at(browser, width, theme) as page:
        yield page


@pytest.mark.feature("member.pooled_balance")
@pytest.mark.feature("member.where_to_spend")
@pytest.mark.feature("member.history")
def test_a_member_sees_what_they_hold_and_why(world: World, mobile: str, page: Page) -> None:
    sign_in(page, world, mobile)
    main = page.locator("main")
    expect(main).to_contain_text("امتیاز تجمیعی")
    expect(main.locator(".cardnumber")).to_have_text(re.compile("([۰-۹]{4} ?){4}"))
    expect(main).to_contain_text("۷۹٬۰۰۰")
    sound(page)

    main.locator("summary", has_text="گل‌آرا").click()
    sound(page)
    main.get_by_role("link", name="گل‌آرا، لاله").click()
    page.wait_for_url("**/club/lots/*")
    expect(main).to_contain_text("برای خرید ۲٬۰۰۰٬۰۰۰ تومان در گل‌آرا")
    expect(main).to_contain_text("قابل مصرف در ۲ فروشگاه")
    sound(page)

    page.get_by_role("link", name="گردش", exact=True).click()
    page.wait_for_url("**/club/history")
    expect(main).to_contain_text("هدیه لاله")
    expect(main).to_contain_text("گل‌آرا آن را با صندوق تسویه می‌کند")
    sound(page)
    main.locator(".chips").get_by_role("link", name="مصرف‌شده").click()
    page.wait_for_url("**/club/history?kind=spent")
    expect(main).not_to_contain_text("هدیه لاله")
    sound(page)
    main.locator(".chips").get_by_role("link", name="منقضی").click()
    expect(main).to_contain_text("چیزی با این فیلترها پیدا نشد")
    sound(page)

    page.get_by_role("link", name="من", exact=True).click()
    page.wait_for_url("**/club/me")
    sound(page)
    page.get_by_role("button", name="خروج").click()
    page.wait_for_url("**/club/sign-in")
    page.goto(f"{world.base}/{world.slug}/club/history")
    expect(page).to_have_url(re.compile("/club/sign-in"))


@pytest.mark.feature("member.data", "earn.referral", "member.history", "member.offers")
def test_a_member_looks_back_marks_invites_and_almost_leaves(
    world: World, mobile: str, browser: Browser
) -> None:
    with page_at(browser, "phone", "light") as page:
        sign_in(page, world, mobile)
        main = page.locator("main")
        page.get_by_role("link", name="گردش", exact=True).click()
        page.wait_for_url("**/club/history")
        main.get_by_label("فروشگاه").select_option(label="لاله")
        main.get_by_role("button", name="نشان بده").click()
        page.wait_for_url("**/club/history?shop=*")
        expect(main).not_to_contain_text("اعتبار از گل‌آرا")
        sound(page)
        main.locator(".facts--sum").get_by_role("link", name="هدیه").click()
        page.wait_for_url("**kind=gift*")
        expect(main).to_contain_text("زادروز")
        page.go_back()
        page.wait_for_url(re.compile(r"/club/history\?shop=[^&]+&month=$|/club/history\?shop="))
        expect(main.get_by_label("فروشگاه").locator("option:checked")).to_have_text("لاله")

        page.get_by_role("link", name="پیشنهادها", exact=True).click()
        page.wait_for_url("**/club/offers")
        main.get_by_role("button", name="یادم بیاور").first.click()
        expect(page.locator("#toasts")).to_contain_text("نشان شد")
        sound(page)
        page.locator("#toasts").get_by_role("button", name="برگرداندن").click()
        expect(page.locator("#toasts")).to_contain_text("نشان برداشته شد")

        page.goto(f"{world.base}/{world.slug}/club/invite")
        page.evaluate("delete Navigator.prototype.share")
        main.get_by_role("button", name="فرستادن دعوت").click()
        expect(main.get_by_role("status")).to_have_text("پیوند کپی شد.")
        page.evaluate("navigator.share = async (what) => { window.shared = what }")
        main.get_by_role("button", name="فرستادن دعوت").click()
        address = main.get_by_role("textbox").input_value()
        assert page.evaluate("window.shared.url") == address
        sound(page)

        page.goto(f"{world.base}/{world.slug}/club/erase")
        main.get_by_role("button", name="کد تأیید را بفرستید").click()
        page.wait_for_url("**/club/erase/code")
        sound(page)
        page.locator("[name=code]").press_sequentially(code_of(page, world.base, mobile))
        page.wait_for_url("**/club/erase")
        expect(main).to_contain_text("حذف می‌شود")
        main.get_by_role("button", name="منصرف شدم").click()
        page.wait_for_url("**/club/me")
        expect(page.locator("#toasts")).to_contain_text("عضویت شما سر جایش است")


def test_whoever_is_new_is_enrolled_at_the_door(world: World, browser: Browser) -> None:
    with page_at(browser, "phone", "dark") as page:
        sign_in(page, world, new_mobile())
        expect(page.locator("main")).to_contain_text("هنوز چیزی ندارید")
        sound(page)
        page.get_by_role("link", name="گردش", exact=True).click()
        expect(page.locator("main")).to_contain_text("هنوز گردشی نیست")
        sound(page)


def test_a_wrong_code_keeps_the_door_shut(world: World, browser: Browser) -> None:
    with page_at(browser, "phone", "light") as page:
        mobile = new_mobile()
        page.set_default_timeout(WAIT)
        page.goto(f"{world.base}/{world.slug}/club/sign-in")
        page.fill("[name=mobile]", "0912")
        page.keyboard.press("Enter")
        expect(page.locator("#f-mobile-error")).to_be_visible()
        sound(page)
        page.fill("[name=mobile]", mobile)
        page.keyboard.press("Enter")
        page.wait_for_url("**/club/sign-in/code*")
        right = code_of(page, world.base, mobile)
        wrong = f"{(int(right) + 1) % 10 ** len(right):0{len(right)}d}"
        page.locator("[name=code]").press_sequentially(wrong)
        expect(page.get_by_role("alert")).to_contain_text("کد نادرست است")
        sound(page)
