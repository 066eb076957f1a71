"""Pools over the API, for the mall's key."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from shared_pool.pools.models import Participant, Pool
from shared_pool.pools.service import (
    find_pool,
    join,
    list_participants,
    list_pools,
    open_pool,
)
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import Database
from timcheh.web.bodies import Body
from timcheh.web.pagination import Page

Price = Annotated[int, Meta(ge=1, le=10**9)]


class PoolBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Prices in rial per point; points live `expires_in_months` Jalali months, or for ever."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    issue_price: Price
    redeem_price: Price
    expires_in_months: Annotated[int, Meta(ge=1, le=120)] | None = None


class PoolOut(Struct):
    """A pool; `scope_id` is what rules name."""

    id: UUID
    scope_id: UUID
    name: str
    issue_price: int
    redeem_price: int
    expires_in_months: int | None


class ParticipantBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A shop's terms of acceptance, in basis points."""

    merchant_id: UUID
    fee_bps: Annotated[int, Meta(ge=0, le=10_000)] = 0
    max_share_bps: Annotated[int, Meta(ge=1, le=10_000)] = 10_000


class ParticipantOut(Struct):
    """A shop of a pool."""

    pool_id: UUID
    merchant_id: UUID
    fee_bps: int
    max_share_bps: int


def _out(pool: Pool) -> PoolOut:
    return PoolOut(
        pool.id,
        pool.scope_id,
        pool.name,
        pool.issue_price,
        pool.redeem_price,
        pool.expires_in_months,
    )


def _participant(row: Participant) -> ParticipantOut:
    return ParticipantOut(row.pool_id, row.merchant_id, row.fee_bps, row.max_share_bps)


class PoolController(Controller):
    """Pooled points."""

    path = "/api/v1/pools"
    tags = ("pools",)

    @post(summary="Open a pool")
    async def open(
        self,
        data: JSONBody[PoolBody],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> PoolOut:
        async with database.unit_of_work(mall_caller.scope) as uow:
            pool = await open_pool(
                uow, data.name, data.issue_price, data.redeem_price, data.expires_in_months
            )
            await record(uow, mall_caller, "pool.opened", "pool", pool.id)
            return _out(pool)

    @get(summary="The mall's pools")
    async def list(
        self, any_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> Page[PoolOut]:
        async with database.unit_of_work(any_caller.scope) as uow:
            return Page([_out(pool) for pool in await list_pools(uow)])

    @post("/{pool_id:uuid}/participants", summary="Let a shop take part, or change its terms")
    async def join(
        self,
        pool_id: FromPath[UUID],
        data: JSONBody[ParticipantBody],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ParticipantOut:
        async with database.unit_of_work(mall_caller.scope) as uow:
            row = await join(uow, pool_id, data.merchant_id, data.fee_bps, data.max_share_bps)
            await record(
                uow, mall_caller, "pool.joined", "pool", pool_id, merchant_id=data.merchant_id
            )
            return _participant(row)

    @get("/{pool_id:uuid}/participants", summary="The shops of a pool")
    async def participants(
        self,
        pool_id: FromPath[UUID],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> Page[ParticipantOut]:
        async with database.unit_of_work(mall_caller.scope) as uow:
            await find_pool(uow, pool_id)
            rows = await list_participants(uow, pool_id)
        return Page([_participant(row) for row in rows])
