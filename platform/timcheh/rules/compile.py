"""Rules made fast: conditions become closures once, when a shop's rule set is loaded."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from timcheh.rules.basket import BasketLine, match_key, match_value
from timcheh.rules.facts import FACTS, FactType, FactValue
from timcheh.rules.gates import Gate, coupon_key, gates_of
from timcheh.rules.model import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    CreditPercent,
    DiscountAmount,
    DiscountEffect,
    DiscountPercent,
    EarnEffect,
    Not,
    PointsEach,
    Rule,
    Scalar,
)

Values = Mapping[str, FactValue]
Test = Callable[[Values], bool]


@dataclass(frozen=True, slots=True)
class Node:
    """A compiled condition. It keeps its source so that an answer can be explained."""

    source: Condition
    test: Test
    children: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its conditions compiled and its effects split by the phase they run in.

    `entitling` is who comes to have a one-time rule; None for everyone, and for other rules.
    """

    rule: Rule
    gates: tuple[Gate, ...]
    condition: Node | None
    entitling: Node | None
    discounts: tuple[DiscountEffect, ...]
    earnings: tuple[EarnEffect, ...]

    @property
    def name(self) -> str:
        """The rule's name, unique in its set."""
        return self.rule.name


@dataclass(frozen=True, slots=True)
class CompiledRuleSet:
    """An immutable version of a shop's rules. `ordered` is the order in which they run.

    `once` and `coupons` (as `coupon_key` writes them) pick out what few shops have, so that
    nobody looks through all rules for them.
    """

    version: int
    rules: tuple[Rule, ...]
    ordered: tuple[CompiledRule, ...]
    once: tuple[CompiledRule, ...] = ()
    by_name: Mapping[str, Rule] = field(default_factory=dict)
    coupons: frozenset[str] = frozenset()


def compile_rules(version: int, rules: Iterable[Rule]) -> CompiledRuleSet:
    """Compile checked rules: by descending priority, and in list order among equals."""
    listed = tuple(rules)
    ordered = tuple(_rule(rule) for rule in sorted(listed, key=lambda rule: -rule.priority))
    return CompiledRuleSet(
        version,
        listed,
        ordered,
        once=tuple(each for each in ordered if each.rule.once is not None),
        by_name={rule.name: rule for rule in listed},
        coupons=frozenset(coupon_key(rule.coupon) for rule in listed if rule.coupon is not None),
    )


def weights_of_matching(
    basket: Sequence[BasketLine],
    effect: DiscountPercent | CreditPercent | PointsEach,
    amounts: Sequence[int],
) -> list[int]:
    """`amounts` of the lines an effect is about, 0 for the others.

    Both filters must fit if both are set. A line of weight 0 gets no share.
    """
    wanted = None if isinstance(effect, PointsEach) else effect.group
    if wanted is None and effect.sku is None:
        return list(amounts)
    group = None if wanted is None else match_key(wanted)
    sku = None if effect.sku is None else match_key(effect.sku)
    return [
        amount if (group is None or line.group == group) and (sku is None or line.sku == sku) else 0
        for line, amount in zip(basket, amounts, strict=True)
    ]


def bps_at(effect: DiscountPercent | CreditPercent, total: int) -> int:
    """The effect's share for a basket of `total` rial: that of the highest step it reaches."""
    bps = effect.bps
    for step in effect.steps:
        if total >= step.amount:
            bps = step.bps
    return bps


def _rule(rule: Rule) -> CompiledRule:
    entitling = None if rule.once is None else rule.once.when
    return CompiledRule(
        rule,
        gates_of(rule),
        None if rule.when is None else compile_condition(rule.when),
        None if entitling is None else compile_condition(entitling),
        tuple(e for e in rule.then if isinstance(e, DiscountPercent | DiscountAmount)),
        tuple(e for e in rule.then if not isinstance(e, DiscountPercent | DiscountAmount)),
    )


def compile_condition(condition: Condition) -> Node:
    """The closure of a condition, with those of its parts."""
    match condition:
        case Comparison():
            return Node(condition, _comparison(condition))
        case Not(inner):
            child = compile_condition(inner)
            return Node(condition, _not(child.test), (child,))
        case AllOf(conditions):
            children = tuple(compile_condition(each) for each in conditions)
            return Node(condition, _all(tuple(child.test for child in children)), children)
        case AnyOf(conditions):
            children = tuple(compile_condition(each) for each in conditions)
            return Node(condition, _any(tuple(child.test for child in children)), children)


def _not(inner: Test) -> Test:
    return lambda values: not inner(values)


def _all(tests: tuple[Test, ...]) -> Test:
    def every(values: Values) -> bool:
        for test in tests:  # noqa: SIM110  a generator costs three times as much here
            if not test(values):
                return False
        return True

    return every


def _any(tests: tuple[Test, ...]) -> Test:
    def some(values: Values) -> bool:
        for test in tests:  # noqa: SIM110  a generator costs three times as much here
            if test(values):
                return True
        return False

    return some


def _comparison(comparison: Comparison) -> Test:
    """A missing fact (None) makes each of these false and never raises."""
    name = comparison.fact
    if isinstance(comparison.value, tuple):
        return _among(name, frozenset(map(match_value, comparison.value)))
    return _MAKERS[comparison.op](name, match_value(comparison.value))


def _among(name: str, choices: frozenset[Scalar]) -> Test:
    if FACTS[name].type is FactType.TEXT_SET:

        def overlaps(values: Values) -> bool:
            actual = values.get(name)
            return isinstance(actual, frozenset) and not choices.isdisjoint(actual)

        return overlaps

    def is_one_of(values: Values) -> bool:
        actual = values.get(name)
        return actual is not None and actual in choices

    return is_one_of


def _contains(name: str, needed: Scalar) -> Test:
    def test(values: Values) -> bool:
        actual = values.get(name)
        return isinstance(actual, frozenset) and needed in actual

    return test


def _equals(name: str, needed: Scalar) -> Test:
    return lambda values: values.get(name) == needed


def _differs(name: str, needed: Scalar) -> Test:
    def test(values: Values) -> bool:
        actual = values.get(name)
        return actual is not None and actual != needed

    return test


# The schema lets only numbers meet these four, on both sides.


def _above(name: str, needed: Scalar) -> Test:
    def test(values: Values) -> bool:
        actual = values.get(name)
        return actual is not None and actual > needed  # type: ignore[operator]

    return test


def _at_least(name: str, needed: Scalar) -> Test:
    def test(values: Values) -> bool:
        actual = values.get(name)
        return actual is not None and actual >= needed  # type: ignore[operator]

    return test


def _below(name: str, needed: Scalar) -> Test:
    def test(values: Values) -> bool:
        actual = values.get(name)
        return actual is not None and actual < needed  # type: ignore[operator]

    return test


def _at_most(name: str, needed: Scalar) -> Test:
    def test(values: Values) -> bool:
        actual = values.get(name)
        return actual is not None and actual <= needed  # type: ignore[operator]

    return test


_MAKERS: dict[str, Callable[[str, Scalar], Test]] = {
    "==": _equals,
    "!=": _differs,
    ">": _above,
    ">=": _at_least,
    "<": _below,
    "<=": _at_most,
    "contains": _contains,
}
