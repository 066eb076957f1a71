"""What gets in the way of a form, for each audience: slow answers, a second click, the back button,
no network, a session that has ended, a page that is too old, another tab. Nothing typed is lost and
nothing is done twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from infra.shots import audit, page_at
from tests.e2e.conftest import PASSWORD, Town
from tests.e2e.test_member import code_of
from timcheh.ids import new_id

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Desk:
    """Somebody's form: where it is, what it is sent with, and what says that it was done."""

    door: str
    path: str
    verb: str
    done: str


DESKS = {
    "mall": Desk("mall", "/settings", "ذخیره", "تنظیمات ذخیره شد"),
    "shop": Desk("shop", "/segments/new", "ذخیره بخش", "ذخیره شد"),
    "club": Desk("club", "/profile", "ذخیره", "مشخصات شما ذخیره شد"),
}


@pytest.fixture(params=DESKS)
def desk(request: pytest.FixtureRequest) -> Desk:
    found: str = request.param
    return DESKS[found]


@pytest.fixture
def page(browser: Browser, town: Town, desk: Desk) -> Iterator[Page]:
    """The form, in front of whom it is for."""
    with page_at(browser, "phone" if desk.door == "club" else "desktop", "light") as page:
        page.context.add_cookies(town.cookies(desk.door))  # type: ignore[arg-type]  # name, value, url
        page.goto(town.root(desk.door) + desk.path)
        expect(name(page)).to_be_visible()
        yield page


def name(page: Page) -> Locator:
    return page.locator("main [name=name]")


def sent(page: Page, desk: Desk) -> Locator:
    return page.locator("main").get_by_role("button", name=desk.verb, exact=True)


def _unlike() -> str:
    return f"نام {new_id().hex[-6:]}"


_NOTES_BUSY = """() => new MutationObserver(found => {
    if (found.some(each => each.target.ariaBusy === "true")) sessionStorage.setItem("busy", "yes");
}).observe(document.body, {subtree: true, attributeFilter: ["aria-busy"]})"""


def test_a_slow_answer_is_waited_for_and_a_form_is_sent_once(page: Page, desk: Desk) -> None:
    held: list[Route] = []
    page.route(
        f"**{desk.path}",
        lambda route: held.append(route) if route.request.method == "POST" else route.continue_(),
    )
    page.evaluate(_NOTES_BUSY)
    name(page).fill(_unlike())
    with page.expect_request(lambda request: request.method == "POST"):
        sent(page, desk).dblclick()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    held[0].continue_()
    expect(page.locator("#toasts")).to_contain_text(desk.done)
    assert len(held) == 1
    assert page.evaluate("sessionStorage.busy") == "yes"

    page.unroute(f"**{desk.path}")
    # The way back leads to a form that works, and asks for nothing to be sent again.
    page.goto(f"{page.url.split(desk.path)[0]}")
    page.go_back()
    if not name(page).count():
        page.go_back()
    name(page).fill(_unlike())
    sent(page, desk).click()
    expect(page.locator("#toasts")).to_contain_text(desk.done)


def test_what_was_typed_outlives_the_network_the_session_and_the_page(
    page: Page, town: Town, desk: Desk
) -> None:
    toasts, typed = page.locator("#toasts"), _unlike()
    name(page).fill(typed)
    page.context.set_offline(True)
    sent(page, desk).click()
    expect(toasts).to_contain_text("اینترنت نیست")
    expect(name(page)).to_have_value(typed)
    assert audit(page) == []

    page.context.set_offline(False)
    expect(toasts).not_to_contain_text("اینترنت نیست")
    page.context.clear_cookies()
    sent(page, desk).click()
    page.wait_for_url("**/sign-in")
    _sign_in(page, town, desk.door)
    page.wait_for_url(f"**{desk.path}")
    expect(name(page)).to_have_value(typed)
    expect(toasts).to_contain_text("آنچه نوشته بودید اینجاست")
    assert audit(page) == []

    # Signed in anew in another tab: this page's token is of the old session.
    page.context.add_cookies(town.cookies(desk.door))  # type: ignore[arg-type]  # name, value, url
    sent(page, desk).click()
    expect(page.get_by_role("heading")).to_have_text("صفحه قدیمی شده است")
    page.get_by_role("link", name="بازگشت").click()
    expect(name(page)).to_have_value(typed)
    sent(page, desk).click()
    expect(toasts).to_contain_text(desk.done)


def _sign_in(page: Page, town: Town, door: str) -> None:
    page.fill("[name=mobile]", town.mobiles[door])
    if door != "club":
        page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    if door == "club":
        page.wait_for_url(re.compile("/sign-in/code"))
        code = code_of(page, town.world.base, town.mobiles[door])
        page.locator("[name=code]").press_sequentially(code)


def test_conditions_come_back_as_they_were_built(browser: Browser, town: Town) -> None:
    """Rows that the page does not have of itself."""
    with page_at(browser, "desktop", "dark") as page:
        page.context.add_cookies(town.cookies("shop"))  # type: ignore[arg-type]  # name, value, url
        page.goto(town.root("shop") + DESKS["shop"].path)
        name(page).fill("خریداران بزرگ")
        page.select_option("#f-when-0-0-fact", "customer.spend")
        page.locator("#f-when-0-0-value").fill("5000000")
        page.context.clear_cookies()
        page.get_by_role("button", name="شرط دیگر").first.click()
        page.wait_for_url("**/sign-in*")
        _sign_in(page, town, "shop")
        page.wait_for_url("**/segments/new")
        expect(name(page)).to_have_value("خریداران بزرگ")
        expect(page.locator("#f-when-0-0-value")).to_have_value("۵٬۰۰۰٬۰۰۰")


def test_of_two_tabs_the_later_is_told(browser: Browser, town: Town) -> None:
    """The mall's settings and a shop's segment: nobody's change is lost unseen."""
    with page_at(browser, "desktop", "light") as first:
        context = first.context
        context.add_cookies(town.cookies("mall") + town.cookies("shop"))  # type: ignore[arg-type]  # name, value, url
        first.goto(town.root("shop") + "/segments/new")
        name(first).fill(_unlike())
        first.select_option("#f-when-0-0-fact", "customer.spend")
        first.locator("#f-when-0-0-value").fill("5000000")
        sent(first, DESKS["shop"]).click()
        first.wait_for_url(re.compile("/segments/[0-9a-f-]{36}$"))
        second = context.new_page()
        for address, verb, takes in (
            (f"{first.url}/edit", "ذخیره بخش", False),
            (town.root("mall") + "/settings", "ذخیره", True),
        ):
            for tab in (first, second):
                tab.goto(address)
            theirs, typed = _unlike(), _unlike()
            name(first).fill(theirs)
            first.get_by_role("button", name=verb, exact=True).click()
            expect(first.locator("#toasts")).to_contain_text("ذخیره شد")
            name(second).fill(typed)
            second.get_by_role("button", name=verb, exact=True).click()
            told = second.locator("[data-mistakes]")
            expect(told).to_contain_text("این را عوض کرده")
            expect(told.get_by_role("link", name="نام")).to_be_visible()
            expect(name(second)).to_have_value(typed)
            assert audit(second) == []
            if takes:
                second.get_by_role("button", name="همین بماند").click()
            second.get_by_role("button", name=verb, exact=True).click()
            expect(second.locator("#toasts")).to_contain_text("ذخیره شد")
            second.goto(address)
            expect(name(second)).to_have_value(theirs if takes else typed)
