"""What the demo's members can get for the mall's points: priced so that the shop breaks even."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from merchants.facade import RewardTerms
from timcheh.calendar import day_bounds, local_date

_TOMAN: Final = 10
_OPENS: Final = timedelta(hours=17)


def rewards(pool_scope: UUID, now: datetime) -> list[tuple[str, RewardTerms]]:
    """By shop: a service, a discount, and an evening in ten days."""
    scope = str(pool_scope)
    evening = day_bounds(local_date(now + timedelta(days=10)))[0] + _OPENS
    return [
        ("gol-ara", _reward(scope, "یک شاخه رز", 250, "service", per_member=2)),
        ("narenj", _reward(scope, "یک جعبه نان نخودچی", 600, "service", stock=40)),
        ("hodhod", _reward(scope, "۵۰٬۰۰۰ تومان تخفیف", 500, "discount", 50_000 * _TOMAN)),
        (
            "reyhan",
            _reward(scope, "کارگاه دمنوش‌های زمستانی", 150, "event", event_at=evening, stock=20),
        ),
    ]


def _reward(
    scope: str,
    name: str,
    points: int,
    kind: str,
    amount: int | None = None,
    *,
    event_at: datetime | None = None,
    stock: int | None = None,
    per_member: int | None = None,
) -> RewardTerms:
    return RewardTerms(
        name=name,
        words="",
        kind=kind,
        points=points,
        scope=scope,
        amount=amount,
        lot_days=None,
        sku=None,
        place=None,
        event_at=event_at,
        starts_at=None,
        ends_at=None,
        claim_days=14,
        stock=stock,
        per_member=per_member,
        condition=None,
    )
