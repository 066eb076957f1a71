"""Conditions from JSON: known facts, operators that suit them, values of the fact's type."""

from dataclasses import dataclass
from decimal import Decimal

from timcheh.errors import Invalid, Problems, pointer
from timcheh.rules.facts import ALL_OPERATORS, FACTS, Fact, FactType, Place
from timcheh.rules.model import AllOf, AnyOf, Comparison, Condition, Not, Scalar, facts_in
from timcheh.rules.reading import (
    LARGEST,
    TEXT_MAXIMUM,
    ObjectReader,
    read_integer,
    read_list,
    read_number,
    read_text,
    read_uuid,
)

MAXIMUM_DEPTH = 8
MAXIMUM_COMPARISONS = 100
MAXIMUM_CHOICES = 500
LARGEST_QUANTITY = 10**9  # with three decimals still exact as a JSON number

_COMPARISON = ("fact", "op", "value")
_BRANCHES = ("all", "any", "not")


@dataclass(slots=True)
class _Budget:
    """How many comparisons one rule may still have."""

    left: int = MAXIMUM_COMPARISONS


def parse_condition(value: object, where: str = "/when", place: Place | None = None) -> Condition:
    """The condition of a decoded JSON value that stands at `where` in the body.

    Raises Invalid with the pointer of every fault; with a `place`, also for a fact that can't be
    asked there.
    """
    problems = Problems()
    condition = read_condition(value, where, problems)
    problems.raise_if_any()
    assert condition is not None
    if place is not None:
        stray = sorted(name for name in facts_in(condition) if place not in FACTS[name].places)
        if stray:
            raise Invalid.field(where, "fact_not_here", facts=", ".join(stray))
    return condition


def read_condition(value: object, where: str, problems: Problems) -> Condition | None:
    """The condition at `where`; None if anything in it is wrong (see `problems`)."""
    return _condition(value, where, problems, _Budget(), 1)


def _condition(
    value: object, where: str, problems: Problems, budget: _Budget, depth: int
) -> Condition | None:
    if not isinstance(value, dict):
        problems.add(where, "not_an_object")
        return None
    if depth > MAXIMUM_DEPTH:
        problems.add(where, "too_deep", maximum=MAXIMUM_DEPTH)
        return None
    branch = next((name for name in _BRANCHES if name in value), None)
    if branch is None and not any(name in value for name in _COMPARISON):
        problems.add(where, "not_a_condition")
        return None
    if branch is None:
        return _comparison(value, where, problems, budget)
    reader = ObjectReader(value, where, problems, (branch,))
    at = reader.at(branch)
    if branch == "not":
        inner = _condition(reader.raw("not"), at, problems, budget, depth + 1)
        return None if inner is None else Not(inner)
    # `all` of nothing always holds; `any` of nothing never could, so it is surely a slip.
    minimum = 1 if branch == "any" else 0
    items = reader.items(branch, minimum=minimum, maximum=MAXIMUM_COMPARISONS)
    if items is None:
        return None
    read = [
        _condition(item, at + pointer(index), problems, budget, depth + 1)
        for index, item in enumerate(items)
    ]
    conditions = tuple(condition for condition in read if condition is not None)
    if len(conditions) < len(read):
        return None
    return AllOf(conditions) if branch == "all" else AnyOf(conditions)


def _comparison(
    value: object, where: str, problems: Problems, budget: _Budget
) -> Comparison | None:
    budget.left -= 1
    if budget.left == -1:
        problems.add(where, "too_many", maximum=MAXIMUM_COMPARISONS)
    reader = ObjectReader(value, where, problems, _COMPARISON)
    fact = _fact(reader)
    op = _operator(reader, fact)
    needed = reader.raw("value", required=True)
    if fact is None or op is None or needed is None:
        return None
    read: Scalar | tuple[Scalar, ...] | None
    if op == "in":
        read = _choices(needed, fact, reader.at("value"), problems)
    else:
        read = _scalar(needed, fact, reader.at("value"), problems)
    return None if read is None else Comparison(fact.name, op, read)


def _fact(reader: ObjectReader) -> Fact | None:
    name = reader.text("fact", required=True)
    if name is None:
        return None
    fact = FACTS.get(name)
    if fact is None:
        reader.problems.add(reader.at("fact"), "unknown_fact", choices=", ".join(FACTS))
    return fact


def _operator(reader: ObjectReader, fact: Fact | None) -> str | None:
    op = reader.text("op", required=True)
    if op is None:
        return None
    if op not in ALL_OPERATORS:
        reader.problems.add(reader.at("op"), "unknown_operator", choices=" ".join(ALL_OPERATORS))
        return None
    if fact is not None and op not in fact.operators:
        reader.problems.add(
            reader.at("op"), "unsuitable_operator", choices=" ".join(fact.operators)
        )
        return None
    return op


def _choices(
    value: object, fact: Fact, where: str, problems: Problems
) -> tuple[Scalar, ...] | None:
    items = read_list(value, where, problems, 1, MAXIMUM_CHOICES)
    if items is None:
        return None
    read = [
        _scalar(item, fact, where + pointer(index), problems) for index, item in enumerate(items)
    ]
    values = tuple(item for item in read if item is not None)
    return values if len(values) == len(read) else None


def _scalar(value: object, fact: Fact, where: str, problems: Problems) -> Scalar | None:
    match fact.type:
        case FactType.INTEGER:
            return read_integer(value, where, problems, -LARGEST, LARGEST)
        case FactType.NUMBER:
            return _number(value, where, problems)
        case FactType.BOOLEAN:
            return _boolean(value, where, problems)
        case FactType.CHOICE:
            return _choice(value, fact, where, problems)
        case FactType.TEXT | FactType.TEXT_SET:
            if fact.choices:
                return _choice(value, fact, where, problems)
            if fact.uuids:
                return read_uuid(value, where, problems)
            return read_text(value, where, problems, TEXT_MAXIMUM)


def _number(value: object, where: str, problems: Problems) -> int | Decimal | None:
    return read_number(value, where, problems, -LARGEST_QUANTITY, LARGEST_QUANTITY)


def _boolean(value: object, where: str, problems: Problems) -> bool | None:
    if isinstance(value, bool):
        return value
    problems.add(where, "not_a_boolean")
    return None


def _choice(value: object, fact: Fact, where: str, problems: Problems) -> str | None:
    if isinstance(value, str) and value in fact.choices:
        return value
    problems.add(where, "not_a_choice", choices=", ".join(fact.choices))
    return None
