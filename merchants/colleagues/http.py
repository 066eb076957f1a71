"""Sales colleagues over the API, for a shop's key."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from merchants.colleagues.models import Commission
from merchants.colleagues.service import (
    ColleagueRow,
    list_colleagues,
    pay_colleague,
    put_colleague,
    statement_of,
)
from merchants.colleagues.terms import Rate
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.errors import FieldError, Invalid, NotFound
from timcheh.web.bodies import Body
from timcheh.web.context import AnyRequest
from timcheh.web.idempotency import run_idempotent
from timcheh.web.openapi import IDEMPOTENT, REFUSES
from timcheh.web.pagination import Page, PageRequest

Name = Annotated[str, Meta(min_length=1, max_length=100)]


class TermsBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Either `bps` of what a line comes to, or `amount` rial a unit; without `group`: the rest."""

    group: Annotated[str, Meta(max_length=200)] = ""
    bps: Annotated[int, Meta(ge=0, le=10_000)] | None = None
    amount: Annotated[int, Meta(ge=0, le=10**12)] | None = None


class ColleagueBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Someone who sells for the shop."""

    name: Name
    mobile: Annotated[str, Meta(max_length=20)] | None = None
    terms: Annotated[tuple[TermsBody, ...], Meta(max_length=100)] = ()


class ColleagueChanges(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is absent stays."""

    name: Name | None = None
    active: bool | None = None
    terms: Annotated[tuple[TermsBody, ...], Meta(max_length=100)] | None = None


class TermsOut(Struct):
    """As in the body."""

    group: str
    bps: int | None
    amount: int | None


class ColleagueOut(Struct):
    """A colleague; `balance` is what the shop owes them, rial (below zero: they owe it)."""

    id: UUID
    name: str
    mobile: str | None
    active: bool
    terms: list[TermsOut]
    balance: int


class MovementOut(Struct):
    """A movement of their account: `kind` sale, return or payout."""

    id: UUID
    kind: str
    amount: int
    purchase_id: UUID | None
    created_at: datetime


class PayoutBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rial that the shop has paid."""

    amount: Annotated[int, Meta(ge=1, le=10**15)]


class PayoutOut(Struct):
    """What the shop owes them now."""

    balance: int


def _out(row: ColleagueRow) -> ColleagueOut:
    terms = [TermsOut(group, rate.bps, rate.amount) for group, rate in row.terms.items()]
    return ColleagueOut(row.id, row.name, row.mobile, row.active, terms, row.balance)


def _terms(bodies: tuple[TermsBody, ...]) -> dict[str, Rate]:
    """Raises Invalid for terms with both or neither, or twice for a group."""
    found: dict[str, Rate] = {}
    faults = []
    for n, body in enumerate(bodies):
        if (body.bps is None) == (body.amount is None):
            params = {"choices": "bps, amount"}
            faults.append(FieldError(f"/terms/{n}", "exactly_one_of", params))
        elif body.group in found:
            faults.append(FieldError(f"/terms/{n}/group", "name_taken", {}))
        found[body.group] = Rate(body.bps, body.amount)
    if faults:
        raise Invalid(errors=faults)
    return found


async def _one(uow: UnitOfWork, merchant_id: UUID, colleague_id: UUID) -> ColleagueRow:
    found = await list_colleagues(uow, merchant_id, colleague_id)
    if not found:
        raise NotFound
    return found[0]


class ColleagueController(Controller):
    """Sales colleagues."""

    path = "/api/v1/colleagues"
    tags = ("colleagues",)

    @post(summary="Define a sales colleague")
    async def define(
        self,
        data: JSONBody[ColleagueBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ColleagueOut:
        shop = merchant_caller.shop
        async with database.unit_of_work(merchant_caller.scope) as uow:
            made = await put_colleague(uow, shop, data.name, data.mobile, _terms(data.terms))
            return _out(await _one(uow, shop, made.id))

    @get(summary="Sales colleagues")
    async def list(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> Page[ColleagueOut]:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            rows = await list_colleagues(uow, merchant_caller.shop)
        return Page([_out(row) for row in rows])

    @patch("/{colleague_id:uuid}", summary="Change a sales colleague", opt={REFUSES: (404,)})
    async def change(
        self,
        colleague_id: FromPath[UUID],
        data: JSONBody[ColleagueChanges],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ColleagueOut:
        shop = merchant_caller.shop
        async with database.unit_of_work(merchant_caller.scope) as uow:
            now = await _one(uow, shop, colleague_id)
            await put_colleague(
                uow,
                shop,
                data.name or now.name,
                now.mobile,
                now.terms if data.terms is None else _terms(data.terms),
                active=now.active if data.active is None else data.active,
                colleague_id=colleague_id,
            )
            return _out(await _one(uow, shop, colleague_id))

    @get("/{colleague_id:uuid}/statement", summary="A colleague's account", opt={REFUSES: (404,)})
    async def statement(
        self,
        colleague_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
        paging: NamedDependency[PageRequest],
    ) -> Page[MovementOut]:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            rows = await statement_of(
                uow, merchant_caller.shop, colleague_id, paging.after(UUID), paging.fetch
            )
        return paging.page(rows, _movement, lambda row: row.id)

    @post(
        "/{colleague_id:uuid}/payouts",
        summary="Note that a colleague was paid",
        opt={IDEMPOTENT: True, REFUSES: (404,)},
    )
    async def pay(
        self,
        request: AnyRequest,
        colleague_id: FromPath[UUID],
        data: JSONBody[PayoutBody],
        merchant_caller: NamedDependency[Caller],
    ) -> Response[PayoutOut]:
        shop = merchant_caller.shop

        async def work(uow: Any) -> PayoutOut:
            await pay_colleague(uow, shop, colleague_id, data.amount, merchant_caller.id)
            await record(
                uow,
                merchant_caller,
                "colleague.paid",
                "colleague",
                colleague_id,
                merchant_id=shop,
                after={"amount": data.amount},
            )
            return PayoutOut((await _one(uow, shop, colleague_id)).balance)

        return await run_idempotent(
            request, merchant_caller, work, scope=Scope.mall(merchant_caller.mall_id)
        )


def _movement(row: Commission) -> MovementOut:
    return MovementOut(row.id, row.kind, row.amount, row.purchase_id, row.created_at)
