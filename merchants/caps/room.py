"""How much credit a customer may still spend. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

EVERYONE = ""
"""The group of the cap for whoever is in no group with one of its own."""


@dataclass(frozen=True, slots=True)
class Cap:
    """Rial of credit for a group; None is without bound."""

    group: str
    per_invoice: int | None
    per_day: int | None


@dataclass(frozen=True, slots=True)
class CreditRoom:
    """The bounds on one purchase, rial; `used_today` counts against `per_day`."""

    per_invoice: int | None
    per_day: int | None
    used_today: int = 0

    @property
    def left_today(self) -> int | None:
        return None if self.per_day is None else max(0, self.per_day - self.used_today)

    @property
    def limit(self) -> str:
        """Which of the two bounds more."""
        today = self.left_today
        by_day = today is not None and (self.per_invoice is None or today < self.per_invoice)
        return "per_day" if by_day else "per_invoice"

    @property
    def left(self) -> int | None:
        """What may be spent now; None without bound."""
        bounds = [bound for bound in (self.per_invoice, self.left_today) if bound is not None]
        return min(bounds, default=None)


def room_of(caps: Sequence[Cap], used_today: int) -> CreditRoom | None:
    """The room of a customer whom these caps are for: of several groups the widest holds."""
    mine = [cap for cap in caps if cap.group != EVERYONE] or caps
    if not mine:
        return None
    return CreditRoom(
        widest([cap.per_invoice for cap in mine]),
        widest([cap.per_day for cap in mine]),
        used_today,
    )


def widest(bounds: Sequence[int | None]) -> int | None:
    """The largest of some bounds; none where one of them is none."""
    known = [bound for bound in bounds if bound is not None]
    return max(known) if len(known) == len(bounds) else None
