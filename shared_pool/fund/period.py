"""The stretch of time that the fund's matrix is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from timcheh.calendar import BadDate, day_bounds, local_date, read_day
from timcheh.calendar.jalali import Jalali, add_jalali_months

CHOICES: Final = ("all", "month", "last", "quarter")
_QUARTER: Final = 90


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day's start to the last day's end in the mall's time; none: without bound.

    `choice` is the one that was made, empty for days of one's own; `wrong` is typed and no day.
    """

    choice: str
    first: date | None
    last: date | None
    zone: ZoneInfo
    wrong: bool = False

    @property
    def since(self) -> datetime | None:
        return day_bounds(self.first, self.zone)[0] if self.first else None

    @property
    def until(self) -> datetime | None:
        return day_bounds(self.last, self.zone)[1] if self.last else None

    @property
    def query(self) -> str:
        """What carries the period along in an address, `?` included."""
        if self.choice:
            return "" if self.choice == "all" else f"?period={self.choice}"
        days = {"from": self.first, "to": self.last}
        return "?" + urlencode({name: day.isoformat() for name, day in days.items() if day})


def read_period(query: Mapping[str, str], now: datetime, zone: ZoneInfo) -> Period:
    """By `period`, or by the days `from` and `to` as people write them."""
    today = local_date(now, zone)
    first, wrong_first = _day(query.get("from", ""))
    last, wrong_last = _day(query.get("to", ""))
    if first or last or wrong_first or wrong_last:
        crossed = bool(first and last and first > last)
        wrong = wrong_first or wrong_last or crossed
        return Period("", None if wrong else first, None if wrong else last, zone, wrong)
    choice = query.get("period", "all")
    month = today - timedelta(days=Jalali.of(today).day - 1)
    stretches = {
        "month": (month, today),
        "last": (add_jalali_months(month, -1), month - timedelta(days=1)),
        "quarter": (today - timedelta(days=_QUARTER - 1), today),
    }
    if choice not in stretches:
        return Period("all", None, None, zone)
    return Period(choice, *stretches[choice], zone)


def _day(typed: str) -> tuple[date | None, bool]:
    if not typed.strip():
        return None, False
    try:
        return read_day(typed), False
    except BadDate:
        return None, True
