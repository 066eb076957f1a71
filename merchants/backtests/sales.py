"""Past sales in order of time, and what the shop knew of each customer at that moment. Pure."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from timcheh.rules import BasketLine, CustomerFacts, Facts, build_facts


class PastSale(NamedTuple):
    """A purchase as it stands today, without what came back. Money in rial.

    `discount` and `spent_value` are what was given and spent at the time.
    """

    member: Hashable
    at: datetime
    lines: tuple[BasketLine, ...]
    discount: int
    spent_value: int


class Known(NamedTuple):
    """What is known of a customer beside their purchases: as it is today, for want of a history.

    `customer_of`: (since, shop), the earliest first.
    """

    birthday: date | None = None
    groups: tuple[str, ...] = ()
    tier: str | None = None
    customer_of: tuple[tuple[datetime, str], ...] = ()


_NOBODY = Known()


@dataclass(slots=True)
class _Bought:
    purchases: int = 0
    spend: int = 0
    last_at: datetime | None = None


_NOTHING = _Bought()


class Clientele:
    """The customers' facts as they grow. Takes room by the customer, never by the purchase."""

    def __init__(self, known: dict[Hashable, Known]) -> None:
        self._known = known
        self._bought: dict[Hashable, _Bought] = {}

    def facts(self, sale: PastSale) -> Facts:
        """The facts of a sale, from before it: the same that the till asked its rules with."""
        known = self._known.get(sale.member, _NOBODY)
        bought = self._bought.get(sale.member)
        return build_facts(
            sale.lines,
            sale.at,
            customer=_customer(bought or _NOTHING, known),
            birthday=known.birthday,
            customer_of=[shop for since, shop in known.customer_of if since < sale.at],
        )

    def note(self, sale: PastSale) -> None:
        """The sale has been: the next one of its member knows of it."""
        bought = self._bought.get(sale.member)
        if bought is None:
            bought = self._bought[sale.member] = _Bought()
        bought.purchases += 1
        bought.spend += sum(line.total for line in sale.lines) - sale.discount
        bought.last_at = sale.at


def _customer(bought: _Bought, known: Known) -> CustomerFacts:
    return CustomerFacts(bought.purchases, bought.spend, bought.last_at, known.groups, known.tier)
