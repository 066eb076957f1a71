"""A reward in Chromium: made in the portal, taken on the phone, handed out at the till."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.shots import audit, page_at
from tests.e2e.conftest import PASSWORD, World
from tests.e2e.test_member import WAIT, new_mobile, sign_in, sound
from timcheh.text.digits import digits_to_latin

pytestmark = pytest.mark.browser


@pytest.fixture
def shop(world: World) -> dict[str, str]:
    return {name: str(value) for name, value in world.shop("گل‌آرا").items()}


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


@pytest.fixture
def mobile(world: World, shop: dict[str, str]) -> str:
    """A customer with 120 points."""
    mobile = new_mobile()
    rule = {"effect": "points_per", "amount": 10_000, "points": 1, "scope": "own"}
    rules = {"rules": [{"name": "امتیاز", "then": [rule]}]}
    world.call("PUT", "/rules", rules, shop["api_key"])
    lines = [{"name": "کالا", "quantity": 1, "unit_price": 1_200_000}]
    sale = {"member": {"mobile": mobile}, "enrol": True, "lines": lines}
    world.call("POST", "/purchases", sale, shop["api_key"])
    return mobile


@pytest.mark.feature("offer.reward", page="/{mall}/shop/rewards")
def test_a_reward_is_made_taken_and_handed_out(
    world: World, browser: Browser, owner: Page, mobile: str
) -> None:
    owner.get_by_role("link", name="هدیه و پاداش").first.click()
    owner.get_by_role("link", name="پاداش تازه").first.click()
    owner.get_by_role("link", name="خدمت").click()
    owner.get_by_label("نام پاداش").fill("قهوه مهمان")
    owner.locator("[name=points]").fill("100")
    owner.locator("[name=stock]").fill("1")
    assert audit(owner) == []
    owner.get_by_role("button", name="ذخیره").click()
    owner.get_by_role("button", name="انتشار").click()
    expect(owner.get_by_text("پاداش منتشر شد")).to_be_visible()

    with page_at(browser, "phone", "light") as phone:
        sign_in(phone, world, mobile)
        phone.get_by_role("link", name="پیشنهادها", exact=True).click()
        phone.wait_for_url("**/club/offers")
        phone.get_by_role("link", name="پاداش‌ها").click()
        phone.get_by_role("link", name="قهوه مهمان").click()
        phone.get_by_role("button", name="گرفتن پاداش").click()
        phone.get_by_role("dialog").get_by_role("button", name="گرفتن پاداش").click()
        expect(phone.get_by_text("در صندوق نشان دهید")).to_be_visible()
        sound(phone)
        code = digits_to_latin(phone.locator(".niche .cardnumber").inner_text())
        phone.get_by_role("link", name="گردش").click()
        expect(phone.get_by_text("«قهوه مهمان» گرفتید")).to_be_visible()

    owner.goto(f"{world.base}/{world.slug}/shop/till")
    owner.get_by_role("link", name="پاداش در صندوق").click()
    owner.get_by_label("شماره مشتری یا کد پاداش").fill(code)
    owner.keyboard.press("Enter")
    expect(owner.get_by_role("heading", name="قهوه مهمان")).to_be_visible()
    assert audit(owner) == []
    owner.get_by_role("button", name="تحویل شد").click()
    expect(owner.get_by_text("«قهوه مهمان» تحویل شد")).to_be_visible()
    # The same code again: it has been handed out, and the page says so.
    owner.get_by_label("شماره مشتری یا کد پاداش").fill(code)
    owner.keyboard.press("Enter")
    expect(owner.get_by_text("دیگر تحویل داده نمی‌شود")).to_be_visible()
