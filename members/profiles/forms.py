"""A form of a person's facts: what it offers, what it shows, and reading it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from members.profiles.facts import FACTS, GENDERS, MARITAL_STATES
from members.profiles.provinces import PROVINCES
from members.profiles.reading import FactError, read_facts, read_past_day, read_words
from members.profiles.writing import write_fact, write_facts
from timcheh.errors import FieldError, Invalid
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale

LONGEST_NAME = 100


class Described(NamedTuple):
    """A person as a form describes them."""

    name: str | None
    birthday: date | None
    facts: dict[str, Any]


def fact_lists(locale: Locale, province: str = "") -> dict[str, list[tuple[str, str]]]:
    """The facts that are chosen from lists. A province that an import wrote otherwise stays."""
    names = PROVINCES if not province or province in PROVINCES else (*PROVINCES, province)
    return {
        "gender": [(code, translate(locale, f"fact-gender-{code}")) for code in GENDERS],
        "marital_status": [
            (code, translate(locale, f"fact-marital_status-{code}")) for code in MARITAL_STATES
        ],
        "province": [(name, name) for name in names],
    }


def fact_values(
    name: str | None, birthday: date | None, facts: Any, locale: Locale
) -> dict[str, str]:
    """What the form shows of a person."""
    return {
        **write_facts(facts, locale, FACTS),
        "name": name or "",
        "birthday": write_fact("birthday", birthday, locale),
    }


def read_described(typed: Mapping[str, str], today: date) -> Described:
    """What a form says. Raises Invalid, naming each field at fault."""
    faults: list[FieldError] = []
    name: str | None = None
    birthday: date | None = None
    facts: dict[str, Any] = {}
    try:
        name = read_words(typed.get("name", ""), longest=LONGEST_NAME) or None
    except FactError as error:
        faults.append(FieldError("/name", error.code, error.params))
    try:
        if typed.get("birthday", "").strip():
            birthday = read_past_day(typed["birthday"], today)
    except FactError as error:
        faults.append(FieldError("/birthday", error.code, error.params))
    try:
        facts = read_facts(typed, today)
    except Invalid as error:
        faults += error.errors
    if faults:
        raise Invalid(errors=faults)
    return Described(name, birthday, facts)
