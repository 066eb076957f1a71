"""What is known of every shop that trades. In the mall's scope."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import text

from mall_portal.days.queries import shop_days
from mall_portal.health.judging import PAST, Heard, Watched
from timcheh.db import UnitOfWork
from timcheh.web.steps import Days

_SHOPS: Final = text(
    """
    SELECT m.id, m.name, m.category, m.created_at, c.ends_on, d.last_sale
    FROM merchants.merchant m
    LEFT JOIN mall_portal.shop_contract c ON c.mall_id = m.mall_id AND c.merchant_id = m.id
    LEFT JOIN (
        SELECT k.merchant_id, max(k.day) AS last_sale FROM mall_portal.shop_day k
        WHERE k.mall_id = :mall AND k.purchases > 0 GROUP BY k.merchant_id
    ) d ON d.merchant_id = m.id
    WHERE m.mall_id = :mall AND m.state = 'active'
    """
)
_DAY: Final = timedelta(days=1)
_TERMINALS: Final = text(
    """
    SELECT t.merchant_id, t.name, max(k.last_used_at)
    FROM merchants.terminal t
    JOIN kernel.api_key k ON k.mall_id = t.mall_id AND k.terminal_id = t.id
    WHERE t.mall_id = :mall AND k.revoked_at IS NULL
    GROUP BY t.merchant_id, t.id, t.name ORDER BY t.name
    """
)


async def watched_shops(uow: UnitOfWork, today: date) -> list[Watched]:
    """Every shop that trades, in no order."""
    asked = {"mall": uow.scope.mall_id}
    sold = await shop_days(uow, Days(today - PAST * _DAY, today))
    heard: dict[UUID, list[Heard]] = {}
    for shop, name, at in await uow.session.execute(_TERMINALS, asked):
        heard.setdefault(shop, []).append(Heard(name, at))
    return [
        Watched(
            id,
            name,
            category or "",
            opened_at,
            sold.get(id, {}),
            max((day for day, row in sold.get(id, {}).items() if row.purchases), default=last_sale),
            heard.get(id, []),
            ends_on,
        )
        for id, name, category, opened_at, ends_on, last_sale in await uow.session.execute(
            _SHOPS, asked
        )
    ]
