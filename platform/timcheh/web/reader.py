"""Reading a page's form field by field, so that every fault in it is told at once."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Final, TypeVar
from uuid import UUID

from timcheh.calendar import day_bounds, parse_jalali
from timcheh.errors import FieldError, Invalid
from timcheh.ids import read_id
from timcheh.money import MoneyUnit
from timcheh.text.identifiers import IdentifierError
from timcheh.text.identifiers import mobile as read_mobile
from timcheh.text.normalise import normalise
from timcheh.web.numbers import read_count, read_money, read_percent

_LONGEST: Final = 40
"""Characters of a date, an id or a choice; beyond it none is meant."""
T = TypeVar("T")


class FieldReader:
    """What can't be read is a fault and reads as nothing; `check` raises Invalid with all faults.

    Money is typed in `unit`, the one that the mall shows, and read as rial.
    """

    def __init__(self, fields: Mapping[str, str], unit: MoneyUnit = MoneyUnit.TOMAN) -> None:
        self.fields, self.unit = fields, unit
        self.faults: list[FieldError] = []

    def check(self) -> None:
        """Raises Invalid when anything read so far was at fault."""
        if self.faults:
            raise Invalid(errors=self.faults)

    def fault(self, name: str, code: str, **params: object) -> None:
        """Notes what only the caller can know to be wrong."""
        self.faults.append(FieldError(f"/{name}", code, params))

    def tried(self, name: str, read: Callable[[str, str], T], otherwise: T) -> T:
        """What `read` makes of a field's text and pointer, or `otherwise` and its faults noted."""
        try:
            return read(self.fields.get(name, ""), f"/{name}")
        except Invalid as error:
            self.faults += error.errors
            return otherwise


class FormReader(FieldReader):
    """A form whose fields must be filled in unless they are said to be optional."""

    def text(self, name: str, longest: int = 100, *, optional: bool = False) -> str:
        """One line of words."""
        found = normalise(self.fields.get(name, ""))
        if not found and not optional:
            self.fault(name, "required")
        if len(found) > longest:
            self.fault(name, "too_long", maximum=longest)
        return found

    def count(self, name: str, least: int, most: int, *, empty: int | None = None) -> int:
        """A whole number between two bounds; `empty` is what a blank field means, if it may be."""
        if empty is not None and not self._short(name):
            return empty
        found = self.tried(name, partial(read_count, most=most), least)
        if found < least:
            self.fault(name, "below_minimum", minimum=least)
        return found

    def money(self, name: str, *, optional: bool = False) -> int:
        """Rial; a blank optional field is 0, any other must come to something."""
        if optional and not self._short(name):
            return 0
        found = self.tried(name, partial(read_money, unit=self.unit), 1)
        if not found:
            self.fault(name, "not_positive")
        return found

    def percent(self, name: str, least: int = 1, *, optional: bool = False) -> int:
        """Basis points."""
        if optional and not self._short(name):
            return 0
        return self.tried(name, partial(read_percent, least=least), 0)

    def start_of_day(self, name: str) -> datetime | None:
        """Where the Jalali day begins; none if blank."""
        return self._day(name, 0)

    def end_of_day(self, name: str) -> datetime | None:
        """Where the Jalali day is over; none if blank."""
        return self._day(name, 1)

    def mobile(self, name: str, *, optional: bool = False) -> str | None:
        """`09…`."""
        text = self._short(name)
        if not text:
            if not optional:
                self.fault(name, "required")
            return None
        try:
            return read_mobile(text)
        except IdentifierError as error:
            self.fault(name, error.code)
            return None

    def id(self, name: str) -> UUID | None:
        """The id of something that was chosen."""
        found = read_id(self._short(name))
        if found is None:
            self.fault(name, "required")
        return found

    def choice(self, name: str, choices: Collection[str]) -> str:
        """One of a few; the first where nothing was chosen."""
        found = self._short(name) or next(iter(choices))
        if found not in choices:
            self.fault(name, "not_a_choice", choices=", ".join(choices))
        return found

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self._short(name))

    def _day(self, name: str, edge: int) -> datetime | None:
        text = self._short(name)
        if not text:
            return None
        try:
            return day_bounds(parse_jalali(text))[edge]
        except (ValueError, OverflowError):
            self.fault(name, "bad_date")
            return None

    def _short(self, name: str) -> str:
        return normalise(self.fields.get(name, "")[:_LONGEST])
