"""The whole of it, by people who have never seen it: two shops come on board, become partners and
share a pool; a new member gets its points at one and spends them at the other; the fund knows, it
is settled, and the member reads why.
"""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from infra.shots import page_at
from tests.e2e.conftest import PASSWORD, World
from tests.e2e.test_mall import administrator, new_mobile, sound
from tests.e2e.test_member import sign_in as member_signs_in

pytestmark = pytest.mark.browser
WAIT = 30_000.0
expect.set_options(timeout=WAIT)
_IDENTITIES = {"گل‌آرا": ("0499370899", "gol-ara"), "لاله": ("0012345679", "laleh")}
_SHEBAS = {"گل‌آرا": "IR820540102680020817909002", "لاله": "IR062960000000100324200001"}


@pytest.mark.feature("net.pooled_points", "net.onboard", "net.choose_partners")
@pytest.mark.feature("fund.dual", "member.where_to_spend")
def test_from_two_empty_shops_to_a_settled_fund(world: World, browser: Browser) -> None:
    owners = {name: new_mobile() for name in _IDENTITIES}
    member = new_mobile()
    with administrator(world, browser) as mall:
        joins = {name: _comes_on_board(mall, world, name, owners[name]) for name in owners}
        _opens_a_pool(mall, world)
        with page_at(browser, "desktop", "light") as owner:
            _joins(owner, world, joins["گل‌آرا"], owners["گل‌آرا"])
            _gives_points(owner, world)
            _proposes(owner, world)
            receipt = _sells(owner, world, member, "1000000")
            expect(receipt).to_contain_text("۱۰۰ امتیاز")
        with page_at(browser, "phone", "dark") as owner:
            _joins(owner, world, joins["لاله"], owners["لاله"])
            _accepts(owner, world)
            _spends(owner, world, member)
        settlement = _drafts(mall, world)
        with administrator(world, browser, "desktop", "dark", "accountant") as second:
            _settles(second, settlement)
    with page_at(browser, "phone", "light") as phone:
        _reads_why(phone, world, member)


def _comes_on_board(page: Page, world: World, name: str, mobile: str) -> str:
    """From an empty list to the hand-over sheet; the path of the owner's invitation."""
    number, slug = _IDENTITIES[name]
    page.goto(f"{world.base}/{world.slug}/mall/shops")
    page.locator("main").get_by_role("link", name="افزودن فروشگاه").first.click()
    page.wait_for_url("**/shops/new")
    page.fill("[name=name]", name)
    page.select_option("[name=trade]", index=1)
    page.fill("[name=national_id]", number)
    page.fill("[name=slug]", slug)
    _onward(page, "owner")
    page.fill("[name=owner_name]", f"صاحب {name}")
    page.fill("[name=owner_mobile]", mobile)
    page.fill("[name=sheba]", _SHEBAS[name])
    for step in ("terms", "rules", "team", "review"):
        _onward(page, step)
    page.get_by_role("button", name="گشایش فروشگاه").click()
    page.wait_for_url("**/handover")
    link = page.get_by_role("button", name=f"کپی پیوند دعوت صاحب {name}")
    return urlsplit(link.get_attribute("data-copies") or "").path


def _onward(page: Page, step: str) -> None:
    page.get_by_role("button", name="ادامه").click()
    page.wait_for_url(f"**/{step}")


def _opens_a_pool(page: Page, world: World) -> None:
    page.get_by_role("link", name="امتیاز مشترک").first.click()
    page.wait_for_url("**/mall/pools")
    page.locator("main").get_by_role("link", name="طرح تازه").click()
    page.wait_for_url("**/pools/new")
    page.fill("[name=name]", "امتیاز نور")
    page.fill("[name=issue_price]", "100")
    page.fill("[name=redeem_price]", "100")
    page.get_by_role("button", name="باز کردن طرح").click()
    for name in _IDENTITIES:
        expect(page.locator("h1")).to_have_text("امتیاز نور")
        page.select_option("[name=merchant_id]", label=name)
        page.get_by_role("button", name="افزودن به طرح").click()
        expect(page.locator("#toasts")).to_contain_text(f"{name} در این طرح است")
    sound(page)


def _joins(page: Page, world: World, path: str, mobile: str) -> None:
    page.set_default_timeout(WAIT)
    page.goto(world.base + path)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/shop")


