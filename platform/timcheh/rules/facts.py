"""What a condition may ask about: the registry of facts, and the facts of one purchase."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
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
from timcheh.rules.rfm import RFM_SEGMENTS, RfmScale
from timcheh.rules.seasons import SEASONS, seasons_of
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
    VISITS = "visits"
    DAYS = "days"
    HOUR = "hour"
    POINTS = "points"
    PERCENT = "percent"
    SCORE = "score"
    METRES = "metres"
    MINUTES = "minutes"


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


SOURCES = ("purchase", "door", "portal", "import")
"""How someone became the shop's customer."""
PERSONAL = (
    "gender", "marital_status", "province", "city", "district", "neighbourhood", "guild", "job",
)  # fmt: skip
"""What a shop knows of the person, as words; each is the fact `member.…`."""
_BASKET = frozenset({Place.BASKET})
_ALL = (
    Fact("basket.total", FactType.INTEGER, FactUnit.RIAL, places=_BASKET),
    Fact("basket.items", FactType.NUMBER, FactUnit.ITEMS, places=_BASKET),
    Fact("basket.groups", FactType.TEXT_SET, places=_BASKET),
    Fact("basket.skus", FactType.TEXT_SET, places=_BASKET),
    Fact("customer.purchases", FactType.INTEGER, FactUnit.PURCHASES),
    Fact("customer.visits", FactType.INTEGER, FactUnit.VISITS),
    Fact("customer.spend", FactType.INTEGER, FactUnit.RIAL),
    Fact("customer.average_basket", FactType.INTEGER, FactUnit.RIAL),
    Fact("customer.last_basket", FactType.INTEGER, FactUnit.RIAL),
    Fact("customer.days_since_last", FactType.INTEGER, FactUnit.DAYS),
    Fact("customer.days_since_first", FactType.INTEGER, FactUnit.DAYS),
    Fact("customer.average_gap", FactType.INTEGER, FactUnit.DAYS),
    Fact("customer.product_groups", FactType.TEXT_SET),
    Fact("customer.seasons", FactType.TEXT_SET, choices=SEASONS),
    Fact("customer.credit", FactType.INTEGER, FactUnit.RIAL),
    Fact("customer.points", FactType.INTEGER, FactUnit.POINTS),
    Fact("customer.groups", FactType.TEXT_SET),
    Fact("customer.tags", FactType.TEXT_SET),
    Fact("customer.tier", FactType.TEXT),
    Fact("customer.tier_progress", FactType.INTEGER, FactUnit.PERCENT),
    Fact("customer.source", FactType.CHOICE, choices=SOURCES),
    Fact("customer.is_new", FactType.BOOLEAN),
    Fact("customer.near_metres", FactType.INTEGER, FactUnit.METRES),
    Fact("customer.near_minutes", FactType.INTEGER, FactUnit.MINUTES),
    Fact("rfm.segment", FactType.CHOICE, choices=RFM_SEGMENTS),
    Fact("rfm.recency", FactType.INTEGER, FactUnit.SCORE),
    Fact("rfm.frequency", FactType.INTEGER, FactUnit.SCORE),
    Fact("rfm.monetary", FactType.INTEGER, FactUnit.SCORE),
    Fact("member.birthday_in_days", FactType.INTEGER, FactUnit.DAYS),
    Fact("member.wedding_in_days", FactType.INTEGER, FactUnit.DAYS),
    Fact("member.gender", FactType.CHOICE, choices=("female", "male")),
    Fact("member.marital_status", FactType.CHOICE, choices=("single", "married")),
    Fact("member.province", FactType.TEXT),
    Fact("member.city", FactType.TEXT),
    Fact("member.district", FactType.TEXT),
    Fact("member.neighbourhood", FactType.TEXT),
    Fact("member.guild", FactType.TEXT),
    Fact("member.job", FactType.TEXT),
    Fact("time.weekday", FactType.CHOICE, choices=WEEKDAYS, places=_BASKET),
    Fact("time.hour", FactType.INTEGER, FactUnit.HOUR, places=_BASKET),
    Fact("partner.is_customer_of", FactType.TEXT_SET, uuids=True, places=_BASKET),
)
FACTS: Mapping[str, Fact] = MappingProxyType({fact.name: fact for fact in _ALL})


