"""Sixteen-digit numbers: our own member cards, and bank cards, which are refused unseen.

A bank PAN is never stored, logged or echoed: errors here carry a code and nothing else.
"""

import re
import secrets

from timcheh.text.digits import digits_to_latin
from timcheh.text.identifiers import IdentifierError, luhn_digit, passes_luhn

# ISO/IEC 7812-1: 9 is the national series, followed by the country (364, Iran). No bank's
# prefix begins so, and no scheme's card abroad does either.
MEMBER_PREFIX = "9364"
NUMBER_LENGTH = 16
PAYLOAD_DIGITS = NUMBER_LENGTH - len(MEMBER_PREFIX) - 1
MEMBER_NUMBERS = 10**PAYLOAD_DIGITS

# Prefixes of Iranian bank cards (Shetab). Luhn alone isn't enough: 4444333322221111 passes it.
BANK_PREFIXES = frozenset(
    """
    207177 502229 502806 502908 502910 502938 504172 504706 505416 505785 505801 505809 507677
    585947 585983 589210 589463 603769 603770 603799 606256 606373 610433 621986 622106 627353
    627381 627412 627488 627648 627760 627884 627961 628023 628157 636214 636795 636949 639194
    639217 639346 639347 639370 639599 639607 991975
    """.split()  # noqa: SIM905  a table is easier to check than fifty lines
)

# All tracks of a magnetic stripe together (ISO/IEC 7811-2: 79 + 40 + 107 characters).
_LONGEST = 226
_SPACES = re.compile(r"[\s\-]+")
_TRACK_1 = re.compile(r"%\s?B(\d{12,19})\^", re.ASCII | re.IGNORECASE)
_TRACK_2 = re.compile(r";(\d{12,19})[=?]", re.ASCII)
_SIXTEEN = re.compile(r"(?<!\d)\d(?:[ \-\u200c]?\d){15}(?!\d)")


def make_member_number(payload: int) -> str:
    """The number with this payload (0 … 99,999,999,999): prefix, 11 digits, Luhn digit."""
    if not 0 <= payload < MEMBER_NUMBERS:
        raise ValueError(f"a member number's payload has {PAYLOAD_DIGITS} digits")
    body = f"{MEMBER_PREFIX}{payload:0{PAYLOAD_DIGITS}d}"
    return body + luhn_digit(body)


def random_member_number() -> str:
    """An unguessable one; the caller keeps it unique (the mall's unique key, and retry)."""
    return make_member_number(secrets.randbelow(MEMBER_NUMBERS))


def member_number(text: str) -> str:
    """A member number as typed, or as read from a card's track. 16 Latin digits.

    IdentifierError: `bank_card_refused` for a bank's card, `member_number_invalid` otherwise.
    """
    if len(text) > _LONGEST:
        raise IdentifierError("member_number_invalid")
    digits = _number_in(digits_to_latin(text).strip())
    if is_bank_pan(digits):
        raise IdentifierError("bank_card_refused")
    whole = len(digits) == NUMBER_LENGTH and digits.startswith(MEMBER_PREFIX)
    if not whole or not passes_luhn(digits):
        raise IdentifierError("member_number_invalid")
    return digits


def format_member_number(number: str) -> str:
    """In groups of four, as it stands on the card."""
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))


def is_bank_pan(text: str) -> bool:
    """Whether this is the number of an Iranian bank card: 16 digits, a bank's prefix, Luhn."""
    digits = _SPACES.sub("", digits_to_latin(text))
    return (
        len(digits) == NUMBER_LENGTH
        and digits.isascii()
        and digits.isdigit()
        and digits[:6] in BANK_PREFIXES
        and passes_luhn(digits)
    )


def redact_bank_pans(text: str) -> str:
    """The text with all but the last four digits of bank card numbers starred, for logs."""
    return _SIXTEEN.sub(_redact, text)


def _redact(found: re.Match[str]) -> str:
    number = re.sub(r"\D", "", found.group())
    return "*" * 12 + number[-4:] if is_bank_pan(number) else found.group()


def _number_in(text: str) -> str:
    """The digits of a swipe (track 1 `%B…^`, track 2 `;…=`) or of a typed number."""
    track = _TRACK_2.search(text) or _TRACK_1.search(text)
    digits = track.group(1) if track else _SPACES.sub("", text)
    if not digits.isascii() or not digits.isdigit():
        raise IdentifierError("member_number_invalid")
    return digits
