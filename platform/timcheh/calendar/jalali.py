"""Jalali (Solar Hijri) dates, converted by persiantools."""

import re
from datetime import date
from typing import NamedTuple

from persiantools.jdatetime import JalaliDate

from timcheh.text.digits import digits_to_latin

_MONTHS = 12
_WRITTEN = re.compile(r"(\d{4})[/\-.](\d{1,2})[/\-.](\d{1,2})")


class Jalali(NamedTuple):
    """A Jalali date; `month` 1 is Farvardin."""

    year: int
    month: int
    day: int

    @classmethod
    def of(cls, day: date) -> "Jalali":
        """The Jalali date of a Gregorian one (year 622 or later; ValueError otherwise)."""
        converted = JalaliDate.to_jalali(day.year, day.month, day.day)  # type: ignore[no-untyped-call]
        return cls(converted.year, converted.month, converted.day)

    def to_date(self) -> date:
        """The Gregorian date; ValueError if there is no such Jalali day."""
        jalali = JalaliDate(self.year, self.month, self.day)  # type: ignore[no-untyped-call]
        return jalali.to_gregorian()


class BadDate(ValueError):
    """Text that isn't a Jalali date."""

    code = "bad_date"


def parse_jalali(text: str) -> date:
    """A date typed as `۱۴۰۴/۱۰/۱۵` (any digits; `/`, `-` or `.`). BadDate if it isn't one."""
    written = _WRITTEN.fullmatch(digits_to_latin(text).strip())
    if written is None:
        raise BadDate(text)
    try:
        return Jalali(*map(int, written.groups())).to_date()
    except ValueError:
        raise BadDate(text) from None


def days_in_jalali_month(year: int, month: int) -> int:
    """29, 30 or 31."""
    days: int = JalaliDate.days_in_month(month, year)
    return days


def add_jalali_months(day: date, months: int) -> date:
    """The same Jalali day `months` later (or earlier), or that month's last day if shorter.

    Expiry "in n months" counts Jalali months: 31 Shahrivar + 1 is 30 Mehr.
    """
    start = Jalali.of(day)
    year, month = divmod(start.year * _MONTHS + start.month - 1 + months, _MONTHS)
    last = days_in_jalali_month(year, month + 1)
    return Jalali(year, month + 1, min(start.day, last)).to_date()


def days_until_birthday(birthday: date, on: date) -> int:
    """Days from `on` to the next Jalali anniversary of `birthday`; 0 on the day itself.

    Someone born on 30 Esfand of a leap year has it on 29 Esfand of the common ones.
    """
    born = Jalali.of(birthday)
    year = Jalali.of(on).year
    this_year = _anniversary(born, year)
    coming = this_year if this_year >= on else _anniversary(born, year + 1)
    return (coming - on).days


def _anniversary(born: Jalali, year: int) -> date:
    last = days_in_jalali_month(year, born.month)
    return Jalali(year, born.month, min(born.day, last)).to_date()
