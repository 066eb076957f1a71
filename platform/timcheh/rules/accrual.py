"""The second phase of a decision: what is earned on what was paid, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from timcheh.money import largest_remainder, percent
from timcheh.rules.basket import MILLI
from timcheh.rules.compile import bps_at, weights_of_matching
from timcheh.rules.engine import Pricing, Verdict
from timcheh.rules.gates import Standing
from timcheh.rules.model import CreditPercent, EarnEffect, PointsEach, PointsPer
from timcheh.rules.reasons import Reason, Result, reason

RIAL = "rial"
POINT = "point"
NO_PRICES: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Grant:
    """Value that a rule gives: `amount` of `unit`, spendable within `scope`.

    `amount` is what the member gets, after `debt_paid` rial of it went to what the member owes;
    `shares` per line, in the basket's order, add up to `amount`.
    """

    rule: str
    unit: str
    amount: int
    scope: str
    expires_in_days: int | None
    shares: tuple[int, ...]
    debt_paid: int = 0


@dataclass(frozen=True, slots=True)
class Accrual:
    """What a purchase earns. `used` is the value (rial) each rule gave, discounts included."""

    pricing: Pricing
    grants: tuple[Grant, ...]
    debt_paid: int
    used: Mapping[str, int]
    results: tuple[Result, ...]
    _reasons: list[Reason] = field(default_factory=list, compare=False, repr=False)

    def gave(self) -> list[str]:
        """The rules that gave anything, also points that are worth nothing in rial."""
        return [
            result.verdict.compiled.name
            for result in self.results
            if result.discount or result.credit or result.points
        ]

    def reasons(self) -> list[Reason]:
        """For every rule, in the order they ran: what came of it and why.

        Worked out when first asked: a back-test over a year of sales never asks.
        """
        if not self._reasons:
            self._reasons.extend(reason(result, self.pricing) for result in self.results)
        return list(self._reasons)


@dataclass(slots=True)
class _Run:
    """What is the same for all rules of one accrual, and the debt as it shrinks."""

    pricing: Pricing
    paid: Sequence[int]
    total_paid: int
    point_prices: Mapping[str, int]
    debt: int


def accrue(
    pricing: Pricing,
    paid_per_line: Sequence[int],
    *,
    point_prices: Mapping[str, int] = NO_PRICES,
    debt: int = 0,
) -> Accrual:
    """Credit and points on what is paid, in rial per line after discounts and spent value.

    `point_prices` maps a points scope to its pool's issue price in rial per point (0 if absent):
    what points count against a rule's cap and budget. `debt` (rial) is paid first, out of the
    rial credit. ValueError if the lines aren't those of `pricing`.
    """
    if len(paid_per_line) != len(pricing.basket) or min(paid_per_line, default=0) < 0:
        raise ValueError("one paid amount is needed for each line of the basket")
    run = _Run(pricing, paid_per_line, sum(paid_per_line), point_prices, debt)
    grants: list[Grant] = []
    results: list[Result] = []
    for verdict in pricing.verdicts:
        if verdict.standing is Standing.MATCHED:
            earned, result = _earn(verdict, run)
            grants.extend(earned)
            results.append(result)
        else:
            results.append(Result(verdict))
    used = {result.verdict.compiled.name: result.value for result in results if result.value > 0}
    return Accrual(
        pricing,
        tuple(grant for grant in grants if grant.amount or grant.debt_paid),
        debt - run.debt,
        used,
        tuple(results),
    )


def _earn(verdict: Verdict, run: _Run) -> tuple[list[Grant], Result]:
    """A rule's grants; cap and budget run on from what its discounts took."""
    discount, wanted, capped = 0, 0, False
    for each in verdict.discounts:
        discount += each.amount
        wanted += each.wanted
        capped = capped or each.capped
    given, credit, points = discount, 0, 0
    grants = []
    for effect in verdict.compiled.earnings:
        is_points = isinstance(effect, PointsPer | PointsEach)
        unit_price = run.point_prices.get(effect.scope, 0) if is_points else 1
        asked, weights = _asked(effect, run)
        amount = asked
        if unit_price:
            amount = verdict.allowance.clamp(asked * unit_price, given) // unit_price
        capped = capped or amount < asked
        wanted += asked * unit_price
        given += amount * unit_price
        if is_points:
            points += amount
        else:
            credit += amount
        if amount:
            grants.append(_grant(verdict.compiled.name, effect, amount, weights, run))
    return grants, Result(verdict, discount, credit, points, given, wanted, capped)


def _asked(effect: EarnEffect, run: _Run) -> tuple[int, Sequence[int]]:
    """What the effect gives without bounds, and the lines' weights for sharing it."""
    if isinstance(effect, CreditPercent):
        weights = weights_of_matching(run.pricing.basket, effect, run.paid)
        return percent(sum(weights), bps_at(effect, run.pricing.total)), weights
    if isinstance(effect, PointsPer):
        return run.total_paid // effect.amount * effect.points, run.paid
    if isinstance(effect, PointsEach):
        sold = [line.quantity_milli for line in run.pricing.basket]
        weights = weights_of_matching(run.pricing.basket, effect, sold)
        return sum(weights) // MILLI * effect.points, weights
    if run.total_paid:
        return effect.amount, run.paid
    totals = [line.total for line in run.pricing.basket]
    return (effect.amount if totals else 0), totals


def _grant(rule: str, effect: EarnEffect, amount: int, weights: Sequence[int], run: _Run) -> Grant:
    shares = largest_remainder(amount, weights)
    if isinstance(effect, PointsPer | PointsEach):
        return Grant(rule, POINT, amount, effect.scope, None, tuple(shares))
    debt_paid = min(run.debt, amount)
    if debt_paid:
        run.debt -= debt_paid
        amount -= debt_paid
        shares = largest_remainder(amount, shares)
    return Grant(rule, RIAL, amount, effect.scope, effect.expires_in_days, tuple(shares), debt_paid)
