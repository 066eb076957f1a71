"""A good as a sale meets it: its price for this customer, and the terms that it has of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from timcheh.rules import CompiledRuleSet, Rule, compile_rules
from timcheh.rules.model import CreditPercent, DiscountPercent, Effect, PointsEach


@dataclass(frozen=True, slots=True)
class SoldGood:
    """`price` in rial as the customer's lists have it, `list` names the one that applied, if any.

    The rest are the good's own terms, as in `merchants.catalogue.models.Product`.
    """

    sku: str
    name: str
    group: str | None
    price: int
    active: bool = True
    discount_bps: int | None = None
    credit_bps: int | None = None
    credit_days: int | None = None
    credit_scope: str = "own"
    points: int | None = None
    list: str | None = None

    @property
    def has_terms(self) -> bool:
        return any((self.discount_bps, self.credit_bps, self.points))


def with_terms_of(ruleset: CompiledRuleSet, goods: Iterable[SoldGood]) -> CompiledRuleSet:
    """The shop's rules with those goods' own terms before them, each explained like a rule.

    A good's own terms are no part of a version: what they gave is written with the purchase.
    """
    own = tuple(_rule(good) for good in goods if good.has_terms)
    if not own:
        return ruleset
    return replace(ruleset, ordered=(*_compiled(own).ordered, *ruleset.ordered))


def _rule(good: SoldGood) -> Rule:
    return Rule(name=f"{good.name} ({good.sku})", then=tuple(_effects(good)))


def _effects(good: SoldGood) -> Iterable[Effect]:
    if good.discount_bps:
        yield DiscountPercent(good.discount_bps, sku=good.sku)
    if good.credit_bps:
        yield CreditPercent(good.credit_bps, good.credit_scope, good.credit_days, sku=good.sku)
    if good.points:
        yield PointsEach(good.points, "own", good.sku)


@lru_cache(maxsize=1024)
def _compiled(rules: Sequence[Rule]) -> CompiledRuleSet:
    return compile_rules(0, rules)
