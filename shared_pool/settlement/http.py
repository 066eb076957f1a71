"""Settlements over the API, for the mall's keys: one drafts, another approves."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from shared_pool.settlement.models import Settlement
from shared_pool.settlement.results import (
    LONGEST_NOTE,
    LONGEST_REFERENCE,
    MOST_LINES,
    Mark,
    mark_and_record,
)
from shared_pool.settlement.service import (
    Result,
    SettlementWithLines,
    approve,
    cancel,
    complete,
    draft,
    find_settlement,
    list_settlements,
)
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import Database
from timcheh.web.bodies import Body
from timcheh.web.context import AnyRequest
from timcheh.web.idempotency import run_idempotent
from timcheh.web.openapi import IDEMPOTENT, REFUSES
from timcheh.web.pagination import Page, PageRequest


class DraftBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nothing to say: a draft takes every position as it is."""


class ResultBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of a shop's line; `note` says why, `reference` is the bank's own number."""

    merchant_id: UUID
    result: Result
    note: Annotated[str, Meta(max_length=LONGEST_NOTE)] | None = None
    reference: Annotated[str, Meta(max_length=LONGEST_REFERENCE)] | None = None


class ResultsBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Results as the bank tells them, of any number of lines."""

    results: Annotated[list[ResultBody], Meta(min_length=1, max_length=MOST_LINES)]


class SettlementLineOut(Struct):
    """`net` in rial: positive, the fund pays the shop; negative, the shop pays the fund."""

    merchant_id: UUID
    net: int
    result: str
    note: str | None
    reference: str | None


class SettlementOut(Struct):
    """A settlement, rial."""

    id: UUID
    state: str
    lines: list[SettlementLineOut]
    total_pay: int
    total_receive: int
    fees: int
    created_at: datetime
    approved_at: datetime | None
    completed_at: datetime | None


class SettlementHeadOut(Struct):
    """A settlement without its lines."""

    id: UUID
    state: str
    total_pay: int
    total_receive: int
    fees: int
    created_at: datetime
    completed_at: datetime | None


def _out(found: SettlementWithLines) -> SettlementOut:
    head = found.head
    return SettlementOut(
        head.id,
        head.state,
        [
            SettlementLineOut(line.merchant_id, line.net, line.result, line.note, line.reference)
            for line in found.lines
        ],
        head.total_pay,
        head.total_receive,
        head.fees,
        head.created_at,
        head.approved_at,
        head.completed_at,
    )


def _head(head: Settlement) -> SettlementHeadOut:
    return SettlementHeadOut(
        head.id,
        head.state,
        head.total_pay,
        head.total_receive,
        head.fees,
        head.created_at,
        head.completed_at,
    )


class SettlementController(Controller):
    """Settlement of what shops owe each other."""

    path = "/api/v1/settlements"
    tags = ("fund",)

    @post(summary="Draft a settlement of all positions")
    async def draft(
        self,
        data: JSONBody[DraftBody],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> SettlementOut:
        async with database.unit_of_work(mall_caller.scope) as uow:
            found = await draft(uow, mall_caller.id)
            await record(uow, mall_caller, "settlement.drafted", "settlement", found.head.id)
            return _out(found)

    @get(summary="Settlements, newest first")
    async def list(
        self,
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
        paging: NamedDependency[PageRequest],
    ) -> Page[SettlementHeadOut]:
        async with database.unit_of_work(mall_caller.scope) as uow:
            rows = await list_settlements(uow, paging.after(UUID), paging.fetch)
        return paging.page(rows, _head, lambda row: row.id)

    @get("/{settlement_id:uuid}", summary="One settlement")
    async def one(
        self,
        settlement_id: FromPath[UUID],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> SettlementOut:
        async with database.unit_of_work(mall_caller.scope) as uow:
            return _out(await find_settlement(uow, settlement_id))

    @post(
        "/{settlement_id:uuid}/approve",
        status_code=200,
        summary="Approve as a second person",
        opt={REFUSES: (409,)},
    )
    async def approve(
        self,
        settlement_id: FromPath[UUID],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> SettlementOut:
        async with database.unit_of_work(mall_caller.scope) as uow:
            found = await approve(uow, settlement_id, mall_caller.id)
            await record(uow, mall_caller, "settlement.approved", "settlement", settlement_id)
            return _out(found)

    @post(
        "/{settlement_id:uuid}/complete",
        status_code=200,
        summary="Complete: post the payments",
        opt={IDEMPOTENT: True},
    )
    async def complete(
        self,
        request: AnyRequest,
        settlement_id: FromPath[UUID],
        mall_caller: NamedDependency[Caller],
    ) -> Response[SettlementOut]:
        async def work(uow: Any) -> SettlementOut:
            found = await complete(uow, settlement_id, mall_caller.id)
            await record(uow, mall_caller, "settlement.completed", "settlement", settlement_id)
            return _out(found)

        return await run_idempotent(request, mall_caller, work, status=200)

    @post(
        "/{settlement_id:uuid}/results",
        status_code=200,
        summary="What became of payments: each paid one is posted",
        opt={IDEMPOTENT: True},
    )
    async def results(
        self,
        request: AnyRequest,
        settlement_id: FromPath[UUID],
        data: JSONBody[ResultsBody],
        mall_caller: NamedDependency[Caller],
    ) -> Response[SettlementOut]:
        marks = [Mark(r.merchant_id, r.result, r.note, r.reference) for r in data.results]

        async def work(uow: Any) -> SettlementOut:
            return _out(await mark_and_record(uow, mall_caller, settlement_id, marks))

        return await run_idempotent(request, mall_caller, work, status=200)

    @post(
        "/{settlement_id:uuid}/cancel",
        status_code=200,
        summary="Give up a settlement",
        opt={REFUSES: (409,)},
    )
    async def cancel(
        self,
        settlement_id: FromPath[UUID],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> SettlementOut:
        async with database.unit_of_work(mall_caller.scope) as uow:
            found = await cancel(uow, settlement_id)
            await record(uow, mall_caller, "settlement.cancelled", "settlement", settlement_id)
            return _out(found)
