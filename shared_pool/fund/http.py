"""The fund over the API: positions, proof, members' balances."""

from datetime import datetime
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from members.facade import find_member
from timcheh.access.caller import Caller
from timcheh.db import Database, Scope
from timcheh.ledger import queries
from timcheh.ledger.contracts import Fund, Position
from timcheh.ledger.queries import HeldLot


class PositionOut(Struct):
    """A shop's position, rial. `outstanding` is minus what members hold of it; `clearing`
    positive: the fund owes the shop.
    """

    merchant_id: UUID
    outstanding: int
    clearing: int
    deposit: int
    credit_limit: int | None


class FundOut(Struct):
    """The fund's own accounts, rial, credit positive."""

    fee: int
    reserve: int
    gateway: int
    cash: int
    wallet: int


class PositionsOut(Struct):
    """All positions; a shop's key gets its own item and no fund."""

    items: list[PositionOut]
    fund: FundOut | None
    next_cursor: str | None = None


class CheckOut(Struct):
    """One invariant."""

    name: str
    ok: bool
    detail: str


class ProofOut(Struct):
    """Whether every invariant holds."""

    ok: bool
    checks: list[CheckOut]


class LotOut(Struct):
    """A live lot: how much is free and how much pinned, where and until when."""

    id: UUID
    unit: str
    issuer_id: UUID
    scope_id: UUID
    available: int
    held: int
    value: int
    available_from: datetime
    expires_at: datetime | None
    reason: str
    acceptors: list[UUID]


class BalancesOut(Struct):
    """A member's live lots, in spending order, and what is free of each unit."""

    lots: list[LotOut]
    totals: dict[str, int]


def _position(id: UUID, position: Position) -> PositionOut:
    return PositionOut(id, *position)


def _fund(fund: Fund) -> FundOut:
    return FundOut(*fund)


def _lot(lot: HeldLot) -> LotOut:
    price = lot.redeem_price if lot.unit == "point" else 1
    return LotOut(
        lot.id,
        lot.unit,
        lot.issuer_id,
        lot.scope_id,
        lot.available,
        lot.held,
        lot.available * price,
        lot.available_from,
        lot.expires_at,
        lot.reason,
        lot.acceptors,
    )


class FundController(Controller):
    """The shared fund."""

    path = "/api/v1/fund"
    tags = ("fund",)

    @get("/positions", summary="Where every shop and the fund stand")
    async def positions(
        self, any_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> PositionsOut:
        async with database.unit_of_work(Scope.mall(any_caller.mall_id)) as uow:
            found = await queries.positions(uow)
            fund = await queries.fund(uow) if any_caller.kind == "mall" else None
        if fund is None:
            own = any_caller.shop
            return PositionsOut([_position(own, found[own])], None)
        shops = [
            _position(id, position) for id, position in found.items() if id != any_caller.mall_id
        ]
        return PositionsOut(shops, _fund(fund))

    @get("/proof", summary="Check every invariant of the ledger")
    async def proof(
        self, mall_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> ProofOut:
        async with database.unit_of_work(mall_caller.scope) as uow:
            checks = await queries.proof(uow)
        return ProofOut(all(check.ok for check in checks), [CheckOut(*check) for check in checks])


class BalanceController(Controller):
    """What a member holds, for the mall."""

    path = "/api/v1/members"
    tags = ("members",)

    @get("/{member_id:uuid}/balances", summary="A member's live lots")
    async def balances(
        self,
        member_id: FromPath[UUID],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> BalancesOut:
        async with database.unit_of_work(mall_caller.scope) as uow:
            await find_member(uow, id=member_id)
            lots = await queries.lots_of(uow, [member_id])
        totals = {"rial": 0, "point": 0, "wallet": 0}
        for lot in lots:
            totals[lot.unit] += lot.available
        return BalancesOut([_lot(lot) for lot in lots], totals)
