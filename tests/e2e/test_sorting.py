"""A shop's owner in Chromium: whom to look for, whom to keep together, who stands how high."""

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
    """A shop with a customer who has bought a lot, and one who has bought a little."""
    made = world.shop("گل‌آرا")
    for amount in (60_000_000, 1_000_000):
        lines = [{"name": "رز", "quantity": 1, "unit_price": amount}]
        member = {"mobile": f"0912{new_id().int % 10**7:07d}"}
        sale = {"member": member, "enrol": True, "lines": lines}
        world.call("POST", "/purchases", sale, made["api_key"])
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


@pytest.mark.feature("segment.builder", page="/{mall}/shop/segments")
@pytest.mark.feature("segment.behaviour", "group.unlimited", "group.tags", "tier.ladder")
def test_a_segment_a_group_and_a_tier(owner: Page) -> None:
    owner.get_by_role("link", name="بخش‌بندی مشتریان").click()
    owner.get_by_role("link", name="بخش تازه").first.click()
    _build(owner, "خریداران بزرگ", "5000000")
    expect(owner.locator(".conditions__live")).to_contain_text("۱", timeout=WAIT)
    expect(owner.locator(".conditions__live")).to_contain_text("۵٬۰۰۰٬۰۰۰ تومان")
    assert audit(owner) == []
    owner.keyboard.press("Enter")
    expect(owner.locator("h1")).to_have_text("خریداران بزرگ")
    assert owner.locator("tbody tr").count() == 1
    owner.fill("[name=tag]", "خوش‌حساب")
    owner.keyboard.press("Enter")
    expect(owner.locator("tbody tr")).to_contain_text("خوش‌حساب")

    owner.get_by_role("link", name="بخش‌بندی مشتریان").click()
    owner.get_by_role("link", name="گروه‌ها").click()
    owner.get_by_role("link", name="گروه تازه").first.click()
    _build(owner, "وفاداران", "5000000")
    owner.keyboard.press("Enter")
    expect(owner.locator("h1")).to_have_text("وفاداران")
    assert owner.locator("tbody tr").count() == 1
    assert audit(owner) == []

    owner.get_by_role("link", name="گروه‌ها").click()
    owner.get_by_role("link", name="سطح‌ها").click()
    owner.select_option("#f-measure", "spend")
    owner.fill("#f-name-0", "نقره‌ای")
    owner.fill("#f-threshold-0", "50000")
    owner.fill("#f-name-1", "طلایی")
    owner.fill("#f-threshold-1", "5000000")
    owner.fill("#f-name-2", "")
    owner.keyboard.press("Enter")
    figures = owner.locator(".figures")
    expect(figures).to_contain_text("طلایی")
    assert audit(owner) == []

    owner.goto(owner.url.replace("/tiers", "/customers"))
    owner.locator("tbody tr a").first.focus()
    owner.keyboard.press("ArrowDown")
    owner.keyboard.press("Enter")
    standing = owner.locator("section", has=owner.locator("#standing"))
    for word in ("طلایی", "وفاداران"):
        expect(standing).to_contain_text(word)
    expect(owner.locator("#f-tags")).to_have_value("خوش‌حساب")
    owner.fill("#f-tags", "خوش‌حساب، خرید سازمانی")
    owner.keyboard.press("Enter")
    expect(owner.locator("#f-tags")).to_have_value("خوش‌حساب، خرید سازمانی")
    assert audit(owner) == []


def _build(owner: Page, name: str, spend: str) -> None:
    """Whoever has spent so many toman, all of it with the keyboard."""
    owner.fill("#f-name", name)
    owner.select_option("#f-when-0-0-fact", "customer.spend")
    value = owner.locator("#f-when-0-0-value")
    value.wait_for()
    value.press_sequentially(spend)
