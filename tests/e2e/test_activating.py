"""An offer for whoever activates it: on the phone, at the till by its key, and never mind again."""

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.shots import audit, page_at
from tests.e2e.conftest import Town

pytestmark = [pytest.mark.browser, pytest.mark.feature("member.offers", "offer.conditions")]
WAIT = 30_000.0
OFFER = {
    "name": "هر که بخواهد",
    "needs_activation": True,
    "then": [{"effect": "discount_percent", "bps": 1_000}],
}


def test_a_member_activates_an_offer_and_changes_their_mind(town: Town, browser: Browser) -> None:
    world, member = town.world, town.mobiles["club"]
    world.call("PUT", "/rules", {"rules": [OFFER]}, town.shop["api_key"])
    line = {"name": "گل", "quantity": 1, "unit_price": 10_000}
    sale = {"member": {"mobile": member}, "enrol": True, "lines": [line]}
    world.call("POST", "/purchases", sale, town.shop["api_key"])
    with page_at(browser, "phone", "light") as phone, page_at(browser, "desktop", "dark") as till:
        for page, door in ((phone, "club"), (till, "shop")):
            page.set_default_timeout(WAIT)
            page.context.add_cookies(town.cookies(door))  # type: ignore[arg-type]  # name, value, url
        phone.goto(f"{town.root('club')}/offers")
        tab = phone.context.new_page()  # of the same member, and left as it is
        tab.goto(f"{town.root('club')}/offers")
        assert audit(phone) == []
        phone.locator("main").get_by_role("button", name="فعال کردن").dblclick()
        expect(phone.locator("#toasts")).to_contain_text("فعال شد")
        expect(phone.locator("main")).to_contain_text("فعال است")
        assert audit(phone) == []
        tab.locator("main").get_by_role("button", name="فعال کردن").click()
        expect(tab.locator("main")).to_contain_text("فعال است")

        _type_sale(town, till, member)
        outcome = till.locator("#preview [data-outcome]")
        expect(outcome).to_contain_text("فعال است")
        expect(outcome.locator(".outcome__pay")).to_contain_text("۹٬۰۰۰")
        assert audit(till) == []
        till.keyboard.press("F9")
        expect(till.locator(".till__receipt")).to_contain_text("۹٬۰۰۰")

        phone.locator("main").get_by_role("button", name="منصرف شدم").click()
        expect(phone.locator("#toasts")).to_contain_text("غیرفعال شد")
        _type_sale(town, till, member)
        expect(outcome.locator("[data-activate]")).to_be_visible()
        expect(outcome.locator(".outcome__pay")).to_contain_text("۱۰٬۰۰۰")
        assert audit(till) == []
        # The customer has thought of it once more, and says so at the till.
        till.keyboard.press("F10")
        expect(outcome.locator(".outcome__pay")).to_contain_text("۹٬۰۰۰")
        expect(outcome.locator("[data-deactivate]")).to_be_visible()
        till.keyboard.press("F9")
        expect(till.locator(".till__receipt")).to_contain_text("۹٬۰۰۰")


def _type_sale(town: Town, till: Page, member: str) -> None:
    till.goto(f"{town.root('shop')}/till")
    till.fill("#f-member", member)
    till.fill("#f-lines-0-price", "10000")
