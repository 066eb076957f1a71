"""What is remarkable about a shop, beside its own past and nothing else. No clock, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Final, Literal
from uuid import UUID

from mall_portal.days.queries import Sold, total_sold

PAST: Final = 91
"""Days up to yesterday that a shop's habits are taken from: the last week and twelve before."""
Kind = Literal[
    "idle", "silent", "offline", "sales_low", "sales_high", "returns", "spending", "contract"
]
KINDS: Final[Mapping[str, tuple[Kind, ...]]] = {
    "idle": ("idle", "silent"),
    "offline": ("offline",),
    "unusual": ("sales_low", "sales_high", "returns", "spending"),
    "contract": ("contract",),
}
"""What a list is filtered by."""

_WEEK: Final = 7
_DAY: Final = timedelta(days=1)
_FEWEST_DAYS: Final = 8  # with sales, before a shop has habits
_FEWEST_WEEKS: Final = 4
_FEWEST_PURCHASES: Final = 5  # of an usual week
_GRACE: Final = timedelta(days=7)  # until a new shop should have sold
_SPREADS: Final = 3  # times the usual spread is far
_LEAST_CHANGE: Final = 0.4  # of what is usual; less is never far
_SPREAD_OF_MAD: Final = 1.4826  # makes the median deviation a standard one, were it normal
_LEAST_SHARE: Final = 500  # basis points by which a share must differ to be far
_ALIVE: Final = timedelta(days=30)  # a terminal that was heard of so lately is in use
_QUIET: Final = timedelta(days=2)  # so long without a sound is offline
_CONTRACT: Final = 30  # days before its end


@dataclass(frozen=True, slots=True)
class Heard:
    """A terminal with a living key, and when it was last heard of (None: never)."""

    name: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Watched:
    """What is known of an active shop. `days`: what it sold on each of the last `PAST` days that
    it sold anything on; `last_sale`: the newest day with a sale, also an older one."""

    shop_id: UUID
    name: str
    category: str
    opened_at: datetime
    days: Mapping[date, Sold]
    last_sale: date | None
    terminals: Sequence[Heard]
    contract_ends: date | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something remarkable. What the numbers are depends on its kind:

    idle: days without a sale, and the longest that was usual · silent: days since it was opened ·
    offline: hours since `terminal` was heard of · sales_*: last week's sales and a usual week's,
    rial · returns, spending: shares of last week's sales and of a usual week's, basis points ·
    contract: days until it ends (below zero: it has ended).
    """

    kind: Kind
    now: int
    usual: int = 0
    terminal: str = ""


def findings_of(shop: Watched, today: date, now: datetime) -> list[Finding]:
    """All that is remarkable about a shop, the most pressing first."""
    idle = _idle(shop, today, now)
    found = [idle] if idle else []
    found += _offline(shop, now)
    if idle is None:  # what is idle sells little, which says nothing more
        found += _unusual(shop, today)
    if shop.contract_ends is not None and (shop.contract_ends - today).days <= _CONTRACT:
        found.append(Finding("contract", (shop.contract_ends - today).days))
    return found


def _idle(shop: Watched, today: date, now: datetime) -> Finding | None:
    """Longer without a sale than ever in its last weeks."""
    if shop.last_sale is None:
        since = now - shop.opened_at
        return Finding("silent", since.days) if since >= _GRACE else None
    sold = sorted(day for day, row in shop.days.items() if row.purchases)
    gap = (today - shop.last_sale).days
    if not sold:
        return Finding("idle", gap, PAST)
    if len(sold) < _FEWEST_DAYS:
        return None
    longest = max((b - a).days for a, b in pairwise(sold))
    return Finding("idle", gap, longest) if gap > longest + 1 else None


def _offline(shop: Watched, now: datetime) -> list[Finding]:
    """In use lately, and not heard of for days."""
    return [
        Finding("offline", int((now - each.at).total_seconds()) // 3600, terminal=each.name)
        for each in shop.terminals
        if each.at is not None and _QUIET < now - each.at <= _ALIVE
    ]


def _unusual(shop: Watched, today: date) -> list[Finding]:
    """The last seven whole days beside the weeks before them."""
    weeks = _weeks(shop.days, today - _DAY)
    last, before = weeks[0], [week for week in weeks[1:] if week.purchases]
    if len(before) < _FEWEST_WEEKS:
        return []
    if median(week.purchases for week in before) < _FEWEST_PURCHASES:
        return []
    found: list[Finding] = []
    usual = median(week.sales for week in before)
    if _is_far(last.sales, [week.sales for week in before], _LEAST_CHANGE * usual):
        kind: Kind = "sales_low" if last.sales < usual else "sales_high"
        found.append(Finding(kind, last.sales, int(usual)))
    if last.sales:
        found += _share("returns", last.returned, last, [(w.returned, w) for w in before])
        found += _share("spending", last.spent, last, [(w.spent, w) for w in before])
    return found


def _share(kind: Kind, part: int, last: Sold, before: Sequence[tuple[int, Sold]]) -> list[Finding]:
    """More of the sales than usual came back, or was paid with credit."""
    shares = [10_000 * amount // week.sales for amount, week in before if week.sales]
    share = 10_000 * part // last.sales
    if not shares or share <= median(shares) or not _is_far(share, shares, _LEAST_SHARE):
        return []
    return [Finding(kind, share, int(median(shares)))]


def _is_far(value: float, past: Sequence[float], least: float) -> bool:
    """Further from the median of the past than three times its usual spread, and `least`."""
    middle = median(past)
    spread = _SPREAD_OF_MAD * median(abs(each - middle) for each in past)
    return abs(value - middle) > max(_SPREADS * spread, least)


def _weeks(days: Mapping[date, Sold], last: date) -> list[Sold]:
    """Seven days each up to the last, the newest first; none that began before the first sale."""
    whole = ((last - min(days, default=last)).days + 1) // _WEEK
    weeks: list[list[Sold]] = [[] for _ in range(min(max(whole, 1), PAST // _WEEK))]
    for day, row in days.items():
        at = (last - day).days // _WEEK
        if 0 <= at < len(weeks):
            weeks[at].append(row)
    return [total_sold(week) for week in weeks]
