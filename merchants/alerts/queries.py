"""Whom an alert is about."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from merchants.customers.models import Customer
from timcheh.db import UnitOfWork


async def customers_of(
    uow: UnitOfWork, shop: UUID, members: Sequence[UUID]
) -> dict[UUID, Customer]:
    """Those of some members who are the shop's customers."""
    found = await uow.session.scalars(
        select(Customer).where(
            Customer.mall_id == uow.scope.mall_id,
            Customer.merchant_id == shop,
            Customer.member_id.in_(members),
        )
    )
    return {each.member_id: each for each in found}
