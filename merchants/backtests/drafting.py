"""A simple offer as a form asks for it: what it gives, on which baskets, to whom."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from timcheh.calendar import TEHRAN, add_jalali_months, day_bounds, local_date
from timcheh.errors import FieldError, Invalid
from timcheh.money import MoneyUnit
from timcheh.web.numbers import read_count, read_money, read_percent

GIFTS: Final = ("own", "partners", "discount")
PERIODS: Final = ("12", "6", "3", "1")
_LONGEST: Final = 100
_MOST_DAYS: Final = 3_650
_FIRST: Final = 100
"""Above any usual priority: an offer that stands in for others comes before them."""


class Reader:
    """Reads fields one by one; what can't be read is a fault and reads as nothing."""

    def __init__(self, fields: Mapping[str, str], unit: MoneyUnit) -> None:
        self._fields, self._unit = fields, unit
        self.faults: list[FieldError] = []

    def text(self, name: str) -> str:
        return self._fields.get(name, "").strip()[:_LONGEST]

    def needed(self, name: str) -> str:
        found = self.text(name)
        if not found:
            self.faults.append(FieldError(f"/{name}", "required"))
        return found

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        found = self.text(name)
        if found not in choices:
            self.faults.append(FieldError(f"/{name}", "not_a_choice", {"choices": ""}))
        return found

    def percent(self, name: str) -> int:
        try:
            return read_percent(self._fields.get(name, ""), f"/{name}")
        except Invalid as error:
            self.faults += error.errors
            return 0

    def money(self, name: str) -> int | None:
        if not self.text(name):
            return None
        try:
            return read_money(self.text(name), f"/{name}", self._unit)
        except Invalid as error:
            self.faults += error.errors
            return None

    def count(self, name: str) -> int | None:
        if not self.text(name):
            return None
        try:
            return read_count(self.text(name), f"/{name}", _MOST_DAYS)
        except Invalid as error:
            self.faults += error.errors
            return None

    def finish(self) -> None:
        """Raises Invalid with every field at fault."""
        if self.faults:
            raise Invalid(errors=self.faults)


def read_offer(reader: Reader) -> dict[str, Any]:
    """The rule as the API's JSON."""
    name, gift = reader.needed("name"), reader.choice("gift", GIFTS)
    bps, group = reader.percent("percent"), reader.text("group")
    effect: dict[str, Any] = {"bps": bps}
    if gift == "discount":
        effect["effect"] = "discount_percent"
    else:
        effect |= {"effect": "credit_percent", "scope": gift}
        if (days := reader.count("expires_in_days")) is not None:
            effect["expires_in_days"] = days
    if group:
        effect["group"] = group
    rule: dict[str, Any] = {"name": name, "then": [effect]}
    conditions = _conditions(reader, group)
    if conditions:
        rule["when"] = conditions[0] if len(conditions) == 1 else {"all": conditions}
    if reader.text("instead"):
        rule |= {"exclusive": True, "priority": _FIRST}
    return rule


def _conditions(reader: Reader, group: str) -> list[dict[str, Any]]:
    asked = (
        ("basket.total", ">=", reader.money("basket")),
        ("customer.purchases", ">", reader.count("purchases")),
        ("customer.days_since_last", ">=", reader.count("away")),
        ("basket.groups", "contains", group or None),
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
