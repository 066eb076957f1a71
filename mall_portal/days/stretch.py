"""The days that the board tells of, and those that they are compared with."""

from datetime import date, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from timcheh.web.period import Period
from timcheh.web.steps import Days

_LONGEST: Final = 5 * 366
_USUAL: Final = 30
_DAY: Final = timedelta(days=1)


class Stretch(NamedTuple):
    """What is told, and what it is compared with."""

    now: Days
    before: Days
    zone: ZoneInfo


def stretch_of(period: Period, today: date) -> Stretch:
    """The days of a period up to today, at most some years, and as many days before them."""
    last = min(period.last or today, today)
    first = min(period.first or last - (_USUAL - 1) * _DAY, last)
    now = Days(max(first, last - (_LONGEST - 1) * _DAY), last)
    before = Period(period.choice, now.first, now.last, period.zone).before
    assert before is not None  # it has both ends
    return Stretch(now, Days(*before), period.zone)
