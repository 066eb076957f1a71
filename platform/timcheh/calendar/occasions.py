"""Days of the year that are celebrated, by the Jalali or the Hijri (lunar) calendar.

Hijri dates are those of the Umm al-Qura calendar (hijridate). The moon seen in Iran may put a feast
a day later; whoever needs the day itself gives a day before and after.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from hijridate import Gregorian

from timcheh.calendar.jalali import Jalali, days_in_jalali_month

CalendarName = Literal["jalali", "hijri"]
_LONGEST_YEAR = 366


class Feast(NamedTuple):
    """A day that comes back each year of its calendar."""

    calendar: CalendarName
    month: int
    day: int


FEASTS: Mapping[str, Feast] = MappingProxyType(
    {
        "nowruz": Feast("jalali", 1, 1),
        "sizdah": Feast("jalali", 1, 13),
        "teachers_day": Feast("jalali", 2, 12),
        "yalda": Feast("jalali", 9, 30),
        "sepandarmazgan": Feast("jalali", 11, 29),
        "year_end": Feast("jalali", 12, 29),
        "mothers_day": Feast("hijri", 6, 20),
        "fathers_day": Feast("hijri", 7, 13),
        "mabas": Feast("hijri", 7, 27),
        "mid_shaban": Feast("hijri", 8, 15),
        "eid_fitr": Feast("hijri", 10, 1),
        "girls_day": Feast("hijri", 11, 1),
        "eid_ghorban": Feast("hijri", 12, 10),
        "eid_ghadir": Feast("hijri", 12, 18),
        "milad_nabi": Feast("hijri", 3, 17),
    }
)
"""Known by name. Mother's day is the birthday of Fatimah, father's day that of Ali."""


@lru_cache(maxsize=1024)
def next_feast(feast: Feast, on: date) -> date | None:
    """The first day of the feast that is `on` or later; None where the calendar ends (2077)."""
    for offset in range(_LONGEST_YEAR):
        if _falls(feast, on + timedelta(days=offset)):
            return on + timedelta(days=offset)
    return None


@lru_cache(maxsize=4096)
def days_from_feast(feast: Feast, on: date, before: int, after: int) -> int | None:
    """Days from the feast to `on` (negative: before it) if within the given days; else None."""
    for offset in range(-after, before + 1):
        if _falls(feast, on + timedelta(days=offset)):
            return -offset
    return None


@lru_cache(maxsize=4096)
def _falls(feast: Feast, day: date) -> bool:
    """Whether it is the feast's day; one on the 30th of a shorter month is on its last day."""
    if feast.calendar == "jalali":
        jalali = Jalali.of(day)
        last = days_in_jalali_month(jalali.year, feast.month)
        return (jalali.month, jalali.day) == (feast.month, min(feast.day, last))
    try:
        hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    except OverflowError:  # beyond what Umm al-Qura has been reckoned for
        return False
    return (hijri.month, hijri.day) == (feast.month, min(feast.day, hijri.month_length()))
