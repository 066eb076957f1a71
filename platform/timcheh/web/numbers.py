"""Numbers as people type them into forms, any digits, grouped or not, and as forms show them again.

What reads raises Invalid.
"""

import re
from decimal import Decimal
from typing import Final

from timcheh.errors import Invalid
from timcheh.money import BPS_WHOLE, MoneyUnit
from timcheh.text.normalise import normalise

MOST_RIAL: Final = 10**15
MOST_QUANTITY: Final = 10**6
_MILLI: Final = 1000
_LONGEST: Final = 40
"""Characters of a number that somebody typed; beyond it none is meant."""
_GROUPING: Final = re.compile(r"[\s,٬،'_\u200c]+")
_BLANK: Final = re.compile(r"[\s\u200c]+")
_PERCENT: Final = re.compile(r"[\s\u200c٪%]+")
_POINT: Final = re.compile(r"[./٫]")
_DECIMAL: Final = re.compile(r"[+-]?\d+\.?\d*|[+-]?\.\d+", re.ASCII)


def read_money(text: str, pointer: str, unit: MoneyUnit) -> int:
    """Rial from an amount typed in the unit that the mall shows."""
    most = MOST_RIAL // unit.rial
    return read_count(text, pointer, most, shown_most=MOST_RIAL) * unit.rial


def read_count(text: str, pointer: str, most: int, *, shown_most: int | None = None) -> int:
    """A whole number from 0 to `most`; `shown_most` is what a refusal names in its place."""
    digits = _GROUPING.sub("", _plain(text, pointer))
    if not digits:
        raise Invalid.field(pointer, "required")
    if not (digits.isascii() and digits.isdigit()):
        raise Invalid.field(pointer, "not_a_number")
    number = int(digits)
    if number > most:
        raise Invalid.field(pointer, "above_maximum", maximum=shown_most or most)
    return number


def read_quantity(text: str, pointer: str) -> int:
    """Thousandths; `۱/۵`, `۱٫۵` and `1.5` are the same."""
    return thousandths(_decimal(_BLANK.sub("", _plain(text, pointer)), pointer), pointer)


def thousandths(quantity: Decimal, pointer: str) -> int:
    """A quantity that is sold: more than zero, with at most three decimals, within reason."""
    exact = quantity * _MILLI
    if not exact.is_finite() or exact <= 0:
        raise Invalid.field(pointer, "not_positive")
    if exact > MOST_QUANTITY * _MILLI:
        raise Invalid.field(pointer, "above_maximum", maximum=MOST_QUANTITY)
    if exact != exact.to_integral_value():
        raise Invalid.field(pointer, "too_many_decimals", maximum=3)
    return int(exact)


def read_percent(text: str, pointer: str, least: int = 0) -> int:
    """Basis points from a percentage with at most two decimals, from `least` to the whole."""
    plain = _PERCENT.sub("", _plain(text, pointer))
    if not plain:
        raise Invalid.field(pointer, "required")
    bps = _decimal(plain, pointer) * (BPS_WHOLE // 100)
    if bps != bps.to_integral_value():
        raise Invalid.field(pointer, "not_a_number")
    if not least <= bps <= BPS_WHOLE:
        raise Invalid.field(pointer, "not_a_share")
    return int(bps)


def in_unit(amount: int | None, unit: MoneyUnit) -> str:
    """Rial as a form's field shows it again; empty for none."""
    return "" if amount is None else str(amount // unit.rial)


def in_percent(bps: int | None) -> str:
    """Basis points as a form's field shows them again; empty for none."""
    return "" if bps is None else f"{bps / 100:g}"


def _plain(text: str, pointer: str) -> str:
    if len(text) > _LONGEST:
        raise Invalid.field(pointer, "not_a_number")
    return normalise(text)


def _decimal(plain: str, pointer: str) -> Decimal:
    """Digits and a point. No exponents: nobody types them, and 9e999999 is no number to count."""
    written = _POINT.sub(".", plain)
    if not _DECIMAL.fullmatch(written):
        raise Invalid.field(pointer, "not_a_number")
    return Decimal(written)
