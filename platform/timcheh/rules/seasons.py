"""The seasons in which a customer has bought, from the Jalali months of their purchases."""

from functools import lru_cache
from typing import Final

SEASONS: Final = ("spring", "summer", "autumn", "winter")
_MONTHS_A_SEASON: Final = 3
_MONTHS: Final = 0b111


def season_bits(season: str) -> int:
    """The months of a season as bits; the lowest bit is Farvardin."""
    return _MONTHS << (SEASONS.index(season) * _MONTHS_A_SEASON)


@lru_cache(maxsize=4096)  # twelve bits: there are no more
def seasons_of(months: int) -> frozenset[str]:
    """The seasons that have one of the months."""
    return frozenset(season for season in SEASONS if months & season_bits(season))
