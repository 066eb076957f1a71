"""Rule lists as JSON Schema (2020-12), for the OpenAPI document.

Built from the same constants that `schema` checks with, so the two can't drift. What a schema
can't say (unique names, an end after its start, how deep conditions nest) is in descriptions.
"""

from typing import Any

from timcheh.money import BPS_WHOLE
from timcheh.rules.facts import FACTS, OPERATORS, Fact, FactType
from timcheh.rules.gates import OCCASIONS, OWN_OCCASION
from timcheh.rules.reading import DECIMALS, LARGEST, TEXT_MAXIMUM
from timcheh.rules.schema import MAXIMUM_EFFECTS, MAXIMUM_RULES, PRIORITY_MAXIMUM
from timcheh.rules.schema_conditions import (
    LARGEST_QUANTITY,
    MAXIMUM_CHOICES,
    MAXIMUM_COMPARISONS,
    MAXIMUM_DEPTH,
)
from timcheh.rules.schema_effects import (
    CREDIT_SCOPES,
    MAXIMUM_DAYS,
    MAXIMUM_STEPS,
    POINT_SCOPES,
)
from timcheh.rules.schema_limits import (
    CALENDARS,
    COUPON_MAXIMUM,
    MOST_DAYS_AROUND,
    MOST_DEADLINE,
    MOST_EARLY_DAYS,
    MOST_GROUPS,
    MOST_NTH,
    MOST_USES,
    NAME_MAXIMUM,
)

Schema = dict[str, Any]

RULE = "Rule"
CONDITION = "RuleCondition"
EFFECT = "RuleEffect"
_REFERENCE = "#/components/schemas/"
_NULL: Schema = {"type": "null"}
_UUID: Schema = {"type": "string", "format": "uuid"}


def rule_components() -> dict[str, Schema]:
    """The schemas `Rule`, `RuleCondition` and `RuleEffect`, to go under components/schemas."""
    return {RULE: _rule(), CONDITION: _condition(), EFFECT: _effect()}


def rule_list() -> Schema:
    """A rule set: a list of `Rule`."""
    return {"type": "array", "items": _ref(RULE), "maxItems": MAXIMUM_RULES}


def _rule() -> Schema:
    optional: Schema = {
        "when": _ref(CONDITION),
        "priority": _integer(-PRIORITY_MAXIMUM, PRIORITY_MAXIMUM),
        "exclusive": {"type": "boolean"},
        "needs_activation": {
            "type": "boolean",
            "description": "Only for members who have activated it in the club or at the till.",
        },
        "starts_at": {"type": "string", "format": "date-time"},
        "ends_at": {
            "type": "string",
            "format": "date-time",
            "description": "Exclusive, and after starts_at.",
        },
        **_limits(),
    }
    effects = {"type": "array", "items": _ref(EFFECT), "maxItems": MAXIMUM_EFFECTS}
    schema = _object(
        {"name": _text(NAME_MAXIMUM), "then": effects},
        {name: _nullable(each) for name, each in optional.items()},
    )
    schema["description"] = "Names are unique within a rule set. Amounts are in rial."
    # Only an exclusive rule may have no effect: it stops the rules after it.
    schema["anyOf"] = [
        {"properties": {"then": {"minItems": 1}}},
        {"properties": {"exclusive": {"const": True}}, "required": ["exclusive"]},
    ]
    return schema


def _limits() -> Schema:
    """As `schema_limits` reads them."""
    days_around = _nullable(_integer(0, MOST_DAYS_AROUND))
    around: Schema = {"days_before": days_around, "days_after": days_around}
    named = [name for name in OCCASIONS if name != OWN_OCCASION]
    own = {
        "name": {"const": OWN_OCCASION},
        "calendar": {"enum": list(CALENDARS)},
        "month": _integer(1, 12),
        "day": _integer(1, 31),
    }
    return {
        "per_member_cap": _integer(1, LARGEST),
        "budget": _integer(1, LARGEST),
        "daily_budget": _integer(1, LARGEST)
        | {"description": "Rial that all members together get in a day of the mall."},
        "per_member_uses": _integer(1, MOST_USES),
        "exclusive_group": _text(NAME_MAXIMUM)
        | {"description": "Of the rules of one group only the first that holds applies."},
        "every_nth": _integer(2, MOST_NTH),
        "coupon": _text(COUPON_MAXIMUM) | {"description": "Applies with this code only."},
        "holdout_bps": _integer(1, BPS_WHOLE - 1)
        | {"description": "The share of members who are held out of it, to measure its effect."},
        "occasion": {
            "anyOf": [
                _object(
                    {"name": {"enum": named}}, around | dict.fromkeys(own.keys() - {"name"}, _NULL)
                ),
                _object(own, around),
            ]
        },
        "early_access": _object(
            {
                "days": _integer(1, MOST_EARLY_DAYS),
                "groups": {
                    "type": "array",
                    "items": _text(TEXT_MAXIMUM),
                    "minItems": 1,
                    "maxItems": MOST_GROUPS,
                },
            }
        )
        | {"description": "Needs starts_at: these groups and tiers may use it earlier."},
        "once": _object(
            {"within_days": _integer(1, MOST_DEADLINE)}, {"when": _nullable(_ref(CONDITION))}
        )
        | {"description": "Each member once, within the days after coming to fulfil `when`."},
    }


