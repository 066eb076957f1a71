"""A form on its way back to the person: what was typed, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Annotated

from litestar.enums import RequestEncodingType
from litestar.params import Body

from timcheh.errors import FieldError, TimchehError
from timcheh.errors.texts import error_detail, field_message
from timcheh.text.locale import Locale
from timcheh.web.errors import BothWrote

Fields = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
"""What a page's form posts, by field name; a handler's `data`."""


@dataclass(frozen=True, slots=True)
class Form:
    """`values` and `errors` by field name; `message` is a fault of no single field.

    What was typed is kept as it was typed, so that nothing is lost when the page comes back.
    `theirs` is what somebody else wrote meanwhile, by field; `afresh` where the form is without
    what was typed.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    message: str = ""
    theirs: Mapping[str, str] = field(default_factory=dict)
    afresh: str = ""

    @classmethod
    def refused(cls, values: Mapping[str, str], error: TimchehError, locale: Locale) -> "Form":
        """What was typed, with the error's own words at its fields."""
        if isinstance(error, BothWrote):
            said = error_detail(error, locale)
            return cls(error.typed, {}, said, error.theirs, error.afresh)
        errors: dict[str, str] = {}
        for fault in error.errors:
            errors.setdefault(field_name(fault), field_message(fault, locale))
        return cls(values, errors, "" if errors else error_detail(error, locale))

    @property
    def failed(self) -> bool:
        return bool(self.errors or self.message)

    def value(self, name: str) -> str:
        return self.values.get(name, "")

    def error(self, name: str) -> str:
        return self.errors.get(name, "")


def row_key(name: str) -> str:
    """What the fields of a row end in: the same for as long as the row is of the same thing,
    whatever rows come before it.
    """
    return blake2s(name.encode(), digest_size=5).hexdigest()


def field_name(fault: FieldError) -> str:
    """The form's field that a JSON pointer means: `/sheba` is `sheba`, `/lines/0/price` is
    `lines-0-price`."""
    return fault.pointer.strip("/").replace("/", "-")
