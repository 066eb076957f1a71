"""Facts of a person as they are typed, in forms and in files: read, or refused with a code.

Each reader takes text that isn't blank and returns what is stored. It raises FactError, whose
`code` has a text in the catalogue (`field-<code>`).
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from members.profiles.facts import FACTS
from timcheh.calendar import BadDate, read_day
from timcheh.errors import FieldError, Invalid
from timcheh.text.identifiers import IdentifierError, national_id, postal_code
from timcheh.text.normalise import normalise, search_key

LONGEST: Final = 200
LONGEST_ADDRESS: Final = 500
MOST_CHILDREN: Final = 15
EARLIEST: Final = date(1880, 1, 1)
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+", re.ASCII)
_PHONE: Final = re.compile(r"\+?\d{5,15}", re.ASCII)
_APART: Final = re.compile(r"[,،;؛\n]+")
_LIGHTEST, _HEAVIEST = Decimal(1), Decimal(400)  # kilograms

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "gender": {
        word: stored
        for stored, words in {
            "female": ("female", "f", "زن", "خانم", "مونث", "دختر"),
            "male": ("male", "m", "مرد", "آقا", "اقای", "مذکر", "پسر"),
        }.items()
        for word in map(search_key, words)
    },
    "marital_status": {
        word: stored
        for stored, words in {
            "single": ("single", "مجرد"),
            "married": ("married", "متاهل", "متأهل", "مزدوج"),
        }.items()
        for word in map(search_key, words)
    },
}


class FactError(ValueError):
    """What was typed can't be that fact; `code` says in which way, `params` go into its text."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def read_fact(fact: str, text: str, today: date) -> Any:
    """What is stored for a text; None for a blank one. Raises FactError."""
    return READERS[fact](text, today) if text and not text.isspace() else None


def read_facts(typed: Mapping[str, str], today: date) -> dict[str, Any]:
    """All facts of a form by name; absent ones are unknown. Raises Invalid, naming each fault."""
    found: dict[str, Any] = {}
    faults: list[FieldError] = []
    for fact in FACTS:
        try:
            found[fact] = read_fact(fact, typed.get(fact, ""), today)
        except FactError as error:
            faults.append(FieldError(f"/{fact}", error.code, error.params))
    if faults:
        raise Invalid(errors=faults)
    return found


def read_words(text: str, today: date | None = None, *, longest: int = LONGEST) -> str:
    """One line of free words."""
    words = " ".join(normalise(text).split("\n"))
    if len(words) > longest:
        raise FactError("too_long", maximum=longest)
    return words


def read_past_day(text: str, today: date) -> date:
    """A day that has been: a birthday, a wedding."""
    try:
        return check_past_day(read_day(text), today)
    except BadDate:
        raise FactError("bad_date") from None


def check_past_day(day: date, today: date) -> date:
    """The same for one that needs no reading. Raises FactError."""
    if not EARLIEST <= day <= today:
        raise FactError("day_out_of_range")
    return day


def _choice(fact: str) -> Callable[[str, date], str]:
    words = _WORDS[fact]

    def read(text: str, today: date) -> str:
        try:
            return words[search_key(text)]
        except KeyError:
            raise FactError(f"{fact}_unknown") from None

    return read


def _identifier(reader: Callable[[str], str]) -> Callable[[str, date], str]:
    def read(text: str, today: date) -> str:
        try:
            return reader(text)
        except IdentifierError as error:
            raise FactError(error.code) from None

    return read


def _address(text: str, today: date) -> str:
    return read_words(text, longest=LONGEST_ADDRESS)


def _email(text: str, today: date) -> str:
    plain = normalise(text)
    if len(plain) > LONGEST or not _EMAIL.fullmatch(plain):
        raise FactError("bad_email")
    return plain


def _phone(text: str, today: date) -> str:
    plain = re.sub(r"[\s\-()/.]+", "", normalise(text[:LONGEST]))
    if not _PHONE.fullmatch(plain):
        raise FactError("phone_invalid")
    return plain


def _weight(text: str, today: date) -> int:
    plain = normalise(text[:LONGEST]).replace("٫", ".").replace("/", ".")
    try:
        kilograms = Decimal(plain.removesuffix("کیلوگرم").removesuffix("کیلو").strip())
    except InvalidOperation:
        raise FactError("weight_invalid") from None
    if not kilograms.is_finite() or not _LIGHTEST <= kilograms <= _HEAVIEST:
        raise FactError("weight_invalid")
    return int(kilograms * 1000)


def _children(text: str, today: date) -> list[date]:
    parts = [part for part in _APART.split(text) if part.strip()]
    if len(parts) > MOST_CHILDREN:
        raise FactError("too_many", maximum=MOST_CHILDREN)
    return sorted(read_past_day(part, today) for part in parts)


READERS: Final[Mapping[str, Callable[[str, date], Any]]] = {
    **dict.fromkeys(FACTS, read_words),
    "gender": _choice("gender"),
    "marital_status": _choice("marital_status"),
    "national_id": _identifier(national_id),
    "postal_code": _identifier(postal_code),
    "email": _email,
    "weight_grams": _weight,
    "wedding_date": read_past_day,
    "children": _children,
    "address": _address,
    "home_phone": _phone,
    "work_phone": _phone,
}
