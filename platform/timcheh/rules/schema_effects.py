"""Effects from JSON."""

from collections.abc import Callable
from uuid import UUID

from timcheh.errors import Problems, pointer
from timcheh.money import BPS_WHOLE
from timcheh.rules.model import (
    CreditAmount,
    CreditPercent,
    DiscountAmount,
    DiscountPercent,
    Effect,
    PointsPer,
    Step,
)
from timcheh.rules.reading import LARGEST, ObjectReader

MAXIMUM_DAYS = 36_500  # a hundred years: an expiry that still is a date
MAXIMUM_STEPS = 10
CREDIT_SCOPES = ("own", "partners", "network")
POINT_SCOPES = ("own",)

_FIELDS = {
    "discount_percent": ("effect", "bps", "group", "sku", "steps"),
    "discount_amount": ("effect", "amount"),
    "credit_percent": ("effect", "bps", "scope", "expires_in_days", "group", "sku", "steps"),
    "credit_amount": ("effect", "amount", "scope", "expires_in_days"),
    "points_per": ("effect", "amount", "points", "scope"),
}
EFFECTS = tuple(_FIELDS)


def read_effect(value: object, where: str, problems: Problems) -> Effect | None:
    """The effect at `where`; None if anything in it is wrong (see `problems`)."""
    kind = _kind(value, where, problems)
    if kind is None:
        return None
    faults = len(problems.errors)
    reader = ObjectReader(value, where, problems, _FIELDS[kind])
    effect = _READERS[kind](reader)
    return effect if len(problems.errors) == faults else None


def _kind(value: object, where: str, problems: Problems) -> str | None:
    if not isinstance(value, dict):
        problems.add(where, "not_an_object")
        return None
    kind = value.get("effect")
    if kind is None:
        problems.add(f"{where}/effect", "required")
    elif not isinstance(kind, str) or kind not in _FIELDS:
        problems.add(f"{where}/effect", "unknown_effect", choices=", ".join(EFFECTS))
    else:
        return kind
    return None


def _discount_percent(reader: ObjectReader) -> DiscountPercent:
    return DiscountPercent(_bps(reader), reader.text("group"), reader.text("sku"), _steps(reader))


def _discount_amount(reader: ObjectReader) -> DiscountAmount:
    return DiscountAmount(_positive(reader, "amount"))


def _credit_percent(reader: ObjectReader) -> CreditPercent:
    return CreditPercent(
        _bps(reader),
        _scope(reader, CREDIT_SCOPES),
        _days(reader),
        reader.text("group"),
        reader.text("sku"),
        _steps(reader),
    )


def _credit_amount(reader: ObjectReader) -> CreditAmount:
    return CreditAmount(_positive(reader, "amount"), _scope(reader, CREDIT_SCOPES), _days(reader))


def _points_per(reader: ObjectReader) -> PointsPer:
    return PointsPer(
        _positive(reader, "amount"), _positive(reader, "points"), _scope(reader, POINT_SCOPES)
    )


_READERS: dict[str, Callable[[ObjectReader], Effect]] = {
    "discount_percent": _discount_percent,
    "discount_amount": _discount_amount,
    "credit_percent": _credit_percent,
    "credit_amount": _credit_amount,
    "points_per": _points_per,
}

# A faulty field reads as a placeholder: `read_effect` drops the effect if a fault was recorded.


def _bps(reader: ObjectReader) -> int:
    return reader.integer("bps", required=True, minimum=0, maximum=BPS_WHOLE) or 0


def _steps(reader: ObjectReader) -> tuple[Step, ...]:
    """By rising amount; an amount that does not rise is a fault."""
    if not reader.has("steps"):
        return ()
    steps: list[Step] = []
    items = reader.items("steps", minimum=0, maximum=MAXIMUM_STEPS) or []
    for index, item in enumerate(items):
        where = reader.at("steps") + pointer(index)
        part = ObjectReader(item, where, reader.problems, ("amount", "bps"))
        step = Step(_positive(part, "amount"), _bps(part))
        if steps and step.amount <= steps[-1].amount:
            reader.problems.add(part.at("amount"), "steps_must_rise")
        steps.append(step)
    return tuple(steps)


def _positive(reader: ObjectReader, key: str) -> int:
    return reader.integer(key, required=True, minimum=1, maximum=LARGEST) or 1


def _days(reader: ObjectReader) -> int | None:
    return reader.integer("expires_in_days", minimum=1, maximum=MAXIMUM_DAYS)


def _scope(reader: ObjectReader, names: tuple[str, ...]) -> str:
    scope = reader.text("scope", required=True)
    if scope is None or scope in names:
        return scope or ""
    try:
        return str(UUID(scope))
    except ValueError:
        reader.problems.add(reader.at("scope"), "unknown_scope", choices=", ".join(names))
        return ""
