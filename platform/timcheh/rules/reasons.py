"""Why a rule gave what it gave, as data. `timcheh.rules.explain` makes sentences of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from timcheh.rules.compile import Node, Values
from timcheh.rules.engine import Pricing, Verdict
from timcheh.rules.facts import FactValue
from timcheh.rules.gates import Standing
from timcheh.rules.model import AllOf, Comparison, Not
from timcheh.rules.writing import json_value

OPPOSITE = {
    "==": "!=",
    "!=": "==",
    ">": "<=",
    "<=": ">",
    "<": ">=",
    ">=": "<",
    "in": "not_in",
    "contains": "not_contains",
}


class Outcome(StrEnum):
    """As the public API names them."""

    APPLIED = "applied"
    NOT_APPLIED = "not_applied"
    CAPPED = "capped"


@dataclass(frozen=True, slots=True)
class Because:
    """One ground: a stable code and its numbers. `details` are the grounds it is made of.

    Codes: applied, applied_without_value, capped, all_of, any_of, fact (params fact, op, needed,
    actual, and gap for numbers), fact_unknown, never, concession (what
    the seller took off, with why), and each `Standing` of a gate.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    details: tuple["Because", ...] = ()

    @property
    def distance(self) -> int:
        """How many comparisons must change for the rule to hold: 1 is a near miss."""
        if self.code == "all_of":
            return sum(each.distance for each in self.details)
        if self.code == "any_of":
            return min(each.distance for each in self.details)
        return 1 if self.code in ("fact", "fact_unknown") else 0

    def to_json(self) -> dict[str, Any]:
        """As JSON; empty parts are left out."""
        written: dict[str, Any] = {"code": self.code}
        if self.params:
            written["params"] = dict(self.params)
        if self.details:
            written["details"] = [each.to_json() for each in self.details]
        return written

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "Because":
        """What `to_json` wrote, so that a stored purchase can be explained in any language."""
        details = tuple(cls.from_json(each) for each in written.get("details", ()))
        return cls(written["code"], written.get("params", {}), details)


@dataclass(frozen=True, slots=True)
class Reason:
    """What came of one rule."""

    rule: str
    version: int
    outcome: Outcome
    because: Because

    def to_json(self) -> dict[str, Any]:
        """As JSON, with `because` as data."""
        return {
            "rule": self.rule,
            "version": self.version,
            "outcome": str(self.outcome),
            "because": self.because.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Result:
    """What a rule gave: rial of discount and credit, points, and their value together."""

    verdict: Verdict
    discount: int = 0
    credit: int = 0
    points: int = 0
    value: int = 0
    wanted: int = 0
    capped: bool = False


def reason(result: Result, pricing: Pricing) -> Reason:
    """The reason of one rule; only this, and not the decision itself, costs words."""
    outcome, because = _because(result, pricing)
    return Reason(result.verdict.compiled.name, pricing.ruleset.version, outcome, because)


def _because(result: Result, pricing: Pricing) -> tuple[Outcome, Because]:
    verdict = result.verdict
    values = pricing.facts.values
    match verdict.standing:
        case Standing.MATCHED if result.capped:
            return Outcome.CAPPED, _capped(result)
        case Standing.MATCHED:
            return Outcome.APPLIED, _applied(result)
        case Standing.CONDITION:
            assert verdict.compiled.condition is not None
            ground = unmet(verdict.compiled.condition, values)
        case Standing.NOT_ENTITLED:
            assert verdict.compiled.entitling is not None
            ground = unmet(verdict.compiled.entitling, values)
        case standing:
            ground = Because(str(standing), verdict.params)
    return Outcome.NOT_APPLIED, ground


def _applied(result: Result) -> Because:
    gifts = {
        "discount": result.discount,
        "credit": result.credit,
        "points": result.points,
    }
    given: dict[str, Any] = {name: amount for name, amount in gifts.items() if amount}
    if not given:
        return Because("applied_without_value")
    if result.discount:
        given["lines"] = discount_per_line(result.verdict)
    return Because("applied", given)


def discount_per_line(verdict: Verdict) -> list[int]:
    """What a rule took off each line, rial; credit and points name their lines in their lots."""
    return [sum(shares) for shares in zip(*(x.shares for x in verdict.discounts), strict=True)]


def _capped(result: Result) -> Because:
    allowance = result.verdict.allowance
    return Because(
        "capped",
        {
            "limit": allowance.limit,
            "cap": allowance.cap,
            "used": allowance.used,
            "wanted": result.wanted,
            "given": result.value,
        }
        | ({"lines": discount_per_line(result.verdict)} if result.discount else {}),
    )


def unmet(node: Node, values: Values, wanted: bool = True) -> Because:
    """What keeps a condition from being `wanted`, when it isn't.

    A `not` is turned inwards, so that every ground says what ought to be.
    """
    source = node.source
    if isinstance(source, Comparison):
        return _unmet_comparison(source, values.get(source.fact), wanted)
    if isinstance(source, Not):
        return unmet(node.children[0], values, not wanted)
    failing = [child for child in node.children if child.test(values) != wanted]
    grounds = tuple(unmet(child, values, wanted) for child in failing)
    # All must hold, or none may: each failing part matters. Otherwise one of them is enough.
    every = isinstance(source, AllOf) == wanted
    return _together("all_of" if every else "any_of", grounds)


def _together(code: str, grounds: Sequence[Because]) -> Because:
    if not grounds:  # `not` of an empty `all`
        return Because("never")
    return grounds[0] if len(grounds) == 1 else Because(code, {}, tuple(grounds))


def _unmet_comparison(source: Comparison, actual: FactValue | None, wanted: bool) -> Because:
    op = source.op if wanted else OPPOSITE[source.op]
    params: dict[str, Any] = {
        "fact": source.fact,
        "op": op,
        "needed": json_value(source.value),
    }
    if actual is None:
        return Because("fact_unknown", params)
    params["actual"] = json_value(actual)
    if _is_number(actual) and _is_number(source.value):
        params["gap"] = json_value(abs(source.value - actual))  # type: ignore[operator]
    return Because("fact", params)


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