def _condition() -> Schema:
    def parts(minimum: int) -> Schema:
        return {
            "type": "array",
            "items": _ref(CONDITION),
            "minItems": minimum,
            "maxItems": MAXIMUM_COMPARISONS,
        }

    return {
        "description": f"At most {MAXIMUM_DEPTH} deep, {MAXIMUM_COMPARISONS} comparisons a rule.",
        "anyOf": [
            _object({"all": parts(0)}),
            _object({"any": parts(1)}),
            _object({"not": _ref(CONDITION)}),
            *(comparison for fact in FACTS.values() for comparison in _comparisons(fact)),
        ],
    }


def _comparisons(fact: Fact) -> list[Schema]:
    value = _value(fact)
    single = [op for op in OPERATORS[fact.type] if op != "in"]
    forms = [
        _object({"fact": {"const": fact.name}, "op": {"enum": single}, "value": value}),
    ]
    if "in" in OPERATORS[fact.type]:
        listed = {"type": "array", "items": value, "minItems": 1, "maxItems": MAXIMUM_CHOICES}
        forms.append(
            _object({"fact": {"const": fact.name}, "op": {"const": "in"}, "value": listed})
        )
    return forms


def _value(fact: Fact) -> Schema:
    match fact.type:
        case FactType.INTEGER:
            return _integer(-LARGEST, LARGEST)
        case FactType.NUMBER:
            return {
                "type": "number",
                "minimum": -LARGEST_QUANTITY,
                "maximum": LARGEST_QUANTITY,
                "description": f"At most {DECIMALS} decimals.",
            }
        case FactType.BOOLEAN:
            return {"type": "boolean"}
        case FactType.CHOICE:
            return {"enum": list(fact.choices)}
        case FactType.TEXT | FactType.TEXT_SET:
            if fact.choices:
                return {"enum": list(fact.choices)}
            return _UUID if fact.uuids else _text(TEXT_MAXIMUM)


def _effect() -> Schema:
    bps = {"bps": _integer(0, BPS_WHOLE)}
    amount = {"amount": _integer(1, LARGEST)}
    points = {"points": _integer(1, LARGEST)}
    credit = {"scope": _scope(CREDIT_SCOPES)}
    pool = {"scope": _scope(POINT_SCOPES)}
    days = {"expires_in_days": _nullable(_integer(1, MAXIMUM_DAYS))}
    steps: Schema = {
        "type": "array",
        "items": _object({"amount": _integer(1, LARGEST)} | bps),
        "maxItems": MAXIMUM_STEPS,
        "description": "By rising amount: from such a basket on it is these bps.",
    }
    lines = {
        "group": _nullable(_text(TEXT_MAXIMUM)),
        "sku": _nullable(_text(TEXT_MAXIMUM)),
        "steps": _nullable(steps),
    }
    return {
        "anyOf": [
            _object(_named("discount_percent") | bps, lines),
            _object(_named("discount_amount") | amount),
            _object(_named("credit_percent") | bps | credit, days | lines),
            _object(_named("credit_amount") | amount | credit, days),
            _object(_named("points_per") | amount | points | pool),
        ]
    }


def _named(effect: str) -> Schema:
    return {"effect": {"const": effect}}


def _scope(names: tuple[str, ...]) -> Schema:
    return {"anyOf": [{"enum": list(names)}, _UUID]}


def _object(required: Schema, optional: Schema | None = None) -> Schema:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
    }


def _integer(minimum: int, maximum: int) -> Schema:
    return {"type": "integer", "minimum": minimum, "maximum": maximum}


def _text(maximum: int) -> Schema:
    pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
    return {"type": "string", "minLength": 1, "maxLength": maximum, "pattern": pattern}


def _nullable(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _ref(name: str) -> Schema:
    return {"$ref": _REFERENCE + name}
