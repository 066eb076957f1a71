"""An honest sample: chosen at random, by a seed, before anybody knows what will come of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from random import Random
from typing import TypeVar

_Item = TypeVar("_Item")
_Z = 1.959964  # of a normal distribution, 95 % lie within so many standard deviations


@dataclass(slots=True)
class Sample:
    """So many mutants of all that there are; `size` None takes every one."""

    size: int | None = None
    seed: int = 1
    there_are: int = field(default=0, init=False)
    chosen: int = field(default=0, init=False)

    def of(self, items: Sequence[_Item]) -> list[_Item]:
        """The chosen ones, in their order. Each is as likely as any other."""
        count = len(items) if self.size is None else min(self.size, len(items))
        places = sorted(Random(self.seed).sample(range(len(items)), count))  # noqa: S311
        self.there_are += len(items)
        self.chosen += count
        return [items[place] for place in places]

    def __str__(self) -> str:
        if self.chosen == self.there_are:
            return f"all {self.there_are} tried"
        return f"sampled {self.chosen} of {self.there_are}, seed {self.seed}"


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """Wilson's interval: where, with 95 % certainty, the share lies of which a sample is seen."""
    share, spread = hits / tries, _Z**2 / tries
    middle = share + spread / 2
    half = _Z * sqrt(share * (1 - share) / tries + spread / tries / 4)
    return (middle - half) / (1 + spread), (middle + half) / (1 + spread)
