"""What an offer would have cost and brought, from what a trial has seen. Pure.

The past shows what an offer costs, not how people answer it. So what they might buy more is an
assumption, named and changeable, and each figure that hangs on it is shown for several of them.
"""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from merchants.backtests.trial import DISCOUNT, Totals
from timcheh.money import BPS_WHOLE, percent

CREDIT_KINDS: Final = ("own", "partners", "network")
KINDS: Final = (DISCOUNT, *CREDIT_KINDS, "pool")
USUAL_EXTRA: Final = (0, 1_000, 2_500)
"""Extra sales of the baskets reached, bps: nobody buys more · expected · strong."""
USUAL_REDEMPTION: Final = 7_000
"""How much of what is granted is ever spent, bps, where the shop has no experience yet."""


class Assumptions(Struct, frozen=True):
    """What the figures stand on. bps; `redemption` by kind of credit; `lot_days`: how long partner
    credit lives, None for ever."""

    extra: tuple[int, int, int] = USUAL_EXTRA
    redemption: dict[str, int] = field(default_factory=dict)
    from_experience: bool = False
    lot_days: int | None = None


class Cost(Struct, frozen=True):
    """One way of paying, rial: what is given without and with the offer, and what of the
    difference the shop is expected to bear."""

    kind: str
    before: int
    after: int
    expected: int


class Scenario(Struct, frozen=True):
    """One answer of the customers: `revenue` and `margin` are what the offer changes, rial."""

    extra_bps: int
    revenue: int
    margin: int


class Forecast(Struct, frozen=True):
    """A back-test's outcome. Money in rial; everything is over the whole period.

    `cost` is what the offer costs beyond what is given anyway, nobody buying more. `break_even_bps`
    is how much more the reached baskets must sell for the offer to pay; None: it never does.
    `partner_peak` is the most partner credit it would have had out at once, if none of it had been
    spent before its time.
    """

    sales: int
    revenue: int
    margin: int
    reached: int
    reached_revenue: int
    reached_margin: int
    members: int
    costs: list[Cost]
    cost: int
    points: int
    scenarios: list[Scenario]
    break_even_bps: int | None
    partner_peak: int
    months: list[tuple[int, int, int]]
    assumptions: Assumptions
    first_at: str = ""
    last_at: str = ""

    @property
    def uptake_bps(self) -> int:
        """Share of all sales that the offer reaches."""
        return self.reached * BPS_WHOLE // self.sales if self.sales else 0


def forecast(totals: Totals, assumptions: Assumptions) -> Forecast:
    """The outcome of a trial under some assumptions."""
    costs = [
        Cost(kind, totals.before[kind], totals.after[kind], _expected(kind, totals, assumptions))
        for kind in KINDS
        if totals.before[kind] or totals.after[kind]
    ]
    cost = sum(each.expected for each in costs)
    kept = totals.reached_margin - sum(
        _borne(kind, totals.after[kind], assumptions) for kind in KINDS
    )
    return Forecast(
        sales=totals.sales,
        revenue=totals.revenue,
        margin=totals.margin,
        reached=totals.reached,
        reached_revenue=totals.reached_revenue,
        reached_margin=totals.reached_margin,
        members=len(totals.members),
        costs=costs,
        cost=cost,
        points=totals.points,
        scenarios=[
            Scenario(
                extra,
                percent(totals.reached_revenue, extra),
                kept * extra // BPS_WHOLE - cost,
            )
            for extra in assumptions.extra
        ],
        break_even_bps=_break_even(cost, kept),
        partner_peak=peak(totals.days, assumptions.lot_days),
        months=[(*month, amount) for month, amount in sorted(totals.months.items())],
        assumptions=assumptions,
        first_at=totals.first_at.isoformat() if totals.first_at else "",
        last_at=totals.last_at.isoformat() if totals.last_at else "",
    )


def peak(days: Mapping[int, int], lot_days: int | None) -> int:
    """The most that is out at once when each day's amount lives so many days and none is spent."""
    out = most = 0
    ends: list[tuple[int, int]] = []
    gone = 0
    for day, amount in sorted(days.items()):
        while lot_days is not None and gone < len(ends) and ends[gone][0] <= day:
            out -= ends[gone][1]
            gone += 1
        out += amount
        if lot_days is not None:
            ends.append((day + lot_days, amount))
        most = max(most, out)
    return most


def _break_even(cost: int, kept: int) -> int | None:
    if cost <= 0:
        return 0
    return -(-cost * BPS_WHOLE // kept) if kept > 0 else None


def _expected(kind: str, totals: Totals, assumptions: Assumptions) -> int:
    after = _borne(kind, totals.after[kind], assumptions)
    return after - _borne(kind, totals.before[kind], assumptions)


def _borne(kind: str, given: int, assumptions: Assumptions) -> int:
    """What the shop comes to pay: credit only when it is spent, all else at once."""
    if kind not in CREDIT_KINDS:
        return given
    return percent(given, assumptions.redemption.get(kind, USUAL_REDEMPTION))
