"""Setting the caps on credit."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select, update

from merchants.caps.models import CreditCap
from merchants.caps.room import Cap
from merchants.shops.models import MerchantAccount
from timcheh.db import UnitOfWork


async def list_caps(uow: UnitOfWork, merchant_id: UUID) -> list[Cap]:
    """The shop's caps; the one for everyone first."""
    rows = await uow.session.scalars(
        select(CreditCap)
        .where(CreditCap.mall_id == uow.scope.mall_id, CreditCap.merchant_id == merchant_id)
        .order_by(CreditCap.group)
    )
    return [Cap(row.group, row.per_invoice, row.per_day) for row in rows]


async def set_caps(uow: UnitOfWork, merchant_id: UUID, caps: Sequence[Cap]) -> None:
    """Replaces the shop's caps, and tells the till whether there are any to look up."""
    mall = uow.scope.mall_id
    await uow.session.execute(
        delete(CreditCap).where(CreditCap.mall_id == mall, CreditCap.merchant_id == merchant_id)
    )
    uow.session.add_all(
        CreditCap(
            mall_id=mall,
            merchant_id=merchant_id,
            group=cap.group,
            per_invoice=cap.per_invoice,
            per_day=cap.per_day,
        )
        for cap in caps
    )
    await uow.session.flush()
    await uow.session.execute(
        update(MerchantAccount)
        .where(MerchantAccount.mall_id == mall, MerchantAccount.merchant_id == merchant_id)
        .values(credit_caps=bool(caps))
    )
