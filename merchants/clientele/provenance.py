"""Which branch and whose hand made someone a shop's customer."""

from typing import NamedTuple

from sqlalchemy import select

from merchants.customers.models import Customer
from merchants.doors.models import Door
from merchants.purchases.models import Purchase
from merchants.shops.models import Branch
from timcheh.access.staff import staff_names
from timcheh.db import UnitOfWork


class Provenance(NamedTuple):
    """Names, as far as there are any; a key at the till has none."""

    branch: str
    actor: str
    door: str


async def find_provenance(uow: UnitOfWork, customer: Customer) -> Provenance:
    """Who came by a purchase came in its branch and by its hand. In the mall's scope."""
    branch_id, actor_id = customer.branch_id, customer.actor_id
    if customer.source == "purchase":
        first = (
            await uow.session.execute(
                select(Purchase.branch_id, Purchase.actor_id)
                .where(
                    Purchase.mall_id == customer.mall_id,
                    Purchase.merchant_id == customer.merchant_id,
                    Purchase.member_id == customer.member_id,
                )
                .order_by(Purchase.occurred_at, Purchase.id)
                .limit(1)
            )
        ).one_or_none()
        branch_id, actor_id = first if first is not None else (None, None)
    own = (customer.mall_id, customer.merchant_id)
    branch = await uow.session.get(Branch, (*own, branch_id)) if branch_id else None
    door = await uow.session.get(Door, (*own, customer.door_id)) if customer.door_id else None
    names = await staff_names(uow, [actor_id] if actor_id else [])
    return Provenance(
        branch.name if branch else "",
        names.get(actor_id, "") if actor_id else "",
        door.name if door else "",
    )
