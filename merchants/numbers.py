"""Numbers as people type them into a shop's forms."""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from timcheh.errors import Invalid
from timcheh.money import RIAL_PER_TOMAN, MoneyUnit
from timcheh.text.normalise import normalise

MOST_RIAL: Final = 10**15
MOST_QUANTITY: Final = 10**6
_MILLI: Final = 1000
_GROUPING: Final = re.compile(r"[\s,٬،'_\u200c]+")
_POINT: Final = re.compile(r"[./٫]")


def read_money(text: str, pointer: str, unit: MoneyUnit) -> int:
    """Rial from an amount typed in the unit that the mall shows. Raises Invalid."""
    digits = _GROUPING.sub("", normalise(text))
    if not digits:
        raise Invalid.field(pointer, "required")
    if not (digits.isascii() and digits.isdigit()):
        raise Invalid.field(pointer, "not_a_number")
    if len(digits) > len(str(MOST_RIAL)):
        raise Invalid.field(pointer, "above_maximum", maximum=MOST_RIAL)
    rial = int(digits) * (RIAL_PER_TOMAN if unit is MoneyUnit.TOMAN else 1)
    if rial > MOST_RIAL:
        raise Invalid.field(pointer, "above_maximum", maximum=MOST_RIAL)
    return rial


def read_quantity(text: str, pointer: str) -> int:
    """Thousandths; `۱/۵`, `۱٫۵` and `1.5` are the same. Raises Invalid."""
    plain = _POINT.sub(".", re.sub(r"[\s\u200c]+", "", normalise(text)))
    try:
        exact = Decimal(plain) * _MILLI
    except InvalidOperation:
        raise Invalid.field(pointer, "not_a_number") from None
    if not exact.is_finite():
        raise Invalid.field(pointer, "not_a_number")
    if exact <= 0:
        raise Invalid.field(pointer, "not_positive")
    if exact > MOST_QUANTITY * _MILLI:
        raise Invalid.field(pointer, "above_maximum", maximum=MOST_QUANTITY)
    if exact != exact.to_integral_value():
        raise Invalid.field(pointer, "too_many_decimals", maximum=3)
    return int(exact)
