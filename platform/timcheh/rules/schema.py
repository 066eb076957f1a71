"""Rule lists from JSON and back.

Every fault is reported, each with its JSON pointer and a stable code; what is unknown is
refused. Reading what was written gives the same rules.
"""

from typing import Any

from timcheh.errors import Problems, pointer
from timcheh.rules.model import Rule
from timcheh.rules.reading import ObjectReader, read_list
from timcheh.rules.schema_conditions import read_condition
from timcheh.rules.schema_effects import read_effect
from timcheh.rules.schema_limits import NAME_MAXIMUM, read_limits
from timcheh.rules.writing import PLAIN_FIELDS, write_rule

MAXIMUM_RULES = 200
MAXIMUM_EFFECTS = 20
PRIORITY_MAXIMUM = 1_000_000

_FIELDS = (
    "name",
    "when",
    "then",
    "priority",
    "exclusive",
    "needs_activation",
    "starts_at",
    "ends_at",
    "occasion",
    "early_access",
    "once",
    *PLAIN_FIELDS,
)


def parse_rules(value: object, where: str = "/rules") -> tuple[Rule, ...]:
    """The rules of a decoded JSON list that stands at `where` in the body.

    Raises Invalid with a field error for each fault, for example `/rules/0/then/1/bps`.
    """
    problems = Problems()
    items = read_list(value, where, problems, 0, MAXIMUM_RULES) or []
    rules = []
    names: set[str] = set()
    for index, item in enumerate(items):
        rule = _rule(item, where + pointer(index), problems)
        if rule is None:
            continue
        if rule.name in names:
            problems.add(where + pointer(index, "name"), "duplicate")
        names.add(rule.name)
        rules.append(rule)
    problems.raise_if_any()
    return tuple(rules)


def rules_to_json(rules: tuple[Rule, ...]) -> list[dict[str, Any]]:
    """The rules as JSON, in order; fields at their default are left out."""
    return [write_rule(rule) for rule in rules]


def _rule(value: object, where: str, problems: Problems) -> Rule | None:
    faults = len(problems.errors)
    reader = ObjectReader(value, where, problems, _FIELDS)
    if not isinstance(value, dict):
        return None
    exclusive = bool(reader.boolean("exclusive"))
    needs_activation = bool(reader.boolean("needs_activation"))
    name = reader.text("name", required=True, maximum=NAME_MAXIMUM)
    when = None
    if reader.has("when"):
        when = read_condition(reader.raw("when"), reader.at("when"), problems)
    # Only an exclusive rule says something without an effect: "nothing more from here on".
    minimum = 0 if exclusive else 1
    effects = [
        read_effect(item, reader.at("then") + pointer(index), problems)
        for index, item in enumerate(
            reader.items("then", minimum=minimum, maximum=MAXIMUM_EFFECTS) or []
        )
    ]
    starts_at = reader.moment("starts_at")
    ends_at = reader.moment("ends_at")
    if starts_at is not None and ends_at is not None and starts_at >= ends_at:
        problems.add(reader.at("ends_at"), "ends_before_start")
    priority = reader.integer("priority", minimum=-PRIORITY_MAXIMUM, maximum=PRIORITY_MAXIMUM)
    limits = read_limits(reader, problems)
    if len(problems.errors) > faults or name is None:
        return None
    return Rule(
        name=name,
        when=when,
        then=tuple(effect for effect in effects if effect is not None),
        priority=priority or 0,
        exclusive=exclusive,
        needs_activation=needs_activation,
        starts_at=starts_at,
        ends_at=ends_at,
        **limits,
    )
