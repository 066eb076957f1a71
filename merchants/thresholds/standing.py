"""When a threshold gives: once for each crossing. No I/O."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Seen:
    """What is counted now, in points, and what returns have taken of all there ever was."""

    period: str
    points: int
    taken_back: int


@dataclass(frozen=True, slots=True)
class Standing:
    """As the last look left it: whether the threshold was reached, and with how much taken back."""

    period: str = ""
    above: bool = False
    taken_back: int = 0


NOWHERE: Final = Standing()


def step(was: Standing, seen: Seen, threshold: int, *, again: bool) -> tuple[Standing, bool]:
    """The standing after a look, and whether this look found a crossing.

    `again`: spending or expiry below the threshold lets it be crossed anew (points that are held);
    else it is crossed once in its period (points that are earned). What a return takes back never
    opens the way to a second crossing: it is counted as if it were still there, until as much has
    been earned anew.
    """
    if was.period != seen.period:
        was = Standing(seen.period)
    if seen.points >= threshold:
        return Standing(seen.period, above=True, taken_back=seen.taken_back), not was.above
    without_returns = seen.points + seen.taken_back - was.taken_back
    if again and was.above and without_returns < threshold:
        return Standing(seen.period), False
    return was, False
