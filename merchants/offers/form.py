"""An offer as a form: its fields from a rule, and the rule from what was typed.

What the form has no field for (made over the API) stays as it is in the rule that is edited.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Final

from merchants.conditions import read_builder
from merchants.offers.merging import Written
from merchants.typed import Typed
from timcheh.calendar import TEHRAN, day_bounds, format_date, local_date, parse_jalali
from timcheh.calendar.format import DateStyle
from timcheh.calendar.jalali import BadDate
from timcheh.errors import FieldError, Invalid
from timcheh.money import MoneyUnit
from timcheh.rules import parse_rules, write_condition
from timcheh.rules.gates import OWN_OCCASION
from timcheh.rules.writing import write_moment
from timcheh.text.locale import Locale
from timcheh.text.normalise import normalise
from timcheh.web.numbers import MOST_RIAL, in_percent, in_unit, read_count

WHEN: Final = "when"
WHO: Final = "who"
MOST_EFFECTS: Final = 4
STEPS: Final = 3
_PERCENTS: Final = ("discount_percent", "credit_percent")
_COUNTS: Final = ("per_member_uses", "every_nth")
_MONEY: Final = ("per_member_cap", "daily_budget", "budget")
_TEXTS: Final = ("coupon", "exclusive_group")
_SWITCHES: Final = ("exclusive", "needs_activation")

Values = dict[str, str]


# -- From a rule to the fields ------------------------------------------------------------------


def values_of(rule: Written, unit: MoneyUnit) -> Values:
    """The fields of a rule, as they would have been typed; conditions have their builders."""
    values = {"name": rule.get("name", "")}
    for n, effect in enumerate(rule.get("then", ())[:MOST_EFFECTS]):
        values |= {f"effect-{n}-{key}": text for key, text in _effect_values(effect, unit).items()}
    for key in _MONEY:
        values[key] = in_unit(rule.get(key), unit)
    for key in (*_COUNTS, *_TEXTS, "priority"):
        values[key] = str(rule.get(key) or "")
    for key in _SWITCHES:
        values[key] = "yes" if rule.get(key) else ""
    values["holdout"] = in_percent(rule.get("holdout_bps"))
    values["starts_on"] = _day(rule.get("starts_at"), timedelta(0))
    # An end at midnight was typed as the day before it: the last day that it still holds.
    values["ends_on"] = _day(rule.get("ends_at"), timedelta(microseconds=1))
    occasion = rule.get("occasion") or {}
    values["occasion"] = occasion.get("name", "")
    for key in ("days_before", "days_after", "calendar", "month", "day"):
        values[f"occasion_{key}"] = str(occasion.get(key) or "")
    early = rule.get("early_access") or {}
    values["early_days"] = str(early.get("days", ""))
    values["early_groups"] = "، ".join(early.get("groups", ()))
    once = rule.get("once")
    values["once"] = "yes" if once else ""
    values["once_days"] = str(once["within_days"]) if once else ""
    return values


def _effect_values(effect: Written, unit: MoneyUnit) -> Values:
    kind = effect["effect"]
    values = {
        "kind": kind,
        "scope": effect.get("scope", ""),
        "days": str(effect.get("expires_in_days") or ""),
        "group": effect.get("group") or "",
        "sku": effect.get("sku") or "",
        "points": str(effect.get("points") or ""),
        "percent": in_percent(effect.get("bps")),
        "amount": in_unit(effect.get("amount"), unit),
    }
    for n, step in enumerate(effect.get("steps", ())[:STEPS]):
        values[f"step-{n}-amount"] = in_unit(step["amount"], unit)
        values[f"step-{n}-percent"] = in_percent(step["bps"])
    return values


def _day(moment: str | None, less: timedelta) -> str:
    if moment is None:
        return ""
    day = local_date(datetime.fromisoformat(moment) - less, TEHRAN)
    return format_date(day, Locale.FA, DateStyle.SHORT)


# -- From the fields to a rule ------------------------------------------------------------------


class _Reader(Typed):
    """Names as people typed them, and counts without a bound of the form's own."""

    def name(self, name: str) -> str | None:
        """A text that people will see again as they typed it; None if there is none."""
        return self.fields.get(name, "").strip()[:200] or None

    def number(self, name: str) -> int | None:
        return self.count(name, MOST_RIAL)


def read_offer(typed: Mapping[str, str], before: Written, unit: MoneyUnit) -> Written:
    """The rule that a form says, checked. `before` is the rule that was edited.

    Raises Invalid; each fault lies at the form's field.
    """
    reader = _Reader(typed, unit)
    rule: Written = {"name": reader.name("name"), "then": _effects(reader, before)}
    _conditions(reader, rule, typed)
    _window(reader, rule, before)
    for key in _MONEY:
        rule[key] = reader.money(key)
    for key in _COUNTS:
        rule[key] = reader.number(key)
    for key in _TEXTS:
        rule[key] = reader.name(key)
    rule["priority"] = reader.number("priority")
    for key in _SWITCHES:
        rule[key] = bool(typed.get(key))
    rule["holdout_bps"] = reader.percent("holdout") or None
    try:
        parse_rules([rule])
    except Invalid as error:
        known = {fault.pointer for fault in reader.faults}
        found = (_at_field(fault) for fault in error.errors)
        reader.faults += [fault for fault in found if fault.pointer not in known]
    reader.check()
    return {key: value for key, value in rule.items() if value not in (None, False)}


