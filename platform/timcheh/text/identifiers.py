"""Identifiers of the Iranian market: read from what people type, or refused with a code.

Every reader takes any digits (Persian, Arabic, Latin), ignores spaces and dashes, and returns
the one stored form; it raises IdentifierError, whose `code` has a text in the catalogue
(`field-<code>`). The error never carries the text that was typed: it may be a bank card.

Sources: the mobile plan and check digits as published by the Communications Regulatory
Authority, the National Organization for Civil Registration and the Companies Registry; Sheba is
ISO 13616 (validated by schwifty).
"""

import re

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from timcheh.text.catalogue import has_text, translate
from timcheh.text.locale import Locale
from timcheh.text.normalise import normalise

_SEPARATORS = re.compile(r"[\s\-_.()/\u200c]+")
_MOBILE = re.compile(r"(?:\+98|0098|98|0)?(9\d{9})", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)
_SHEBA_DIGITS = 24
_LONGEST = 100
"""Characters of anything that can be one of these, with all the separators that people type."""
_COMPANY_WEIGHTS = (29, 27, 23, 19, 17)


class IdentifierError(ValueError):
    """An identifier that can't be one; `code` says in which way."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def mobile(text: str) -> str:
    """`09…`, 11 digits, from `09…`, `9…`, `+98…`, `0098…`. The operator is never derived."""
    found = _MOBILE.fullmatch(_compact(text))
    if found is None:
        raise IdentifierError("mobile_invalid")
    return "0" + found.group(1)


def national_id(text: str) -> str:
    """A person's کد ملی: 10 digits; leading zeros that a spreadsheet lost are put back."""
    digits = _digits(text, "national_id_invalid")
    if not 8 <= len(digits) <= 10:
        raise IdentifierError("national_id_invalid")
    digits = digits.zfill(10)
    if len(set(digits)) == 1:
        raise IdentifierError("national_id_invalid")
    rest = sum(int(digits[i]) * (10 - i) for i in range(9)) % 11
    if int(digits[9]) != (rest if rest < 2 else 11 - rest):
        raise IdentifierError("national_id_invalid")
    return digits


def company_id(text: str) -> str:
    """A company's شناسه ملی: 11 digits."""
    digits = _digits(text, "company_id_invalid")
    if len(digits) != 11 or digits[3:9] == "000000":
        raise IdentifierError("company_id_invalid")
    offset = int(digits[9]) + 2
    total = sum((offset + int(digits[i])) * _COMPANY_WEIGHTS[i % 5] for i in range(10))
    if int(digits[10]) != total % 11 % 10:
        raise IdentifierError("company_id_invalid")
    return digits


def national_or_company_id(text: str) -> str:
    """Whichever of the two it is: a shop may belong to a person or a company."""
    if len(_digits(text, "national_id_invalid")) == 11:
        return company_id(text)
    return national_id(text)


def postal_code(text: str) -> str:
    """10 digits, the first of them not 0."""
    digits = _digits(text, "postal_code_invalid")
    if len(digits) != 10 or digits[0] == "0":
        raise IdentifierError("postal_code_invalid")
    return digits


def sheba(text: str) -> str:
    """An Iranian IBAN: `IR` and 24 digits; `IR` may be left out when typing."""
    compact = _compact(text).upper()
    if not compact.startswith("IR"):
        compact = "IR" + compact
    if len(compact) != _SHEBA_DIGITS + 2 or not _DIGITS.fullmatch(compact[2:]):
        raise IdentifierError("sheba_invalid")
    try:
        return str(IBAN(compact).compact)
    except SchwiftyException:
        raise IdentifierError("sheba_checksum") from None


def sheba_bank_code(iban: str) -> str:
    """The three digits that name the bank of a valid Sheba."""
    return iban[4:7]


def sheba_bank_name(iban: str, locale: Locale = Locale.FA) -> str | None:
    """The bank's name, or None for a bank the catalogue doesn't know: that is no fault."""
    return _bank_name(f"sheba-bank-{sheba_bank_code(iban)}", locale)


def format_sheba(iban: str) -> str:
    """In groups of four, as banks print it; Latin digits, to be set left to right."""
    return " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))


def luhn_digit(payload: str) -> str:
    """The Luhn check digit (ISO/IEC 7812-1) to put after `payload`."""
    total = 0
    for position, character in enumerate(reversed(payload)):
        value = int(character) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    return luhn_digit(digits[:-1]) == digits[-1]


def _compact(text: str) -> str:
    """Without separators; empty, which no identifier is, where the text is too long for one."""
    return _SEPARATORS.sub("", normalise(text)) if len(text) <= _LONGEST else ""


def _digits(text: str, code: str) -> str:
    compact = _compact(text)
    if not _DIGITS.fullmatch(compact):
        raise IdentifierError(code)
    return compact


def _bank_name(message_id: str, locale: Locale) -> str | None:
    return translate(locale, message_id) if has_text(locale, message_id) else None
