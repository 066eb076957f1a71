"""Rules as sentences: when one holds and what it gives, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from timcheh.rules import FACTS, Fact, Rule
from timcheh.rules.facts import FactType, FactUnit
from timcheh.rules.model import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    CreditAmount,
    CreditPercent,
    DiscountAmount,
    DiscountPercent,
    Effect,
    Not,
    PointsEach,
    PointsPer,
)
from timcheh.voice import Voice

_WORDS = {"==": "eq", "!=": "ne", ">": "gt", ">=": "ge", "<": "lt", "<=": "le", "in": "in"}
_OPPOSITE = {"==": "!=", "!=": "==", ">": "<=", "<=": ">", "<": ">=", ">=": "<"}
_NAMED_SCOPES = ("own", "partners", "network")


@dataclass(frozen=True, slots=True)
class Teller(Voice):
    """Tells rules in one language and money unit; `names` are shops' and pools' by id."""

    names: Mapping[UUID, str] = field(default_factory=dict)

    def when(self, rule: Rule) -> str:
        """The condition of a rule as one sentence; empty for a rule that always holds."""
        return self.condition(rule.when)

    def condition(self, condition: Condition | None) -> str:
        """A condition as one sentence; empty for none, which always holds."""
        return self._condition(condition) if condition is not None else ""

    def then(self, rule: Rule) -> list[str]:
        """What a rule gives, effect by effect."""
        return [self._effect(effect) for effect in rule.then]

    def _condition(self, condition: Condition, wanted: bool = True) -> str:
        match condition:
            case Comparison():
                return self._comparison(condition, wanted)
            case Not():
                return self._condition(condition.condition, not wanted)
            case AllOf() | AnyOf():
                return self._joined(condition, wanted)

    def _joined(self, condition: AllOf | AnyOf, wanted: bool) -> str:
        """A `not` is turned inwards, so that `all` under it reads as `or`."""
        every = isinstance(condition, AllOf) == wanted
        parts = [
            f"({each})" if isinstance(inner, AllOf | AnyOf) and len(inner.conditions) > 1 else each
            for inner in condition.conditions
            for each in (self._condition(inner, wanted),)
        ]
        if not parts:
            return self.text("rules-always" if every else "rule-never")
        return self.text("rule-and" if every else "rule-or").join(parts)

    def _comparison(self, comparison: Comparison, wanted: bool) -> str:
        fact, value = FACTS[comparison.fact], comparison.value
        if fact.type is FactType.BOOLEAN:
            holds = bool(value) == (comparison.op == "==") == wanted
            return self.text(f"rule-{_hyphened(fact)}-{'true' if holds else 'false'}")
        listed: Sequence[object] = value if isinstance(value, tuple) else (value,)
        shown = self._either([self._value(each, fact) for each in listed])
        if fact.type is FactType.TEXT_SET:
            which = "has" if wanted else "lacks"
            return self.text(f"rule-{_hyphened(fact)}-{which}", value=shown)
        op = comparison.op if wanted else _OPPOSITE.get(comparison.op, "not_in")
        word = _WORDS.get(op, op)
        return self.text(f"rule-op-{word}", fact=fact.label(self.locale), value=shown)

    def _either(self, parts: Sequence[str]) -> str:
        if len(parts) < 2:
            return "".join(parts)
        first = self.text("list-comma").join(parts[:-1])
        return self.text("list-or", first=first, last=parts[-1])

    def _value(self, value: object, fact: Fact) -> str:
        if fact.choices:
            return fact.choice_label(str(value), self.locale)
        if fact.uuids:
            name = self.names.get(UUID(str(value)))
            return self._quoted(name) if name else self.text("value-unnamed-shop")
        if isinstance(value, int | Decimal):
            return self._number(value, fact)
        return self._quoted(str(value))

    def _number(self, value: int | Decimal, fact: Fact) -> str:
        if fact.unit is FactUnit.RIAL:
            return self.money(int(value))
        if fact.unit is FactUnit.DAYS:
            return self.text("value-days", days=value)
        if fact.unit is FactUnit.METRES:
            return self.text("value-metres", metres=value)
        if fact.unit is FactUnit.MINUTES:
            return self.text("value-minutes", minutes=value)
        return self.number(value)

    def _quoted(self, text: str) -> str:
        return self.text("value-quoted", text=text)

    def _effect(self, effect: Effect) -> str:
        match effect:
            case DiscountPercent():
                what = self.percent(effect.bps)
                target = self._target(effect) + self._steps(effect)
                return self.text("rule-discount", what=what) + target
            case DiscountAmount():
                return self.text("rule-discount", what=self.money(effect.amount))
            case CreditPercent():
                what = self.percent(effect.bps)
                target = self._target(effect) + self._steps(effect)
                return self._credit(what, effect.scope, effect.expires_in_days, target)
            case CreditAmount():
                what = self.money(effect.amount)
                return self._credit(what, effect.scope, effect.expires_in_days, "")
            case PointsEach():
                points = self.number(effect.points)
                return self.text("rule-points-each", points=points, sku=self._quoted(effect.sku))
            case PointsPer():
                return self.text(
                    "rule-points",
                    amount=self.money(effect.amount),
                    points=self.number(effect.points),
                    scope=self._points(effect.scope),
                )

    def _points(self, scope: str) -> str:
        """The shop's own points, or the pool's by its name."""
        if scope == "own":
            return self.text("scope-own_points")
        return self.names.get(UUID(scope)) or self.text("scope-pool")

    def _credit(self, what: str, scope: str, days: int | None, target: str) -> str:
        named = self.text(f"scope-{scope}" if scope in _NAMED_SCOPES else "scope-partners")
        sentence = self.text("rule-credit", what=what, scope=named) + target
        if days is None:
            return sentence
        return sentence + self.text("rule-expires", days=days)

    def _steps(self, effect: DiscountPercent | CreditPercent) -> str:
        """From which basket on it is more."""
        return "".join(
            self.text("rule-step", amount=self.money(x.amount), percent=self.percent(x.bps))
            for x in effect.steps
        )

    def _target(self, effect: DiscountPercent | CreditPercent) -> str:
        """Which lines an effect is for, if not all."""
        if effect.group is not None:
            return self.text("rule-on-group", group=self._quoted(effect.group))
        if effect.sku is not None:
            return self.text("rule-on-sku", sku=self._quoted(effect.sku))
        return ""


def _hyphened(fact: Fact) -> str:
    return fact.name.replace(".", "-")
