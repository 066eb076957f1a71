"""For whom, when and how often a rule holds, from JSON."""

from typing import Any

from timcheh.calendar import days_in_jalali_month
from timcheh.errors import Problems
from timcheh.money import BPS_WHOLE
from timcheh.rules.facts import FACTS, Place
from timcheh.rules.gates import OCCASIONS, OWN_OCCASION
from timcheh.rules.model import EarlyAccess, Occasion, Once, facts_in
from timcheh.rules.reading import LARGEST, ObjectReader
from timcheh.rules.schema_conditions import read_condition

NAME_MAXIMUM = 100
MOST_DAYS_AROUND = 60
MOST_EARLY_DAYS = 60
MOST_DEADLINE = 365
MOST_USES = 10_000
MOST_NTH = 1_000
MOST_GROUPS = 20
COUPON_MAXIMUM = 40
CALENDARS = ("jalali", "hijri")
ASKED_OF_CUSTOMERS = frozenset(n for n, f in FACTS.items() if Place.CUSTOMER in f.places)
_A_LEAP_YEAR = 1403
_LONGEST_HIJRI_MONTH = 30


def read_limits(reader: ObjectReader, problems: Problems) -> dict[str, Any]:
    """The fields of `Rule` by name; what is faulty or absent is None."""
    return {
        "per_member_cap": reader.integer("per_member_cap", minimum=1, maximum=LARGEST),
        "budget": reader.integer("budget", minimum=1, maximum=LARGEST),
        "daily_budget": reader.integer("daily_budget", minimum=1, maximum=LARGEST),
        "per_member_uses": reader.integer("per_member_uses", minimum=1, maximum=MOST_USES),
        "exclusive_group": reader.text("exclusive_group", maximum=NAME_MAXIMUM),
        "every_nth": reader.integer("every_nth", minimum=2, maximum=MOST_NTH),
        "coupon": reader.text("coupon", maximum=COUPON_MAXIMUM),
        "holdout_bps": reader.integer("holdout_bps", minimum=1, maximum=BPS_WHOLE - 1),
        "occasion": _occasion(reader, problems),
        "early_access": _early_access(reader, problems),
        "once": _once(reader, problems),
    }


def _part(
    reader: ObjectReader, key: str, problems: Problems, fields: tuple[str, ...]
) -> ObjectReader | None:
    if not reader.has(key):
        return None
    return ObjectReader(reader.raw(key), reader.at(key), problems, fields)


def _occasion(reader: ObjectReader, problems: Problems) -> Occasion | None:
    fields = ("name", "days_before", "days_after", "calendar", "month", "day")
    part = _part(reader, "occasion", problems, fields)
    if part is None:
        return None
    name = part.text("name", required=True)
    if name is not None and name not in OCCASIONS:
        problems.add(part.at("name"), "not_a_choice", choices=", ".join(OCCASIONS))
    before = part.integer("days_before", minimum=0, maximum=MOST_DAYS_AROUND) or 0
    after = part.integer("days_after", minimum=0, maximum=MOST_DAYS_AROUND) or 0
    own = name == OWN_OCCASION
    calendar = part.text("calendar", required=own)
    month = part.integer("month", required=own, minimum=1, maximum=12)
    day = part.integer("day", required=own, minimum=1, maximum=31)
    if not own:
        for key in ("calendar", "month", "day"):
            if part.has(key):
                problems.add(part.at(key), "unknown_field")
    elif calendar not in (None, *CALENDARS):
        problems.add(part.at("calendar"), "not_a_choice", choices=", ".join(CALENDARS))
    elif month is not None and day is not None and day > _longest(calendar, month):
        problems.add(part.at("day"), "above_maximum", maximum=_longest(calendar, month))
    return Occasion(name or "", before, after, calendar, month, day)


def _longest(calendar: str | None, month: int) -> int:
    if calendar == "hijri":
        return _LONGEST_HIJRI_MONTH
    return days_in_jalali_month(_A_LEAP_YEAR, month)


def _early_access(reader: ObjectReader, problems: Problems) -> EarlyAccess | None:
    part = _part(reader, "early_access", problems, ("days", "groups"))
    if part is None:
        return None
    if not reader.has("starts_at"):
        problems.add(reader.at("starts_at"), "required")
    days = part.integer("days", required=True, minimum=1, maximum=MOST_EARLY_DAYS)
    listed = part.items("groups", minimum=1, maximum=MOST_GROUPS) or []
    groups = [part.text_of(item, "groups", index) for index, item in enumerate(listed)]
    return EarlyAccess(days or 1, tuple(group for group in groups if group is not None))


def _once(reader: ObjectReader, problems: Problems) -> Once | None:
    part = _part(reader, "once", problems, ("within_days", "when"))
    if part is None:
        return None
    days = part.integer("within_days", required=True, minimum=1, maximum=MOST_DEADLINE)
    when = None
    if part.has("when"):
        when = read_condition(part.raw("when"), part.at("when"), problems)
        stray = sorted(facts_in(when) - ASKED_OF_CUSTOMERS) if when is not None else ()
        if stray:
            problems.add(part.at("when"), "fact_not_here", facts=", ".join(stray))
    return Once(days or 1, when)
