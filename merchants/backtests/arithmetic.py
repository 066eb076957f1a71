"""Whether an offer pays on one basket, and from which basket on. Pure.

    A shoe shop keeps 30 % of a price and gives 10 % credit: of a pair for 200,000 it keeps 60,000
    less 20,000. An offer gives 20 % over 600,000: of 600,000 it keeps 180,000 less 120,000. So the
    larger basket leaves 60,000 instead of 40,000, although it gives twice as much.

All that is granted counts as spent: what is not spent comes on top. The rules' own engine prices
the baskets, so that steps, caps, groups and exclusive offers count as they will at the till.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from merchants.backtests.assuming import FALSE, assume
from merchants.backtests.trial import Terms
from timcheh.money import percent
from timcheh.rules import (
    POINT,
    BasketLine,
    CompiledRuleSet,
    Facts,
    Rule,
    accrue,
    build_facts,
    compile_rules,
    price,
)
from timcheh.rules.facts import FactValue
from timcheh.rules.model import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    CreditPercent,
    DiscountPercent,
    Not,
)

_NOON = datetime(2026, 1, 1, 8, 30, tzinfo=UTC)
_REACH = 1_000
"""No basket beyond so many usual ones is looked at: whoever buys that, buys it without an offer."""
_FINEST = 64
_ROUND = 10_000
"""Rial: floors of percentages make the exact bound swing by a few; people want a round one."""
_BASKET_TOTAL = "basket.total"
_OF_THE_BASKET = ("basket.",)


@dataclass(frozen=True, slots=True)
class OneBasket:
    """One basket and what it leaves the shop, rial: `kept` = `margin` - `rewards`."""

    amount: int
    margin: int
    rewards: int

    @property
    def kept(self) -> int:
        return self.margin - self.rewards


@dataclass(frozen=True, slots=True)
class Verdict:
    """An offer against the shop's usual basket.

    `usual` is the usual basket under the rules in force, `offered` the smallest basket that the
    offer gives something for (but no smaller than the usual one), `unoffered` the same basket
    without the offer. `pays_from` is the smallest basket with the offer that leaves no less than
    the usual one does now, and every larger one too, as far as is looked; None: none does.
    """

    margin_bps: int
    usual: OneBasket
    offered: OneBasket
    unoffered: OneBasket
    starts_at: int
    pays_from: int | None

    @property
    def loses(self) -> bool:
        """Whether the basket with the offer costs more than the shop keeps of it."""
        return self.offered.kept < 0

    @property
    def asks_more(self) -> bool:
        """Whether the offer is only for baskets larger than the usual one."""
        return self.offered.amount > self.usual.amount


def judge(
    before: Iterable[Rule],
    after: Iterable[Rule],
    scopes: Mapping[str, Terms],
    margin_bps: int,
    usual: int,
) -> Verdict | None:
    """The verdict on a basket of the offer's own group; None if it gives nothing on any basket.

    `usual` is the shop's usual basket (rial, above 0). What the offer asks of the customer is taken
    to hold; other rules that ask something of the customer or the moment are left out, those that
    it replaces too: no usual basket gets them.
    """
    olds, news = list(before), list(after)
    offers = [rule for rule in news if rule not in olds]
    group, sku = _target(offers)
    bench = _Bench(scopes, margin_bps, group, sku)
    others = [_assumed(rule, holds=False) for rule in news if rule in olds]
    now = compile_rules(0, [_assumed(rule, holds=False) for rule in olds])
    then = compile_rules(0, [*others, *(_assumed(rule, holds=True) for rule in offers)])
    alone = compile_rules(0, [_assumed(rule, holds=True) for rule in offers])
    marks = list(_marks(news, usual))
    starts_at = bench.first_rewarded(alone, marks)
    if starts_at is None:
        return None
    today = bench.basket(now, usual)
    amount = max(starts_at, usual)
    return Verdict(
        margin_bps,
        today,
        bench.basket(then, amount),
        bench.basket(now, amount),
        starts_at,
        bench.pays_from(then, marks, starts_at, today.kept),
    )


class _Bench:
    """Prices baskets of one line."""

    def __init__(
        self, scopes: Mapping[str, Terms], margin_bps: int, group: str | None, sku: str | None
    ) -> None:
        self._scopes, self._margin_bps, self._group, self._sku = scopes, margin_bps, group, sku
        self._prices = {name: terms.issue_price for name, terms in scopes.items()}

    def basket(self, rules: CompiledRuleSet, amount: int) -> OneBasket:
        line = BasketLine.of(0, 1000, amount, sku=self._sku, group=self._group)
        basket = (line,)
        facts = Facts(_without_customer(build_facts(basket, _NOON)), _NOON)
        pricing = price(rules, basket, facts)
        accrual = accrue(pricing, pricing.paid_after(0), point_prices=self._prices)
        rewards = pricing.discount + sum(
            grant.amount * (self._prices.get(grant.scope, 0) if grant.unit == POINT else 1)
            for grant in accrual.grants
        )
        return OneBasket(amount, percent(amount, self._margin_bps), rewards)

    def first_rewarded(self, rules: CompiledRuleSet, marks: list[int]) -> int | None:
        """The smallest basket that gets something; it is at a mark or between two."""
        low = 0
        for mark in marks:
            if self.basket(rules, mark).rewards > 0:
                return _bisect(low, mark, lambda amount: self.basket(rules, amount).rewards > 0)
            low = mark
        return None

    def pays_from(
        self, rules: CompiledRuleSet, marks: list[int], starts_at: int, kept: int
    ) -> int | None:
        """From which basket on, without a gap, no less is kept than `kept`."""

        def pays(amount: int) -> bool:
            return self.basket(rules, amount).kept >= kept

        tried = sorted({starts_at, *(mark for mark in marks if mark >= starts_at)})
        if not pays(tried[-1]):
            return None
        failing = [amount for amount in tried if not pays(amount)]
        if not failing:
            return starts_at
        good = next(amount for amount in tried if amount > failing[-1])
        exact = _bisect(failing[-1], good, pays)
        return -(-exact // _ROUND) * _ROUND


def _bisect(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The smallest amount above `low` for which it holds, as it does for `high`."""
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high


