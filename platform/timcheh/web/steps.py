"""Stretches of days, and steps through them, for what is drawn by day, week or month."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from timcheh.calendar import DateStyle, Jalali, add_jalali_months, format_date, format_month
from timcheh.voice import Voice

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


def labels(parts: Sequence[Days], step: Step, voice: Voice) -> list[str]:
    """Short, for an axis."""
    if step == "month":
        return [format_month(part.first, voice.locale, with_year=False) for part in parts]
    return [format_date(part.first, voice.locale, DateStyle.AXIS) for part in parts]


def names(parts: Sequence[Days], step: Step, voice: Voice) -> list[str]:
    """In full, for a table."""
    if step == "month":
        return [format_month(part.first, voice.locale) for part in parts]
    return [
        format_date(part.first, voice.locale)
        if part.length == 1
        else voice.text(
            "report-days",
            first=format_date(part.first, voice.locale, DateStyle.DAY),
            last=format_date(part.last, voice.locale, DateStyle.DAY),
        )
        for part in parts
    ]
