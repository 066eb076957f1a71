"""A shop's owner at work in Chromium: signs in, sells to someone new, and finds it all again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.shots import audit, page_at
from tests.e2e.conftest import PASSWORD, World
from timcheh.ids import new_id

pytestmark = pytest.mark.browser

WAIT = 30_000.0


@pytest.fixture
def shop(world: World) -> dict[str, str]:
    """A shop with a rule, goods, a partner and a proposal that waits for an answer."""
    made, other = world.shop("گل‌آرا"), world.shop("لاله")
    key = made["api_key"]
    effect = {"effect": "credit_percent", "bps": 500, "scope": "partners"}
    world.call("PUT", "/rules", {"rules": [{"name": "۵٪ هر خرید", "then": [effect]}]}, key)
    product = {"sku": "1001", "name": "رز هلندی", "price": 2_400_000, "group": "گل"}
    world.call("POST", "/products", product, key)
    terms = {"acceptor_id": other["id"], "fee_bps": 200, "max_share_bps": 3000}
    agreement = world.call("POST", "/agreements", terms, key)
    world.call("POST", f"/agreements/{agreement['id']}/accept", key=other["api_key"])
    back = {"acceptor_id": made["id"], "fee_bps": 200, "max_share_bps": 5000}
    world.call("POST", "/agreements", back, other["api_key"])
    return {"id": made["id"], "key": key, "other_key": other["api_key"]}


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


def new_mobile() -> str:
    return f"0912{new_id().int % 10**7:07d}"


@pytest.mark.feature("enrol.at_sale")
@pytest.mark.feature("sale.order")
def test_a_sale_by_keyboard_to_someone_new(world: World, owner: Page) -> None:
    root, mobile = f"{world.base}/{world.slug}/shop", new_mobile()
    owner.goto(f"{root}/till")
    expect(owner.locator("#f-member")).to_be_focused()
    owner.keyboard.type(mobile)
    expect(owner.locator("#preview")).to_contain_text("عضو تازه", timeout=WAIT)
    owner.keyboard.press("Enter")
    owner.keyboard.type("1001")
    owner.keyboard.press("Enter")
    expect(owner.locator("#f-lines-0-name")).to_have_value("رز هلندی", timeout=WAIT)
    expect(owner.locator("#f-lines-0-price")).to_have_value("۲۴۰٬۰۰۰")
    owner.keyboard.type("2")
    expect(owner.locator("#preview")).to_contain_text("۴۸۰٬۰۰۰", timeout=WAIT)
    expect(owner.locator("#preview")).to_contain_text("۲۴٬۰۰۰")
    assert audit(owner) == []
    owner.keyboard.press("F9")
    receipt = owner.locator("section[aria-labelledby=receipt]")
    expect(receipt).to_contain_text("خرید ثبت شد", timeout=WAIT)
    expect(receipt).to_contain_text("مشتری تازه")
    expect(receipt).to_contain_text("۴۸۰٬۰۰۰")
    assert audit(owner) == []

    owner.reload()  # what is shown is not sold again
    receipt.get_by_role("link").click()
    expect(owner.locator("main")).to_contain_text("رز هلندی")
    expect(owner.locator("main")).to_contain_text("۵٪ هر خرید")
    assert audit(owner) == []
    owner.locator("aside a", has_text=mobile[-4:].translate(_PERSIAN)).click()
    expect(owner.locator("main")).to_contain_text("۲۴٬۰۰۰")
    expect(owner.locator("main")).to_contain_text("۴۸۰٬۰۰۰")
    assert audit(owner) == []
    owner.goto(f"{root}/purchases")
    assert owner.locator("tbody tr").count() == 1
    assert audit(owner) == []


@pytest.mark.feature("sale.spend_credit")
def test_spending_is_seen_before_it_is_done(
    world: World, owner: Page, shop: dict[str, str]
) -> None:
    mobile = new_mobile()
    _buy(world, shop["key"], mobile, 10_000_000)
    owner.goto(f"{world.base}/{world.slug}/shop/till")
    owner.fill("#f-member", mobile)
    owner.fill("#f-lines-0-price", "100000")
    preview = owner.locator("#preview")
    expect(preview).to_contain_text("تا ۵۰٬۰۰۰ تومان می‌تواند", timeout=WAIT)
    owner.keyboard.press("F4")
    expect(preview).to_contain_text("اعتبار گل‌آرا", timeout=WAIT)
    owner.get_by_role("button", name="ثبت خرید").dblclick()
    receipt = owner.locator("section[aria-labelledby=receipt]")
    expect(receipt).to_contain_text("۵۰٬۰۰۰", timeout=WAIT)
    items = world.call("GET", "/purchases", key=shop["key"])["items"]
    assert [item["to_pay"] for item in items] == [500_000, 10_000_000]


def test_a_row_that_was_added_is_like_the_first(world: World, owner: Page) -> None:
    owner.goto(f"{world.base}/{world.slug}/shop/till")
    owner.get_by_role("button", name="ردیف دیگر").click()
    expect(owner.locator("#f-lines-1-name")).to_be_focused()
    owner.keyboard.type("گل")
    owner.fill("#f-lines-1-price", "400000")
    expect(owner.locator("#f-lines-1-price")).to_have_value("۴۰۰٬۰۰۰")
    expect(owner.locator("#preview")).to_contain_text("۴۰۰٬۰۰۰", timeout=WAIT)
    owner.get_by_role("button", name="برداشتن ردیف").last.click()
    expect(owner.locator("[data-line]")).to_have_count(1)
    assert audit(owner) == []


def test_a_mistake_keeps_what_was_typed_and_takes_focus(world: World, owner: Page) -> None:
    owner.goto(f"{world.base}/{world.slug}/shop/till")
    owner.fill("#f-member", "0912")
    owner.fill("#f-lines-0-name", "چای")
    owner.keyboard.press("F9")
    mistakes = owner.locator("[data-mistakes]")
    expect(mistakes).to_be_focused(timeout=WAIT)
    expect(mistakes).to_contain_text("شماره موبایل باید با ۰۹")
    expect(owner.locator("#f-member")).to_have_value("۰۹۱۲")
    expect(owner.locator("#f-lines-0-name")).to_have_value("چای")
    assert audit(owner) == []


@pytest.mark.feature("sale.refund")
def test_goods_come_back(world: World, owner: Page, shop: dict[str, str]) -> None:
    bought = _buy(world, shop["key"], new_mobile(), 1_000_000)
    owner.goto(f"{world.base}/{world.slug}/shop/purchases/{bought['id']}")
    owner.get_by_role("link", name="ثبت مرجوعی").click()
    assert audit(owner) == []
    owner.fill("#f-quantity-0", "1")
    owner.get_by_role("button", name="ثبت مرجوعی").click()
    expect(owner.locator("#toasts")).to_contain_text("مرجوعی ثبت شد", timeout=WAIT)
    expect(owner.locator("main")).to_contain_text("۱ مرجوع")
    assert audit(owner) == []


def test_partners_are_proposed_to_accepted_and_left(
    world: World, owner: Page, shop: dict[str, str]
) -> None:
    third = world.shop("نان سحر")
    owner.goto(f"{world.base}/{world.slug}/shop/partners")
    assert audit(owner) == []
    owner.get_by_role("button", name="پذیرش پیشنهاد").click()
    expect(owner.locator("#toasts")).to_contain_text("پیشنهاد پذیرفته شد", timeout=WAIT)
    owner.get_by_role("button", name="پیشنهاد همکاری").click()
    dialog = owner.get_by_role("dialog")
    owner.select_option("#f-acceptor_id", third["id"])
    owner.fill("#f-max_share_percent", "300")
    owner.fill("#f-fee_percent", "2")
    assert audit(owner) == []
    dialog.get_by_role("button", name="فرستادن پیشنهاد").click()
    expect(dialog).to_contain_text("درصدی از بیش از صفر تا ۱۰۰", timeout=WAIT)
    assert audit(owner) == []
    owner.fill("#f-max_share_percent", "30")
    dialog.get_by_role("button", name="فرستادن پیشنهاد").click()
    expect(owner.locator("#toasts")).to_contain_text("نان سحر", timeout=WAIT)
    row = owner.locator("tr", has_text="نان سحر")
    row.get_by_role("button", name="پس گرفتن پیشنهاد").click()
    owner.get_by_role("dialog").get_by_role("button", name="پس گرفتن پیشنهاد").click()
    expect(owner.locator("#toasts")).to_contain_text("پایان یافت", timeout=WAIT)


PAGES = [
    "",
    "/customers",
    "/purchases",
    "/offers",
    "/offers/versions",
    "/rules",
    "/partners",
    "/till",
]


@pytest.mark.parametrize(("width", "theme"), [("phone", "dark"), ("desktop", "light")])
def test_every_page_is_accessible_full_and_fits(
    world: World, owner: Page, shop: dict[str, str], width: str, theme: str
) -> None:
    """All in one visit: to open a mall and to sign in takes longer than to look at a page."""
    _buy(world, shop["key"], new_mobile(), 3_000_000)
    problems: list[str] = []
    owner.on("console", lambda line: problems.extend([line.text] * (line.type == "error")))
    owner.on("pageerror", lambda error: problems.append(str(error)))
    owner.set_viewport_size({"width": 390 if width == "phone" else 1280, "height": 844})
    owner.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # parametrized literals
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for path in PAGES:
        owner.goto(f"{world.base}/{world.slug}/shop{path}", wait_until="networkidle")
        assert owner.evaluate(wider) <= 0, path
        assert audit(owner) == [], path
        assert problems == [], path


_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def _buy(world: World, key: str, mobile: str, amount: int) -> dict[str, str]:
    line = {"name": "کالا", "quantity": 1, "unit_price": amount}
    body = {"member": {"mobile": mobile}, "enrol": True, "lines": [line]}
    return world.call("POST", "/purchases", body, key)
