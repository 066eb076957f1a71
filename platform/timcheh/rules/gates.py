"""What must hold beside a rule's condition: window, coupon, occasion, its turn, its one use.

A gate is a closure that is made once for each rule that has such a bound; a rule without bounds has
no gates and costs nothing. A gate that is shut says so with the standing and what it needs.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from timcheh.calendar import TEHRAN, add_jalali_months, local_date
from timcheh.calendar.occasions import FEASTS, CalendarName, Feast, days_from_feast, next_feast
from timcheh.rules.basket import match_key
from timcheh.rules.facts import Facts
from timcheh.rules.model import Occasion, Rule
from timcheh.rules.visitor import Visitor
from timcheh.rules.writing import write_moment

BIRTHDAY = "birthday"
OWN_OCCASION = "own"
OCCASIONS = (BIRTHDAY, *FEASTS, OWN_OCCASION)
_BIRTHDAY_FACT = "member.birthday_in_days"


class Standing(StrEnum):
    """How a rule fared before its effects are looked at."""

    MATCHED = "matched"
    CONDITION = "condition"
    NOT_STARTED = "not_started"
    ENDED = "ended"
    STOPPED = "stopped"
    NO_COUPON = "no_coupon"
    NOT_OCCASION = "not_occasion"
    NOT_TURN = "not_turn"
    NOT_ENTITLED = "not_entitled"
    TOO_LATE = "too_late"
    USED_UP = "used_up"
    OUTRANKED = "outranked"
    HELD_OUT = "held_out"
    NOT_ACTIVATED = "not_activated"


@dataclass(frozen=True, slots=True)
class Shut:
    """A gate that lets a rule not pass, and what it would take, as the params of the ground."""

    standing: Standing
    params: Mapping[str, Any] = field(default_factory=dict)


Gate = Callable[[Facts, Visitor], Shut | None]


def coupon_key(text: str) -> str:
    """How coupon codes are compared: case, spaces and the kind of digits don't matter."""
    return match_key(text).replace(" ", "").replace("-", "").casefold()


def gates_of(rule: Rule) -> tuple[Gate, ...]:
    """The gates of a rule, in the order in which they are tried."""
    return tuple(_gates(rule))


def _gates(rule: Rule) -> Iterator[Gate]:
    if rule.starts_at is not None:
        yield _starts(rule, rule.starts_at)
    if rule.ends_at is not None:
        yield _ends(rule.ends_at)
    if rule.coupon is not None:
        yield _coupon(coupon_key(rule.coupon))
    if rule.occasion is not None:
        yield _occasion(rule.occasion)
    if rule.every_nth is not None:
        yield _turn(rule.every_nth)
    if rule.once is not None:
        yield _unused(rule.name)


def _starts(rule: Rule, starts_at: datetime) -> Gate:
    early = rule.early_access
    groups = frozenset(map(match_key, early.groups)) if early else frozenset()
    early_from = starts_at - timedelta(days=early.days) if early else starts_at

    def gate(facts: Facts, _: Visitor) -> Shut | None:
        if facts.now >= starts_at or (facts.now >= early_from and _is_among(facts, groups)):
            return None
        return Shut(Standing.NOT_STARTED, {"at": write_moment(starts_at)})

    return gate


def _is_among(facts: Facts, groups: frozenset[str]) -> bool:
    held = facts.values.get("customer.groups")
    return facts.values.get("customer.tier") in groups or (
        isinstance(held, frozenset) and not groups.isdisjoint(held)
    )


def _ends(ends_at: datetime) -> Gate:
    shut = Shut(Standing.ENDED, {"at": write_moment(ends_at)})
    return lambda facts, _: shut if facts.now >= ends_at else None


def _coupon(key: str) -> Gate:
    shut = Shut(Standing.NO_COUPON)
    return lambda _, visitor: None if visitor.coupon == key else shut


def _turn(every: int) -> Gate:
    def gate(facts: Facts, _: Visitor) -> Shut | None:
        before = facts.values.get("customer.purchases", 0)
        assert isinstance(before, int)
        left = -(before + 1) % every
        return Shut(Standing.NOT_TURN, {"every": every, "left": left}) if left else None

    return gate


def _unused(name: str) -> Gate:
    def gate(facts: Facts, visitor: Visitor) -> Shut | None:
        held = visitor.entitlements.get(name)
        if held is None:
            return None
        if held.used_at is not None:
            return Shut(Standing.USED_UP, {"times": 1, "at": write_moment(held.used_at)})
        if facts.now >= held.expires_at:
            return Shut(Standing.TOO_LATE, {"at": write_moment(held.expires_at)})
        return None

    return gate


def _occasion(occasion: Occasion) -> Gate:
    before, after = occasion.days_before, occasion.days_after
    if occasion.name == BIRTHDAY:
        return _birthday(before, after)
    feast = feast_of(occasion)

    def gate(facts: Facts, _: Visitor) -> Shut | None:
        today = local_date(facts.now, TEHRAN)
        if days_from_feast(feast, today, before, after) is not None:
            return None
        params = {"occasion": occasion.name}
        coming = next_feast(feast, today)
        if coming is not None:
            params["at"] = (coming - timedelta(days=before)).isoformat()
        return Shut(Standing.NOT_OCCASION, params)

    return gate


def feast_of(occasion: Occasion) -> Feast:
    """The day of an occasion other than a birthday. ValueError for a half-written own one."""
    if occasion.name != OWN_OCCASION:
        return FEASTS[occasion.name]
    if occasion.month is None or occasion.day is None:
        raise ValueError("an occasion of one's own needs its month and day")
    calendar: CalendarName = "hijri" if occasion.calendar == "hijri" else "jalali"
    return Feast(calendar, occasion.month, occasion.day)


def _birthday(before: int, after: int) -> Gate:
    def gate(facts: Facts, _: Visitor) -> Shut | None:
        days = facts.values.get(_BIRTHDAY_FACT)
        if not isinstance(days, int):
            return Shut(Standing.NOT_OCCASION, {"occasion": BIRTHDAY})
        if days <= before:
            return None
        today = local_date(facts.now, TEHRAN)
        coming = today + timedelta(days=days)
        if (today - _year_before(coming)).days <= after:
            return None
        opens = coming - timedelta(days=before)
        return Shut(Standing.NOT_OCCASION, {"occasion": BIRTHDAY, "at": opens.isoformat()})

    return gate


def _year_before(day: date) -> date:
    return add_jalali_months(day, -12)
