"""Forms of the shop's portal read field by field, so that all faults are told at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from timcheh.errors import FieldError, Invalid
from timcheh.money import RIAL_PER_TOMAN, MoneyUnit
from timcheh.text.normalise import normalise
from timcheh.web.numbers import read_count, read_money, read_percent

T = TypeVar("T")


@dataclass(slots=True)
class Typed:
    """What was typed. A blank optional field is None; `done` raises Invalid with every fault."""

    fields: Mapping[str, str]
    unit: MoneyUnit = MoneyUnit.TOMAN
    faults: list[FieldError] = field(default_factory=list)

    def text(self, name: str, most: int = 200) -> str | None:
        """A normalised text, cut at `most` characters."""
        return normalise(self.fields.get(name, ""))[:most].strip() or None

    def needed(self, name: str, most: int = 200) -> str:
        """A text that must be there."""
        found = self.text(name, most)
        if found is None:
            self.faults.append(FieldError(f"/{name}", "required", {}))
        return found or ""

    def money(self, name: str) -> int | None:
        """Rial from an amount in the unit that the mall shows."""
        return self._read(name, lambda typed: read_money(typed, f"/{name}", self.unit))

    def percent(self, name: str, least: int = 0) -> int | None:
        """Basis points."""
        return self._read(name, lambda typed: read_percent(typed, f"/{name}", least))

    def count(self, name: str, most: int) -> int | None:
        """A whole number."""
        return self._read(name, lambda typed: read_count(typed, f"/{name}", most))

    def needed_money(self, name: str) -> int:
        """An amount that must be there."""
        found = self.money(name)
        if found is None and not self.text(name):
            self.faults.append(FieldError(f"/{name}", "required", {}))
        return found or 0

    def wrong(self, name: str, code: str, **params: object) -> None:
        """Another fault of a field."""
        self.faults.append(FieldError(f"/{name}", code, params))

    def done(self) -> None:
        """Raises Invalid if anything was wrong."""
        if self.faults:
            raise Invalid(errors=self.faults)

    def _read(self, name: str, read: Callable[[str], T]) -> T | None:
        if self.text(name) is None:
            return None
        try:
            return read(self.fields[name])
        except Invalid as error:
            self.faults += error.errors
            return None


def in_unit(amount: int | None, unit: MoneyUnit) -> str:
    """Rial as a form's field shows it again; empty for none."""
    if amount is None:
        return ""
    return str(amount // RIAL_PER_TOMAN if unit is MoneyUnit.TOMAN else amount)


def in_percent(bps: int | None) -> str:
    """Basis points as a form's field shows them again; empty for none."""
    return "" if bps is None else f"{bps / 100:g}"
