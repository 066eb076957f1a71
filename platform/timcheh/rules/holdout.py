"""Who is held out of an offer: at random, but the same people whenever and wherever it is asked.

`merchants.held_out` in SQL gives the same answer; a test compares the two.
"""

from functools import lru_cache
from hashlib import sha256

from timcheh.money import BPS_WHOLE

_BYTES = 4
"""Of the digest: 2³² over 10,000 shares is even to one part in 400,000."""


@lru_cache(maxsize=65_536)
def share_of(subject: str, rule: str) -> int:
    """Where someone falls for a rule, 0 to 9,999. `subject`: the shop's id and the member's."""
    digest = sha256(f"{subject}{rule}".encode()).digest()
    return int.from_bytes(digest[:_BYTES], "big") % BPS_WHOLE


def held_out(subject: str, rule: str, bps: int) -> bool:
    """Whether `bps` of everyone, held out of a rule, include this one; nobody without a subject."""
    return bool(subject) and share_of(subject, rule) < bps
