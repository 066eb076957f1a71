"""A shop's ladder of tiers over the API."""

from typing import Annotated, Literal
from uuid import UUID

from litestar import Controller, delete, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from merchants.tiers.service import (
    Ladder,
    Rung,
    drop_ladder,
    find_ladder,
    ladder_of,
    set_ladder,
    tier_sizes,
)
from timcheh.access.caller import Caller
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.errors import NotFound
from timcheh.web.bodies import Body


class RungBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A tier and where it begins: purchases, rial, or points."""

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    threshold: Annotated[int, Meta(ge=1, le=10**15)]


class LadderBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rungs from the lowest up. Without `period_days` it counts from the first purchase."""

    measure: Literal["purchases", "spend", "credit", "points"]
    rungs: Annotated[list[RungBody], Meta(min_length=1, max_length=8)]
    period_days: Annotated[int, Meta(ge=1, le=3650)] | None = None


class RungOut(Struct):
    """A tier, where it begins, and how many customers stand on it."""

    name: str
    threshold: int
    customers: int


class LadderOut(Struct):
    """The shop's ladder."""

    measure: str
    period_days: int | None
    rungs: list[RungOut]
    version: int


class TierController(Controller):
    """The ladder of a shop's own tiers."""

    path = "/api/v1/tiers"
    tags = ("customers",)

    @get(summary="The shop's ladder")
    async def read(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> LadderOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            return await _out(uow, merchant_caller.shop)

    @put(summary="Set the shop's ladder")
    async def set(
        self,
        data: JSONBody[LadderBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> LadderOut:
        rungs = tuple(Rung(rung.name, rung.threshold) for rung in data.rungs)
        async with database.unit_of_work(Scope.mall(merchant_caller.mall_id)) as uow:
            ladder = Ladder(data.measure, data.period_days, rungs)
            await set_ladder(uow, merchant_caller.shop, ladder)
            return await _out(uow, merchant_caller.shop)

    @delete(summary="Do without tiers")
    async def drop(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> None:
        async with database.unit_of_work(Scope.mall(merchant_caller.mall_id)) as uow:
            await drop_ladder(uow, merchant_caller.shop)


async def _out(uow: UnitOfWork, merchant_id: UUID) -> LadderOut:
    row = await find_ladder(uow, merchant_id)
    if row is None:
        raise NotFound
    sizes = await tier_sizes(uow, merchant_id)
    rungs = [
        RungOut(rung.name, rung.threshold, sizes.get(rung.name, 0)) for rung in ladder_of(row).rungs
    ]
    return LadderOut(row.measure, row.period_days, rungs, row.version)
