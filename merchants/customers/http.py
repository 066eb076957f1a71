"""A shop's customers over the API: its own, and nobody else's."""

from datetime import datetime
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from merchants.customers.models import Customer
from merchants.customers.service import (
    SpendableHere,
    find_customer,
    list_customers,
    of_its_business,
    spendable_here,
)
from timcheh.access.caller import Caller
from timcheh.db import Database, Scope
from timcheh.web.pagination import Page, PageRequest


class CustomerOut(Struct):
    """A member as this shop knows them; `spend` and `debt` in rial."""

    member_id: UUID
    number: str
    mobile: str
    name: str | None
    purchases: int
    spend: int
    first_at: datetime | None
    last_at: datetime | None
    debt: int
    groups: list[str]
    tier: str | None
    tags: list[str]


class SpendableOut(Struct):
    """A lot that this shop accepts: how much, on what terms, until when."""

    id: UUID
    unit: str
    issuer_id: UUID
    scope_id: UUID
    scope_kind: str
    available: int
    value: int
    expires_at: datetime | None
    fee_bps: int
    max_share_bps: int | None


class SpendableHereOut(Struct):
    """What is spendable here, and its sum in rial by unit."""

    lots: list[SpendableOut]
    totals: dict[str, int]


def customer_out(row: Customer) -> CustomerOut:
    return CustomerOut(
        row.member_id,
        row.number,
        row.mobile,
        row.name,
        row.purchases,
        row.spend,
        row.first_at,
        row.last_at,
        row.debt,
        list(row.groups),
        row.tier,
        list(row.tags),
    )


def _spendable(lot: SpendableHere) -> SpendableOut:
    return SpendableOut(
        lot.lot_id,
        lot.unit,
        lot.issuer_id,
        lot.scope_id,
        lot.scope_kind,
        lot.available,
        lot.value,
        lot.expires_at,
        lot.fee_bps,
        lot.max_share_bps,
    )


class CustomerController(Controller):
    """Own customers."""

    path = "/api/v1/customers"
    tags = ("customers",)

    @get(summary="The shop's customers")
    async def list(
        self,
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
        paging: NamedDependency[PageRequest],
    ) -> Page[CustomerOut]:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            rows = await list_customers(uow, merchant_caller.shop, paging.after(UUID), paging.fetch)
        return paging.page(rows, customer_out, lambda row: row.member_id)

    @get("/{member_id:uuid}", summary="One of the shop's customers")
    async def one(
        self,
        member_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> CustomerOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            return customer_out(await find_customer(uow, merchant_caller.shop, member_id))

    @get("/{member_id:uuid}/balances", summary="What a customer can spend here, and why")
    async def balances(
        self,
        member_id: FromPath[UUID],
        till_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> SpendableHereOut:
        # The lots of other issuers are not the shop's rows: the mall's scope reads them, after
        # the shop's own has said that this is its customer.
        async with database.unit_of_work(till_caller.scope) as uow:
            customer = await find_customer(uow, till_caller.shop, member_id)
        async with database.unit_of_work(Scope.mall(till_caller.mall_id)) as uow:
            lots = of_its_business(customer, await spendable_here(uow, till_caller.shop, member_id))
        totals: dict[str, int] = {"rial": 0, "point": 0, "wallet": 0}
        for lot in lots:
            totals[lot.unit] += lot.value
        return SpendableHereOut([_spendable(lot) for lot in lots], totals)
