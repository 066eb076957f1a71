"""Groups and tags over the API, for a shop's key."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from merchants.audience import scope_for
from merchants.customers.http import CustomerOut, customer_out
from merchants.customers.models import Customer
from merchants.customers.service import find_customer
from merchants.customers.sorting import MOST as MOST_WORDS
from merchants.customers.sorting import put as put_word
from merchants.customers.sorting import read_word, take
from merchants.groups.models import CustomerGroup
from merchants.groups.service import (
    add_group,
    change_condition,
    condition_of,
    drop_group,
    find_group,
    follow,
    group_members,
    group_sizes,
    list_groups,
)
from timcheh.access.caller import Caller
from timcheh.db import Database
from timcheh.errors import Conflict
from timcheh.rules import Condition, Place, parse_condition
from timcheh.web.bodies import Body
from timcheh.web.pagination import Page

Word = Annotated[str, Meta(min_length=1, max_length=60)]


class GroupBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With `when` (a condition as in a rule) the group follows it; else it is kept by hand."""

    name: Word
    when: dict[str, Any] | None = None


class ConditionBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the group is to follow; null: it is kept by hand from now on."""

    when: dict[str, Any] | None


class TagsBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All the tags that the customer is to have."""

    tags: Annotated[list[Word], Meta(max_length=MOST_WORDS)]


class GroupOut(Struct):
    """A group of the shop's customers."""

    id: UUID
    name: str
    when: dict[str, Any] | None
    customers: int


def _out(row: CustomerGroup, customers: int) -> GroupOut:
    return GroupOut(row.id, row.name, row.condition, customers)


class GroupController(Controller):
    """Groups of a shop's own customers."""

    path = "/api/v1/groups"
    tags = ("customers",)

    @get(summary="The shop's groups")
    async def list(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> Page[GroupOut]:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            sizes = await group_sizes(uow, merchant_caller.shop)
            rows = await list_groups(uow, merchant_caller.shop)
        return Page([_out(row, sizes.get(row.name, 0)) for row in rows], None)

    @post(summary="Make a group")
    async def add(
        self,
        data: JSONBody[GroupBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> GroupOut:
        when = _read(data.when)
        async with database.unit_of_work(merchant_caller.scope) as uow:
            row = await add_group(uow, merchant_caller.shop, data.name, when)
        return await _followed(merchant_caller, database, row)

    @patch("/{group_id:uuid}", summary="Change what a group follows")
    async def change(
        self,
        group_id: FromPath[UUID],
        data: JSONBody[ConditionBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> GroupOut:
        when = _read(data.when)
        async with database.unit_of_work(merchant_caller.scope) as uow:
            row = await change_condition(uow, merchant_caller.shop, group_id, when)
        return await _followed(merchant_caller, database, row)

    @delete("/{group_id:uuid}", summary="Forget a group")
    async def drop(
        self,
        group_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> None:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            await drop_group(uow, merchant_caller.shop, group_id)

    @put("/{group_id:uuid}/customers/{member_id:uuid}", summary="Put a customer into a group")
    async def put_in(
        self,
        group_id: FromPath[UUID],
        member_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> CustomerOut:
        return await _moved(merchant_caller, database, group_id, member_id, put_word)

    @delete(
        "/{group_id:uuid}/customers/{member_id:uuid}",
        summary="Take a customer out of a group",
        status_code=200,
    )
    async def take_out(
        self,
        group_id: FromPath[UUID],
        member_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> CustomerOut:
        return await _moved(merchant_caller, database, group_id, member_id, take)


class TagController(Controller):
    """Tags of one customer."""

    path = "/api/v1/customers/{member_id:uuid}/tags"
    tags = ("customers",)

    @put(summary="Set a customer's tags")
    async def set(
        self,
        member_id: FromPath[UUID],
        data: JSONBody[TagsBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> CustomerOut:
        words = [read_word(tag, f"/tags/{n}") for n, tag in enumerate(data.tags)]
        async with database.unit_of_work(merchant_caller.scope) as uow:
            customer = await find_customer(uow, merchant_caller.shop, member_id)
            customer.tags = list(dict.fromkeys(words))
            await uow.session.flush()
            return customer_out(customer)


def _read(when: dict[str, Any] | None) -> Condition | None:
    return None if when is None else parse_condition(when, "/when", Place.CUSTOMER)


async def _followed(caller: Caller, database: Database, row: CustomerGroup) -> GroupOut:
    async with database.unit_of_work(
        scope_for(caller.mall_id, caller.shop, condition_of(row))
    ) as uow:
        await follow(uow, row)
        return _out(row, len(await group_members(uow, row)))


async def _moved(
    caller: Caller, database: Database, group_id: UUID, member_id: UUID, change: Any
) -> CustomerOut:
    async with database.unit_of_work(caller.scope) as uow:
        group = await find_group(uow, caller.shop, group_id)
        customer = await find_customer(uow, caller.shop, member_id)
        if group.condition is not None:
            raise Conflict("group_is_automatic")
        await change(uow, caller.shop, [member_id], Customer.groups, group.name)
        await uow.session.refresh(customer)
        return customer_out(customer)
