"""A shop's blank cards over the API: handed out to its own customers."""

from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from members.facade import CardOut, HandOutBody, assign_card, card_out, find_member, read_number
from merchants.customers.service import find_customer
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import Database, Scope


class CustomerCardController(Controller):
    """Cards of a shop's own customers."""

    path = "/api/v1/customers/{member_id:uuid}/cards"
    tags = ("customers",)

    @post(summary="Hand out a blank card of the shop or of the mall")
    async def hand_out(
        self,
        member_id: FromPath[UUID],
        data: JSONBody[HandOutBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> CardOut:
        shop = merchant_caller.shop
        async with database.unit_of_work(merchant_caller.scope) as uow:
            await find_customer(uow, shop, member_id)
        number = read_number(data.number)
        # A member's number is the whole mall's business; that it is the shop's customer is known.
        async with database.unit_of_work(Scope.mall(merchant_caller.mall_id)) as uow:
            member = await find_member(uow, id=member_id)
            card = await assign_card(uow, number, member, shop)
            await record(
                uow, merchant_caller, "card.assigned", "member", member_id, merchant_id=shop
            )
            return card_out(card)
