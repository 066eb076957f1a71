"""Against guessing the numbers of gift cards: whoever has one may spend it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from merchants.purchases.command import Till
from merchants.purchases.errors import GiftCardNotSpendable
from timcheh.access.limits import Limit, RateLimiter

MISSES: Final = Limit("gift-card-miss", count=100, window=86_400)
"""Cards that a shop may name in vain in a day; mistyped ones don't count, their check digit is
wrong. Eleven digits are free: with 10,000 cards about, a guess hits one in some 270 years."""


@asynccontextmanager
async def counting_misses(
    limiter: RateLimiter, till: Till, card: str | None
) -> AsyncIterator[None]:
    """Around a purchase that may name a card: counts it where the card pays nothing here.

    By shop, not by key: a shop makes as many terminals' keys as it likes. Raises RateLimited
    before anything is looked up, so that a right guess learns no more than a wrong one.
    """
    if card is None:
        yield
        return
    shop = f"{till.mall_id} {till.merchant_id}"
    await limiter.refuse_if_full(MISSES, shop)
    try:
        yield
    except GiftCardNotSpendable:
        await limiter.hit(MISSES, shop)
        raise
