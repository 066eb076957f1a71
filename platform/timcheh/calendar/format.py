"""Dates for people: Jalali with Persian digits in Persian, Gregorian in English."""

from datetime import date, datetime, tzinfo
from enum import StrEnum

from timcheh.calendar.jalali import Jalali
from timcheh.calendar.local_day import TEHRAN
from timcheh.text.digits import persian_digits
from timcheh.text.locale import Locale

# Month names are calendar data (CLDR fa, Persian calendar), not texts of the product.
JALALI_MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
JALALI_MONTHS_IN_ENGLISH = (
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
)
GREGORIAN_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class DateStyle(StrEnum):
    """`long`: ۱۵ دی ۱۴۰۴ · `short`: ۱۴۰۴/۱۰/۱۵ · `day`: ۱۵ دی · the first two also with the time.

    `axis` is a day under a chart, where there is little room: ۱۵ دی, in English `5 Jan`.
    """

    LONG = "long"
    SHORT = "short"
    DAY = "day"
    AXIS = "axis"
    LONG_WITH_TIME = "long_with_time"
    SHORT_WITH_TIME = "short_with_time"


_WITH_TIME = {
    DateStyle.LONG_WITH_TIME: DateStyle.LONG,
    DateStyle.SHORT_WITH_TIME: DateStyle.SHORT,
}


def format_date(
    moment: date | datetime,
    locale: Locale = Locale.FA,
    style: DateStyle = DateStyle.LONG,
    zone: tzinfo = TEHRAN,
) -> str:
    """A date, or an aware moment as the mall's local day and, in the timed styles, `۱۴:۳۰`.

    A plain date has no time to show, so a timed style shows only its day.
    """
    clock = ""
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        local = moment.astimezone(zone)
        day = local.date()
        clock = f"{local:%H:%M}"
    else:
        day = moment
    bare = _WITH_TIME.get(style)
    written = _persian(day, bare or style) if locale is Locale.FA else _english(day, bare or style)
    if bare is not None and clock:
        separator = "، " if locale is Locale.FA else ", "
        written = f"{written}{separator}{clock}"
    return persian_digits(written) if locale is Locale.FA else written


def format_month(first: date, locale: Locale = Locale.FA, *, with_year: bool = True) -> str:
    """The Jalali month that a day lies in: `دی ۱۴۰۴`, in English `Dey 1404`."""
    year, month, _ = Jalali.of(first)
    name = (JALALI_MONTHS if locale is Locale.FA else JALALI_MONTHS_IN_ENGLISH)[month - 1]
    written = f"{name} {year}" if with_year else name
    return persian_digits(written) if locale is Locale.FA else written


def format_jalali(
    moment: date | datetime, style: DateStyle = DateStyle.LONG, zone: tzinfo = TEHRAN
) -> str:
    """`format_date` in Persian."""
    return format_date(moment, Locale.FA, style, zone)


def _persian(day: date, style: DateStyle) -> str:
    year, month, number = Jalali.of(day)
    if style is DateStyle.SHORT:
        return f"{year:04}/{month:02}/{number:02}"
    named = f"{number} {JALALI_MONTHS[month - 1]}"
    return named if style in (DateStyle.DAY, DateStyle.AXIS) else f"{named} {year}"


def _english(day: date, style: DateStyle) -> str:
    if style is DateStyle.SHORT:
        return day.isoformat()
    if style is DateStyle.AXIS:
        return f"{day.day} {GREGORIAN_MONTHS[day.month - 1][:3]}"
    named = f"{day.day} {GREGORIAN_MONTHS[day.month - 1]}"
    return named if style is DateStyle.DAY else f"{named} {day.year}"
