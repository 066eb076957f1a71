"""Forms of the shop's portal whose fields may stay blank, and their values as they are typed."""

from collections.abc import Callable, Collection
from functools import partial
from typing import TypeVar

from timcheh.text.normalise import normalise
from timcheh.web.numbers import read_count, read_money, read_percent
from timcheh.web.reader import FieldReader

T = TypeVar("T")


class Typed(FieldReader):
    """A blank field is None; what `needed…` asks for must be there."""

    def text(self, name: str, most: int = 200) -> str | None:
        """A normalised text, cut at `most` characters."""
        return normalise(self.fields.get(name, ""))[:most].strip() or None

    def needed(self, name: str, most: int = 200) -> str:
        """A text that must be there."""
        found = self.text(name, most)
        if found is None:
            self.fault(name, "required")
        return found or ""

    def money(self, name: str) -> int | None:
        """Rial from an amount in the unit that the mall shows."""
        return self.read(name, partial(read_money, unit=self.unit))

    def percent(self, name: str, least: int = 0) -> int | None:
        """Basis points."""
        return self.read(name, partial(read_percent, least=least))

    def count(self, name: str, most: int) -> int | None:
        """A whole number."""
        return self.read(name, partial(read_count, most=most))

    def needed_money(self, name: str) -> int:
        """An amount that must be there."""
        found = self.money(name)
        if found is None and not self.text(name):
            self.fault(name, "required")
        return found or 0

    def needed_percent(self, name: str) -> int:
        """Basis points above nothing that must be there."""
        return self.tried(name, read_percent, 0)

    def choice(self, name: str, choices: Collection[str]) -> str:
        """One of a few that must be chosen."""
        found = self.text(name) or ""
        if found not in choices:
            self.fault(name, "not_a_choice", choices=", ".join(choices))
        return found

    def read(self, name: str, read: Callable[[str, str], T]) -> T | None:
        """What `read` makes of a field's text and pointer; None if it is blank or at fault."""
        return None if self.text(name) is None else self.tried(name, read, None)
