from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timcheh.calendar import (
    WEEKDAYS,
    DateStyle,
    Jalali,
    add_jalali_months,
    day_bounds,
    days_between,
    days_in_jalali_month,
    days_until_birthday,
    format_date,
    format_jalali,
    local_date,
    local_hour,
    parse_jalali,
    weekday_name,
)
from timcheh.calendar.jalali import BadDate
from timcheh.calendar.relative import format_relative
from timcheh.text.locale import Locale

dates = st.dates(date(1900, 1, 1), date(2100, 12, 31))
NOON = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)  # 12:00 in Tehran


@pytest.mark.parametrize(
    ("jalali", "gregorian"),
    [
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
        ((1404, 10, 15), date(2026, 1, 5)),
        ((1357, 11, 22), date(1979, 2, 11)),
    ],
)
def test_jalali_and_gregorian(jalali: tuple[int, int, int], gregorian: date) -> None:
    assert Jalali.of(gregorian) == jalali
    assert Jalali(*jalali).to_date() == gregorian


@given(dates)
def test_conversion_is_its_own_inverse(day: date) -> None:
    assert Jalali.of(day).to_date() == day


def test_leap_years() -> None:
    leap = [year for year in range(1395, 1413) if days_in_jalali_month(year, 12) == 30]
    assert leap == [1395, 1399, 1403, 1408, 1412]


@pytest.mark.parametrize("text", ["1404/10/15", "۱۴۰۴/۱۰/۱۵", " ۱۴۰۴-۱۰-۱۵ ", "١٤٠٤.١٠.١٥"])
def test_typed_dates(text: str) -> None:
    assert parse_jalali(text) == date(2026, 1, 5)


@pytest.mark.parametrize(
    "text", ["", "1404/13/01", "1404/12/30", "1404/10", "15 دی ۱۴۰۴", "0000/1/1"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(BadDate) as caught:
        parse_jalali(text)
    assert caught.value.code == "bad_date"


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ((1404, 6, 31), 1, (1404, 7, 30)),
        ((1404, 6, 31), 6, (1404, 12, 29)),
        ((1403, 12, 30), 12, (1404, 12, 29)),
        ((1404, 11, 30), 2, (1405, 1, 30)),
        ((1404, 1, 15), -1, (1403, 12, 15)),
        ((1404, 1, 15), 0, (1404, 1, 15)),
        ((1404, 12, 1), 1, (1405, 1, 1)),
    ],
)
def test_months_are_jalali(
    start: tuple[int, int, int], months: int, end: tuple[int, int, int]
) -> None:
    assert add_jalali_months(Jalali(*start).to_date(), months) == Jalali(*end).to_date()


@given(dates, st.integers(0, 240))
def test_adding_months_moves_exactly_that_many(day: date, months: int) -> None:
    before, after = Jalali.of(day), Jalali.of(add_jalali_months(day, months))
    assert (after.year - before.year) * 12 + after.month - before.month == months
    assert after.day == min(before.day, days_in_jalali_month(after.year, after.month))


@pytest.mark.parametrize(
    ("born", "on", "days"),
    [
        ((1370, 10, 15), (1404, 10, 15), 0),
        ((1370, 10, 16), (1404, 10, 15), 1),
        ((1370, 10, 14), (1404, 10, 15), 364),
        ((1370, 12, 30), (1404, 12, 28), 1),  # 1404 is common: the 29th
        ((1370, 12, 30), (1403, 12, 28), 2),  # 1403 is leap: the 30th
        ((1370, 12, 30), (1404, 12, 29), 0),
    ],
)
def test_birthdays_are_jalali(
    born: tuple[int, int, int], on: tuple[int, int, int], days: int
) -> None:
    assert days_until_birthday(Jalali(*born).to_date(), Jalali(*on).to_date()) == days


@given(dates, dates)
def test_a_birthday_is_never_more_than_a_year_away(birthday: date, on: date) -> None:
    days = days_until_birthday(birthday, on)
    assert 0 <= days <= 366
    then = Jalali.of(on + timedelta(days=days))
    born = Jalali.of(birthday)
    assert then.month == born.month
    assert then.day == born.day or (born.day, then.day) == (30, 29)


def test_the_tehran_day() -> None:
    late = datetime(2026, 1, 4, 20, 30, tzinfo=UTC)
    assert local_date(late) == date(2026, 1, 5)
    assert local_date(late - timedelta(seconds=1)) == date(2026, 1, 4)
    assert local_hour(late) == 0
    assert day_bounds(date(2026, 1, 5)) == (late, late + timedelta(days=1))
    assert days_between(late - timedelta(seconds=1), late) == 1
    assert local_date(late, ZoneInfo("UTC")) == date(2026, 1, 4)
    with pytest.raises(ValueError):
        local_date(datetime(2026, 1, 5))


def test_the_week_begins_on_saturday() -> None:
    saturday = datetime(2026, 1, 3, 12, tzinfo=UTC)
    names = [weekday_name(saturday + timedelta(days=n)) for n in range(7)]
    assert tuple(names) == WEEKDAYS
    assert weekday_name(NOON) == "monday"


def test_formats() -> None:
    assert format_jalali(NOON) == "۱۵ دی ۱۴۰۴"
    assert format_jalali(NOON, DateStyle.SHORT) == "۱۴۰۴/۱۰/۱۵"
    assert format_jalali(NOON, DateStyle.DAY) == "۱۵ دی"
    assert format_jalali(NOON, DateStyle.AXIS) == "۱۵ دی"
    assert format_date(NOON, Locale.EN, DateStyle.AXIS) == "5 Jan"
    assert format_jalali(NOON, DateStyle.LONG_WITH_TIME) == "۱۵ دی ۱۴۰۴، ۱۲:۰۰"
    assert format_jalali(date(2025, 3, 21), DateStyle.SHORT_WITH_TIME) == "۱۴۰۴/۰۱/۰۱"
    assert format_date(NOON, Locale.EN) == "5 January 2026"
    assert format_date(NOON, Locale.EN, DateStyle.SHORT_WITH_TIME) == "2026-01-05, 12:00"
    with pytest.raises(ValueError):
        format_date(datetime(2026, 1, 5))


@pytest.mark.parametrize(
    ("days", "persian", "english"),
    [
        (0, "امروز", "today"),
        (-1, "دیروز", "yesterday"),
        (1, "فردا", "tomorrow"),
        (-3, "۳ روز پیش", "3 days ago"),
        (2, "۲ روز دیگر", "in 2 days"),
        (-8, "۷ دی ۱۴۰۴", "28 December 2025"),
    ],
)
def test_near_days_have_names(days: int, persian: str, english: str) -> None:
    moment = NOON + timedelta(days=days)
    assert format_relative(moment, NOON) == persian
    assert format_relative(moment, NOON, Locale.EN) == english
