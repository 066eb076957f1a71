"""Periods in which something is given once: a Jalali month, a Jalali year, or all time."""

from datetime import datetime
from typing import Final

from timcheh.calendar import Jalali, day_bounds, local_date

PERIODS: Final = ("ever", "year", "month")


def period_of(kind: str, now: datetime) -> tuple[str, datetime | None]:
    """The name of the current period and when it began: a Jalali month or year, or all time."""
    if kind == "ever":
        return "", None
    today = Jalali.of(local_date(now))
    month = today.month if kind == "month" else 1
    first = Jalali(today.year, month, 1)
    name = f"{first.year}-{month:02d}" if kind == "month" else str(first.year)
    return name, day_bounds(first.to_date())[0]
