"""The calendar of Jalali days: by keyboard, by touch, by typing; and its arithmetic."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.shots import audit, page_at
from timcheh.calendar import Jalali

pytestmark = pytest.mark.browser
_EPOCH = date(1970, 1, 1)


def _open(page: Page, preview: str, name: str) -> None:
    page.goto(f"{preview}/styleguide")
    page.locator(f"[data-day-open=f-{name}]").click()
    expect(page.locator("dialog.calendar")).to_be_visible()


def test_a_day_is_chosen_by_keyboard(browser: Browser, preview: str) -> None:
    with page_at(browser, "desktop", "light") as page:
        _open(page, preview, "starts")
        focused = page.locator(":focus")
        expect(focused).to_have_attribute("aria-label", "جمعه ۵ دی ۱۴۰۴")
        assert audit(page) == []
        for key, label in (
            ("ArrowLeft", "شنبه ۶ دی ۱۴۰۴"),  # right to left: the next day
            ("ArrowDown", "شنبه ۱۳ دی ۱۴۰۴"),
            ("End", "جمعه ۱۹ دی ۱۴۰۴"),
            ("PageDown", "یکشنبه ۱۹ بهمن ۱۴۰۴"),
            ("Shift+PageUp", "جمعه ۱۹ بهمن ۱۴۰۳"),
        ):
            page.keyboard.press(key)
            expect(focused).to_have_attribute("aria-label", label)
        page.keyboard.press("Enter")
        expect(page.locator("dialog.calendar")).to_have_count(0)
        expect(page.locator("#f-starts")).to_have_value("۱۴۰۳/۱۱/۱۹")
        expect(page.locator("[data-day-open=f-starts]")).to_be_focused()


def test_a_month_and_a_year_are_jumped_to_and_escape_changes_nothing(
    browser: Browser, preview: str
) -> None:
    with page_at(browser, "phone", "dark") as page:
        _open(page, preview, "starts")
        page.locator("[data-year]").select_option("1363")
        page.locator("[data-month]").select_option("12")
        expect(page.locator("dialog [data-title]")).to_have_text("اسفند ۱۳۶۳")
        assert page.locator("dialog td button").count() == 29
        page.keyboard.press("Escape")
        expect(page.locator("dialog.calendar")).to_have_count(0)
        expect(page.locator("#f-starts")).to_have_value("۱۴۰۴/۱۰/۰۵")


def test_a_range_is_chosen_in_two_steps_or_at_once(browser: Browser, preview: str) -> None:
    with page_at(browser, "desktop", "light") as page:
        _open(page, preview, "since")
        days = page.locator("dialog td button")
        days.filter(has_text="۱۰").click()
        expect(page.locator("#f-since")).to_have_value("۱۴۰۴/۰۹/۱۰")
        days.filter(has_text="۲۰").hover()
        expect(page.locator("td.is-between")).to_have_count(9)
        days.filter(has_text="۲۰").click()
        expect(page.locator("#f-until")).to_have_value("۱۴۰۴/۰۹/۲۰")
        for preset, first, last in (  # the samples' today is Sunday, 30 Azar 1404
            ("week", "۱۴۰۴/۰۹/۲۲", "۱۴۰۴/۰۹/۲۸"),
            ("month", "۱۴۰۴/۰۸/۰۱", "۱۴۰۴/۰۸/۳۰"),
            ("nowruz", "۱۴۰۴/۰۱/۰۱", "۱۴۰۴/۰۹/۳۰"),
        ):
            page.locator("[data-day-open=f-since]").click()
            page.locator(f"[data-preset={preset}]").click()
            expect(page.locator("#f-since")).to_have_value(first)
            expect(page.locator("#f-until")).to_have_value(last)


def test_what_is_typed_stays_and_is_written_out(browser: Browser, preview: str) -> None:
    with page_at(browser, "desktop", "light") as page:
        page.goto(f"{preview}/styleguide")
        expect(page.locator("[data-day-open=f-starts]")).to_be_visible()
        field = page.locator("#f-starts")
        for typed, shown in (
            ("14040607", "۱۴۰۴/۰۶/۰۷"),
            ("1404-1-2", "۱۴۰۴/۰۱/۰۲"),
            ("فردا", "فردا"),
        ):
            field.fill(typed)
            field.blur()
            expect(field).to_have_value(shown)


def test_the_browser_reckons_as_the_server_does(browser: Browser, preview: str) -> None:
    days = [Jalali(year, month, 1).to_date() for year in range(1300, 1431) for month in (1, 12)]
    days += [each - timedelta(days=1) for each in days]
    with page_at(browser, "desktop", "light") as page:
        page.goto(f"{preview}/styleguide")
        expect(page.locator("[data-day-open=f-starts]")).to_be_visible()
        found = page.evaluate(
            """async numbers => {
                const url = JSON.parse(document.querySelector('script[type=importmap]').textContent)
                  .imports['/static/js/jalali.js'];
                const { toJalali, fromJalali, weekday } = await import(url);
                return numbers.map((at) => {
                    const { year, month, day } = toJalali(at);
                    return [year, month, day, weekday(at), fromJalali(year, month, day)];
                });
            }""",
            [(each - _EPOCH).days for each in days],
        )
    assert found == [
        [*Jalali.of(each), (each.weekday() + 2) % 7, (each - _EPOCH).days] for each in days
    ]
