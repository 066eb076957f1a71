"""What a pool brought, as it is drawn and as sheets. No clock, no database."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from shared_pool.pools.worth import Brought, Flow, ranked, told_few, total
from timcheh.calendar import format_date
from timcheh.sheets import Cell
from timcheh.text.locale import Locale
from timcheh.voice import Voice
from timcheh.web.charts import Chart, Series
from timcheh.web.period import Period
from timcheh.web.steps import Days, fineness, labels, names, steps

CHOICES: Final = ("days30", "month", "last", "quarter", "year")
USUAL: Final = "days30"
_POINTS: Final = 31
_FLOWS: Final = ("given", "paid", "taken", "worth", "fee", "received", "net")
_PEOPLE: Final = ("customers", "new", "purchases", "sales")
ByDay = Mapping[date, Flow]


def drawn(by_day: ByDay, period: Period, today: date, voice: Voice, excel: str) -> Chart | None:
    """Points given and taken, with where their sheet is; None where there were none."""
    if not by_day:
        return None
    last = min(period.last or today, today)
    days = Days(min(period.first or min(by_day), last), last)
    step = fineness(days, _POINTS)
    parts = steps(days, step)
    sums = [total(_within(by_day, part)) for part in parts]
    return Chart(
        "pool-points",
        voice.text("pool-worth-chart"),
        labels(parts, step, voice),
        [
            Series(voice.text("pool-worth-given"), [each.given for each in sums], "saffron"),
            Series(voice.text("pool-worth-spent"), [each.taken for each in sums], "lapis"),
        ],
        voice.text(f"step-{step}"),
        excel,
        measure="count",
        names=names(parts, step, voice),
    )


def together(found: Iterable[Brought]) -> dict[date, Flow]:
    """All shops of a pool, day by day."""
    by_day: dict[date, list[Flow]] = {}
    for each in found:
        for day, flow in each.by_day.items():
            by_day.setdefault(day, []).append(flow)
    return {day: total(flows) for day, flows in by_day.items()}


def day_heads(voice: Voice) -> list[str]:
    """Of `day_rows`."""
    return [voice.text(f"pool-sheet-{name}") for name in ("day", *_FLOWS)]


def day_rows(by_day: ByDay, locale: Locale) -> list[list[Cell]]:
    """Each day on which something moved; money in rial."""
    return [[format_date(day, locale), *_cells(by_day[day])] for day in sorted(by_day)]


def shop_heads(voice: Voice) -> list[str]:
    """Of `shop_rows`."""
    return [voice.text(f"pool-sheet-{name}") for name in ("shop", *_FLOWS, *_PEOPLE)]


def shop_rows(found: Mapping[UUID, Brought], shops: Mapping[UUID, str]) -> list[list[Cell]]:
    """Each shop; money in rial. Of people too few to be told nothing is told."""
    rows = []
    for name, _, each in ranked(found, shops):
        came = each.came
        people = [told_few(came.customers), told_few(came.new)]
        hidden = people[0] is None
        sold = [None, None] if hidden else [came.purchases, came.sales]
        rows.append([name, *_cells(each.all), *people, *sold])
    return rows


def _cells(flow: Flow) -> Sequence[int]:
    return [getattr(flow, name) for name in _FLOWS]


def _within(by_day: ByDay, days: Days) -> list[Flow]:
    return [flow for day, flow in by_day.items() if days.first <= day <= days.last]
