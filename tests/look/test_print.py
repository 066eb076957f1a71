"""What a page says, on paper: without the shell and its buttons, dark on white, and whole."""

import pytest
from playwright.sync_api import Browser

from infra.shots import page_at

pytestmark = pytest.mark.browser

PRINTED = [
    "mall-fund",
    "mall-board",
    "mall-proof",
    "mall-settlement",
    "shop-customers",
    "shop-customer",
    "shop-fund",
    "shop-door",
    "shop-invoice",
    "club-history",
]
"""Of the samples those that somebody would print."""
PAPER = {"width": 688, "height": 1017}  # A4 within its margins
_ACTS = "main :is(.btn, .chip, .pager, .tabs, input[type=search])"
_SEEN = """acts => {
    const there = { visibilityProperty: true };
    const seen = each => each.checkVisibility(there) && each.innerText?.trim();
    const apart = each => !each.closest("main") && !each.querySelector("main");
    const every = [...document.body.querySelectorAll("*")];
    const around = every.filter(each => apart(each) && seen(each));
    const within = [...document.querySelectorAll(acts)].filter(seen);
    return [...around, ...within].map(each => each.className || each.tagName);
}"""
_CUT = """() => [...document.querySelectorAll("main table")].filter(table => {
    const { left, right } = table.getBoundingClientRect();
    return left < -1 || right > innerWidth + 1;
}).map(table => table.className)"""
_LIGHTNESS = """() => {
    const { color } = getComputedStyle(document.querySelector("h1"));
    return Number(/oklch\\(([\\d.]+)/.exec(color)[1]);
}"""


def test_what_is_printed_is_the_page_alone(browser: Browser, preview: str) -> None:
    with page_at(browser, "desktop", "dark") as page:
        page.set_viewport_size(PAPER)  # type: ignore[arg-type]  # a width and a height
        page.emulate_media(media="print", color_scheme="dark")
        for name in PRINTED:
            page.goto(f"{preview}/{name}")
            assert page.evaluate(_SEEN, _ACTS) == [], name
            assert page.evaluate(_CUT) == [], name
            assert page.evaluate(_LIGHTNESS) < 0.3, name
