"""Against guessing numbers of gift cards and codes of offers: whoever has one may use it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Final

from merchants.alerts.guesses import note_vain_guess
from merchants.purchases.command import Till
from merchants.purchases.errors import CouponUnknown, GiftCardNotSpendable
from timcheh.access.limits import Limit, RateLimiter
from timcheh.db import Database

MISSES: Final = Limit("gift-card-miss", count=100, window=86_400)
"""Cards that a shop may name in vain in a day; mistyped ones don't count, their check digit is
wrong. Eleven digits are free: with 10,000 cards about, a guess hits one in some 270 years."""

COUPON_MISSES: Final = Limit("coupon-miss", count=100, window=86_400)
"""Codes of offers that a shop may type in vain in a day, dry runs included."""


@asynccontextmanager
async def counting_misses(
    limiter: RateLimiter,
    database: Database,
    till: Till,
    card: str | None,
    coupon: str | None = None,
) -> AsyncIterator[None]:
    """Around a purchase that may name a card or a code: counts it where there is no such thing.

    By shop, not by key: a shop makes as many terminals' keys as it likes. Raises RateLimited
    before anything is looked up, so that a right guess learns no more than a wrong one.
    """
    shop = f"{till.mall_id} {till.merchant_id}"
    if card is not None:
        await limiter.refuse_if_full(MISSES, shop)
    if coupon is not None:
        await limiter.refuse_if_full(COUPON_MISSES, shop)
    try:
        yield
    except GiftCardNotSpendable:
        await note_vain_guess(database, till, "gift_card", datetime.now(UTC))
        await limiter.hit(MISSES, shop)
        raise
    except CouponUnknown:
        await note_vain_guess(database, till, "code", datetime.now(UTC))
        await limiter.hit(COUPON_MISSES, shop)
        raise
