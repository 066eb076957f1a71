"""Pages for whoever reads them large, on little room, or without motion."""

import pytest
from playwright.sync_api import Browser, Page

from infra.shots import page_at

pytestmark = pytest.mark.browser

_SAMPLES = (
    *("mall-shops", "mall-fund", "mall-settlement", "mall-settings", "mall-shop-new"),
    *("mall-board", "shop-today", "shop-till", "shop-customers", "shop-purchase", "shop-fund"),
    "shop-segment-new",
    *("club-home", "club-history", "club-offers", "sign-in-member"),
)
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What has a scroll of its own (a table of figures, a row of tabs) may be wider than the page.
_OUT_OF_REACH = """() => {
    const burst = [...document.querySelectorAll(".figure, .figure__value, .card")]
        .filter(each => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1);
    const scrolls = each => each && each !== document.body && (
        /auto|scroll/.test(getComputedStyle(each).overflowX) || scrolls(each.parentElement));
    return [...document.querySelectorAll("main :is(a, button, input, select, h1, h2)")]
        .filter(each => each.checkVisibility() && each.getBoundingClientRect().width > 1)
        .filter(each => !scrolls(each.parentElement))
        .filter(each => {
            const { left, right } = each.getBoundingClientRect();
            return left < -1 || right > innerWidth + 1;
        })
        .concat(burst)
        .map(each => each.outerHTML.slice(0, 120));
}"""
# What stays in its place while one scrolls covers the rest.
_COVERED = """() => [...document.querySelectorAll("body *")]
    .filter(each => /fixed|sticky/.test(getComputedStyle(each).position) && each.checkVisibility())
    .filter(each => each.getBoundingClientRect().width > innerWidth / 2)
    .reduce((sum, each) => sum + each.getBoundingClientRect().height, 0) / innerHeight"""
_MOVING = """() => document.getAnimations().filter(each =>
    each.playState === "running" && each.effect.getComputedTiming().activeDuration > 1).length"""


# 200 % of a desktop's 1280 by 800 is a window of half the size; 400 % a quarter (WCAG 1.4.10).
@pytest.mark.parametrize(("across", "down"), [(640, 400), (320, 640)])
def test_nothing_is_lost_when_a_page_is_read_large(
    browser: Browser, preview: str, across: int, down: int
) -> None:
    with page_at(browser, "desktop", "light") as page:
        page.set_viewport_size({"width": across, "height": down})
        for name in _SAMPLES:
            page.goto(f"{preview}/{name}")
            assert page.evaluate(_WIDER) <= 0, name
            assert page.evaluate(_OUT_OF_REACH) == [], name
            assert page.evaluate(_COVERED) <= 0.45, name


# A table's box that is wider inside than outside cuts columns off, and nothing scrolls to them.
_CUT_OFF = """() => [...document.querySelectorAll("main .tablebox")]
    .filter(each => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1)
    .map(each => each.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("across", [683, 768, 1024])
def test_no_column_is_cut_off_between_a_phone_and_a_desk(
    browser: Browser, preview: str, across: int
) -> None:
    with page_at(browser, "desktop", "light") as page:
        page.set_viewport_size({"width": across, "height": 768})
        for name in ("mall-shops", "mall-fund", "shop-purchases", "shop-partners", "shop-customer"):
            page.goto(f"{preview}/{name}")
            assert page.evaluate(_CUT_OFF) == [], name


def test_nothing_moves_for_whom_motion_disturbs(browser: Browser, preview: str) -> None:
    with page_at(browser, "desktop", "light") as page:
        for name in ("styleguide", "shop-today", "mall-shops"):
            _busy(page, f"{preview}/{name}")
            assert page.evaluate(_MOVING) == 0, name
        page.emulate_media(reduced_motion="no-preference")
        _busy(page, f"{preview}/styleguide")
        assert page.evaluate(_MOVING) > 0


def _busy(page: Page, address: str) -> None:
    """The page, each of its buttons at work."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('.btn').forEach(each => each.ariaBusy = 'true')")
