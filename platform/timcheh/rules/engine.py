"""The first phase of a decision: which rules hold, and what they take off the price.

Spending happens between the phases: `price` → the member spends value → `accrual.accrue`.
Everything here is a pure function of its arguments.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from timcheh.money import largest_remainder, percent
from timcheh.rules.basket import BasketLine
from timcheh.rules.compile import CompiledRule, CompiledRuleSet, bps_at, weights_of_matching
from timcheh.rules.facts import Facts
from timcheh.rules.gates import Shut, Standing
from timcheh.rules.holdout import held_out
from timcheh.rules.model import DiscountEffect, DiscountPercent, Rule
from timcheh.rules.visitor import ANYONE, Visitor


@dataclass(frozen=True, slots=True)
class Usage:
    """What rules gave before, by rule name: rial to this member, to all, and to all today.

    `times` is in how many purchases this member got something.
    """

    member: Mapping[str, int] = field(default_factory=dict)
    total: Mapping[str, int] = field(default_factory=dict)
    today: Mapping[str, int] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)


NOTHING_USED = Usage()


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much value (rial) a rule may still give; `left` None is without bound.

    `limit` names which bound is the tightest one: `per_member_cap`, `daily_budget` or `budget`, of
    `cap` rial, `used` of it before this purchase.
    """

    left: int | None = None
    limit: str = ""
    cap: int = 0
    used: int = 0

    def clamp(self, wanted: int, given: int) -> int:
        """The part of `wanted` that may be given after `given` in this same purchase."""
        return wanted if self.left is None else min(wanted, self.left - given)


UNBOUNDED = Allowance()
NOTHING_MORE: Mapping[str, Any] = MappingProxyType({})


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
    """How one rule fared in the first phase; `params` are what its standing needs, if anything."""

    compiled: CompiledRule
    standing: Standing
    params: Mapping[str, Any]
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
    visitor: Visitor = ANYONE,
) -> Pricing:
    """Evaluate every rule once, on the undiscounted basket, and add up the discounts.

    Rules run by descending priority; an exclusive one that matches stops the rest, and of an
    exclusive group only the first that matches applies.
    """
    lines = tuple(basket)
    totals = [line.total for line in lines]
    total = sum(totals)
    remaining = list(totals)
    verdicts: list[Verdict] = []
    stopped: Shut | None = None
    taken: dict[str, str] = {}
    for compiled in ruleset.ordered:
        rule = compiled.rule
        shut = stopped or _shut(compiled, facts, usage, visitor, taken)
        if shut is not None:
            verdicts.append(Verdict(compiled, shut.standing, shut.params))
            continue
        allowance = _allowance(rule, usage)
        discounts = tuple(_discount(compiled, lines, totals, total, remaining, allowance))
        verdicts.append(Verdict(compiled, Standing.MATCHED, NOTHING_MORE, allowance, discounts))
        if rule.exclusive_group is not None:
            taken[rule.exclusive_group] = rule.name
        if rule.exclusive:
            stopped = Shut(Standing.STOPPED, {"rule": rule.name})
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


def newly_entitled(ruleset: CompiledRuleSet, facts: Facts, visitor: Visitor) -> list[CompiledRule]:
    """The one-time rules whose deadline begins with this visit.

    Those in their window whose condition for having them holds, for someone who never had them.
    """
    return [
        compiled
        for compiled in ruleset.once
        if compiled.name not in visitor.entitlements
        and all(gate(facts, visitor) is None for gate in compiled.gates)
        and (compiled.entitling is None or compiled.entitling.test(facts.values))
    ]


_CONDITION = Shut(Standing.CONDITION)
_NOT_ENTITLED = Shut(Standing.NOT_ENTITLED)
_HELD_OUT = Shut(Standing.HELD_OUT)
_NOT_ACTIVATED = Shut(Standing.NOT_ACTIVATED)


def _shut(
    compiled: CompiledRule,
    facts: Facts,
    usage: Usage,
    visitor: Visitor,
    taken: Mapping[str, str],
) -> Shut | None:
    """The first thing that keeps a rule from applying, if any.

    Holding out comes after all that a member can bring about but activating: who is held out of an
    offer is never asked to activate it, and where only that lacks the till can say so.
    """
    rule = compiled.rule
    for gate in compiled.gates:
        shut = gate(facts, visitor)
        if shut is not None:
            return shut
    entitling = compiled.entitling
    if (
        entitling is not None
        and rule.name not in visitor.entitlements
        and not entitling.test(facts.values)
    ):
        return _NOT_ENTITLED
    if compiled.condition is not None and not compiled.condition.test(facts.values):
        return _CONDITION
    uses = rule.per_member_uses
    if uses is not None and usage.times.get(rule.name, 0) >= uses:
        return Shut(Standing.USED_UP, {"times": uses})
    if rule.exclusive_group is not None and rule.exclusive_group in taken:
        return Shut(Standing.OUTRANKED, {"rule": taken[rule.exclusive_group]})
    if rule.holdout_bps is not None and held_out(visitor.subject, rule.name, rule.holdout_bps):
        return _HELD_OUT
    if rule.needs_activation and rule.name not in visitor.activated:
        return _NOT_ACTIVATED
    return None


def _allowance(rule: Rule, usage: Usage) -> Allowance:
    if not rule.counted:
        return UNBOUNDED
    bounds = [
        Allowance(max(0, cap - used.get(rule.name, 0)), limit, cap, used.get(rule.name, 0))
        for limit, cap, used in (
            ("per_member_cap", rule.per_member_cap, usage.member),
            ("daily_budget", rule.daily_budget, usage.today),
            ("budget", rule.budget, usage.total),
        )
        if cap is not None
    ]
    return min(bounds, key=lambda bound: bound.left or 0, default=UNBOUNDED)


def _discount(
    compiled: CompiledRule,
    basket: tuple[BasketLine, ...],
    totals: list[int],
    total: int,
    remaining: list[int],
    allowance: Allowance,
) -> Iterator[Discount]:
    """Apply a rule's discounts; `remaining` (undiscounted rial per line) is lowered."""
    given = 0
    for effect in compiled.discounts:
        wanted, weights = _wanted(effect, basket, totals, total)
        amount = allowance.clamp(wanted, given)
        shares = tuple(map(min, largest_remainder(amount, weights), remaining))
        remaining[:] = map(int.__sub__, remaining, shares)
        taken = sum(shares)
        given += taken
        yield Discount(compiled.name, wanted, taken, amount < wanted, shares)


def _wanted(
    effect: DiscountEffect, basket: tuple[BasketLine, ...], totals: list[int], total: int
) -> tuple[int, list[int]]:
    """What the effect asks for within the basket, and the lines' weights for sharing it."""
    if isinstance(effect, DiscountPercent):
        weights = weights_of_matching(basket, effect, totals)
        return percent(sum(weights), bps_at(effect, total)), weights
    return min(effect.amount, total), totals
