"""The palette by keyboard: it opens, moves, says what is chosen, and goes there."""

import re

import pytest
from playwright.sync_api import Browser, Route, expect

from infra.shots import audit, page_at

pytestmark = pytest.mark.browser
_FOUND = """<div role="group" aria-labelledby="palette-g1"><p id="palette-g1">صفحه‌ها</p>
<a role="option" aria-selected="false" tabindex="-1" id="palette-1-1" href="/shop-today">امروز</a>
<a role="option" aria-selected="false" tabindex="-1" id="palette-1-2" href="/shop-till">صندوق</a>
</div>"""


def _answer(route: Route, asked: list[str]) -> None:
    """Two places for what is typed; before it the first alone, so that one sees what has come."""
    asked.append(route.request.url)
    first = "".join(_FOUND.splitlines(keepends=True)[:2]) + "</div>"
    found = first if route.request.url.endswith("q=") else _FOUND
    route.fulfill(body=found, content_type="text/html; charset=utf-8")


def test_the_palette_is_worked_by_keyboard(browser: Browser, preview: str) -> None:
    asked: list[str] = []
    with page_at(browser, "desktop", "light") as page:
        page.route("**/shop/find*", lambda route: _answer(route, asked))
        page.goto(f"{preview}/shop-offers")
        expect(page.locator("[data-palette-open]")).to_be_visible()
        page.keyboard.press("Control+k")
        box = page.get_by_role("combobox", name="نام صفحه")
        expect(box).to_be_focused()
        expect(box).to_have_attribute("aria-activedescendant", "palette-1-1")
        box.fill("صن")
        expect(page.locator("[data-palette-says]")).to_have_text("۲ مورد")
        assert audit(page) == []
        page.keyboard.press("ArrowUp")  # round the end
        expect(box).to_have_attribute("aria-activedescendant", "palette-1-2")
        expect(page.locator("#palette-1-2")).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("/shop-till$"))
    assert any("q=%D8%B5%D9%86" in address for address in asked)
