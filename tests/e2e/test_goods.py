"""A shop's owner in Chromium: a good, a price list for a group, a sale by it, the invoice."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.shots import audit, page_at
from tests.e2e.conftest import PASSWORD, World
from timcheh.ids import new_id

pytestmark = pytest.mark.browser

WAIT = 30_000.0


@pytest.fixture
def owner(world: World, browser: Browser) -> Iterator[tuple[Page, str]]:
    """The owner's browser, signed in, and the mobile of a customer in the group «همکاران»."""
    made = world.shop("گل‌آرا")
    key, customer = made["api_key"], f"0912{new_id().int % 10**7:07d}"
    lines = [{"name": "رز", "quantity": 1, "unit_price": 10_000}]
    sale = {"member": {"mobile": customer}, "enrol": True, "lines": lines}
    bought = world.call("POST", "/purchases", sale, key)
    group = world.call("POST", "/groups", {"name": "همکاران"}, key)
    world.call("PUT", f"/groups/{group['id']}/customers/{bought['member']['id']}", key=key)
    mobile = world.staff("owner", made["id"])
    with page_at(browser, "desktop", "light") as page:
        page.set_default_timeout(WAIT)
        page.goto(f"{world.base}/{world.slug}/shop/sign-in")
        page.fill("[name=mobile]", mobile)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{world.slug}/shop")
        yield page, customer


@pytest.mark.feature("group.price_list", page="/{mall}/shop/price-lists")
@pytest.mark.feature("sale.invoice", "earn.product")
def test_from_the_catalogue_to_the_invoice(owner: tuple[Page, str]) -> None:
    page, customer = owner
    page.get_by_role("link", name="کالاها", exact=True).click()
    page.get_by_role("link", name="کالای تازه").first.click()
    page.fill("#f-name", "گلدان سفالی")
    page.fill("#f-sku", "POT-1")
    page.fill("#f-discount", "۱۲۰")
    page.locator("#f-price").press_sequentially("200000")
    page.keyboard.press("Enter")
    expect(page.locator("[data-mistakes]")).to_be_focused()
    assert page.input_value("#f-name") == "گلدان سفالی"
    assert audit(page) == []
    page.fill("#f-discount", "۱۰")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_contain_text("گلدان سفالی")

    page.get_by_role("link", name="فهرست‌های بها").click()
    page.get_by_role("link", name="فهرست تازه").first.click()
    page.fill("#f-name", "همکاران")
    page.fill("#f-groups", "همکاران")
    page.fill("#f-items", "POT-1 150000")
    page.get_by_role("button", name="ذخیره").click()
    expect(page.locator("tbody tr")).to_contain_text("همکاران")
    assert audit(page) == []

    # At the till by keyboard: the group's price applies, and the good's own discount on it.
    page.get_by_role("link", name="صندوق فروش").click()
    page.wait_for_url("**/shop/till")
    page.keyboard.type(customer)
    page.keyboard.press("Enter")
    page.keyboard.type("POT-1")
    page.keyboard.press("Enter")
    expect(page.locator("#f-lines-0-name")).to_have_value("گلدان سفالی", timeout=WAIT)
    expect(page.locator("#preview")).to_contain_text("۱۳۵٬۰۰۰", timeout=WAIT)
    page.keyboard.press("F9")
    receipt = page.locator("section[aria-labelledby=receipt]")
    expect(receipt).to_contain_text("۱۳۵٬۰۰۰", timeout=WAIT)
    receipt.get_by_role("button").click()
    expect(page.locator("h1")).to_have_text("فاکتور شماره ۱")
    expect(page.locator("main")).to_contain_text("گلدان سفالی")
    expect(page.locator("main")).to_contain_text("۱٬۳۵۰٬۰۰۰")
    assert audit(page) == []
