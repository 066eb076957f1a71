"""The form of a reward: its fields from a reward, and a reward's terms from its fields."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from merchants.purchases.command import MOST_MONEY
from merchants.rewards.catalogue import KINDS, RewardTerms
from merchants.rewards.models import Reward
from timcheh.calendar import DateStyle, format_date, local_date
from timcheh.calendar.local_day import TEHRAN
from timcheh.money import MoneyUnit
from timcheh.rules import Condition
from timcheh.text.digits import digits_to_latin
from timcheh.text.locale import Locale
from timcheh.text.normalise import normalise
from timcheh.web.numbers import in_unit
from timcheh.web.reader import FormReader

_CLOCK: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_INSTANT: Final = timedelta(microseconds=1)
_MOST_POINTS: Final = 10**9
_MOST_DAYS: Final = 3650
_USUAL_DAYS: Final = 30
_ONLY: Final = {
    **dict.fromkeys(("amount", "lot_days"), ("discount",)),
    "sku": ("product",),
    **dict.fromkeys(("place", "event_on", "event_time"), ("event",)),
    "claim_days": ("product", "service"),
}
"""Fields that only some kinds have."""


def blank(kind: str) -> dict[str, str]:
    """A new one of a kind."""
    return {"kind": kind, "claim_days": str(_USUAL_DAYS)}


def values_of(reward: Reward, scope: str, unit: MoneyUnit) -> dict[str, str]:
    """As it would have been typed, of its kind. `scope`: what the form calls its points."""
    event = reward.event_at.astimezone(TEHRAN) if reward.event_at else None
    values = {
        "kind": reward.kind,
        "name": reward.name,
        "words": reward.words,
        "points": str(reward.points),
        "scope": scope,
        "amount": in_unit(reward.amount, unit),
        "lot_days": _count(reward.lot_days),
        "sku": reward.sku or "",
        "place": reward.place or "",
        "event_on": _day(event),
        "event_time": f"{event:%H:%M}" if event else "",
        "starts_at": _day(reward.starts_at),
        "ends_at": _day(reward.ends_at - _INSTANT if reward.ends_at else None),
        "claim_days": str(reward.claim_days),
        "stock": _count(reward.stock),
        "per_member": _count(reward.per_member),
    }
    elsewhere = {name for name, kinds in _ONLY.items() if reward.kind not in kinds}
    return {name: value for name, value in values.items() if name not in elsewhere}


def read_terms(
    data: Mapping[str, str], unit: MoneyUnit, condition: Condition | None, now: datetime
) -> RewardTerms:
    """Raises Invalid with every field at fault."""
    reader = FormReader(data, unit)
    kind = reader.choice("kind", KINDS)
    is_discount, is_event = kind == "discount", kind == "event"
    amount = reader.money("amount") if is_discount else None
    if amount is not None and amount > MOST_MONEY:
        reader.fault("amount", "above_maximum", maximum=MOST_MONEY)
    terms = RewardTerms(
        name=reader.text("name"),
        words=reader.text("words", 400, optional=True),
        kind=kind,
        points=reader.count("points", 1, _MOST_POINTS),
        scope=reader.text("scope", 64),
        amount=amount,
        lot_days=reader.count("lot_days", 0, _MOST_DAYS, empty=0) or None if is_discount else None,
        sku=reader.text("sku") if kind == "product" else None,
        place=reader.text("place", optional=True) or None if is_event else None,
        event_at=_event(reader, data, now) if is_event else None,
        starts_at=reader.start_of_day("starts_at"),
        ends_at=reader.end_of_day("ends_at"),
        claim_days=reader.count("claim_days", 1, 365, empty=_USUAL_DAYS),
        stock=reader.count("stock", 0, _MOST_POINTS, empty=0) or None,
        per_member=reader.count("per_member", 0, 1000, empty=0) or None,
        condition=condition,
    )
    reader.check()
    return terms


def _event(reader: FormReader, data: Mapping[str, str], now: datetime) -> datetime:
    """When it begins: a Jalali day and a clock's time."""
    day = reader.start_of_day("event_on")
    clock = _CLOCK.fullmatch(digits_to_latin(normalise(data.get("event_time", "")[:20])))
    if day is None and not data.get("event_on", "").strip():
        reader.fault("event_on", "required")
    if clock is None:
        reader.fault("event_time", "clock_invalid")
    if day is None or clock is None:
        return now
    found = day + timedelta(hours=int(clock[1]), minutes=int(clock[2]))
    if found <= now:
        reader.fault("event_on", "event_past")
    return found


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


def _day(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return format_date(local_date(moment), Locale.FA, DateStyle.SHORT)
