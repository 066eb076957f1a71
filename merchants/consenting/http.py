"""What customers allow a shop, over the API: read, and noted as they told it."""

from datetime import datetime
from uuid import UUID

from litestar import Controller, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from members.facade import Witness, decide, given_to, history
from merchants.customers.service import find_customer
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import Database, UnitOfWork
from timcheh.web.bodies import Body
from timcheh.web.openapi import REFUSES


class ConsentsBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the customer has told the shop; a purpose that is left out stays as it is.

    `data`: what they wrote of themselves may be used. `promotion`: promotional messages.
    """

    data: bool | None = None
    promotion: bool | None = None


class DecisionOut(Struct):
    """One decision: `by` member, staff or import; `place` is where it was asked."""

    purpose: str
    given: bool
    at: datetime
    by: str
    place: str


class ConsentsOut(Struct):
    """What is allowed now, and every decision so far, the newest first."""

    data: bool
    promotion: bool
    history: list[DecisionOut]


class ConsentController(Controller):
    """Consents of a shop's own customers."""

    path = "/api/v1/customers/{member_id:uuid}/consents"
    tags = ("customers",)

    @get(summary="What a customer allows the shop", opt={REFUSES: (404,)})
    async def read(
        self,
        member_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ConsentsOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            await find_customer(uow, merchant_caller.shop, member_id)
            return await _consents(uow, merchant_caller.shop, member_id)

    @put(summary="Note what a customer allows or withdraws", opt={REFUSES: (404,)})
    async def note(
        self,
        member_id: FromPath[UUID],
        data: JSONBody[ConsentsBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ConsentsOut:
        shop = merchant_caller.shop
        said = {"data": data.data, "promotion": data.promotion}
        wanted = {purpose: given for purpose, given in said.items() if given is not None}
        async with database.unit_of_work(merchant_caller.scope) as uow:
            await find_customer(uow, shop, member_id)
            witness = Witness("staff", merchant_caller.id, "api", merchant_caller.branch_id)
            changed = await decide(uow, member_id, shop, wanted, witness)
            if changed:
                after = {purpose: wanted[purpose] for purpose in sorted(changed)}
                await record(
                    uow, merchant_caller, "consent.noted", "customer", member_id, after=after
                )
            return await _consents(uow, shop, member_id)


async def _consents(uow: UnitOfWork, merchant_id: UUID, member_id: UUID) -> ConsentsOut:
    given = (await given_to(uow, member_id)).get(merchant_id, set())
    decisions = [
        DecisionOut(each.purpose, each.given, each.at, each.by, each.place)
        for each in await history(uow, member_id, merchant_id)
    ]
    return ConsentsOut("data" in given, "promotion" in given, decisions)
