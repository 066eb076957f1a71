"""Facts of a person as text: in forms, where they can be typed again, and in exported files."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from members.profiles.facts import FACTS
from timcheh.calendar import DateStyle, format_date
from timcheh.text.digits import format_number, persian_digits
from timcheh.text.locale import Locale

_CODES = frozenset({"gender", "marital_status"})


def write_fact(fact: str, value: Any, locale: Locale) -> str:
    """The text that `read_fact` reads back; empty for an unknown one. Codes stay codes."""
    if value is None:
        return ""
    if fact == "children":
        separator = "، " if locale is Locale.FA else ", "
        return separator.join(_day(each, locale) for each in value)
    if isinstance(value, date):
        return _day(value, locale)
    if fact == "weight_grams":
        return format_number(Decimal(value) / 1000, locale, grouped=False)
    text = str(value)
    return persian_digits(text) if locale is Locale.FA and fact not in _CODES else text


def write_facts(facts: Any, locale: Locale, names: Iterable[str] = FACTS) -> dict[str, str]:
    """All facts of a row (or of none) by name."""
    return {fact: write_fact(fact, getattr(facts, fact, None), locale) for fact in names}


def known(texts: Mapping[str, str]) -> dict[str, str]:
    """What there is to show."""
    return {name: text for name, text in texts.items() if text}


def _day(day: date, locale: Locale) -> str:
    return format_date(day, locale, DateStyle.SHORT)
