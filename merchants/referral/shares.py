"""Who gets what of a purchase, without I/O: lines of referrers, shares, what a return leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from timcheh.money import BPS_WHOLE

MOST_LEVELS: Final = 5


@dataclass(frozen=True, slots=True)
class Terms:
    """A shop's terms, rial and basis points; `friend_reward` is for whoever was brought."""

    first_reward: int
    first_minimum: int
    levels: tuple[int, ...]
    friend_reward: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """A reward that is due: rial, as credit (`referral`, `friend`) or as commission."""

    kind: str
    level: int
    person_id: UUID
    amount: int


def dues(
    terms: Terms, buyer: UUID, line: Sequence[UUID], paid: int, *, is_first: bool
) -> list[Due]:
    """What a purchase of `paid` rial brings its buyer's line of referrers, nearest first; and the
    buyer, whom somebody brought."""
    found = []
    if line and is_first and paid >= max(terms.first_minimum, 1):
        if terms.first_reward:
            found.append(Due("referral", 1, line[0], terms.first_reward))
        if terms.friend_reward:
            found.append(Due("friend", 1, buyer, terms.friend_reward))
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
    if kind in ("referral", "friend"):
        return amount if base_left >= max(minimum, 1) else 0
    return amount * base_left // base if base else 0
