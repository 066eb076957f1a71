"""A shop's scale of RFM scores: fifths of its customers, taken anew each night."""

from datetime import time
from typing import Final
from uuid import UUID

from sqlalchemy import text

from merchants.audience.models import ScaleOfScores
from merchants.shops.service import shop_names
from timcheh.calendar import TEHRAN, local_date
from timcheh.db import Scope, UnitOfWork
from timcheh.module import JobContext, RecurringJob
from timcheh.rules.rfm import RfmScale

_TAKE: Final = """
    SELECT CAST(:mall AS uuid), CAST(:merchant AS uuid),
           percentile_disc(ARRAY[0.2, 0.4, 0.6, 0.8]) WITHIN GROUP (ORDER BY CAST(
               CAST(:today AS date) - CAST(timezone(:zone, c.last_at) AS date) AS bigint)),
           percentile_disc(ARRAY[0.2, 0.4, 0.6, 0.8]) WITHIN GROUP (ORDER BY c.purchases),
           percentile_disc(ARRAY[0.2, 0.4, 0.6, 0.8]) WITHIN GROUP (ORDER BY c.spend),
           count(*), CAST(:at AS timestamptz)
    FROM merchants.customer c
    WHERE c.mall_id = :mall AND c.merchant_id = :merchant AND c.purchases > 0
    HAVING count(*) > 0
"""
_MEASURE: Final = f"""
    INSERT INTO merchants.rfm_scale AS s
        (mall_id, merchant_id, recency, frequency, monetary, customers, made_at)
    {_TAKE}
    ON CONFLICT (mall_id, merchant_id) DO UPDATE
    SET recency = excluded.recency, frequency = excluded.frequency, monetary = excluded.monetary,
        customers = excluded.customers, made_at = excluded.made_at
"""  # noqa: S608  two constants of ours


async def find_scale(uow: UnitOfWork, merchant_id: UUID) -> RfmScale | None:
    """The shop's scale, or that of now before one was kept; none before anybody bought."""
    row = await uow.session.get(ScaleOfScores, (uow.scope.mall_id, merchant_id))
    if row is not None:
        return RfmScale(tuple(row.recency), tuple(row.frequency), tuple(row.monetary))
    taken = (await uow.session.execute(text(_TAKE), _asked(uow, merchant_id))).one_or_none()
    return None if taken is None else RfmScale(*map(tuple, taken[2:5]))


async def measure(uow: UnitOfWork, merchant_id: UUID) -> None:
    """Takes the scale from the shop's customers of now, in the mall's scope."""
    await uow.session.execute(text(_MEASURE), _asked(uow, merchant_id))


def _asked(uow: UnitOfWork, merchant_id: UUID) -> dict[str, object]:
    return {
        "mall": uow.scope.mall_id,
        "merchant": merchant_id,
        "at": uow.now,
        "today": local_date(uow.now),
        "zone": str(TEHRAN),
    }


async def measure_all(context: JobContext) -> None:
    """Every shop of a mall, each in a transaction of its own."""
    scope = Scope.mall(context.mall_id)
    async with context.database.unit_of_work(scope) as uow:
        shops = list(await shop_names(uow))
    for merchant_id in shops:
        async with context.database.unit_of_work(scope, now=context.now) as uow:
            await measure(uow, merchant_id)


MEASURE: Final = RecurringJob("merchants.measure_scores", measure_all, daily_at=time(3, 40))
