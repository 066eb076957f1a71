"""The stretch of days that a report is asked for: by a name, or by days of one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from timcheh.calendar import BadDate, DateStyle, day_bounds, format_date, local_date, read_day
from timcheh.calendar.jalali import Jalali, add_jalali_months
from timcheh.web.form import Form
from timcheh.web.pages import PageContext

ALL: Final = "all"
_LONG: Final = {"today": 1, "week": 7, "days30": 30, "quarter": 90, "year": 365}
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day's start to the last day's end in the mall's time; none: without bound.

    `choice` is the one that was made, empty for days of one's own; `usual` the one that an address
    need not name; `wrong` is typed and no day.
    """

    choice: str
    first: date | None
    last: date | None
    zone: ZoneInfo
    wrong: bool = False
    usual: str = ALL

    @property
    def since(self) -> datetime | None:
        return day_bounds(self.first, self.zone)[0] if self.first else None

    @property
    def until(self) -> datetime | None:
        return day_bounds(self.last, self.zone)[1] if self.last else None

    @property
    def fields(self) -> dict[str, str]:
        """What carries the period along in an address; nothing for the usual one."""
        if self.choice:
            return {} if self.choice == self.usual else {"period": self.choice}
        days = {"from": self.first, "to": self.last}
        return {name: day.isoformat() for name, day in days.items() if day}

    @property
    def query(self) -> str:
        """The same as a query, `?` included."""
        return "?" + urlencode(self.fields) if self.fields else ""

    @property
    def days(self) -> int | None:
        """How many days it has, both ends in."""
        return (self.last - self.first).days + 1 if self.first and self.last else None

    @property
    def before(self) -> tuple[date, date] | None:
        """The days it is compared with: the same of the month before where it is of a month, else
        as many right before it. None for one without bounds."""
        if self.first is None or self.last is None or self.days is None:
            return None
        if self.choice == "month":
            return add_jalali_months(self.first, -1), add_jalali_months(self.last, -1)
        if self.choice == "last":
            return add_jalali_months(self.first, -1), self.first - _DAY
        return self.first - self.days * _DAY, self.first - _DAY


def days_of(period: Period, today: date, most: int) -> tuple[date, date]:
    """Its first day and its last, up to today and at most so many of them."""
    last = min(period.last or today, today)
    first = min(period.first or last, last)
    return max(first, last - (most - 1) * _DAY), last


@dataclass(frozen=True, slots=True)
class Picker:
    """What `ui.period` shows: choices (label, href, current), and days as a form to `path`, which
    sends what is to be kept along."""

    choices: Sequence[tuple[str, str, bool]]
    form: Form
    path: str
    told: str
    wrong: bool
    keep: Mapping[str, str] = field(default_factory=dict)


def read_period(
    query: Mapping[str, str], now: datetime, zone: ZoneInfo, usual: str = ALL
) -> Period:
    """By `period`, or by the days `from` and `to` as people write them; else the usual one."""
    today = local_date(now, zone)
    first, wrong_first = _day(query.get("from", ""))
    last, wrong_last = _day(query.get("to", ""))
    if wrong_first or wrong_last or (first and last and first > last):
        return _chosen(usual, today, zone, usual, wrong=True)
    if first or last:
        return Period("", first, last, zone, usual=usual)
    return _chosen(query.get("period", usual), today, zone, usual)


def page_period(page: PageContext, usual: str = ALL) -> Period:
    """The period that a page's address asks for."""
    return read_period(page.request.query_params, page.now, page.zone, usual)


def picker(
    page: PageContext,
    period: Period,
    path: str,
    choices: Sequence[str],
    keep: Mapping[str, str] | None = None,
) -> Picker:
    """For a page at `path` (a whole address) that offers these choices. `keep` is what else the
    address asks for."""
    kept = {name: value for name, value in (keep or {}).items() if value}
    asked = [kept | ({} if each == period.usual else {"period": each}) for each in choices]
    hrefs = [f"{path}?{urlencode(each)}" if each else path for each in asked]
    return Picker(
        [
            (page.text(f"report-{each}"), href, period.choice == each)
            for each, href in zip(choices, hrefs, strict=True)
        ],
        Form(dict(_typed(page, period))),
        path,
        told(page, period),
        period.wrong,
        kept,
    )


def told(page: PageContext, period: Period) -> str:
    """The period in words."""
    if period.choice:
        return page.text(f"report-{period.choice}")
    return days_told(page, period)


def days_told(page: PageContext, period: Period) -> str:
    """Its days in words, also where it has a name."""
    days = [format_date(day, page.locale) if day else "…" for day in (period.first, period.last)]
    return page.text("report-days", first=days[0], last=days[1])


def _typed(page: PageContext, period: Period) -> list[tuple[str, str]]:
    """The days of one's own as they were typed, else as they are meant."""
    asked, own = page.request.query_params, not period.choice
    return [
        (name, asked.get(name) or (own and day and _short(page, day)) or "")
        for name, day in (("from", period.first), ("to", period.last))
    ]


def _short(page: PageContext, day: date) -> str:
    return format_date(day, page.locale, DateStyle.SHORT)


def _chosen(choice: str, today: date, zone: ZoneInfo, usual: str, *, wrong: bool = False) -> Period:
    """By name; the usual one for a name that is none."""
    month = today - timedelta(days=Jalali.of(today).day - 1)
    stretches: dict[str, tuple[date | None, date | None]] = {
        ALL: (None, None),
        "month": (month, today),
        "last": (add_jalali_months(month, -1), month - _DAY),
        **{name: (today - (days - 1) * _DAY, today) for name, days in _LONG.items()},
    }
    name = choice if choice in stretches else usual
    return Period(name, *stretches[name], zone, wrong, usual)


def _day(typed: str) -> tuple[date | None, bool]:
    if not typed.strip():
        return None, False
    try:
        return read_day(typed), False
    except BadDate:
        return None, True
