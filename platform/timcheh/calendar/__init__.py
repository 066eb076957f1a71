"""Jalali dates and the mall's day. Stored times are UTC; people see Tehran and Jalali.

`calendar.relative` isn't imported here because it needs the catalogue, which stands on this.
"""

from timcheh.calendar.format import DateStyle, format_date, format_jalali, format_month
from timcheh.calendar.jalali import (
    BadDate,
    Jalali,
    add_jalali_months,
    days_in_jalali_month,
    days_until_birthday,
    parse_jalali,
)
from timcheh.calendar.local_day import (
    TEHRAN,
    WEEKDAYS,
    day_bounds,
    days_between,
    is_plausible,
    local_date,
    local_hour,
    weekday_name,
)
from timcheh.calendar.typed import read_day

__all__ = [
    "TEHRAN",
    "WEEKDAYS",
    "BadDate",
    "DateStyle",
    "Jalali",
    "add_jalali_months",
    "day_bounds",
    "days_between",
    "days_in_jalali_month",
    "days_until_birthday",
    "format_date",
    "format_jalali",
    "format_month",
    "is_plausible",
    "local_date",
    "local_hour",
    "parse_jalali",
    "read_day",
    "weekday_name",
]
