"""Who gets what of a purchase, without I/O: lines of referrers, shares, what a return leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from timcheh.money import BPS_WHOLE

MOST_LEVELS: Final = 5


@dataclass(frozen=True, slots=True)
class Terms:
    """A shop's terms, rial and basis points."""

    first_reward: int
    first_minimum: int
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A reward that is due: rial, as credit (`referral`) or as commission."""

    kind: str
    level: int
    person_id: UUID
    amount: int


def dues(terms: Terms, line: Sequence[UUID], paid: int, *, is_first: bool) -> list[Due]:
    """What a purchase of `paid` rial brings its line of referrers; nearest first."""
    found = []
    if line and is_first and terms.first_reward and paid >= max(terms.first_minimum, 1):
        found.append(Due("referral", 1, line[0], terms.first_reward))
    for level, (person, bps) in enumerate(zip(line, terms.levels, strict=False), start=1):
        amount = share(paid, bps)
        if amount:
            found.append(Due("commission", level, person, amount))
    return found


def share(amount: int, bps: int) -> int:
    """Floored, like every percentage."""
    return amount * bps // BPS_WHOLE


def left_of(kind: str, amount: int, base: int, base_left: int, minimum: int) -> int:
    """What stays of a reward when `base_left` of its base has stayed.

    A share shrinks with its base; the reward of a first purchase stays whole or goes whole.
    """
    if kind == "referral":
        return amount if base_left >= max(minimum, 1) else 0
    return amount * base_left // base if base else 0
