"""Unfinished business, so that the demo's people find something to decide."""

from datetime import datetime, timedelta
from uuid import UUID

from merchants.facade import Gift
from timcheh_app.demo import network
from timcheh_app.demo.gateway import DemoMall
from timcheh_app.demo.load import Loaded
from timcheh_app.demo.purchases import Visit
from timcheh_app.demo.rewards import rewards

_RETURNS = 6
_TOMAN = 10


async def leave_something_to_do(mall: DemoMall, loaded: Loaded, now: datetime) -> None:
    """Returns of the last day, gifts, rewards to take, a proposal without an answer, a till left
    waiting."""
    for visit, purchase_id in _returnable(loaded):
        await mall.give_back(visit, purchase_id, min(now, visit.occurred_at + timedelta(hours=2)))
    await mall.agree(network.PROPOSED, None, now - timedelta(hours=20))
    for mobile, amount, reason in zip(
        loaded.regulars,
        (50_000, 80_000, 120_000),
        ("پوزش بابت تأخیر در آماده‌شدن سفارش", "هدیهٔ سالگرد عضویت", "برندهٔ مسابقهٔ عکاسی"),
        strict=False,
    ):
        ends = now + timedelta(days=30)
        gift = Gift(amount * _TOMAN, "rial", "own", reason, expires_at=ends)
        await mall.give("laleh", mobile, gift, now - timedelta(hours=3))
    for slug, terms in rewards(mall.pool_scopes[0], now):
        await mall.offer(slug, terms, now - timedelta(hours=3))
    waiting = next((visit for visit, _ in reversed(loaded.newest) if visit.credit), None)
    if waiting is not None:
        await mall.authorise(waiting, now)


def _returnable(loaded: Loaded) -> list[tuple[Visit, UUID]]:
    seen: set[str] = set()
    chosen = []
    for visit, purchase_id in reversed(loaded.newest):
        if visit.shop.slug not in seen and visit.shop.kind not in ("cafe", "car", "deli"):
            seen.add(visit.shop.slug)
            chosen.append((visit, purchase_id))
    return chosen[:_RETURNS]
