"""Grounds as sentences, in Persian and English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from timcheh.calendar import DateStyle, format_date
from timcheh.money import MoneyUnit
from timcheh.rules.facts import FACTS, Fact, FactType, FactUnit
from timcheh.rules.reasons import Because
from timcheh.text.catalogue import has_text
from timcheh.text.locale import Locale
from timcheh.voice import Voice

_OP_WORDS = {
    "==": "eq",
    "!=": "ne",
    ">": "gt",
    ">=": "ge",
    "<": "lt",
    "<=": "le",
    "in": "in",
    "not_in": "not_in",
}
_GIFTS = ("discount", "credit", "points")
_NEAR_FACTS = ("basket.total", "basket.items")


@dataclass(frozen=True, slots=True)
class Wording(Voice):
    """For whom the sentences are, with names for the ids in them."""

    names: Mapping[str, str] = field(default_factory=dict)

    def join(self, parts: Sequence[str], word: str) -> str:
        """`a، b و c`: `word` is the message of the last joint (`list-and`, `list-or`)."""
        if len(parts) < 2:
            return "".join(parts)
        first = self.text("list-comma").join(parts[:-1])
        return self.text(word, first=first, last=parts[-1])


def explain(
    because: Because,
    locale: Locale = Locale.FA,
    unit: MoneyUnit = MoneyUnit.RIAL,
    names: Mapping[str, str] | None = None,
) -> str:
    """One or more whole sentences. `names` gives shop names for ids; others stay unnamed."""
    return _sentence(because, Wording(locale, unit, names or {}))


def near_miss(
    because: Because, locale: Locale = Locale.FA, unit: MoneyUnit = MoneyUnit.TOMAN
) -> str | None:
    """What a little more in the basket would bring about; None if that isn't all that lacks.

    Only for "at least": with the whole gap filled, "more than" still does not hold.
    """
    if because.code != "fact" or because.params["op"] != ">=":
        return None
    fact = FACTS[because.params["fact"]]
    if fact.name not in _NEAR_FACTS or "gap" not in because.params:
        return None
    wording = Wording(locale, unit)
    return wording.text("because-near", gap=_value(because.params["gap"], fact, wording))


def _sentence(because: Because, wording: Wording) -> str:
    params = because.params
    match because.code:
        case "all_of":
            return " ".join(_sentence(each, wording) for each in because.details)
        case "any_of":
            parts = [_sentence(each, wording).rstrip(".") for each in because.details]
            return wording.text("because-any_of", parts=wording.text("list-or-long").join(parts))
        case "fact":
            return _comparison(because, wording)
        case "fact_unknown":
            return _unknown(FACTS[params["fact"]], wording)
        case "applied":
            return wording.text("because-applied", gifts=_gifts(params, wording))
        case "capped":
            amounts = ("cap", "used", "wanted", "given")
            money = {name: wording.money(params[name]) for name in amounts}
            return wording.text(f"because-capped-{params['limit']}", **money)
        case "not_started" | "ended" | "too_late":
            return wording.text(f"because-{because.code}", at=datetime.fromisoformat(params["at"]))
        case "not_occasion":
            return _occasion(params, wording)
        case "concession":
            return wording.text("because-concession", why=params["why"])
        case "used_up":
            return wording.text("because-used_up", times=params["times"])
        case _:
            return wording.text(f"because-{because.code}", **params)


def _occasion(params: Mapping[str, Any], wording: Wording) -> str:
    named = wording.text(f"occasion-{params['occasion']}")
    if "at" not in params:
        return wording.text("because-not_occasion-unknown", occasion=named)
    day = format_date(date.fromisoformat(params["at"]), wording.locale, DateStyle.LONG)
    return wording.text("because-not_occasion", occasion=named, day=day)


def _unknown(fact: Fact, wording: Wording) -> str:
    message_id = f"because-unknown-{_hyphened(fact.name)}"
    if has_text(wording.locale, message_id):
        return wording.text(message_id)
    return wording.text("because-unknown", fact=fact.label(wording.locale))


def _gifts(params: Mapping[str, int], wording: Wording) -> str:
    parts = []
    for name in _GIFTS:
        if name in params:
            amount = params[name]
            shown = wording.number(amount) if name == "points" else wording.money(amount)
            parts.append(wording.text(f"gift-{name}", amount=shown))
    return wording.join(parts, "list-and")


def _comparison(because: Because, wording: Wording) -> str:
    params = because.params
    fact = FACTS[params["fact"]]
    op: str = params["op"]
    needed = params["needed"]
    shown = [_value(each, fact, wording) for each in _listed(needed)]
    if fact.type is FactType.BOOLEAN:
        wants_true = needed == (op == "==")
        which = "true" if wants_true else "false"
        return wording.text(f"because-{_hyphened(fact.name)}-{which}")
    if fact.type is FactType.TEXT_SET:
        which = "has" if op.startswith("not_") else "lacks"
        return wording.text(
            f"because-{_hyphened(fact.name)}-{which}", needed=wording.join(shown, "list-or")
        )
    usual = f"because-{_OP_WORDS[op]}"
    own = f"{usual}-{_hyphened(fact.name)}"
    return wording.text(
        own if has_text(wording.locale, own) else usual,
        fact=fact.label(wording.locale),
        actual=_value(params["actual"], fact, wording),
        needed=wording.join(shown, "list-or"),
    )


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else [value]


def _value(value: object, fact: Fact, wording: Wording) -> str:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        if fact.unit is FactUnit.RIAL:
            return wording.money(int(value))
        number = value if isinstance(value, int) else Decimal(str(value))
        if fact.unit is FactUnit.DAYS:
            return wording.text("value-days", days=number)
        return wording.number(number)
    if fact.choices:
        return fact.choice_label(str(value), wording.locale)
    if fact.uuids:
        name = wording.names.get(str(value))
        return wording.text("value-unnamed-shop") if name is None else _quoted(name, wording)
    return _quoted(str(value), wording)


def _quoted(text: str, wording: Wording) -> str:
    return wording.text("value-quoted", text=text)


def _hyphened(name: str) -> str:
    return name.replace(".", "-")
