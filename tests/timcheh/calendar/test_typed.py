"""Days as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timcheh.calendar import BadDate, Jalali, read_day
from timcheh.calendar.format import JALALI_MONTHS
from timcheh.text.digits import persian_digits

BIRTHDAY = date(1983, 5, 26)


@pytest.mark.parametrize(
    "text",
    [
        "۱۳۶۲/۳/۵",
        "1362/03/05",
        "62/3/5",
        "5/3/1362",
        "۵-۳-۱۳۶۲",
        "1362.3.5",
        "13620305",
        "620305",
        "۵ خرداد ۱۳۶۲",
        "5خرداد 62",
        "۵ خرداد ماه ۱۳۶۲",
        "1983-05-26",
        "1983-05-26 00:00:00",
        "1362/3/5 14:30",
    ],
)
def test_every_usual_form_is_read(text: str) -> None:
    assert read_day(text) == BIRTHDAY


@pytest.mark.parametrize(
    "text", ["", "1362", "1362/13/1", "1363/12/30", "۵ فلان ۱۳۶۲", "99/99/9999", "5" * 41, "۱۳۶۲/۳"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadDate):
        read_day(text)


@given(st.dates(date(1922, 1, 1), date(2070, 1, 1)))
def test_what_is_written_is_read_back(day: date) -> None:
    year, month, number = Jalali.of(day)
    named = f"{number} {JALALI_MONTHS[month - 1]} {year}"
    for text in (f"{year}/{month}/{number}", f"{year:04}{month:02}{number:02}", named):
        assert read_day(text) == read_day(persian_digits(text)) == day
    assert read_day(day.isoformat()) == day or day.year < 1900