def _effects(reader: _Reader, before: Written) -> list[Written]:
    effects = []
    for n in range(MOST_EFFECTS):
        kind = reader.text(f"effect-{n}-kind")
        if kind:
            effects.append(_effect(reader, kind, f"effect-{n}"))
    return effects + list(before.get("then", ())[MOST_EFFECTS:])


def _effect(reader: _Reader, kind: str, at: str) -> Written:
    effect: Written = {"effect": kind}
    if kind in _PERCENTS:
        effect["bps"] = reader.percent(f"{at}-percent")
        effect |= {key: reader.name(f"{at}-{key}") for key in ("group", "sku")}
        effect["steps"] = _steps(reader, at) or None
    else:
        effect["amount"] = reader.money(f"{at}-amount")
    if kind == "points_per":
        effect["points"] = reader.number(f"{at}-points")
    if not kind.startswith("discount"):
        effect["scope"] = reader.text(f"{at}-scope") or "own"
    if kind.startswith("credit"):
        effect["expires_in_days"] = reader.number(f"{at}-days")
    return {key: value for key, value in effect.items() if value is not None}


def _steps(reader: _Reader, at: str) -> list[Written]:
    steps = []
    for n in range(STEPS):
        amount = reader.money(f"{at}-step-{n}-amount")
        bps = reader.percent(f"{at}-step-{n}-percent")
        if amount is not None or bps is not None:
            steps.append({"amount": amount, "bps": bps})
    return steps


def _conditions(reader: _Reader, rule: Written, typed: Mapping[str, str]) -> None:
    when = _condition(reader, typed, WHEN)
    if when is not None:
        rule["when"] = when
    if typed.get("once"):
        who = _condition(reader, typed, WHO)
        rule["once"] = {"within_days": reader.number("once_days")}
        if who is not None:
            rule["once"]["when"] = who


def _condition(reader: _Reader, typed: Mapping[str, str], prefix: str) -> Written | None:
    try:
        condition = read_builder(typed, prefix).condition(reader.unit)
    except Invalid as error:
        reader.faults += error.errors
        return None
    return None if condition is None else write_condition(condition)


def _window(reader: _Reader, rule: Written, before: Written) -> None:
    rule["starts_at"] = _moment(reader, "starts_on", before.get("starts_at"), timedelta(0))
    rule["ends_at"] = _moment(
        reader, "ends_on", before.get("ends_at"), timedelta(microseconds=1), last=True
    )
    name = reader.text("occasion")
    if name:
        parts = ["days_before", "days_after"]
        occasion: Written = {"name": name}
        if name == OWN_OCCASION:
            occasion["calendar"] = reader.text("occasion_calendar") or "jalali"
            parts += ["month", "day"]
        occasion |= {part: reader.number(f"occasion_{part}") for part in parts}
        rule["occasion"] = {key: value for key, value in occasion.items() if value is not None}
    listed = (reader.name("early_groups") or "").replace(",", "،").split("،")
    groups = [group.strip() for group in listed if group.strip()]
    days = reader.number("early_days")
    if groups or days is not None:
        rule["early_access"] = {"days": days, "groups": groups}


def _moment(
    reader: _Reader, name: str, before: str | None, less: timedelta, *, last: bool = False
) -> str | None:
    """The beginning of the typed day, or the end of it; an hour that was not typed here stays."""
    text = reader.text(name)
    if not text:
        return None
    if before is not None and text == normalise(_day(before, less)):
        return before
    try:
        bounds = day_bounds(parse_jalali(text), TEHRAN)
    except (BadDate, OverflowError):
        reader.fault(name, "bad_date")
        return None
    return write_moment(bounds[1] if last else bounds[0])


_FIELDS: Final = {
    "starts_at": "starts_on",
    "ends_at": "ends_on",
    "holdout_bps": "holdout",
    "once/within_days": "once_days",
    "once/when": "once",
    "early_access/days": "early_days",
    "early_access/groups": "early_groups",
    "then": "effect-0-kind",
}
_EFFECT_FIELDS: Final = {"bps": "percent", "expires_in_days": "days", "effect": "kind"}


def _at_field(fault: FieldError) -> FieldError:
    """A fault of the rule at the form's field that it comes from."""
    path = fault.pointer.removeprefix("/rules/0/")
    parts = path.split("/")
    if parts[0] == "then" and len(parts) > 2:
        parts[2:] = [
            "step" if each == "steps" else _EFFECT_FIELDS.get(each, each) for each in parts[2:]
        ]
        name = "-".join(["effect", *parts[1:]])
    elif parts[0] == "occasion":
        name = "occasion" if parts[-1] == "name" else f"occasion_{parts[-1]}"
    else:
        name = (
            _FIELDS.get(path) or _FIELDS.get("/".join(parts[:2])) or _FIELDS.get(parts[0], parts[0])
        )
    return FieldError(f"/{name}", fault.code, fault.params)


def read_publish_at(typed: Mapping[str, str]) -> datetime:
    """The moment of a Jalali day and an hour. Raises Invalid at the field that is at fault."""
    try:
        day = parse_jalali(normalise(typed.get("publish_on", "")))
    except BadDate:
        raise Invalid.field("/publish_on", "bad_date") from None
    hour = read_count(typed.get("publish_hour", "") or "0", "/publish_hour", 23)
    return datetime.combine(day, time(hour), TEHRAN).astimezone(UTC)
