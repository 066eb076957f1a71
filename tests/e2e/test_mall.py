"""Two administrators in Chromium: a shop comes on board, a settlement takes both."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.shots import audit, page_at
from tests.e2e.conftest import PASSWORD, World
from timcheh.ids import new_id

pytestmark = pytest.mark.browser

WAIT = 30_000.0
expect.set_options(timeout=WAIT)
SHEBA = "IR820540102680020817909002"
PARTNERS_SHEBA = "IR062960000000100324200001"
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def new_mobile() -> str:
    return f"0912{new_id().int % 10**7:07d}"


def sound(page: Page) -> None:
    """Right to left, no wider than the screen, and nothing that axe finds."""
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert page.evaluate(_OVERFLOW) <= 0
    assert audit(page) == []


def sign_in(page: Page, door: str, mobile: str, password: str = PASSWORD) -> None:
    page.goto(f"{door}/sign-in")
    page.fill("[name=mobile]", mobile)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(door) + "(?!/sign-in)"))


@contextmanager
def administrator(
    world: World,
    browser: Browser,
    width: str = "desktop",
    theme: Literal["light", "dark"] = "light",
    role: str = "administrator",
) -> Iterator[Page]:
    """Someone's browser, signed in to the mall's portal."""
    with page_at(browser, width, theme) as page:
        page.set_default_timeout(WAIT)
        sign_in(page, f"{world.base}/{world.slug}/mall", world.staff(role))
        yield page


@pytest.fixture
def trade(world: World) -> dict[str, dict[str, str]]:
    """Two shops that accept each other's credit, and what a member did with it."""
    a = world.shop("گل‌آرا")
    paid_at = {"name": "لاله", "slug": f"s-{new_id().hex}", "sheba": PARTNERS_SHEBA}
    b = world.call("POST", "/merchants", paid_at)
    for issuer, acceptor in ((a, b), (b, a)):
        terms = {"acceptor_id": acceptor["id"], "fee_bps": 200, "max_share_bps": 10_000}
        made = world.call("POST", "/agreements", terms, issuer["api_key"])
        world.call("POST", f"/agreements/{made['id']}/accept", key=acceptor["api_key"])
        effect = {"effect": "credit_percent", "bps": 500, "scope": "partners"}
        rules = {"rules": [{"name": "۵٪ هر خرید", "then": [effect]}]}
        world.call("PUT", "/rules", rules, issuer["api_key"])
    mobile = new_mobile()
    for shop, amount, credit in (
        (a, 20_000_000, 0),
        (b, 10_000_000, 600_000),
        (a, 900_000, 800_000),
    ):
        line = {"name": "کالا", "quantity": 1, "unit_price": amount}
        body = {"member": {"mobile": mobile}, "enrol": True, "lines": [line]}
        spend = {"spend": {"credit": credit}} if credit else {}
        world.call("POST", "/purchases", body | spend, shop["api_key"])
    return {"a": a, "b": b}


@pytest.mark.feature("net.onboard")
def test_a_shop_comes_on_board_and_its_owner_makes_the_first_sale(
    world: World, browser: Browser
) -> None:
    mobile = new_mobile()
    with administrator(world, browser) as page:
        page.goto(f"{world.base}/{world.slug}/mall/shops")
        expect(page.locator("main")).to_contain_text("هنوز فروشگاهی نیست")
        page.locator("main").get_by_role("link", name="افزودن فروشگاه").first.click()
        _identity(page)
        _account(page, mobile)
        _onward(page, "rules")
        expect(page.locator("main")).to_contain_text("۵٪")
        page.locator("[name=percent]").fill("۴")
        expect(page.locator("main section [role=status]")).to_contain_text("۴٪")
        sound(page)
        _onward(page, "team")
        page.fill("[name=staff-0-name]", "سارا کریمی")
        page.fill("[name=staff-0-mobile]", new_mobile())
        _onward(page, "review")
        expect(page.locator("main")).to_contain_text("۲ پیامک دعوت")
        sound(page)
        page.get_by_role("button", name="گشایش فروشگاه").click()
        page.wait_for_url("**/handover")
        expect(page.locator("main .qrbox svg")).to_be_visible()
        sound(page)
        link = page.get_by_role("button", name="کپی پیوند دعوت ژاله رستمی")
        joins = urlsplit(link.get_attribute("data-copies") or "").path
        page.goto(page.url.removesuffix("/handover"))
        expect(page.locator("main")).to_contain_text("نخستین خرید")
        sound(page)
        _limits(page)
        _suspends(page)
        with page_at(browser, "phone", "dark") as owner:
            owner.set_default_timeout(WAIT)
            _joins_and_sells(owner, world, joins, mobile)
        page.reload()
        expect(page.locator("main")).not_to_contain_text("مانده است")
        sound(page)


