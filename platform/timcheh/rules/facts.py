"""What a condition may ask about: the registry of facts, and the facts of one purchase."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from timcheh.calendar import (
    TEHRAN,
    WEEKDAYS,
    days_between,
    days_until_birthday,
    local_date,
    local_hour,
    weekday_name,
)
from timcheh.rules.basket import MILLI, BasketLine, match_key
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale

FactValue = int | Decimal | str | bool | frozenset[str]


class FactType(StrEnum):
    """Decides which operators suit a fact and what its value may be compared with."""

    INTEGER = "integer"
    NUMBER = "number"  # at most three decimals
    TEXT = "text"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    TEXT_SET = "text_set"


class FactUnit(StrEnum):
    """What a fact counts, for showing it."""

    NONE = "none"
    RIAL = "rial"
    ITEMS = "items"
    PURCHASES = "purchases"
    DAYS = "days"
    HOUR = "hour"


class Place(StrEnum):
    """Where a condition is asked: of one purchase, or of each of a shop's customers.

    What a basket holds or the hour of a sale means nothing for a customer base. Other shops'
    customers are nobody's to list, so that a member is one is only asked where they buy.
    """

    BASKET = "basket"
    CUSTOMER = "customer"


_ORDER = ("==", "!=", ">", ">=", "<", "<=", "in")
OPERATORS: Mapping[FactType, tuple[str, ...]] = MappingProxyType(
    {
        FactType.INTEGER: _ORDER,
        FactType.NUMBER: _ORDER,
        FactType.TEXT: ("==", "!=", "in"),
        FactType.CHOICE: ("==", "!=", "in"),
        FactType.BOOLEAN: ("==", "!="),
        FactType.TEXT_SET: ("contains", "in"),  # has this one · has any of these
    }
)
ALL_OPERATORS = (*_ORDER, "contains")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact's name and nature. `choices` bounds a CHOICE or the members of a TEXT_SET;
    `uuids` marks a set of ids. `places` says where it can be asked.
    """

    name: str
    type: FactType
    unit: FactUnit = FactUnit.NONE
    choices: tuple[str, ...] = ()
    uuids: bool = False
    places: frozenset[Place] = frozenset(Place)

    @property
    def section(self) -> str:
        """What it is about: basket, customer, member, time, partner."""
        return self.name.partition(".")[0]

    @property
    def operators(self) -> tuple[str, ...]:
        """The operators that suit it."""
        return OPERATORS[self.type]

    def choice_label(self, choice: str, locale: Locale) -> str:
        """A choice's name for people: `weekday-…` for days, else `choice-<fact>-<choice>`."""
        if self.name == "time.weekday":
            return translate(locale, f"weekday-{choice}")
        return translate(locale, f"choice-{self.name.replace('.', '-')}-{choice}")

    def label(self, locale: Locale) -> str:
        """Its name for people (Fluent `fact-…`, dots written as hyphens)."""
        return translate(locale, f"fact-{self.name.replace('.', '-')}")


_BASKET = frozenset({Place.BASKET})
_ALL = (
    Fact("basket.total", FactType.INTEGER, FactUnit.RIAL, places=_BASKET),
    Fact("basket.items", FactType.NUMBER, FactUnit.ITEMS, places=_BASKET),
    Fact("basket.groups", FactType.TEXT_SET, places=_BASKET),
    Fact("basket.skus", FactType.TEXT_SET, places=_BASKET),
    Fact("customer.purchases", FactType.INTEGER, FactUnit.PURCHASES),
    Fact("customer.spend", FactType.INTEGER, FactUnit.RIAL),
    Fact("customer.average_basket", FactType.INTEGER, FactUnit.RIAL),
    Fact("customer.days_since_last", FactType.INTEGER, FactUnit.DAYS),
    Fact("customer.groups", FactType.TEXT_SET),
    Fact("customer.tier", FactType.TEXT),
    Fact("customer.is_new", FactType.BOOLEAN),
    Fact("member.birthday_in_days", FactType.INTEGER, FactUnit.DAYS),
    Fact("time.weekday", FactType.CHOICE, choices=WEEKDAYS, places=_BASKET),
    Fact("time.hour", FactType.INTEGER, FactUnit.HOUR, places=_BASKET),
    Fact("partner.is_customer_of", FactType.TEXT_SET, uuids=True, places=_BASKET),
)
FACTS: Mapping[str, Fact] = MappingProxyType({fact.name: fact for fact in _ALL})


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """What the shop knows of the member as its customer, before this purchase.

    `spend` is in rial and counts what was bought; `groups` and `tier` are names.
    """

    purchases: int = 0
    spend: int = 0
    last_at: datetime | None = None
    groups: Sequence[str] = ()
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one purchase at one moment. A fact that isn't known is absent."""

    values: Mapping[str, FactValue]
    now: datetime


def build(
    basket: Sequence[BasketLine],
    now: datetime,
    *,
    customer: CustomerFacts | None = None,
    birthday: date | None = None,
    customer_of: Iterable[object] = (),
    zone: tzinfo = TEHRAN,
) -> Facts:
    """The facts of a purchase at the aware moment `now`, in the mall's time zone.

    `basket.items` counts quantities (2.5 of something is 2.5 items). Someone who never bought
    has no average basket and no days since the last purchase; without a birthday there is no
    birthday in days. `customer_of` are ids of the shops whose customer the member is.
    """
    known = customer or CustomerFacts()
    quantity, rest = divmod(sum(line.quantity_milli for line in basket), MILLI)
    values: dict[str, FactValue] = {
        "basket.total": sum(line.total for line in basket),
        "basket.items": quantity if rest == 0 else quantity + Decimal(rest) / MILLI,
        "basket.groups": frozenset(line.group for line in basket if line.group is not None),
        "basket.skus": frozenset(line.sku for line in basket if line.sku is not None),
        "customer.purchases": known.purchases,
        "customer.spend": known.spend,
        "customer.groups": frozenset(map(match_key, known.groups)),
        "customer.is_new": known.purchases == 0,
        "time.weekday": weekday_name(now, zone),
        "time.hour": local_hour(now, zone),
        "partner.is_customer_of": frozenset(map(str, customer_of)),
    }
    if known.purchases > 0:
        values["customer.average_basket"] = known.spend // known.purchases
    if known.last_at is not None:
        values["customer.days_since_last"] = days_between(known.last_at, now, zone)
    if known.tier is not None:
        values["customer.tier"] = match_key(known.tier)
    if birthday is not None:
        values["member.birthday_in_days"] = days_until_birthday(birthday, local_date(now, zone))
    return Facts(values, now)
