"""Doors and what they promise, in words."""

from datetime import timedelta
from typing import Any, Final

from merchants.doors.models import Door, DoorGift
from merchants.purchases.showing import value_text
from timcheh.web.pages import PageContext

_MOMENT: Final = timedelta(microseconds=1)


def door_address(page: PageContext, door: Door) -> str:
    """Where a door is opened."""
    return page.public_address(f"join/{door.token}")


def gift_text(page: PageContext, gift: DoorGift) -> str:
    """What somebody gets, as a short text: so much credit, so many points, or a code."""
    reward = gift.reward
    if reward is None:
        return page.text("door-gift-code", code=gift.coupon or "")
    return value_text(page, reward.unit, reward.amount)


def shown_promise(page: PageContext, gift: DoorGift) -> dict[str, Any]:
    """A gift as its public page promises it: a code is told to who has come in, not before."""
    reward = gift.reward
    what = page.text("door-gift-some-code") if reward is None else gift_text(page, gift)
    return {
        "words": gift.words,
        "what": what,
        "days": reward.days if reward else None,
        "until": gift.ends_at - _MOMENT if gift.ends_at else None,
        "stands": gift.stands(page.now),
    }
