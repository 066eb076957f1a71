"""Digits and numbers as text.

Babel's `fa_IR` prints Latin digits, so Persian numbers are made here: digits `۰…۹`, thousands
`٬` (U+066C), decimal mark `٫` (U+066B), minus as CLDR's fa has it (U+200E U+2212: the mark keeps
the sign at the number's left in a right-to-left line).
"""

import unicodedata
from decimal import Decimal

from timcheh.text.locale import Locale

_LATIN = "0123456789"
_PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
_TO_PERSIAN: dict[int, str] = {ord(a): b for a, b in zip(_LATIN, _PERSIAN, strict=True)}
_NUMBER_TO_PERSIAN = {**_TO_PERSIAN, ord(","): "٬", ord("."): "٫", ord("-"): "\u200e\u2212"}


def persian_digits(text: str) -> str:
    """Latin digits to Persian ones; everything else stays."""
    return text.translate(_TO_PERSIAN)


def digits_to_latin(text: str) -> str:
    """Every decimal digit of any script (Persian, Arabic, …) to its Latin one."""
    if text.isascii():
        return text
    return "".join(_latin_digit(character) for character in text)


def _latin_digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def format_number(value: int | Decimal, locale: Locale = Locale.FA, *, grouped: bool = True) -> str:
    """A whole or decimal number for people: `۱٬۲۵۰٫۵` or `1,250.5`; no trailing zeros."""
    if isinstance(value, Decimal):
        value = value.normalize()
        text = f"{value:,f}" if grouped else f"{value:f}"
    else:
        text = f"{value:,}" if grouped else str(value)
    return text.translate(_NUMBER_TO_PERSIAN) if locale is Locale.FA else text
