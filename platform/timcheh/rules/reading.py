"""Reading one JSON object strictly: every fault is recorded with its pointer, none is raised."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from timcheh.calendar import is_plausible
from timcheh.errors import Problems, pointer

LARGEST = 10**15  # rial; far beyond any sale, and safe in a bigint after a sum
TEXT_MAXIMUM = 200
DECIMALS = 3
_RFC3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)


class ObjectReader:
    """The fields of a JSON object at `where`. A faulty or absent field reads as None.

    An explicit null counts as absent. Keys outside `fields` are faults.
    """

    def __init__(
        self, value: object, where: str, problems: Problems, fields: Sequence[str]
    ) -> None:
        self.where = where
        self.problems = problems
        self._value: dict[str, object] = {}
        if not isinstance(value, dict):
            problems.add(where, "not_an_object")
            return
        for key, item in value.items():
            if key in fields:
                self._value[key] = item
            else:
                problems.add(self.at(key), "unknown_field")

    def at(self, key: str) -> str:
        """The pointer of a field."""
        return self.where + pointer(key)

    def has(self, key: str) -> bool:
        """Whether the field is there and isn't null."""
        return self._value.get(key) is not None

    def raw(self, key: str, *, required: bool = False) -> object:
        """The field as it came; None if it isn't there."""
        value = self._value.get(key)
        if value is None and required:
            self.problems.add(self.at(key), "required")
        return value

    def text(self, key: str, *, required: bool = False, maximum: int = TEXT_MAXIMUM) -> str | None:
        """A text with something visible in it."""
        value = self.raw(key, required=required)
        if value is None:
            return None
        return read_text(value, self.at(key), self.problems, maximum)

    def text_of(self, value: object, key: str, index: int) -> str | None:
        """A text that is an item of the list `key`."""
        return read_text(value, self.at(key) + pointer(index), self.problems, TEXT_MAXIMUM)

    def integer(
        self,
        key: str,
        *,
        required: bool = False,
        minimum: int = -LARGEST,
        maximum: int = LARGEST,
    ) -> int | None:
        """A whole number within bounds."""
        value = self.raw(key, required=required)
        if value is None:
            return None
        return read_integer(value, self.at(key), self.problems, minimum, maximum)

    def boolean(self, key: str) -> bool | None:
        """`true` or `false`."""
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            self.problems.add(self.at(key), "not_a_boolean")
            return None
        return value

    def moment(self, key: str) -> datetime | None:
        """An RFC 3339 time with its zone, as UTC."""
        value = self.raw(key)
        if value is None:
            return None
        moment = _moment(value)
        if moment is None:
            self.problems.add(self.at(key), "bad_datetime")
        return moment

    def items(self, key: str, *, minimum: int, maximum: int) -> list[object] | None:
        """A required list of a bounded length."""
        value = self.raw(key, required=True)
        if value is None:
            return None
        return read_list(value, self.at(key), self.problems, minimum, maximum)


def read_text(value: object, where: str, problems: Problems, maximum: int) -> str | None:
    """A text that isn't blank, isn't too long and that a database can hold."""
    if not isinstance(value, str):
        problems.add(where, "not_text")
    elif not value.strip():
        problems.add(where, "too_short", minimum=1)
    elif len(value) > maximum:
        problems.add(where, "too_long", maximum=maximum)
    elif "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        problems.add(where, "invalid")
    else:
        return value
    return None


def read_integer(
    value: object, where: str, problems: Problems, minimum: int, maximum: int
) -> int | None:
    """A whole number; `true` is none, and neither is 1.0."""
    if not isinstance(value, int) or isinstance(value, bool):
        problems.add(where, "not_an_integer")
        return None
    return value if _within(value, where, problems, minimum, maximum) else None


def read_number(
    value: object, where: str, problems: Problems, minimum: int, maximum: int
) -> int | Decimal | None:
    """A number with at most three decimals, exact."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        problems.add(where, "not_a_number")
        return None
    if isinstance(value, int):
        return value if _within(value, where, problems, minimum, maximum) else None
    exact = Decimal(str(value))
    if not exact.is_finite():
        problems.add(where, "not_a_number")
        return None
    if not _within(exact, where, problems, minimum, maximum):
        return None
    if exact != round(exact, DECIMALS):
        problems.add(where, "too_many_decimals", maximum=DECIMALS)
        return None
    return int(exact) if exact == exact.to_integral_value() else exact.normalize()


def read_list(
    value: object, where: str, problems: Problems, minimum: int, maximum: int
) -> list[object] | None:
    """A list of `minimum` to `maximum` things."""
    if not isinstance(value, list | tuple):
        problems.add(where, "not_a_list")
    elif len(value) < minimum:
        problems.add(where, "too_few", minimum=minimum)
    elif len(value) > maximum:
        problems.add(where, "too_many", maximum=maximum)
    else:
        return list(value)
    return None


def read_uuid(value: object, where: str, problems: Problems) -> str | None:
    """A UUID in its canonical spelling."""
    if isinstance(value, str):
        try:
            return str(UUID(value))
        except ValueError:
            pass
    problems.add(where, "bad_uuid")
    return None


def _within(
    value: int | Decimal, where: str, problems: Problems, minimum: int, maximum: int
) -> bool:
    if value < minimum:
        problems.add(where, "below_minimum", minimum=minimum)
    elif value > maximum:
        problems.add(where, "above_maximum", maximum=maximum)
    else:
        return True
    return False


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        return None
    try:
        moment = datetime.fromisoformat(value.upper())
    except ValueError:
        return None
    return moment.astimezone(UTC) if is_plausible(moment) else None
