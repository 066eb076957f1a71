"""A collector of field errors, so that a form hears of all its faults at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from timcheh.errors.fields import FieldError
from timcheh.errors.tree import Invalid


class Problems:
    """Collects field errors, then raises them together.

    with problems.at("/sheba"):
        iban = sheba(text)          # its ValueError with `.code` becomes a field error
    problems.raise_if_any()
    """

    def __init__(self) -> None:
        self.errors: list[FieldError] = []

    def add(self, where: str, code: str, **params: object) -> None:
        """Record that the field at `where` is wrong in the way `code` says."""
        self.errors.append(FieldError(where, code, params))

    @contextmanager
    def at(self, where: str) -> Iterator[None]:
        """Turn a coded ValueError raised inside into a field error; others pass through."""
        try:
            yield
        except ValueError as error:
            code = getattr(error, "code", None)
            if code is None:
                raise
            self.add(where, code, **getattr(error, "params", {}))

    def raise_if_any(self) -> None:
        """Raise Invalid with everything recorded, if anything was."""
        if self.errors:
            raise Invalid(errors=self.errors)