def _gives_points(page: Page, world: World) -> None:
    """The rule that the shop was handed over with becomes one of pooled points."""
    page.goto(f"{world.base}/{world.slug}/shop/offers")
    page.get_by_role("button", name=re.compile("^ویرایش «")).first.click()
    page.wait_for_url("**/edit")
    page.select_option("[name=effect-0-kind]", "points_per")
    page.fill("[name=effect-0-amount]", "10000")
    page.fill("[name=effect-0-points]", "1")
    page.select_option("[name=effect-0-scope]", label="طرح «امتیاز نور» (امتیاز)")
    expect(page.locator(".offer__says")).to_contain_text("امتیاز نور")
    sound(page)
    page.get_by_role("button", name="نگه داشتن پیش‌نویس").click()
    page.get_by_role("button", name="انتشار", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("برقرار است")


def _proposes(page: Page, world: World) -> None:
    page.goto(f"{world.base}/{world.slug}/shop/partners")
    page.get_by_role("button", name="پیشنهاد همکاری").first.click()
    page.select_option("#f-acceptor_id", label="لاله")
    page.fill("#f-max_share_percent", "30")
    page.fill("#f-fee_percent", "2")
    page.get_by_role("dialog").get_by_role("button", name="فرستادن پیشنهاد").click()
    expect(page.locator("#toasts")).to_contain_text("لاله")


def _accepts(page: Page, world: World) -> None:
    page.goto(f"{world.base}/{world.slug}/shop/partners")
    expect(page.locator("main")).to_contain_text("تا ۳۰٪ هر خرید")
    page.get_by_role("button", name="پذیرش پیشنهاد").click()
    expect(page.locator("#toasts")).to_contain_text("پیشنهاد پذیرفته شد")


def _sells(page: Page, world: World, member: str, toman: str) -> Locator:
    page.goto(f"{world.base}/{world.slug}/shop/till")
    page.locator("[name=member]").fill(member)
    page.locator("[name='lines-0-price']").fill(toman)
    expect(page.locator("#preview")).to_contain_text("امتیاز")
    page.get_by_role("button", name="ثبت خرید").click()
    receipt = page.locator("section[aria-labelledby=receipt]")
    expect(receipt).to_contain_text("خرید ثبت شد")
    return receipt


def _spends(page: Page, world: World, member: str) -> None:
    """A hundred points, worth ten thousand toman, of a basket of fifty thousand."""
    page.goto(f"{world.base}/{world.slug}/shop/till")
    page.locator("[name=member]").fill(member)
    page.locator("[name='lines-0-price']").fill("50000")
    expect(page.locator("[data-hint=points]")).to_contain_text("۱۰۰")
    page.keyboard.press("F6")
    expect(page.locator("#preview .outcome__pay")).to_contain_text("۴۰٬۰۰۰")
    page.get_by_role("button", name="ثبت خرید").click()
    expect(page.locator("section[aria-labelledby=receipt]")).to_contain_text("۴۰٬۰۰۰")


def _drafts(page: Page, world: World) -> str:
    """The fund shows what each owes; the settlement's address."""
    page.goto(f"{world.base}/{world.slug}/mall/fund")
    expect(page.locator("main")).to_contain_text("۱۰٬۰۰۰")
    sound(page)
    page.get_by_role("button", name="پیش‌نویس تسویه").click()
    page.locator("#draft").get_by_role("button", name="پیش‌نویس تسویه").click()
    page.wait_for_url("**/mall/settlements/*")
    return page.url


def _settles(page: Page, settlement: str) -> None:
    page.goto(settlement)
    page.get_by_role("button", name="تأیید تسویه").first.click()
    page.locator("#approve").get_by_role("button", name="تأیید تسویه").click()
    expect(page.locator("#toasts")).to_contain_text("تسویه تأیید شد")
    for name in _IDENTITIES:
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="ثبت نتیجه").click()
    expect(page.locator("#toasts")).to_contain_text("نتیجه همه روشن است")
    sound(page)


def _reads_why(page: Page, world: World, member: str) -> None:
    member_signs_in(page, world, member)
    page.get_by_role("link", name="گردش", exact=True).click()
    page.wait_for_url("**/club/history")
    main = page.locator("main")
    expect(main).to_contain_text("امتیاز نور")
    expect(main).to_contain_text("لاله")
    main.get_by_role("link", name=re.compile("گل‌آرا")).first.click()
    page.wait_for_url("**/club/**")
    expect(main).to_contain_text("امتیاز نور")
    sound(page)
