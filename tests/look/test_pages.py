"""The sample pages in Chromium: axe, width, weight, and what the scripts do."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Response, Route

from infra.shots import audit, page_at
from tests.folders import of_folder
from tests.hypotheses import QUICK
from tests.web_support.preview import NOW, renderer
from tests.web_support.samples import pages

pytestmark = pytest.mark.browser

renderer()
NAMES = list(pages(NOW))
FIRST_LOAD_BYTES = 150 * 1024
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


Window = Callable[[str, str], Page]


@pytest.fixture
def window(request: pytest.FixtureRequest, browser: Browser) -> Window:
    """One page for each width and theme: a new one takes a process and a second of CPU, and
    hundreds of samples are looked at. What a sample leaves behind are cookies alone.
    """
    return of_folder(request, lambda: _windows(browser))


@contextmanager
def _windows(browser: Browser) -> Iterator[Window]:
    with ExitStack() as stack:

        @cache
        def at(width: str, theme: str) -> Page:
            return stack.enter_context(page_at(browser, width, theme))  # type: ignore[arg-type]

        yield at


VIEWS = [("phone", "light", "fa"), ("desktop", "dark", "en")]


# Each sample is looked at: by day half of them as a phone shows them, the others as a desktop does.
LOOKS = [
    (name, *view)
    for at, name in enumerate(NAMES)
    for number, view in enumerate(VIEWS)
    if not QUICK or (at + number) % 2 == 0
]


@pytest.mark.parametrize(("name", "width", "theme", "language"), LOOKS)
def test_a_page_is_accessible_and_fits(
    window: Window, preview: str, name: str, width: str, theme: str, language: str
) -> None:
    page = window(width, theme)
    page.goto("about:blank")
    page.context.clear_cookies()
    with _problems(page) as problems:
        page.goto(f"{preview}/{name}?lang={language}")
        direction = "rtl" if language == "fa" else "ltr"
        assert page.evaluate("getComputedStyle(document.body).direction") == direction
        assert page.evaluate(_OVERFLOW) <= 0
        assert audit(page) == []
        assert problems == []


@pytest.mark.parametrize("name", ["shop-till", "mall-fund", "club-home", "sign-in-member"])
def test_a_first_visit_weighs_little(browser: Browser, preview: str, name: str) -> None:
    answers: list[Response] = []
    with page_at(browser, "phone", "light") as page:
        page.on("response", lambda answer: answers.append(answer))
        page.goto(f"{preview}/{name}", wait_until="networkidle")
        weight = sum(_sent(answer) for answer in answers)
    assert weight <= FIRST_LOAD_BYTES


def _sent(answer: Response) -> int:
    """Bytes as a compressing server sends them; fonts are compressed in themselves."""
    body = answer.body()
    return len(body) if answer.url.endswith(".woff2") else len(gzip.compress(body))


@contextmanager
def _problems(page: Page) -> Iterator[list[str]]:
    """What the page complains of inside the block."""
    found: list[str] = []

    def on_line(line: ConsoleMessage) -> None:
        found.extend([line.text] * (line.type == "error"))

    def on_error(error: Error) -> None:
        found.append(str(error))

    page.on("console", on_line)
    page.on("pageerror", on_error)
    yield found
    page.remove_listener("console", on_line)
    page.remove_listener("pageerror", on_error)


def test_money_is_grouped_and_spelled_while_typed(browser: Browser, preview: str) -> None:
    with page_at(browser, "desktop", "light") as page:
        page.goto(f"{preview}/mall-shop-new")
        field = page.locator("#f-credit_limit")
        field.fill("")
        field.press_sequentially("12345000")
        assert field.input_value() == "۱۲٬۳۴۵٬۰۰۰"
        spelled = page.locator("#f-credit_limit-live").inner_text()
        assert spelled == "دوازده میلیون و سیصد و چهل و پنج هزار تومان"


def test_latin_digits_show_as_persian_and_the_caret_stays(browser: Browser, preview: str) -> None:
    with page_at(browser, "phone", "light") as page:
        page.goto(f"{preview}/sign-in-member")
        field = page.locator("#f-mobile")
        field.press_sequentially("0912")
        field.press("ArrowLeft")
        field.press("5")
        assert field.input_value() == "۰۹۱۵۲"


def test_the_mistakes_take_focus_and_lead_to_their_fields(browser: Browser, preview: str) -> None:
    with page_at(browser, "phone", "light") as page:
        page.goto(f"{preview}/mall-shop-bad")
        assert page.evaluate("document.activeElement.hasAttribute('data-mistakes')")
        page.get_by_role("alert").get_by_role("link").first.click()
        assert page.evaluate("document.activeElement.id") == "f-slug"


def test_the_theme_is_remembered(browser: Browser, preview: str) -> None:
    with page_at(browser, "desktop", "light") as page:
        page.goto(f"{preview}/styleguide")
        before = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.locator("[data-theme-set=dark]").click()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
        assert "theme=dark" in page.evaluate("document.cookie")


def test_a_row_is_a_link_also_by_keyboard(browser: Browser, preview: str) -> None:
    with page_at(browser, "desktop", "light") as page:
        page.goto(f"{preview}/mall-shops")
        page.locator("tbody tr a").first.focus()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.textContent") == "لاله"
        with page.expect_navigation(url="**/shops/shop-2", wait_until="commit"):
            page.locator("tbody tr").nth(2).locator("td").nth(1).click()


def test_places_open_on_a_phone_and_close_with_escape(browser: Browser, preview: str) -> None:
    with page_at(browser, "phone", "light") as page:
        page.goto(f"{preview}/shop-today")
        assert not page.locator("#places").is_visible()
        page.locator(".portal__bar button").click()
        assert page.locator("#places").is_visible()
        assert audit(page) == []
        page.keyboard.press("Escape")
        assert not page.locator("#places").is_visible()


def test_a_dialog_asks_once_and_gives_focus_back(browser: Browser, preview: str) -> None:
    with page_at(browser, "desktop", "light") as page:
        page.goto(f"{preview}/mall-settlement")
        opener = page.locator("[data-opens=approve]")
        opener.click()
        assert page.locator("#approve").is_visible()
        assert audit(page) == []
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.dataset.opens") == "approve"


def _answer(route: Route, asked: list[str]) -> None:
    asked.append(route.request.post_data or "")
    route.fulfill(body="<p>ok</p>")


@pytest.mark.feature("sale.order")
def test_the_till_is_worked_by_keyboard(browser: Browser, preview: str) -> None:
    asked: list[str] = []
    with page_at(browser, "desktop", "light") as page:
        page.route("**/till/preview", lambda route: _answer(route, asked))
        page.goto(f"{preview}/shop-till-empty")
        page.keyboard.type("09121234567")
        for typed in ("", "رز", "2", "240000"):
            page.keyboard.type(typed)
            page.keyboard.press("Enter")
        assert page.locator("[data-line]").count() == 2
        page.keyboard.press("F4")
        page.locator("#preview").get_by_text("ok").wait_for()
        assert page.locator("[name=lines-0-price]").input_value() == "۲۴۰٬۰۰۰"
        page.locator("[data-line]").nth(1).locator("[data-line-remove]").click()
        assert page.locator("[data-line]").count() == 1
    assert "spend_credit=max" in asked[-1]
