"""Recency, frequency, monetary value: scores from 1 to 5 within a shop, and what they add up to.

A shop's scale holds the bounds of fifths of its customers, taken now and then from all of them;
a score is then a function of one customer's facts, so it is right after every purchase.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

SCORES: Final = 5

RFM_SEGMENTS: Final = (
    "champions",
    "loyal",
    "potential",
    "new",
    "attention",
    "sleepy",
    "at_risk",
    "precious",
    "lost",
)
# By recency (rows, 1 to 5) and by the mean of frequency and monetary value, rounded up (columns).
GRID: Final = (
    ("lost", "lost", "at_risk", "precious", "precious"),
    ("sleepy", "sleepy", "at_risk", "at_risk", "precious"),
    ("sleepy", "attention", "attention", "loyal", "loyal"),
    ("new", "potential", "potential", "loyal", "loyal"),
    ("new", "potential", "potential", "loyal", "champions"),
)


@dataclass(frozen=True, slots=True)
class RfmScale:
    """Four rising bounds for each measure: days since the last purchase, purchases, rial.

    Who is above a bound stands in a higher fifth. For recency a higher fifth is a lower score.
    """

    recency: tuple[int, ...]
    frequency: tuple[int, ...]
    monetary: tuple[int, ...]

    def __post_init__(self) -> None:
        for bounds in (self.recency, self.frequency, self.monetary):
            rising = all(a <= b for a, b in pairwise(bounds))
            if len(bounds) != SCORES - 1 or not rising:
                raise ValueError("a scale has four rising bounds for each measure")

    def scores(self, days_since_last: int, purchases: int, spend: int) -> dict[str, int | str]:
        """The facts `rfm.…` of a customer."""
        recency = SCORES - _above(self.recency, days_since_last)
        frequency = 1 + _above(self.frequency, purchases)
        monetary = 1 + _above(self.monetary, spend)
        return {
            "rfm.recency": recency,
            "rfm.frequency": frequency,
            "rfm.monetary": monetary,
            "rfm.segment": GRID[recency - 1][(frequency + monetary + 1) // 2 - 1],
        }


def _above(bounds: Sequence[int], value: int) -> int:
    return sum(value > bound for bound in bounds)
