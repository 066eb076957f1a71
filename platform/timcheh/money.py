"""Money: integer rial everywhere; shares that add up; how an amount is shown to a person.

Percentages are basis points (1 % = 100 bps) and round down to the rial. A sum shared over lines
uses largest remainders, so the parts always add up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from num2words import num2words

from timcheh.text.catalogue import translate
from timcheh.text.digits import format_number
from timcheh.text.locale import Locale

BPS_WHOLE = 10_000
RIAL_PER_TOMAN = 10


def percent(amount: int, bps: int) -> int:
    """`bps` of `amount`, rounded down to the rial. Neither may be negative."""
    if amount < 0 or bps < 0:
        raise ValueError("a percentage is taken of an amount that isn't negative")
    return amount * bps // BPS_WHOLE


def about(amount: int) -> int:
    """An estimate to the nearest ten rial, so that it is whole in toman too."""
    return (amount + RIAL_PER_TOMAN // 2) // RIAL_PER_TOMAN * RIAL_PER_TOMAN


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Share `total` in proportion to `weights`; the parts add up to `total` exactly.

    Each part is the floor of its exact share; what is left over goes one by one to the largest
    remainders, the earliest index first among equals. If every weight is zero the parts are as
    equal as they can be. ValueError for a negative total or weight, or for something to share
    and no one to share it with.
    """
    if total < 0 or min(weights, default=0) < 0:
        raise ValueError("nothing negative can be shared")
    if total == 0:
        return [0] * len(weights)
    if not weights:
        raise ValueError("an amount can't be shared among nobody")
    whole = sum(weights)
    if whole == 0:
        return largest_remainder(total, [1] * len(weights))
    products = [total * weight for weight in weights]
    shares = [product // whole for product in products]
    left = total - sum(shares)
    if left:
        remainders = [product % whole for product in products]
        # A stable sort keeps the earliest index first among equals.
        by_remainder = sorted(range(len(weights)), key=remainders.__getitem__, reverse=True)
        for index in by_remainder[:left]:
            shares[index] += 1
    return shares


class MoneyUnit(StrEnum):
    """What an amount is shown in. Stored amounts are always rial."""

    TOMAN = "toman"
    RIAL = "rial"

    @property
    def rial(self) -> int:
        """How many rial one of it is."""
        return RIAL_PER_TOMAN if self is MoneyUnit.TOMAN else 1

    def counted(self, amount: int) -> int | Decimal:
        """How many of it `amount` rial are; never rounded: 125 rial are 12.5 toman."""
        whole, rest = divmod(amount, self.rial)
        return Decimal(amount) / self.rial if rest else whole


@dataclass(frozen=True, slots=True)
class MoneyText:
    """An amount in parts, because the number is set large and its unit small after it."""

    number: str
    unit: str
    title: str  # the exact amount in rial, for the tooltip

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"


def money_text(
    amount: int, unit: MoneyUnit = MoneyUnit.TOMAN, locale: Locale = Locale.FA
) -> MoneyText:
    """`amount` rial in `unit`; never rounded: 125 rial is 12.5 toman."""
    exact = f"{format_number(amount, locale)} {translate(locale, 'unit-rial')}"
    return MoneyText(_number(amount, unit, locale), translate(locale, f"unit-{unit}"), exact)


def _number(amount: int, unit: MoneyUnit, locale: Locale) -> str:
    return format_number(unit.counted(amount), locale)


def format_money(amount: int, unit: MoneyUnit = MoneyUnit.TOMAN, locale: Locale = Locale.FA) -> str:
    """`amount` rial as one string, for example `۱٬۲۵۰٬۰۰۰ تومان`."""
    return f"{_number(amount, unit, locale)} {translate(locale, f'unit-{unit}')}"


def amount_in_words(
    amount: int, unit: MoneyUnit = MoneyUnit.RIAL, locale: Locale = Locale.FA
) -> str:
    """`amount` rial spelled out in `unit`; in toman a rest under ten rial is named as rial."""
    if unit is MoneyUnit.RIAL:
        return _words(amount, MoneyUnit.RIAL, locale)
    sign = -1 if amount < 0 else 1
    toman, rest = divmod(abs(amount), RIAL_PER_TOMAN)
    if rest == 0:
        return _words(sign * toman, MoneyUnit.TOMAN, locale)
    if toman == 0:
        return _words(amount, MoneyUnit.RIAL, locale)
    return translate(
        locale,
        "amount-and",
        first=_words(sign * toman, MoneyUnit.TOMAN, locale),
        second=_words(rest, MoneyUnit.RIAL, locale),
    )


def _words(count: int, unit: MoneyUnit, locale: Locale) -> str:
    return f"{num2words(count, lang=locale.value)} {translate(locale, f'unit-{unit}')}"
