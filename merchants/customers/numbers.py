"""A shop's copy of its customers' member numbers follows when a card is changed."""

from typing import Final
from uuid import UUID

from sqlalchemy import update

from members.facade import NUMBER_CHANGED, find_member
from merchants.customers.models import Customer
from timcheh.db import UnitOfWork
from timcheh.module import Event, EventHandler


async def _follow(uow: UnitOfWork, event: Event) -> None:
    member = await find_member(uow, id=UUID(event.payload["member_id"]))
    await uow.session.execute(
        update(Customer)
        .where(Customer.mall_id == uow.scope.mall_id, Customer.member_id == member.id)
        .values(number=member.number)
    )


HANDLERS: Final = {NUMBER_CHANGED: (EventHandler("merchants.customer_numbers", _follow),)}