def _marks(rules: Iterable[Rule], usual: int) -> Iterator[int]:
    """Baskets to look at, rising: a grid in equal proportions, and around each bound of a rule."""
    found = set()
    most = usual * _REACH
    amount = max(1, usual // _FINEST)
    while amount < most:
        found.add(amount)
        amount += max(1, amount // 8)
    found.add(most)
    for rule in rules:
        for bound in (*_bounds(rule.when), *_steps(rule)):
            found.update(n for n in (bound - 1, bound, bound + 1) if n > 0)
    yield from sorted(found)


def _steps(rule: Rule) -> Iterator[int]:
    for effect in rule.then:
        if isinstance(effect, DiscountPercent | CreditPercent):
            yield from (step.amount for step in effect.steps)


def _bounds(condition: Condition | None) -> Iterator[int]:
    match condition:
        case Comparison(fact, _, value) if fact == _BASKET_TOTAL:
            values = value if isinstance(value, tuple) else (value,)
            yield from (each for each in values if isinstance(each, int))
        case AllOf(inner) | AnyOf(inner):
            for each in inner:
                yield from _bounds(each)
        case Not(inner):
            yield from _bounds(inner)


def _target(offers: Iterable[Rule]) -> tuple[str | None, str | None]:
    """The group and article of the basket: what the offers are about."""
    for rule in offers:
        for effect in rule.then:
            if isinstance(effect, DiscountPercent | CreditPercent) and (effect.group or effect.sku):
                return effect.group, effect.sku
    return None, None


def _without_customer(facts: Facts) -> dict[str, FactValue]:
    return {name: value for name, value in facts.values.items() if _is_of_basket(name)}


def _is_of_basket(fact: str) -> bool:
    return fact.startswith(_OF_THE_BASKET)


def _assumed(rule: Rule, *, holds: bool) -> Rule:
    """The rule with everything but the basket's amount taken as `holds`, and without bounds of
    time, of persons, of number and of budget."""
    asks = rule.coupon or rule.occasion or rule.every_nth or rule.once
    when = rule.when if holds or not asks else FALSE
    return replace(
        rule,
        when=None if when is None else assume(when, holds, _is_asked),
        starts_at=None,
        ends_at=None,
        per_member_cap=rule.per_member_cap if holds else None,
        budget=None,
        daily_budget=None,
        per_member_uses=None,
        every_nth=None,
        coupon=None,
        occasion=None,
        early_access=None,
        once=None,
        holdout_bps=None,
    )


def _is_asked(fact: str) -> bool:
    return fact == _BASKET_TOTAL
