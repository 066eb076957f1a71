"""A customer's profile as the API takes and tells it, and its way into what is kept."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct

from members.facade import FACTS, FactError, check_past_day, read_fact, read_words
from merchants.profiles.fields import read_value
from merchants.profiles.models import CustomField
from timcheh.errors import FieldError, Invalid, pointer
from timcheh.web.bodies import Body

LONGEST_NAME: Final = 100
LONGEST_NOTE: Final = 1_000
_TYPED: Final = frozenset({"weight_grams", "wedding_date", "children"})
"""Facts that come as what they are; the others are read as they are typed in a form."""

Words = Annotated[str, Meta(max_length=500)]
Scalar = str | int | float | bool | None
FieldId = Annotated[str, Meta(min_length=36, max_length=36)]


class Facts(Struct, frozen=True, kw_only=True):
    """Whatever is absent is unknown."""

    name: Annotated[str, Meta(max_length=LONGEST_NAME)] | None = None
    birthday: date | None = None
    gender: Literal["female", "male"] | None = None
    father_name: Words | None = None
    national_id: Words | None = None
    email: Words | None = None
    job: Words | None = None
    guild: Words | None = None
    weight_grams: Annotated[int, Meta(ge=1_000, le=400_000)] | None = None
    favourite_colour: Words | None = None
    marital_status: Literal["single", "married"] | None = None
    wedding_date: date | None = None
    children: Annotated[list[date], Meta(max_length=15)] | None = None
    province: Words | None = None
    city: Words | None = None
    district: Words | None = None
    neighbourhood: Words | None = None
    address: Words | None = None
    postal_code: Words | None = None
    home_phone: Words | None = None
    work_phone: Words | None = None
    note: Annotated[str, Meta(max_length=LONGEST_NOTE)] | None = None


class ProfileBody(Facts, Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that the shop knows: it takes the place of what was known before.

    `custom` maps ids of the shop's own fields to values; `children` are birthdays.
    """

    custom: dict[FieldId, Scalar] = {}


class Reading:
    """Collects the faults of a body, so that all of them are told at once."""

    def __init__(self) -> None:
        self.faults: list[FieldError] = []

    def one(self, place: str, read: Callable[[], Any]) -> Any:
        """What `read` answers; None, and a fault at `place`, where it raises FactError."""
        try:
            return read()
        except FactError as error:
            self.faults.append(FieldError(place, error.code, error.params))
            return None

    def check(self) -> None:
        """Raises Invalid, naming each fault."""
        if self.faults:
            raise Invalid(errors=self.faults)


def read_facts_of(body: ProfileBody, today: date, reading: Reading) -> dict[str, Any]:
    """The facts as they are kept, by name."""
    return {fact: reading.one(f"/{fact}", partial(_fact, body, fact, today)) for fact in FACTS}


def read_name(body: ProfileBody, reading: Reading) -> str | None:
    """One line of words."""
    read = reading.one("/name", partial(read_words, body.name or "", longest=LONGEST_NAME))
    return read or None


def read_note(body: ProfileBody, reading: Reading) -> str | None:
    """What the shop has noted."""
    read = reading.one("/note", partial(read_words, body.note or "", longest=LONGEST_NOTE))
    return read or None


def read_birthday(body: ProfileBody, today: date, reading: Reading) -> date | None:
    """A day that has been."""
    if body.birthday is None:
        return None
    found: date | None = reading.one("/birthday", partial(check_past_day, body.birthday, today))
    return found


def read_custom(
    body: ProfileBody,
    fields: Sequence[CustomField],
    before: Mapping[str, Any],
    reading: Reading,
) -> dict[str, Any]:
    """Values of the shop's own fields by id. Those of fields that have ended stay as they were."""
    asked = {str(field.id): field for field in fields}
    found = {id: value for id, value in before.items() if id not in asked}
    for id, value in body.custom.items():
        place, field = pointer("custom", id), asked.get(id)
        if field is None:
            reading.faults.append(FieldError(place, "unknown_field"))
        else:
            found[id] = reading.one(place, partial(read_value, field, _as_typed(value)))
    return {id: value for id, value in found.items() if value is not None}


def _fact(body: ProfileBody, fact: str, today: date) -> Any:
    told = getattr(body, fact)
    if fact not in _TYPED:
        return read_fact(fact, told or "", today)
    if isinstance(told, date):
        return check_past_day(told, today)
    if isinstance(told, list):
        return sorted(check_past_day(day, today) for day in told) or None
    return told


def _as_typed(value: Scalar) -> str:
    """As somebody would type it into a form."""
    if value is None:
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
