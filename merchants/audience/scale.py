"""A shop's scale of RFM scores: fifths of its customers, taken anew each night."""

from datetime import time
from typing import Final
from uuid import UUID

from sqlalchemy import select, text

from merchants.audience.models import ScaleOfScores
from merchants.shops.models import Merchant
from timcheh.db import Scope, UnitOfWork
from timcheh.module import JobContext, RecurringJob
from timcheh.rules.rfm import RfmScale

_MEASURE: Final = text(
    """
    INSERT INTO merchants.rfm_scale AS s
        (mall_id, merchant_id, recency, frequency, monetary, customers, made_at)
    SELECT :mall, :merchant,
           percentile_disc(ARRAY[0.2, 0.4, 0.6, 0.8]) WITHIN GROUP (ORDER BY CAST(
               merchants.mall_day(:at) - merchants.mall_day(c.last_at) AS bigint)),
           percentile_disc(ARRAY[0.2, 0.4, 0.6, 0.8]) WITHIN GROUP (ORDER BY c.purchases),
           percentile_disc(ARRAY[0.2, 0.4, 0.6, 0.8]) WITHIN GROUP (ORDER BY c.spend),
           count(*), :at
    FROM merchants.customer c
    WHERE c.mall_id = :mall AND c.merchant_id = :merchant AND c.purchases > 0
    HAVING count(*) > 0
    ON CONFLICT (mall_id, merchant_id) DO UPDATE
    SET recency = excluded.recency, frequency = excluded.frequency, monetary = excluded.monetary,
        customers = excluded.customers, made_at = excluded.made_at
    """
)


async def find_scale(uow: UnitOfWork, merchant_id: UUID) -> RfmScale | None:
    """The shop's scale; none before anybody has bought there and a night has passed."""
    row = await uow.session.get(ScaleOfScores, (uow.scope.mall_id, merchant_id))
    if row is None:
        return None
    return RfmScale(tuple(row.recency), tuple(row.frequency), tuple(row.monetary))


async def measure(uow: UnitOfWork, merchant_id: UUID) -> None:
    """Takes the scale from the shop's customers of now, in the mall's scope."""
    asked = {"mall": uow.scope.mall_id, "merchant": merchant_id, "at": uow.now}
    await uow.session.execute(_MEASURE, asked)


async def measure_all(context: JobContext) -> None:
    """Every shop of a mall, each in a transaction of its own."""
    scope = Scope.mall(context.mall_id)
    async with context.database.unit_of_work(scope) as uow:
        shops = list(
            await uow.session.scalars(
                select(Merchant.id).where(Merchant.mall_id == context.mall_id)
            )
        )
    for merchant_id in shops:
        async with context.database.unit_of_work(scope, now=context.now) as uow:
            await measure(uow, merchant_id)


MEASURE: Final = RecurringJob("merchants.measure_scores", measure_all, daily_at=time(3, 40))
