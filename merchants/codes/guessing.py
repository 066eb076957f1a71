"""Against trying codes until one counts: whoever names too many in vain hears no more of any."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from merchants.codes.errors import CodeUnknown
from timcheh.access.limits import Limit, RateLimiter

OF_MEMBER: Final = Limit("product-code-member", count=20, window=86_400)
OF_SHOP: Final = Limit("product-code-shop", count=200, window=86_400)
"""Codes in vain in a day. Of ten digits with 50,000 codes about, one guess in 200,000 hits: a
member who tries all days needs some 27 years for one, a shop's till 3."""


@asynccontextmanager
async def counting_misses(limiter: RateLimiter, limit: Limit, subject: str) -> AsyncIterator[None]:
    """Around a redemption. Raises RateLimited before anything is looked up."""
    await limiter.refuse_if_full(limit, subject)
    try:
        yield
    except CodeUnknown:
        await limiter.hit(limit, subject)
        raise
