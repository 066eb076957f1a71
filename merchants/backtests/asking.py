"""The facts that a trial's own rules ask for, read off a past sale without its lines.

A year has hundreds of thousands of sales, and most of them meet no rule under trial. So each is
first asked only what those rules ask; what is asked often is read directly here, all else is told
by the engine's own `customer_values`. Tests hold the two to each other for every fact there is.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final

from merchants.backtests.sales import Bought, Clientele, Known, PastSale, neighbours
from timcheh.calendar import local_hour, weekday_name
from timcheh.rules.basket import MILLI
from timcheh.rules.facts import BEYOND, FactValue, customer_values

UNKNOWABLE: Final = BEYOND
"""What can't be told of the past: what members held at other times, at all shops together, and
where they were."""
OF_TODAY: Final = frozenset(
    {"customer.groups", "customer.tags", "customer.tier", "customer.tier_progress"}
)
"""What is only kept as it is now, and changes."""
BY_TODAYS_SCALE: Final = frozenset({"rfm.segment", "rfm.recency", "rfm.frequency", "rfm.monetary"})
"""Told of then, but by bounds of now."""

Reader = Callable[[PastSale, Bought, Known], FactValue | None]


class Asker:
    """Reads some facts of each sale, as they were just before it."""

    def __init__(self, names: Iterable[str], clientele: Clientele) -> None:
        asked = sorted(set(names) - UNKNOWABLE)
        self._clientele = clientele
        self._direct = tuple((name, READERS[name]) for name in asked if name in READERS)
        self._others = any(name not in READERS for name in asked)

    def values(self, sale: PastSale) -> Mapping[str, FactValue]:
        """The facts by name; no entry for one that isn't known."""
        clientele, member = self._clientele, sale.member
        bought, known = clientele.bought(member), clientele.known(member)
        values: dict[str, FactValue] = {}
        if self._others:
            told = clientele.told(sale)
            values = customer_values(told.customer, sale.at, birthday=told.birthday)
        for name, read in self._direct:
            value = read(sale, bought, known)
            if value is not None:
                values[name] = value
        return values


def _items(sale: PastSale, _: Bought, __: Known) -> FactValue:
    whole, rest = divmod(sale.quantity_milli, MILLI)
    return whole if rest == 0 else whole + Decimal(rest) / MILLI


def _average_gap(_: PastSale, bought: Bought, __: Known) -> FactValue | None:
    if bought.visits < 2:
        return None
    return (bought.last_day - bought.first_day) // (bought.visits - 1)


READERS: Final[Mapping[str, Reader]] = {
    "basket.total": lambda sale, _, __: sale.total,
    "basket.items": _items,
    "basket.groups": lambda sale, _, __: sale.groups,
    "basket.skus": lambda sale, _, __: sale.skus,
    "time.weekday": lambda sale, _, __: weekday_name(sale.at),
    "time.hour": lambda sale, _, __: local_hour(sale.at),
    "partner.is_customer_of": lambda sale, _, known: frozenset(neighbours(sale, known)),
    "customer.purchases": lambda _, bought, __: bought.purchases,
    "customer.visits": lambda _, bought, __: bought.visits,
    "customer.spend": lambda _, bought, __: bought.spend,
    "customer.last_basket": lambda _, bought, __: bought.last_basket,
    "customer.product_groups": lambda _, bought, __: frozenset(bought.groups),
    "customer.is_new": lambda _, bought, __: bought.purchases == 0,
    "customer.average_basket": lambda _, bought, __: (
        bought.spend // bought.purchases if bought.purchases else None
    ),
    "customer.average_gap": _average_gap,
    "customer.days_since_last": lambda sale, bought, __: (
        sale.day - bought.last_day if bought.purchases else None
    ),
    "customer.days_since_first": lambda sale, bought, __: (
        sale.day - bought.first_day if bought.purchases else None
    ),
}
