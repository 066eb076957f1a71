"""The basket as the rules see it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from timcheh.text.normalise import normalise

MILLI = 1000


@lru_cache(maxsize=8192)
def match_key(text: str) -> str:
    """The form in which names are compared, so that ي and ی or ۱ and 1 are no difference."""
    return normalise(text)


def match_value(value: Any) -> Any:
    """A compared value likewise; what is no text stays."""
    return match_key(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class BasketLine:
    """One line. `quantity_milli` is in thousandths, `unit_price` and `total` in rial.

    `total` is before any discount: floor(quantity × price). `sku` and `group` are match keys.
    """

    index: int
    sku: str | None
    group: str | None
    quantity_milli: int
    unit_price: int
    total: int

    @classmethod
    def of(
        cls,
        index: int,
        quantity_milli: int,
        unit_price: int,
        *,
        sku: str | None = None,
        group: str | None = None,
    ) -> Self:
        """A line with its total; ValueError if quantity or price is negative."""
        if quantity_milli < 0 or unit_price < 0:
            raise ValueError("a line of a sale has no negative quantity or price")
        return cls(
            index,
            match_key(sku) if sku else None,
            match_key(group) if group else None,
            quantity_milli,
            unit_price,
            line_total(quantity_milli, unit_price),
        )


def line_total(quantity_milli: int, unit_price: int) -> int:
    """Rial, rounded down."""
    return quantity_milli * unit_price // MILLI
