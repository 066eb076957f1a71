"""A shop's own customers, and what they can spend there."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select, text

from merchants.customers.models import Customer, has_met
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound

_SPENDABLE = text(
    "SELECT lot_id, unit, issuer_id, scope_id, scope_kind, available, expires_at, created_at,"
    " redeem_price, fee_bps, max_share_bps, width"
    " FROM merchants.spendable(:mall, :merchant, NULL, ARRAY[CAST(:member AS uuid)], :at)"
)


class SpendableHere(NamedTuple):
    """A lot that a shop accepts now, with its terms there. `value` in rial."""

    lot_id: UUID
    unit: str
    issuer_id: UUID
    scope_id: UUID
    scope_kind: str
    available: int
    expires_at: datetime | None
    created_at: datetime
    redeem_price: int
    fee_bps: int
    max_share_bps: int | None
    width: int

    @property
    def value(self) -> int:
        return self.available * (self.redeem_price if self.unit == "point" else 1)


async def list_customers(
    uow: UnitOfWork, merchant_id: UUID, after: UUID | None, fetch: int
) -> list[Customer]:
    """The shop's customers, the newest members first."""
    query = select(Customer).where(
        Customer.mall_id == uow.scope.mall_id, Customer.merchant_id == merchant_id
    )
    if after is not None:
        query = query.where(Customer.member_id < after)
    return list(await uow.session.scalars(query.order_by(Customer.member_id.desc()).limit(fetch)))


async def find_customer(uow: UnitOfWork, merchant_id: UUID, member_id: UUID) -> Customer:
    """Raises NotFound for a member who isn't the shop's customer, as for no member at all."""
    customer = await uow.session.get(Customer, (uow.scope.mall_id, merchant_id, member_id))
    if customer is None:
        raise NotFound
    return customer


async def spendable_here(
    uow: UnitOfWork, merchant_id: UUID, member_id: UUID
) -> list[SpendableHere]:
    """What a member can spend at a shop now, in spending order. In the mall's scope."""
    rows: Any = await uow.session.execute(
        _SPENDABLE,
        {
            "mall": uow.scope.mall_id,
            "merchant": merchant_id,
            "member": member_id,
            "at": uow.now,
        },
    )
    lots = [SpendableHere(*row) for row in rows]
    last = max((lot.expires_at for lot in lots if lot.expires_at), default=uow.now)
    return sorted(
        (lot for lot in lots if lot.available > 0),
        key=lambda lot: (
            lot.expires_at is None,
            lot.expires_at or last,
            lot.width,
            lot.created_at,
            lot.lot_id,
        ),
    )


def of_its_business(customer: Customer, lots: list[SpendableHere]) -> list[SpendableHere]:
    """What a shop may see of its customer's lots, outside a sale. Of who was only listed by the
    shop it learns nothing that it didn't bring: other shops' lots would tell whose customer they
    are."""
    if has_met(customer):
        return lots
    return [lot for lot in lots if lot.issuer_id == customer.merchant_id]
