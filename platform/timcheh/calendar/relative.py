"""Near dates by name: «امروز», «دیروز», «۳ روز پیش»; farther ones by date."""

from datetime import datetime, tzinfo

from timcheh.calendar.format import DateStyle, format_date
from timcheh.calendar.local_day import TEHRAN, days_between
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale

NEAR_DAYS = 7


def format_relative(
    moment: datetime, now: datetime, locale: Locale = Locale.FA, zone: tzinfo = TEHRAN
) -> str:
    """The local day of `moment` seen from `now` (both aware); beyond a week, its date."""
    days = days_between(moment, now, zone)
    if abs(days) > NEAR_DAYS:
        return format_date(moment, locale, DateStyle.LONG, zone)
    if abs(days) <= 1:
        return translate(locale, {0: "day-today", 1: "day-yesterday", -1: "day-tomorrow"}[days])
    return translate(locale, "day-ago" if days > 0 else "day-ahead", days=abs(days))
