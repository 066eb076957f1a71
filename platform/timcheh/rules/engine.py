"""The first phase of a decision: which rules hold, and what they take off the price.

Spending happens between the phases: `price` → the member spends value → `accrual.accrue`.
Everything here is a pure function of its arguments.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from timcheh.money import largest_remainder, percent
from timcheh.rules.basket import BasketLine
from timcheh.rules.compile import CompiledRule, CompiledRuleSet, weights_of_matching
from timcheh.rules.facts import Facts
from timcheh.rules.model import DiscountEffect, DiscountPercent, Rule


@dataclass(frozen=True, slots=True)
class Usage:
    """What rules gave before, in rial by rule name: to this member, and to all together."""

    member: Mapping[str, int] = field(default_factory=dict)
    total: Mapping[str, int] = field(default_factory=dict)


NOTHING_USED = Usage()


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much value (rial) a rule may still give; `left` None is without bound.

    `limit` names which bound is the tighter one: `per_member_cap` or `budget`, of `cap` rial,
    `used` of it before this purchase.
    """

    left: int | None = None
    limit: str = ""
    cap: int = 0
    used: int = 0

    def clamp(self, wanted: int, given: int) -> int:
        """The part of `wanted` that may be given after `given` in this same purchase."""
        return wanted if self.left is None else min(wanted, self.left - given)


UNBOUNDED = Allowance()


class Standing(StrEnum):
    """How a rule fared before its effects are looked at."""

    MATCHED = "matched"
    CONDITION = "condition"
    NOT_STARTED = "not_started"
    ENDED = "ended"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Discount:
    """What one effect took off; `shares` per line add up to `amount` (rial).

    `wanted` is what the effect asks for within the basket, before cap and budget. A line never
    goes below zero, so `amount` may be less than both.
    """

    rule: str
    wanted: int
    amount: int
    capped: bool
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one rule fared in the first phase."""

    compiled: CompiledRule
    standing: Standing
    stopped_by: str = ""
    allowance: Allowance = UNBOUNDED
    discounts: tuple[Discount, ...] = ()


@dataclass(frozen=True, slots=True)
class Pricing:
    """The discounts of a basket. Everything per line is in the basket's order, in rial."""

    ruleset: CompiledRuleSet
    basket: tuple[BasketLine, ...]
    facts: Facts
    verdicts: tuple[Verdict, ...]
    total: int
    discount: int
    discount_per_line: tuple[int, ...]
    net_per_line: tuple[int, ...]

    @property
    def net(self) -> int:
        """What is to be paid before any value is spent."""
        return self.total - self.discount

    def paid_after(self, spent_value: int) -> list[int]:
        """What is paid per line after `spent_value` rial, shared by largest remainder."""
        spent = largest_remainder(spent_value, self.net_per_line)
        return [net - part for net, part in zip(self.net_per_line, spent, strict=True)]


def price(
    ruleset: CompiledRuleSet,
    basket: Sequence[BasketLine],
    facts: Facts,
    usage: Usage = NOTHING_USED,
) -> Pricing:
    """Evaluate every rule once, on the undiscounted basket, and add up the discounts.

    Rules run by descending priority; an exclusive one that matches stops the rest.
    """
    lines = tuple(basket)
    totals = [line.total for line in lines]
    remaining = list(totals)
    verdicts: list[Verdict] = []
    stopped_by = ""
    for compiled in ruleset.ordered:
        standing = Standing.STOPPED if stopped_by else _standing(compiled, facts)
        if standing is not Standing.MATCHED:
            verdicts.append(Verdict(compiled, standing, stopped_by))
            continue
        allowance = _allowance(compiled.rule, usage)
        discounts = tuple(_discount(compiled, lines, totals, remaining, allowance))
        verdicts.append(Verdict(compiled, standing, "", allowance, discounts))
        if compiled.rule.exclusive:
            stopped_by = compiled.name
    total = sum(totals)
    return Pricing(
        ruleset,
        lines,
        facts,
        tuple(verdicts),
        total,
        total - sum(remaining),
        tuple(map(int.__sub__, totals, remaining)),
        tuple(remaining),
    )


def _standing(compiled: CompiledRule, facts: Facts) -> Standing:
    rule = compiled.rule
    if rule.starts_at is not None and facts.now < rule.starts_at:
        return Standing.NOT_STARTED
    if rule.ends_at is not None and facts.now >= rule.ends_at:
        return Standing.ENDED
    if compiled.condition is None or compiled.condition.test(facts.values):
        return Standing.MATCHED
    return Standing.CONDITION


def _allowance(rule: Rule, usage: Usage) -> Allowance:
    if rule.per_member_cap is None and rule.budget is None:
        return UNBOUNDED
    bounds = []
    if rule.per_member_cap is not None:
        bounds.append(_bound("per_member_cap", rule.per_member_cap, usage.member, rule.name))
    if rule.budget is not None:
        bounds.append(_bound("budget", rule.budget, usage.total, rule.name))
    return min(bounds, key=lambda bound: bound.left or 0, default=UNBOUNDED)


def _bound(limit: str, cap: int, used_by_rule: Mapping[str, int], name: str) -> Allowance:
    used = used_by_rule.get(name, 0)
    return Allowance(max(0, cap - used), limit, cap, used)


def _discount(
    compiled: CompiledRule,
    basket: tuple[BasketLine, ...],
    totals: list[int],
    remaining: list[int],
    allowance: Allowance,
) -> Iterator[Discount]:
    """Apply a rule's discounts; `remaining` (undiscounted rial per line) is lowered."""
    given = 0
    for effect in compiled.discounts:
        wanted, weights = _wanted(effect, basket, totals)
        amount = allowance.clamp(wanted, given)
        shares = tuple(map(min, largest_remainder(amount, weights), remaining))
        remaining[:] = map(int.__sub__, remaining, shares)
        taken = sum(shares)
        given += taken
        yield Discount(compiled.name, wanted, taken, amount < wanted, shares)


def _wanted(
    effect: DiscountEffect, basket: tuple[BasketLine, ...], totals: list[int]
) -> tuple[int, list[int]]:
    """What the effect asks for within the basket, and the lines' weights for sharing it."""
    if isinstance(effect, DiscountPercent):
        weights = weights_of_matching(basket, effect, totals)
        return percent(sum(weights), effect.bps), weights
    return min(effect.amount, sum(totals)), totals
