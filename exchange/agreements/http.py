"""Agreements over the API, for shops' keys."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from exchange.agreements.models import Agreement
from exchange.agreements.service import (
    accept,
    decline,
    find_agreement,
    list_agreements,
    propose,
    terminate,
)
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import Database, Scope
from timcheh.web.bodies import Body, Moment
from timcheh.web.openapi import REFUSES
from timcheh.web.pagination import Page, PageRequest


class ProposalBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The issuer proposes: `acceptor_id` would accept its partner credit.

    `fee_bps` of what is spent goes to the mall; a basket may be paid with it up to
    `max_share_bps`. Granted value stays spendable for `notice_days` after the end.
    """

    acceptor_id: UUID
    fee_bps: Annotated[int, Meta(ge=0, le=10_000)]
    max_share_bps: Annotated[int, Meta(ge=1, le=10_000)]
    ends_at: Moment | None = None
    notice_days: Annotated[int, Meta(ge=0, le=3650)] = 0


class AgreementOut(Struct):
    """An agreement: proposed, accepted, declined or terminated."""

    id: UUID
    issuer_id: UUID
    acceptor_id: UUID
    fee_bps: int
    max_share_bps: int
    notice_days: int
    state: str
    ends_at: datetime | None
    created_at: datetime


def _out(row: Agreement) -> AgreementOut:
    return AgreementOut(
        row.id,
        row.issuer_id,
        row.acceptor_id,
        row.fee_bps,
        row.max_share_bps,
        row.notice_days,
        row.state,
        row.ends_at,
        row.created_at,
    )


class AgreementController(Controller):
    """Agreements with other shops."""

    path = "/api/v1/agreements"
    tags = ("agreements",)

    @post(summary="Propose an agreement", opt={REFUSES: (409,)})
    async def propose(
        self,
        data: JSONBody[ProposalBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> AgreementOut:
        async with database.unit_of_work(Scope.mall(merchant_caller.mall_id)) as uow:
            agreement = await propose(
                uow,
                merchant_caller.shop,
                data.acceptor_id,
                fee_bps=data.fee_bps,
                max_share_bps=data.max_share_bps,
                ends_at=data.ends_at,
                notice_days=data.notice_days,
            )
            await record(
                uow,
                merchant_caller,
                "agreement.proposed",
                "agreement",
                agreement.id,
                merchant_id=merchant_caller.shop,
            )
            return _out(agreement)

    @get(summary="The shop's agreements, newest first")
    async def list(
        self,
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
        paging: NamedDependency[PageRequest],
    ) -> Page[AgreementOut]:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            rows = await list_agreements(
                uow, merchant_caller.shop, paging.after(UUID), paging.fetch
            )
        return paging.page(rows, _out, lambda row: row.id)

    @get("/{agreement_id:uuid}", summary="One of the shop's agreements")
    async def one(
        self,
        agreement_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> AgreementOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            return _out(await find_agreement(uow, merchant_caller.shop, agreement_id))

    @post(
        "/{agreement_id:uuid}/accept",
        status_code=200,
        summary="Accept a proposal",
        opt={REFUSES: (409,)},
    )
    async def accept(
        self,
        agreement_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> AgreementOut:
        async with database.unit_of_work(Scope.mall(merchant_caller.mall_id)) as uow:
            return _out(await accept(uow, merchant_caller.shop, agreement_id))

    @post(
        "/{agreement_id:uuid}/decline",
        status_code=200,
        summary="Decline a proposal",
        opt={REFUSES: (409,)},
    )
    async def decline(
        self,
        agreement_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> AgreementOut:
        async with database.unit_of_work(Scope.mall(merchant_caller.mall_id)) as uow:
            return _out(await decline(uow, merchant_caller.shop, agreement_id))

    @post(
        "/{agreement_id:uuid}/terminate",
        status_code=200,
        summary="End an agreement",
        opt={REFUSES: (409,)},
    )
    async def terminate(
        self,
        agreement_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> AgreementOut:
        async with database.unit_of_work(Scope.mall(merchant_caller.mall_id)) as uow:
            return _out(await terminate(uow, merchant_caller.shop, agreement_id))
