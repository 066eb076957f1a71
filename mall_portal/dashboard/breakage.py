"""How much of the credit that ends soon will expire unspent. No clock, no database."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from mall_portal.days.queries import Ended

FEWEST: Final = 3
"""Months with an end of credit in them, before anything is foretold."""
_BPS: Final = 10_000


class Breakage(NamedTuple):
    """Of what ends within a month, rial: what is likely to expire, and between which bounds.

    `usual`, `least` and `most` are the shares of what was granted, in basis points, that expired
    of all the past `months` together, of the best one and of the worst.
    """

    likely: int
    low: int
    high: int
    usual: int
    least: int
    most: int
    months: int
    remaining: int


def breakage_of(past: Sequence[Ended], ahead: Ended) -> Breakage | None:
    """The past's share, and its best and worst month's, of what was granted and ends within a
    month; never more than what is left of it. None where too little has ended so far."""
    known = [month for month in past if month.granted > 0]
    if len(known) < FEWEST or not ahead.remaining:
        return None
    shares = [_share(month.expired, month.granted) for month in known]
    usual = _share(sum(m.expired for m in known), sum(m.granted for m in known))
    least, most = min(shares), max(shares)
    likely, low, high = (
        min(ahead.remaining, ahead.granted * share // _BPS) for share in (usual, least, most)
    )
    return Breakage(likely, low, high, usual, least, most, len(known), ahead.remaining)


def _share(part: int, whole: int) -> int:
    return min(part * _BPS // whole, _BPS)
