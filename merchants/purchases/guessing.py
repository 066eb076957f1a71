"""Against guessing numbers of gift cards and codes of offers: whoever has one may use it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Final

from merchants.purchases.command import Till
from merchants.purchases.errors import CouponUnknown, GiftCardNotSpendable
from merchants.purchases.models import VainGuess
from timcheh.access.limits import Limit, RateLimiter
from timcheh.db import Database, Scope
from timcheh.ids import new_id

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


async def note_vain_guess(database: Database, till: Till, kind: str, at: datetime) -> None:
    """Somebody named a gift card or a code that isn't one. Only refused sales come here."""
    async with database.unit_of_work(Scope.mall(till.mall_id)) as uow:
        uow.session.add(
            VainGuess(
                mall_id=till.mall_id,
                id=new_id(),
                merchant_id=till.merchant_id,
                kind=kind,
                terminal_id=till.terminal_id,
                actor_id=till.principal_id,
                at=at,
            )
        )
