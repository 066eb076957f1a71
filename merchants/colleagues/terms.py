"""What a sales colleague earns of a line. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from timcheh.money import percent
from timcheh.rules.basket import MILLI, match_key

EVERYTHING = ""
"""The group of terms that hold where a group has none of its own."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Either `bps` of what a line comes to after discounts, or `amount` rial for each unit."""

    bps: int | None = None
    amount: int | None = None

    def of(self, net: int, quantity_milli: int) -> int:
        """Rial, rounded down; never more than the line itself comes to."""
        if self.bps is not None:
            return percent(net, self.bps)
        return min(net, (self.amount or 0) * quantity_milli // MILLI)


Terms = Mapping[str, Rate]
"""Rates by the match key of a product group."""


def commission_of(terms: Terms, group: str | None, net: int, quantity_milli: int) -> int:
    """What a line of `net` rial earns: by the terms of its group, else by those for everything."""
    rate = terms.get(match_key(group)) if group else None
    rate = rate or terms.get(EVERYTHING)
    return rate.of(net, quantity_milli) if rate else 0
