"""A simple offer as a form asks for it: what it gives, on which baskets, to whom."""

from datetime import datetime
from typing import Any, Final

from merchants.typed import Typed
from timcheh.calendar import TEHRAN, add_jalali_months, day_bounds, local_date

GIFTS: Final = ("own", "partners", "discount")
PERIODS: Final = ("12", "6", "3", "1")
_LONGEST: Final = 100
_MOST_DAYS: Final = 3_650
_FIRST: Final = 100
"""Above any usual priority: an offer that stands in for others comes before them."""


def read_offer(typed: Typed) -> dict[str, Any]:
    """The rule as the API's JSON."""
    name, gift = typed.needed("name", _LONGEST), typed.choice("gift", GIFTS)
    bps, group = typed.needed_percent("percent"), typed.text("group", _LONGEST)
    effect: dict[str, Any] = {"bps": bps}
    if gift == "discount":
        effect["effect"] = "discount_percent"
    else:
        effect |= {"effect": "credit_percent", "scope": gift}
        if (days := typed.count("expires_in_days", _MOST_DAYS)) is not None:
            effect["expires_in_days"] = days
    if group:
        effect["group"] = group
    rule: dict[str, Any] = {"name": name, "then": [effect]}
    conditions = _conditions(typed, group)
    if conditions:
        rule["when"] = conditions[0] if len(conditions) == 1 else {"all": conditions}
    if typed.text("instead"):
        rule |= {"exclusive": True, "priority": _FIRST}
    return rule


def _conditions(typed: Typed, group: str | None) -> list[dict[str, Any]]:
    asked = (
        ("basket.total", ">=", typed.money("basket")),
        ("customer.purchases", ">", typed.count("purchases", _MOST_DAYS)),
        ("customer.days_since_last", ">=", typed.count("away", _MOST_DAYS)),
        ("basket.groups", "contains", group),
    )
    return [
        {"fact": fact, "op": op, "value": value} for fact, op, value in asked if value is not None
    ]


def with_offer(base: list[Any], offer: dict[str, Any], replaces: str | None = None) -> list[Any]:
    """A shop's rules with an offer: in the place of the one that it replaces, or beside them."""
    gone = {replaces, offer["name"]}
    return [*(rule for rule in base if rule["name"] not in gone), offer]


def since(months: int, now: datetime) -> datetime:
    """So many Jalali months back, from the beginning of that day."""
    return day_bounds(add_jalali_months(local_date(now, TEHRAN), -months))[0]
