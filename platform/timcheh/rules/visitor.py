"""What a decision must know of the person beside the facts: for offers that depend on who it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from timcheh.calendar import TEHRAN, day_bounds, local_date


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A member's one use of a one-time rule: from when until when, and whether it is used."""

    opened_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who buys. `subject` is the shop's id and the member's, joined; without it no one is held out.

    `entitlements` by rule name, used and expired ones too; `coupon` as `coupon_key` writes it;
    `activated` are the names of the rules that they have activated.
    """

    subject: str = ""
    entitlements: Mapping[str, Entitlement] = field(default_factory=dict)
    coupon: str | None = None
    activated: frozenset[str] = frozenset()


ANYONE = Visitor()


def deadline(opened_at: datetime, within_days: int) -> datetime:
    """When a one-time rule ends that opens at a moment: with the local day so many days on."""
    return day_bounds(local_date(opened_at, TEHRAN) + timedelta(days=within_days), TEHRAN)[1]
