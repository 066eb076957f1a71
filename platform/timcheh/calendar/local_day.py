"""The day as the mall lives it: local date, hour and weekday of a UTC moment."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

TEHRAN = ZoneInfo("Asia/Tehran")  # +03:30, no daylight saving since 2023

WEEKDAYS = ("saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday")
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(2300, 1, 1, tzinfo=UTC)
"""Between these every moment has a Jalali date, a day in each zone and room for a century's expiry;
at the ends of Python's own calendar a change of zone alone overflows."""

_SATURDAY = 5  # in Python's numbering, where Monday is 0


def is_plausible(moment: datetime) -> bool:
    """Whether an aware moment is one that the product can reckon with."""
    return EARLIEST <= _aware(moment) < LATEST


def local_date(moment: datetime, zone: tzinfo = TEHRAN) -> date:
    """The calendar day of an aware moment in the mall's zone."""
    return _aware(moment).astimezone(zone).date()


def local_hour(moment: datetime, zone: tzinfo = TEHRAN) -> int:
    """The hour 0–23 of an aware moment in the mall's zone."""
    return _aware(moment).astimezone(zone).hour


def weekday_name(moment: datetime, zone: tzinfo = TEHRAN) -> str:
    """One of `WEEKDAYS`; the week starts on Saturday."""
    return WEEKDAYS[(local_date(moment, zone).weekday() - _SATURDAY) % len(WEEKDAYS)]


def day_bounds(day: date, zone: tzinfo = TEHRAN) -> tuple[datetime, datetime]:
    """The UTC moments where the local day begins and where the next one does (exclusive)."""
    start = datetime.combine(day, time.min, zone)
    end = datetime.combine(day + timedelta(days=1), time.min, zone)
    return start.astimezone(UTC), end.astimezone(UTC)


def days_between(earlier: datetime, later: datetime, zone: tzinfo = TEHRAN) -> int:
    """Whole local days from one moment to another: yesterday 23:59 to today 00:01 is 1."""
    return (local_date(later, zone) - local_date(earlier, zone)).days


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment
