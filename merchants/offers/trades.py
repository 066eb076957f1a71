"""First rules for a new shop: what is usual in its trade, and what may be added to it.

The percentages are starting points that leave room in the trade's usual margin; whoever opens the
shop changes them, and its owner later anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from merchants.offers.merging import Written
from merchants.offers.starters import starter
from merchants.programme.bounds import tell_bounds
from merchants.programme.sentences import Teller
from timcheh.money import MoneyUnit
from timcheh.rules import parse_rules
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale

SCOPES: Final = ("own", "partners", "network")
"""Where the credit of each purchase may be spent."""
_THIN: Final = ("new_customer",)
_WIDE: Final = ("new_customer", "birthday", "win_back")


@dataclass(frozen=True, slots=True)
class Usual:
    """Of each purchase `bps` as credit for `days`; `extras` are starters that the margin bears."""

    bps: int
    days: int
    extras: tuple[str, ...] = _WIDE


OTHER: Final = "other"
TRADES: Final[Mapping[str, Usual]] = MappingProxyType(
    {
        "clothing": Usual(700, 90),
        "flowers": Usual(500, 60),
        "bakery": Usual(300, 45, _THIN),
        "books": Usual(500, 120),
        "grocery": Usual(150, 30, _THIN),
        "beauty": Usual(700, 90),
        "jewellery": Usual(50, 180, _THIN),
        "electronics": Usual(100, 120, _THIN),
        "home": Usual(300, 120),
        "food": Usual(500, 45),
        "sport": Usual(500, 90),
        "toys": Usual(500, 90),
        "health": Usual(150, 60, _THIN),
        "services": Usual(500, 90),
        OTHER: Usual(300, 90, _THIN),
    }
)


def usual_in(trade: str) -> Usual:
    """What is usual in a trade; of one that we don't know, what is careful anywhere."""
    return TRADES.get(trade, TRADES[OTHER])


def first_rules(
    bps: int, days: int, scope: str, extras: Iterable[str], locale: Locale
) -> list[Written]:
    """A rule set that can be published: `bps` of each purchase, and the starters named in
    `extras`."""
    each = {
        "name": translate(locale, "trade-rule-each"),
        "then": [{"effect": "credit_percent", "bps": bps, "scope": scope, "expires_in_days": days}],
    }
    added = (starter(name, locale) for name in extras)
    return [each, *(rule for rule in added if rule is not None)]


def tell_rules(rules: list[Written], locale: Locale, unit: MoneyUnit) -> list[tuple[str, str]]:
    """Each rule's name, and in one sentence what it gives, to whom and within what bounds."""
    teller = Teller(locale, unit)
    comma = translate(locale, "list-comma")
    return [
        (
            rule.name,
            comma.join(
                part
                for part in (teller.when(rule), *teller.then(rule), *tell_bounds(teller, rule))
                if part
            ),
        )
        for rule in parse_rules(rules)
    ]
