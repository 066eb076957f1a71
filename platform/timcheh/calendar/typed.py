"""Days as people write them, in forms and in the spreadsheets of years."""

import re
from datetime import date
from typing import Final

from timcheh.calendar.format import JALALI_MONTHS
from timcheh.calendar.jalali import BadDate, Jalali
from timcheh.text.normalise import normalise

_NUMBERS: Final = re.compile(r"(\d{1,4})[/\-. ](\d{1,2})[/\-. ](\d{1,4})", re.ASCII)
_RUN: Final = re.compile(r"(\d{4}|\d{2})(\d{2})(\d{2})", re.ASCII)
_NAMED: Final = re.compile(r"(\d{1,2}) ?(\D{2,10}?) ?(?:ماه )?(\d{4}|\d{2})", re.ASCII)
_CLOCK: Final = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$", re.ASCII)
_MONTHS: Final = {normalise(name): number for number, name in enumerate(JALALI_MONTHS, 1)}
_MONTHS["امرداد"] = _MONTHS["مرداد"]
_FIRST_GREGORIAN: Final = 1900
_CENTURY: Final = 1300
"""Jalali years of two digits are of this one: people write 62 of 1362, hardly anyone 03 of 1403."""
_LONGEST: Final = 40


def read_day(text: str) -> date:
    """A day in any usual form; BadDate if it is none. Any digits, and a time after it is dropped.

    Jalali `1362/3/5`, `62/3/5`, `5/3/1362`, `13620305`, `5 خرداد 1362` (with `-`, `.` or a space
    as well as `/`); Gregorian where the year is 1900 or later: `1983-05-26`.
    """
    if len(text) > _LONGEST:
        raise BadDate(text)
    plain = _CLOCK.sub("", normalise(text).replace("\u200c", " "))
    try:
        return _day(*_parts(plain))
    except ValueError:
        raise BadDate(text) from None


def _parts(text: str) -> tuple[int, int, int]:
    """Year, month and day. ValueError for what has none."""
    if named := _NAMED.fullmatch(text):
        month = _MONTHS.get(named[2].strip())
        if month is None:
            raise ValueError
        return int(named[3]), month, int(named[1])
    if found := _NUMBERS.fullmatch(text) or _RUN.fullmatch(text):
        first, second, third = found.groups()
        if len(third) > 2:  # the day came first
            return int(third), int(second), int(first)
        return int(first), int(second), int(third)
    raise ValueError


def _day(year: int, month: int, day: int) -> date:
    if year >= _FIRST_GREGORIAN:
        return date(year, month, day)
    return Jalali(year if year > 99 else _CENTURY + year, month, day).to_date()
