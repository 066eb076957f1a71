"""A shop's margins over the API."""

from typing import Annotated

from litestar import Controller, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from merchants.margins.models import OTHER
from merchants.margins.queries import keep_margins, margins_by_group
from merchants.margins.service import checked
from timcheh.access.caller import Caller
from timcheh.db import Database
from timcheh.web.bodies import Body

Bps = Annotated[int, Meta(ge=0, le=10_000)]
Group = Annotated[str, Meta(min_length=1, max_length=200)]


class GroupMarginBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is kept of the price of one group's goods."""

    group: Group
    margin_bps: Bps


class MarginsBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of a shop's margins; they replace those of before."""

    default_bps: Bps
    groups: Annotated[list[GroupMarginBody], Meta(max_length=500)] = []  # noqa: RUF012


class GroupMarginOut(Struct):
    """One group's margin."""

    group: str
    margin_bps: int


class MarginsOut(Struct):
    """`default_bps` is for goods of no other group; none until it was told."""

    default_bps: int | None
    groups: list[GroupMarginOut]


class MarginController(Controller):
    """What the shop keeps of each rial it sells, before any reward."""

    path = "/api/v1/margins"
    tags = ("offers",)

    @get(summary="Margins by product group")
    async def show(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> MarginsOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            return _out(await margins_by_group(uow, merchant_caller.shop))

    @put(summary="Set all margins")
    async def put(
        self,
        data: JSONBody[MarginsBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> MarginsOut:
        groups = checked([(each.group, each.margin_bps) for each in data.groups])
        async with database.unit_of_work(merchant_caller.scope) as uow:
            await keep_margins(uow, merchant_caller.shop, data.default_bps, groups)
            return _out(await margins_by_group(uow, merchant_caller.shop))


def _out(told: dict[str, int]) -> MarginsOut:
    groups = [GroupMarginOut(group, bps) for group, bps in told.items() if group != OTHER]
    return MarginsOut(told.get(OTHER), groups)
