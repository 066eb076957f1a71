"""What an offer truly added: those it was given to against those held out at random. Pure.

Both groups were drawn by lot, so whatever differs between them beyond chance is the offer's doing.
What each member bought before the offer is a covariate (Deng, Xu, Kohavi, Walker: "Improving the
sensitivity of online controlled experiments by utilizing pre-experiment data", 2013): it takes
away the differences that were there anyway, and with them most of the noise.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

FEWEST: Final = 30
"""Members in each group below which nothing is said: chance would do all the talking."""
CONFIDENCE: Final = 0.95
_MOST_SHIFT: Final = 1.0


@dataclass(slots=True)
class Arm:
    """One group, as sums: an arm of any size takes no more room than this.

    For each member: `outcome` since the offer began, `before` what was the same before it.
    """

    members: int = 0
    outcome: int = 0
    before: int = 0
    outcome_squared: int = 0
    before_squared: int = 0
    product: int = 0
    cubes: tuple[int, int, int, int] = (0, 0, 0, 0)

    def add(self, outcome: int, before: int) -> None:
        """One member. Whole numbers, so that sums of squares stay exact."""
        self.members += 1
        self.outcome += outcome
        self.before += before
        self.outcome_squared += outcome * outcome
        self.before_squared += before * before
        self.product += outcome * before
        a, b, c, d = self.cubes
        self.cubes = (
            a + outcome**3,
            b + outcome**2 * before,
            c + outcome * before**2,
            d + before**3,
        )

    def adjusted(self, slope: float) -> "_Moments":
        """Mean, variance and third central moment of outcome - slope x before, over members."""
        n, k = self.members, Fraction(slope)
        first = (self.outcome - k * self.before) / n
        second = self.outcome_squared - 2 * k * self.product + k * k * self.before_squared
        a, b, c, d = self.cubes
        third = a - 3 * k * b + 3 * k * k * c - k**3 * d
        squared = second / n - first**2
        cubed = third / n - 3 * first * second / n + 2 * first**3
        return _Moments(float(first), float(squared * n / (n - 1)), float(cubed))

    def covariance(self) -> tuple[int, int]:
        """n times the centred sums of outcome x before and of before squared."""
        n = self.members
        return (
            self.product * n - self.outcome * self.before,
            self.before_squared * n - self.before**2,
        )


class _Moments(NamedTuple):
    mean: float
    variance: float
    third: float


@dataclass(frozen=True, slots=True)
class Lift:
    """What the offer added over all of the group it was given to, in the outcome's unit.

    The true figure lies between `low` and `high` in `confidence` of such trials.
    """

    total: int
    low: int
    high: int
    members: int
    held_out: int
    confidence: float

    @property
    def is_certain(self) -> bool:
        """Whether the interval leaves no doubt of the direction."""
        return self.low > 0 or self.high < 0


def estimate(given: Arm, held_out: Arm, confidence: float = CONFIDENCE) -> Lift | None:
    """The lift with its interval (Welch); None while a group is smaller than FEWEST."""
    if min(given.members, held_out.members) < FEWEST:
        return None
    slope = _slope(given, held_out)
    one, other = given.adjusted(slope), held_out.adjusted(slope)
    parts = (one.variance / given.members, other.variance / held_out.members)
    error = sqrt(sum(parts))
    middle = one.mean - other.mean
    reach = _t_quantile((1 + confidence) / 2, _freedom(parts, given, held_out))
    third = one.third / given.members**2 - other.third / held_out.members**2
    shift = _skew_shift(third / error**3 if error else 0.0, confidence)
    n = given.members
    return Lift(
        round(middle * n),
        floor((middle - (reach + max(0.0, -shift)) * error) * n),
        ceil((middle + (reach + max(0.0, shift)) * error) * n),
        given.members,
        held_out.members,
        confidence,
    )


def _slope(given: Arm, held_out: Arm) -> float:
    """How much more is bought now for each unit bought before, within the groups."""
    products, squares = 0.0, 0.0
    for arm in (given, held_out):
        product, squared = arm.covariance()
        products += product / arm.members
        squares += squared / arm.members
    return products / squares if squares else 0.0


def _skew_shift(skew: float, confidence: float) -> float:
    """By how many standard errors the interval is too short, at its upper end if above zero.

    Few spend much: the mean of a small group is mostly too low, and its spread with it (P. Hall,
    "The Bootstrap and Edgeworth Expansion", 1992, 2.6). The other end is left as it is: a skew that
    is itself estimated would often shorten it wrongly.
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    return max(-_MOST_SHIFT, min(_MOST_SHIFT, skew * (2 * z * z + 1) / 6))


def _freedom(parts: tuple[float, float], given: Arm, held_out: Arm) -> float:
    """Degrees of freedom by Welch and Satterthwaite."""
    below = sum(
        part * part / (arm.members - 1) for part, arm in zip(parts, (given, held_out), strict=True)
    )
    return sum(parts) ** 2 / below if below else float(given.members + held_out.members - 2)


def _t_quantile(share: float, freedom: float) -> float:
    """Student's t by the Cornish-Fisher expansion: Abramowitz & Stegun 26.7.5.

    Right to three digits from ten degrees of freedom on; there are never fewer than 29 here.
    """
    z = NormalDist().inv_cdf(share)
    v = freedom
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    )
