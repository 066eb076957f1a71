"""A chart's points by keyboard, and its table."""

import pytest
from playwright.sync_api import Browser, expect

from infra.shots import page_at

pytestmark = pytest.mark.browser


def test_the_points_of_a_chart_are_walked_and_say_their_values(
    browser: Browser, preview: str
) -> None:
    with page_at(browser, "desktop", "light") as page:
        page.goto(f"{preview}/styleguide")
        chart = page.locator("figure[aria-labelledby=sample-bars-title]")
        points = chart.locator(".chart__point")
        expect(points.last).to_have_attribute("tabindex", "0")
        expect(points.first).to_have_attribute("tabindex", "-1")
        points.last.focus()
        expect(points.last.locator(".chart__tip")).to_be_visible()
        page.keyboard.press("ArrowRight")  # right to left: the day before
        expect(points.nth(5)).to_be_focused()
        expect(points.nth(5).locator(".chart__tip")).to_have_text("پنجشنبه۴۱٬۰۰۰٬۰۰۰ تومان")
        page.keyboard.press("Home")
        expect(points.first).to_be_focused()
        chart.locator("summary").press("Enter")
        expect(chart.get_by_role("row").nth(1)).to_have_text("شنبه۱۴٬۰۰۰٬۰۰۰ تومان")