def _identity(page: Page) -> None:
    page.wait_for_url("**/shops/new")
    page.fill("[name=name]", "کتاب پرستو")
    page.select_option("[name=trade]", "books")
    page.fill("[name=national_id]", "1234567890")
    page.get_by_role("button", name="ادامه").click()
    wrong = page.locator("#f-national_id-error")
    expect(wrong).to_be_visible()
    page.fill("[name=national_id]", "0499370899")
    expect(wrong).to_have_count(0)
    expect(page.locator("#f-national_id-told")).to_contain_text("کد ملی درست است")
    page.fill("[name=slug]", "کتاب")
    sound(page)
    page.get_by_role("button", name="ادامه").click()
    expect(page.locator("#f-slug-error")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("کتاب پرستو")
    sound(page)
    page.fill("[name=slug]", "parastoo")
    _onward(page, "owner")


def _account(page: Page, mobile: str) -> None:
    page.fill("[name=owner_name]", "ژاله رستمی")
    page.fill("[name=owner_mobile]", mobile)
    page.fill("[name=sheba]", SHEBA[:9])
    page.keyboard.press("Tab")
    expect(page.locator("#f-sheba-told")).to_contain_text("۲۴ رقم")
    page.fill("[name=sheba]", SHEBA)
    expect(page.locator("#f-sheba-told")).to_contain_text("پارسیان")
    expect(page.locator("#kept")).to_contain_text("نگه داشته شد")
    sound(page)
    left = page.url
    page.goto(f"{world_of(page)}/shops")
    page.locator("main").get_by_role("link", name="کتاب پرستو").click()
    page.goto(left)
    expect(page.locator("[name=sheba]")).to_have_value(SHEBA)
    _onward(page, "terms")


def _onward(page: Page, step: str) -> None:
    page.get_by_role("button", name="ادامه").click()
    page.wait_for_url(f"**/{step}")


def world_of(page: Page) -> str:
    """The portal's own root, from where one is in it."""
    return page.url.partition("/mall/")[0] + "/mall"


def _joins_and_sells(owner: Page, world: World, path: str, mobile: str) -> None:
    owner.goto(world.base + path)
    expect(owner.locator("main")).to_contain_text("ژاله رستمی")
    sound(owner)
    owner.fill("[name=password]", PASSWORD)
    owner.fill("[name=again]", PASSWORD + "؟")
    owner.keyboard.press("Enter")
    expect(owner.locator("#f-again-error")).to_be_visible()
    sound(owner)
    owner.fill("[name=password]", PASSWORD)
    owner.fill("[name=again]", PASSWORD)
    owner.keyboard.press("Enter")
    owner.wait_for_url("**/shop")
    expect(owner.locator("body")).to_contain_text("کتاب پرستو")
    owner.goto(f"{world.base}/{world.slug}/shop/till")
    owner.locator("[name=member]").fill(new_mobile())
    owner.locator("[name='lines-0-price']").fill("1000000")
    expect(owner.locator("#preview")).to_contain_text("۴۰٬۰۰۰")
    owner.get_by_role("button", name="ثبت خرید").click()
    expect(owner.locator("section[aria-labelledby=receipt]")).to_contain_text("خرید ثبت شد")
    owner.goto(world.base + path)
    expect(owner.locator("main")).not_to_contain_text("ژاله رستمی")


def _limits(page: Page) -> None:
    page.get_by_role("button", name="تغییر سقف و سپرده").click()
    dialog = page.locator("#limit")
    dialog.locator("[name=credit_limit]").fill("")
    dialog.locator("[name=deposit]").fill("1500000")
    sound(page)
    dialog.get_by_role("button", name="ذخیره").click()
    expect(dialog.locator("#f-credit_limit-error")).to_be_visible()
    expect(dialog.locator("[name=deposit]")).to_have_value(re.compile("۱٬۵۰۰٬۰۰۰|1500000"))
    sound(page)
    dialog.locator("[name=credit_limit]").fill("2000000")
    dialog.get_by_role("button", name="ذخیره").click()
    expect(page.locator("#toasts")).to_contain_text("سقف و سپرده ثبت شد")
    expect(page.locator("main")).to_contain_text("۳٬۵۰۰٬۰۰۰")


def _suspends(page: Page) -> None:
    page.get_by_role("link", name="تعلیق یا بستن").click()
    page.wait_for_url("**/close")
    expect(page.locator("main")).to_contain_text("اعتباری در گردش نیست")
    sound(page)
    page.get_by_role("button", name="تعلیق فروشگاه").click()
    page.locator("#suspend").get_by_role("button", name="تعلیق فروشگاه").click()
    expect(page.locator("#toasts")).to_contain_text("فروشگاه معلق شد")
    sound(page)
    page.get_by_role("button", name="فعال‌سازی دوباره").click()
    expect(page.locator("#toasts")).to_contain_text("دوباره فعال است")


@pytest.mark.feature("net.shared_fund")
@pytest.mark.feature("fund.dual", page="/{mall}/mall/settlements")
def test_a_settlement_takes_two_people(
    world: World, trade: dict[str, dict[str, str]], browser: Browser
) -> None:
    with administrator(world, browser) as first:
        first.get_by_role("link", name="صندوق", exact=True).first.click()
        expect(first.locator("table.matrix")).to_contain_text("۶۰٬۰۰۰")
        expect(first.locator("table.matrix")).to_contain_text("۴۰٬۰۰۰")
        sound(first)
        first.locator("table.matrix").get_by_role("link", name="۶۰٬۰۰۰").click()
        expect(first.locator("h1")).to_have_text("اعتبار گل‌آرا نزد لاله")
        expect(first.locator("main")).to_contain_text("۶۰٬۰۰۰ تومان")
        sound(first)
        first.go_back()
        first.get_by_role("button", name="پیش‌نویس تسویه").click()
        sound(first)
        first.locator("#draft").get_by_role("button", name="پیش‌نویس تسویه").click()
        first.wait_for_url("**/mall/settlements/*")
        expect(first.locator("main")).to_contain_text("تأیید آن با شخص دیگری است")
        assert first.get_by_role("button", name="تأیید تسویه").count() == 0
        sound(first)
        settlement = first.url

    with administrator(world, browser, "phone", "dark", "accountant") as second:
        second.goto(settlement)
        sound(second)
        second.get_by_role("button", name="تأیید تسویه").first.click()
        sound(second)
        second.locator("#approve").get_by_role("button", name="تأیید تسویه").click()
        expect(second.locator("#toasts")).to_contain_text("تسویه تأیید شد")
        _pays_by_file(second, settlement)
        _marks_results(second, settlement)
        second.goto(f"{world.base}/{world.slug}/mall/settlements")
        expect(second.locator("main")).to_contain_text("انجام شده")
        sound(second)
        second.goto(f"{world.base}/{world.slug}/mall/fund")
        expect(second.locator("main")).to_contain_text("تراز")
        sound(second)
        second.goto(f"{world.base}/{world.slug}/mall/proof")
        expect(second.locator("main")).to_contain_text("بررسی درست است")
        sound(second)

    with page_at(browser, "phone", "light") as owner:
        owner.set_default_timeout(WAIT)
        shop = trade["b"]["id"]
        sign_in(owner, f"{world.base}/{world.slug}/shop", world.staff("owner", shop))
        owner.goto(f"{world.base}/{world.slug}/shop/fund")
        expect(owner.locator("main")).to_contain_text("شبا بسته است")
        expect(owner.locator("main")).to_contain_text("در گردش")  # came by itself
        sound(owner)
        with owner.expect_download() as fetched:
            owner.get_by_role("link", name="PDF").click()
        assert fetched.value.suggested_filename.endswith(".pdf")


def _pays_by_file(page: Page, settlement: str) -> None:
    """The fund's account, and a file over what it owes to the one shop that is due."""
    page.get_by_role("link", name="پرداخت بانکی").click()
    page.wait_for_url("**/bank")
    page.get_by_role("link", name="ثبت حساب صندوق").click()
    page.wait_for_url("**/fund/account")
    sound(page)
    page.fill("[name=sheba]", SHEBA)
    page.select_option("[name=profile]", "common")
    page.get_by_role("button", name="ذخیره").click()
    page.wait_for_url("**/mall/settlements")
    page.goto(f"{settlement}/bank")
    page.get_by_role("button", name="ساختن فایل پایا").click()
    sound(page)
    page.locator("#make").get_by_role("button", name="ساختن فایل پایا").click()
    expect(page.locator("#toasts")).to_contain_text("فایل با ۱ پرداخت ساخته شد")
    sound(page)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="دریافت").click()
    assert fetched.value.suggested_filename == f"{SHEBA}000000001.ccti"


