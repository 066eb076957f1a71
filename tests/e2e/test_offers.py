"""A shop's owner in Chromium: a win-back from one click, changed, tried, published, given at the
till with its reason.
"""

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
    """A shop without rules."""
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


@pytest.mark.feature("offer.win_back", "offer.version", "offer.dry_run", "offer.conditions")
def test_from_a_starter_to_the_till(world: World, owner: Page) -> None:
    root = f"{world.base}/{world.slug}/shop"
    owner.goto(f"{root}/offers")
    assert audit(owner) == []
    owner.get_by_role("button", name="ساختن پیش‌نویس «بازگشت مشتری»").click()
    expect(owner.locator("h1")).to_have_text("بازگشت مشتری")
    expect(owner.locator("main")).to_contain_text("۳۵٪ اعتبار اختصاصی")
    assert audit(owner) == []

    # The form reads as a sentence and says at once what it comes to.
    owner.get_by_role("link", name="ویرایش").click()
    says = owner.locator(".offer__says")
    expect(says).to_contain_text("تا ۷ روز پس از آنکه", timeout=WAIT)
    owner.fill("#f-effect-0-percent", "")
    expect(says).to_contain_text("این مقدار را وارد کنید", timeout=WAIT)
    owner.fill("#f-effect-0-percent", "۴۰")
    expect(says).to_contain_text("۴۰٪ اعتبار اختصاصی", timeout=WAIT)
    owner.fill("#f-who-0-0-value", "۰")  # whoever has bought before, for this test
    owner.fill("#f-who-0-1-value", "")
    assert audit(owner) == []
    owner.get_by_role("button", name="نگه داشتن پیش‌نویس").click()
    expect(owner.locator("[data-mistakes]")).to_be_focused()
    owner.fill("#f-who-0-1-value", "۰")
    owner.locator("#f-who-0-1-op, [name=who-0-1-op]").select_option(">=")
    owner.fill("#f-holdout", "")
    owner.get_by_role("button", name="نگه داشتن پیش‌نویس").click()
    expect(owner.locator("h1")).to_have_text("بازگشت مشتری")

    # Tried on a basket: somebody new does not get it, and why.
    owner.fill("#f-lines-0-price", "500000")
    owner.get_by_role("button", name="محاسبه").click()
    expect(owner.locator("#tried")).to_contain_text("پس از بیش از ۰ خرید", timeout=WAIT)
    owner.get_by_role("button", name="انتشار", exact=True).click()
    expect(owner.locator("#toasts")).to_contain_text("نسخه ۱ برقرار است")
    owner.goto(f"{root}/offers/versions")
    expect(owner.locator("main")).to_contain_text("افزوده شد: «بازگشت مشتری»")
    assert audit(owner) == []

    mobile = f"0912{new_id().int % 10**7:07d}"
    for first in (True, False):
        owner.goto(f"{root}/till")
        owner.fill("#f-member", mobile)
        owner.fill("#f-lines-0-name", "رز")
        owner.fill("#f-lines-0-price", "500000")
        part, words = ("details", "چرا؟") if first else (".outcome__earned", "اعتبار اختصاصی")
        expect(owner.locator(f"#preview {part}")).to_contain_text(words, timeout=WAIT)
        owner.get_by_role("button", name="ثبت خرید").click()
        expect(owner.locator("#receipt")).to_be_visible()
    owner.get_by_role("link", name="دیدن خرید").click()
    why = owner.locator("section", has=owner.locator("#why"))
    expect(why).to_contain_text("۲۰۰٬۰۰۰ تومان اعتبار اختصاصی، تا")
    expect(why).to_contain_text("هزینه‌اش را فروشگاه شما، وقتی خرج شود، می‌پردازد.")
