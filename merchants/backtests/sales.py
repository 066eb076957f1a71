"""Past sales in order of time, and what the shop knew of each customer at that moment. Pure."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from timcheh.calendar import Jalali
from timcheh.rules import BasketLine, CustomerFacts, Facts, build_facts
from timcheh.rules.rfm import RfmScale


class PastSale(NamedTuple):
    """A purchase as it stands today, without what came back. Money in rial.

    `day` is the mall's day as an ordinal. `total` and `margin` (what the shop keeps of it) are
    before discounts; `discount` and `spent_value` were given and spent at the time. `groups` and
    `skus` have the basket's match keys where they were asked for, else nothing.
    """

    id: Hashable
    member: Hashable
    at: datetime
    day: int
    total: int
    quantity_milli: int
    discount: int
    spent_value: int
    margin: int
    groups: frozenset[str] = frozenset()
    skus: frozenset[str] = frozenset()


_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


class Known(NamedTuple):
    """What is known of a customer beside their purchases: as it is today, for want of a history.

    `customer_of`: (since, shop), the earliest first. `source` is how they became a customer at
    `since`; who came by a purchase became one with the first that there is.
    """

    birthday: date | None = None
    groups: tuple[str, ...] = ()
    tier: str | None = None
    customer_of: tuple[tuple[datetime, str], ...] = ()
    tags: tuple[str, ...] = ()
    tier_progress: int | None = None
    source: str = "purchase"
    since: datetime = _LONG_AGO
    wedding: date | None = None
    person: Mapping[str, str | None] = MappingProxyType({})


NOBODY = Known()


@dataclass(slots=True)
class Bought:
    """What a customer has bought so far; days as ordinals, `months` a bit for each Jalali month."""

    purchases: int = 0
    visits: int = 0
    spend: int = 0
    last_basket: int | None = None
    first_at: datetime | None = None
    last_at: datetime | None = None
    first_day: int = 0
    last_day: int = 0
    months: int = 0
    groups: set[str] = field(default_factory=set)

    def add(self, sale: PastSale) -> None:
        """The next sale of the customer; one without any price or line counts like others."""
        net = sale.total - sale.discount
        if self.first_at is None:
            self.first_at, self.first_day = sale.at, sale.day
        if not self.purchases or sale.day != self.last_day:
            self.visits += 1
        self.purchases += 1
        self.spend += net
        self.last_basket = net
        self.last_at, self.last_day = sale.at, sale.day
        self.months |= month_bit(sale.day)
        if sale.groups:
            self.groups |= sale.groups


NOTHING = Bought()


class Told(NamedTuple):
    """What the shop knew of a sale's customer just before it."""

    sale: PastSale
    customer: CustomerFacts
    birthday: date | None
    customer_of: tuple[str, ...]

    def facts(self, lines: Iterable[BasketLine]) -> Facts:
        """From before the sale: the same that the till asked its rules with."""
        return build_facts(
            tuple(lines),
            self.sale.at,
            customer=self.customer,
            birthday=self.birthday,
            customer_of=self.customer_of,
        )


class Clientele:
    """The customers' facts as they grow. Takes room by the customer, never by the purchase."""

    def __init__(self, known: Mapping[Hashable, Known], scale: RfmScale | None = None) -> None:
        """`scale` is the shop's of today: fifths of a year ago were never kept."""
        self._known, self._scale = known, scale
        self._bought: dict[Hashable, Bought] = {}

    def known(self, member: Hashable) -> Known:
        """What there is to know of a customer beside their purchases."""
        return self._known.get(member, NOBODY)

    def bought(self, member: Hashable) -> Bought:
        """What a customer has bought so far. Not to be changed."""
        return self._bought.get(member, NOTHING)

    def told(self, sale: PastSale) -> Told:
        """All that was known just before a sale. A copy: later sales don't change it."""
        known, bought = self.known(sale.member), self.bought(sale.member)
        return Told(
            sale, self._customer(sale, bought, known), known.birthday, neighbours(sale, known)
        )

    def note(self, sale: PastSale) -> None:
        """The sale has been: the next one of its member knows of it."""
        bought = self._bought.get(sale.member)
        if bought is None:
            bought = self._bought[sale.member] = Bought()
        bought.add(sale)

    def _customer(self, sale: PastSale, bought: Bought, known: Known) -> CustomerFacts:
        if not is_customer(sale, bought, known):
            return CustomerFacts(scale=self._scale)
        return CustomerFacts(
            bought.purchases,
            bought.spend,
            bought.last_at,
            known.groups,
            known.tier,
            bought.first_at,
            bought.visits,
            bought.last_basket,
            tuple(bought.groups),
            bought.months,
            known.tags,
            known.tier_progress,
            known.source,
            scale=self._scale,
            wedding=known.wedding,
            person=known.person,
        )


def neighbours(sale: PastSale, known: Known) -> tuple[str, ...]:
    """The shops whose customer the member was by then."""
    return tuple(shop for since, shop in known.customer_of if since < sale.at)


def is_customer(sale: PastSale, bought: Bought, known: Known) -> bool:
    """Whether the shop knew the member by then: from an earlier purchase, or by another way."""
    return bought.purchases > 0 or (known.source != "purchase" and known.since <= sale.at)


@lru_cache(maxsize=4096)
def month_of(day: int) -> tuple[int, int]:
    """The Jalali year and month of a day."""
    year, month, _ = Jalali.of(date.fromordinal(day))
    return year, month


@lru_cache(maxsize=4096)
def month_bit(day: int) -> int:
    """The bit of a day's Jalali month, the lowest for Farvardin."""
    return 1 << month_of(day)[1] - 1
