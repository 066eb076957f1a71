"""The axis of values: round steps that hold every value and zero."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_STEPS: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MOST_STEPS: Final = 4
_WHOLE: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` (≤ 0) to `high` (> low), in steps of `step`."""

    low: Decimal
    high: Decimal
    step: Decimal

    def up(self, value: Decimal) -> Decimal:
        """How far from the top a value lies, in percent of the height."""
        return (self.high - value) / (self.high - self.low) * _WHOLE

    def ticks(self) -> list[Decimal]:
        """The steps, the highest first."""
        count = int((self.high - self.low) / self.step)
        return [self.high - self.step * at for at in range(count + 1)]


def scale_of(values: Iterable[Decimal], *, whole: bool) -> Scale:
    """The smallest round scale with at most four steps. `whole`: no step has a fraction."""
    known = [*values, Decimal(0)]
    least, most = min(known), max(known)
    step = _round_step((most - least) / _MOST_STEPS, whole=whole)
    while True:
        low = (least / step).to_integral_value("ROUND_FLOOR") * step
        high = (most / step).to_integral_value("ROUND_CEILING") * step
        if low == high:  # nothing but zeros
            high = step
        if high - low <= step * _MOST_STEPS:
            return Scale(low, high, step)
        step = _round_step(step * Decimal("1.01"), whole=whole)


def _round_step(least: Decimal, *, whole: bool) -> Decimal:
    if least <= 0:
        return Decimal(1)
    power = Decimal(1).scaleb(least.adjusted())
    step = next(power * each for each in _STEPS if power * each >= least)
    return max(step.to_integral_value("ROUND_CEILING"), Decimal(1)) if whole else step
