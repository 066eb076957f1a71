"""Settlements as lists show them."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from merchants.facade import MerchantAccount
from shared_pool.settlement.models import Settlement, SettlementLine
from timcheh.db import UnitOfWork


class SettlementView(NamedTuple):
    """A settlement with how many shops it concerns; rial."""

    id: UUID
    state: str
    created_at: datetime
    drafted_by: UUID
    shops: int
    total_pay: int
    total_receive: int


async def list_views(uow: UnitOfWork, after: UUID | None, fetch: int) -> list[SettlementView]:
    """Settlements, newest first."""
    shops = (
        select(func.count())
        .where(
            SettlementLine.mall_id == uow.scope.mall_id,
            SettlementLine.settlement_id == Settlement.id,
        )
        .scalar_subquery()
    )
    query = select(
        Settlement.id,
        Settlement.state,
        Settlement.created_at,
        Settlement.drafted_by,
        shops,
        Settlement.total_pay,
        Settlement.total_receive,
    ).where(Settlement.mall_id == uow.scope.mall_id)
    if after is not None:
        query = query.where(Settlement.id < after)
    rows = await uow.session.execute(query.order_by(Settlement.id.desc()).limit(fetch))
    return [SettlementView(*row) for row in rows]


async def sheba_numbers(uow: UnitOfWork) -> dict[UUID, str | None]:
    """Where each shop is paid."""
    rows = await uow.session.execute(
        select(MerchantAccount.merchant_id, MerchantAccount.sheba).where(
            MerchantAccount.mall_id == uow.scope.mall_id
        )
    )
    return dict(rows.all())