NETWORK = "partner.is_customer_of"
"""What only the whole network tells."""
HOLDINGS = frozenset({"customer.credit", "customer.points"})
"""What only the member's lots tell."""
NEARNESS = frozenset({"customer.near_metres", "customer.near_minutes"})
"""What is only known of who has just said that they are near a branch."""
BEYOND = HOLDINGS | NEARNESS
"""What is not among a shop's own rows: it is asked in the mall's scope."""
NEAR_FOR = 120
"""Minutes for which somebody who was near a branch counts as near."""
LOOKED_UP = frozenset(
    {
        "customer.visits",
        "customer.last_basket",
        "customer.days_since_first",
        "customer.average_gap",
        "customer.product_groups",
        "customer.seasons",
        "customer.tags",
        "customer.tier_progress",
        "customer.source",
        *(fact.name for fact in _ALL if fact.section == "rfm"),
        *(fact.name for fact in _ALL if fact.section == "member"),
    }
) - {"member.birthday_in_days"}
"""What a quote reads only for a shop whose rules ask for it."""


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """What the shop knows of the member as its customer, before this purchase.

    `spend` is in rial and counts what was bought; `groups`, `tags` and `tier` are names, `bought`
    the match keys of product groups. `months` has a bit for each Jalali month in which they
    bought (the lowest is Farvardin). `credit` (rial) and `points` are what they hold in scopes
    that the shop accepts. `scale` is the shop's own, for RFM scores; `person` has the words of
    `PERSONAL`. `near_at` is when they said that they were `near_metres` from a branch.
    """

    purchases: int = 0
    spend: int = 0
    last_at: datetime | None = None
    groups: Sequence[str] = ()
    tier: str | None = None
    first_at: datetime | None = None
    visits: int = 0
    last_basket: int | None = None
    bought: Sequence[str] = ()
    months: int = 0
    tags: Sequence[str] = ()
    tier_progress: int | None = None
    source: str | None = None
    credit: int | None = None
    points: int | None = None
    scale: RfmScale | None = None
    wedding: date | None = None
    near_metres: int | None = None
    near_at: datetime | None = None
    person: Mapping[str, str | None] = field(default_factory=dict)


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

    `basket.items` counts quantities (2.5 of something is 2.5 items). `customer_of` are ids of the
    shops whose customer the member is. What is known of the customer: `customer_values`.
    """
    quantity, rest = divmod(sum(line.quantity_milli for line in basket), MILLI)
    values: dict[str, FactValue] = {
        "basket.total": sum(line.total for line in basket),
        "basket.items": quantity if rest == 0 else quantity + Decimal(rest) / MILLI,
        "basket.groups": frozenset(line.group for line in basket if line.group is not None),
        "basket.skus": frozenset(line.sku for line in basket if line.sku is not None),
        "time.weekday": weekday_name(now, zone),
        "time.hour": local_hour(now, zone),
        "partner.is_customer_of": frozenset(map(str, customer_of)),
        **customer_values(customer or CustomerFacts(), now, birthday=birthday, zone=zone),
    }
    return Facts(values, now)


def customer_values(
    known: CustomerFacts,
    now: datetime,
    *,
    birthday: date | None = None,
    zone: tzinfo = TEHRAN,
) -> dict[str, FactValue]:
    """The facts of a customer at the moment `now`; what isn't known is left out.

    Someone who never bought has no average basket, no days since the last purchase and no scores;
    who came once has no gap between visits. SQL says the same of a whole customer base
    (`merchants.audience`), and a property test holds the two to each other.
    """
    values: dict[str, FactValue] = {
        "customer.purchases": known.purchases,
        "customer.visits": known.visits,
        "customer.spend": known.spend,
        "customer.groups": frozenset(map(match_key, known.groups)),
        "customer.tags": frozenset(map(match_key, known.tags)),
        "customer.product_groups": frozenset(known.bought),
        "customer.seasons": seasons_of(known.months),
        "customer.is_new": known.purchases == 0,
    }
    if known.purchases > 0:
        values["customer.average_basket"] = known.spend // known.purchases
    if known.last_at is not None:
        values["customer.days_since_last"] = days_between(known.last_at, now, zone)
    if known.tier is not None:
        values["customer.tier"] = match_key(known.tier)
    for name, day in (("birthday", birthday), ("wedding", known.wedding)):
        if day is not None:
            values[f"member.{name}_in_days"] = days_until_birthday(day, local_date(now, zone))
    for name in PERSONAL:
        word = known.person.get(name)
        if word is not None:
            values[f"member.{name}"] = match_key(word)
    if known.first_at is not None:
        values["customer.days_since_first"] = days_between(known.first_at, now, zone)
        if known.visits > 1 and known.last_at is not None:
            span = days_between(known.first_at, known.last_at, zone)
            values["customer.average_gap"] = span // (known.visits - 1)
    for name in ("last_basket", "tier_progress", "source", "credit", "points"):
        value = getattr(known, name)
        if value is not None:
            values[f"customer.{name}"] = value
    if known.near_metres is not None and known.near_at is not None:
        minutes = (now - known.near_at) // timedelta(minutes=1)
        if 0 <= minutes < NEAR_FOR:
            values["customer.near_metres"] = known.near_metres
            values["customer.near_minutes"] = minutes
    if known.scale is not None and known.purchases > 0 and known.last_at is not None:
        days = days_between(known.last_at, now, zone)
        values |= known.scale.scores(days, known.purchases, known.spend)
    return values
