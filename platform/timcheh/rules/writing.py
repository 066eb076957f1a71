"""Rules as JSON."""

from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Any

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
    Occasion,
    PointsEach,
    PointsPer,
    Rule,
)

EFFECT_NAMES: dict[type[Effect], str] = {
    DiscountPercent: "discount_percent",
    DiscountAmount: "discount_amount",
    CreditPercent: "credit_percent",
    CreditAmount: "credit_amount",
    PointsPer: "points_per",
    PointsEach: "points_each",
}


PLAIN_FIELDS = (
    "per_member_cap",
    "budget",
    "daily_budget",
    "per_member_uses",
    "exclusive_group",
    "every_nth",
    "coupon",
    "holdout_bps",
)
"""Of a rule: what is written as it is, where it is set."""


def write_rule(rule: Rule) -> dict[str, Any]:
    """One rule; fields at their default are left out."""
    written: dict[str, Any] = {"name": rule.name}
    if rule.when is not None:
        written["when"] = write_condition(rule.when)
    written["then"] = [write_effect(effect) for effect in rule.then]
    if rule.priority:
        written["priority"] = rule.priority
    if rule.exclusive:
        written["exclusive"] = True
    if rule.needs_activation:
        written["needs_activation"] = True
    for name in ("starts_at", "ends_at"):
        moment = getattr(rule, name)
        if moment is not None:
            written[name] = write_moment(moment)
    for name in PLAIN_FIELDS:
        value = getattr(rule, name)
        if value is not None:
            written[name] = value
    if rule.occasion is not None:
        written["occasion"] = _fields_of(rule.occasion)
    if rule.early_access is not None:
        early = rule.early_access
        written["early_access"] = {"days": early.days, "groups": list(early.groups)}
    if rule.once is not None:
        written["once"] = {"within_days": rule.once.within_days}
        if rule.once.when is not None:
            written["once"]["when"] = write_condition(rule.once.when)
    return written


def write_condition(condition: Condition) -> dict[str, Any]:
    """One condition with all that it holds."""
    match condition:
        case Comparison(fact, op, value):
            return {"fact": fact, "op": op, "value": json_value(value)}
        case AllOf(conditions):
            return {"all": [write_condition(each) for each in conditions]}
        case AnyOf(conditions):
            return {"any": [write_condition(each) for each in conditions]}
        case Not(inner):
            return {"not": write_condition(inner)}


def write_effect(effect: Effect) -> dict[str, Any]:
    """One effect; fields that aren't set are left out."""
    written: dict[str, Any] = {"effect": EFFECT_NAMES[type(effect)]} | _fields_of(effect)
    steps = getattr(effect, "steps", ())
    written.pop("steps", None)
    if steps:
        written["steps"] = [{"amount": step.amount, "bps": step.bps} for step in steps]
    return written


def _fields_of(value: Effect | Occasion) -> dict[str, Any]:
    found = {field.name: getattr(value, field.name) for field in fields(value)}
    return {name: each for name, each in found.items() if each is not None}


def write_moment(moment: datetime) -> str:
    """RFC 3339 in UTC; rules hold their times in UTC."""
    return moment.isoformat().replace("+00:00", "Z")


def json_value(value: object) -> Any:
    """A compared value as JSON; a decimal becomes a number (three decimals are exact in it)."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, tuple):
        return [json_value(item) for item in value]
    if isinstance(value, frozenset | set):
        return sorted(value)
    return value