def _marks_results(page: Page, settlement: str) -> None:
    """One payment is refused, the other shop has paid; then all have their statements."""
    page.goto(settlement)
    page.get_by_role("checkbox", name="لاله").check()
    page.get_by_role("radio", name="انجام نشد یا برگشت").check()
    page.fill("[name=note]", "شبا بسته است")
    page.get_by_role("button", name="ثبت نتیجه").click()
    expect(page.locator("#toasts")).to_contain_text("نتیجه ۱ فروشگاه ثبت شد")
    sound(page)
    page.get_by_role("checkbox", name="گل‌آرا").check()
    page.get_by_role("button", name="ثبت نتیجه").click()
    expect(page.locator("#toasts")).to_contain_text("نتیجه همه روشن است")
    page.get_by_role("link", name="صورت‌حساب‌ها").click()
    page.wait_for_url("**/statements")
    sound(page)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="دریافت همه").click()
    assert fetched.value.suggested_filename.endswith(".zip")


def test_what_there_is_before_anything(world: World, browser: Browser) -> None:
    with administrator(world, browser, "phone", "light") as page:
        root = f"{world.base}/{world.slug}/mall"
        for place, said in (
            ("shops", "هنوز فروشگاهی نیست"),
            ("fund", "هنوز اعتباری نزد فروشگاه دیگر خرج نشده است"),
            ("settlements", "هنوز تسویه‌ای نیست"),
            ("proof", "هنوز سندی مهر نشده است"),
        ):
            page.goto(f"{root}/{place}")
            expect(page.locator("main")).to_contain_text(said)
            sound(page)


def test_a_list_that_is_filtered_to_nothing(
    world: World, trade: dict[str, dict[str, str]], browser: Browser
) -> None:
    with administrator(world, browser, "phone", "light") as page:
        page.goto(f"{world.base}/{world.slug}/mall/shops")
        sound(page)
        page.get_by_role("searchbox").fill("فرش")
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text("چیزی با این فیلترها پیدا نشد")
        sound(page)
        page.get_by_role("link", name="برداشتن فیلترها").click()
        expect(page.locator("main")).to_contain_text("گل‌آرا")
