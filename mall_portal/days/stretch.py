"""The days that the board tells of, those that they are compared with, and steps through them."""

from datetime import date, timedelta
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from timcheh.calendar import Jalali, add_jalali_months
from timcheh.web.period import Period

_LONGEST: Final = 5 * 366
_USUAL: Final = 30
Step = Literal["day", "week", "month"]
_SIZES: Final[dict[Step, int]] = {"day": 1, "week": 7}
_DAY: Final = timedelta(days=1)


class Days(NamedTuple):
    """A stretch of days, both ends in."""

    first: date
    last: date

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1


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


def fineness(days: Days, most: int) -> Step:
    """The finest step by which a stretch has no more than so many, if months do."""
    return next((step for step, size in _SIZES.items() if -(-days.length // size) <= most), "month")


def steps(days: Days, step: Step) -> list[Days]:
    """A stretch in steps; the first may be cut short, months at both ends."""
    if step == "month":
        return _months(days)
    size = _SIZES[step]
    ends = [days.last - at * _DAY for at in range(0, days.length, size)]
    return [Days(max(end - (size - 1) * _DAY, days.first), end) for end in reversed(ends)]


def _months(days: Days) -> list[Days]:
    found, first = [], days.first
    while first <= days.last:
        month = first - (Jalali.of(first).day - 1) * _DAY
        after = add_jalali_months(month, 1)
        found.append(Days(first, min(after - _DAY, days.last)))
        first = after
    return found
