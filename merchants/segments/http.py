"""Segments over the API, for a shop's key."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from merchants.audience import audience_of, scope_for
from merchants.customers.http import CustomerOut, customer_out
from merchants.segments.models import Segment
from merchants.segments.service import (
    add_segment,
    change_segment,
    condition_of,
    drop_segment,
    find_segment,
    list_segments,
    read_when,
)
from timcheh.access.caller import Caller
from timcheh.db import Database
from timcheh.web.bodies import Body
from timcheh.web.pagination import Page, PageRequest


class SegmentBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`when` is a condition as in a rule; without it every customer. `version` guards a change."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]
    when: dict[str, Any] | None = None
    version: int | None = None


class WhenBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A condition over the shop's customers."""

    when: dict[str, Any] | None = None


class SegmentOut(Struct):
    """A named condition over the shop's customers."""

    id: UUID
    name: str
    when: dict[str, Any] | None
    version: int
    updated_at: datetime


class CountOut(Struct):
    """How many customers meet a condition now."""

    count: int


def _out(row: Segment) -> SegmentOut:
    return SegmentOut(row.id, row.name, row.condition, row.version, row.updated_at)


class SegmentController(Controller):
    """Named conditions over a shop's own customers."""

    path = "/api/v1/segments"
    tags = ("customers",)

    @get(summary="The shop's segments")
    async def list(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> Page[SegmentOut]:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            rows = await list_segments(uow, merchant_caller.shop)
        return Page([_out(row) for row in rows], None)

    @post(summary="Save a segment")
    async def add(
        self,
        data: JSONBody[SegmentBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> SegmentOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            when = read_when(data.when)
            return _out(await add_segment(uow, merchant_caller.shop, data.name, when))

    @post("/count", summary="How many customers meet a condition", status_code=200)
    async def count(
        self,
        data: JSONBody[WhenBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> CountOut:
        when = read_when(data.when)
        scope = scope_for(merchant_caller.mall_id, merchant_caller.shop, when)
        async with database.unit_of_work(scope) as uow:
            audience = await audience_of(uow, merchant_caller.shop, when)
            return CountOut(await audience.count(uow))

    @put("/{segment_id:uuid}", summary="Change a segment")
    async def change(
        self,
        segment_id: FromPath[UUID],
        data: JSONBody[SegmentBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> SegmentOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            when = read_when(data.when)
            row = await change_segment(
                uow, merchant_caller.shop, segment_id, data.name, when, data.version
            )
            return _out(row)

    @delete("/{segment_id:uuid}", summary="Forget a segment")
    async def drop(
        self,
        segment_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> None:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            await drop_segment(uow, merchant_caller.shop, segment_id)

    @get("/{segment_id:uuid}/customers", summary="Who is in a segment now")
    async def customers(
        self,
        segment_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
        paging: NamedDependency[PageRequest],
    ) -> Page[CustomerOut]:
        shop = merchant_caller.shop
        async with database.unit_of_work(merchant_caller.scope) as uow:
            when = condition_of(await find_segment(uow, shop, segment_id))
        async with database.unit_of_work(scope_for(merchant_caller.mall_id, shop, when)) as uow:
            audience = await audience_of(uow, shop, when)
            rows = await audience.listed(uow, paging.after(UUID), paging.fetch)
        return paging.page(rows, customer_out, lambda row: row.member_id)
