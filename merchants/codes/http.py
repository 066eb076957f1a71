"""Product codes over the API: a shop orders batches, a till redeems what a customer brings."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from litestar import Controller, Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from merchants.codes import guessing
from merchants.codes.digits import CodeBook, read_code
from merchants.codes.guessing import counting_misses
from merchants.codes.models import CodeBatch
from merchants.codes.service import (
    MOST,
    NOTHING,
    CodeOrder,
    Uptake,
    find_batch,
    list_batches,
    order_codes,
    redeem_code,
    serials_after,
    set_state,
    uptake_of,
)
from merchants.gifting.admitting import member_at_counter
from merchants.purchases.bodies import MemberBody, member_ref
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.errors import Invalid
from timcheh.malls import read_mall
from timcheh.web.bodies import Body, Moment
from timcheh.web.context import AnyRequest, context_of
from timcheh.web.idempotency import run_idempotent
from timcheh.web.openapi import IDEMPOTENT
from timcheh.web.pagination import Page, PageRequest

State = Literal["active", "stopped"]
Serial = Annotated[int, Meta(ge=0, lt=2**31)]


class BatchBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`count` codes worth `points` each; `scope` is own or the id of a pool's scope.

    `lot_days`: how long the points are good once a code is redeemed; none: as the scope says.
    """

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    count: Annotated[int, Meta(ge=1, le=MOST)]
    points: Annotated[int, Meta(ge=1, le=1_000_000)]
    scope: Annotated[str, Meta(min_length=1, max_length=64)] = "own"
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    lot_days: Annotated[int, Meta(ge=1, le=3650)] | None = None


class BatchStateBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stopped batch gives nothing until it is active again."""

    state: State


class RedemptionBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The ten digits of a code, and whose they are; a new mobile is enrolled."""

    member: MemberBody
    code: Annotated[str, Meta(min_length=1, max_length=200)]


class BatchOut(Struct):
    """A batch; `redeemed` of its `count` codes have given `points` each, to `members` people."""

    id: UUID
    name: str
    count: int
    points: int
    scope_id: UUID
    state: str
    starts_at: datetime
    ends_at: datetime | None
    lot_days: int | None
    redeemed: int
    members: int
    created_at: datetime


class CodeOut(Struct):
    """A code and its number in the batch."""

    serial: int
    code: str


class RedeemedOut(Struct):
    """What the code gave, and to whom."""

    member_id: UUID
    points: int
    name: str
    expires_at: datetime | None


class CodeBatchController(Controller):
    """Batches of product codes."""

    path = "/api/v1/code-batches"
    tags = ("credits",)

    @post(summary="Order product codes", opt={IDEMPOTENT: True})
    async def order(
        self,
        request: AnyRequest,
        data: JSONBody[BatchBody],
        merchant_caller: NamedDependency[Caller],
    ) -> Response[BatchOut]:
        shop = merchant_caller.shop

        async def work(uow: UnitOfWork) -> BatchOut:
            mall = await read_mall(uow)
            settings = context_of(request).services.settings
            link = settings.public_address(mall.slug, "club/codes")
            actor = merchant_caller.id
            batch = await order_codes(uow, _book(request), shop, _order(data), link, actor)
            await record(
                uow,
                merchant_caller,
                "codes.ordered",
                "code_batch",
                batch.id,
                merchant_id=shop,
                after={"count": batch.count, "points": batch.points},
            )
            return _out(batch, NOTHING)

        return await run_idempotent(
            request, merchant_caller, work, scope=Scope.mall(merchant_caller.mall_id)
        )

    @get(summary="Batches of product codes, newest first")
    async def list(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> Page[BatchOut]:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            batches = await list_batches(uow, merchant_caller.shop)
            uptake = await uptake_of(uow, [batch.id for batch in batches])
        return Page([_out(batch, uptake.get(batch.id, NOTHING)) for batch in batches])

    @get("/{code_batch_id:uuid}", summary="One batch and what became of it")
    async def one(
        self,
        code_batch_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> BatchOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            return await _one(uow, merchant_caller.shop, code_batch_id)

    @patch("/{code_batch_id:uuid}", summary="Stop a batch, or let it count again")
    async def change(
        self,
        code_batch_id: FromPath[UUID],
        data: JSONBody[BatchStateBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> BatchOut:
        shop = merchant_caller.shop
        async with database.unit_of_work(merchant_caller.scope) as uow:
            await set_state(uow, shop, code_batch_id, data.state)
            await record(
                uow,
                merchant_caller,
                f"codes.{data.state}",
                "code_batch",
                code_batch_id,
                merchant_id=shop,
            )
            return await _one(uow, shop, code_batch_id)

    @get("/{code_batch_id:uuid}/codes", summary="The codes of a batch; who takes them is noted")
    async def codes(
        self,
        request: AnyRequest,
        code_batch_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
        paging: NamedDependency[PageRequest],
    ) -> Page[CodeOut]:
        book, after = _book(request), paging.after(Serial) or 0
        async with database.unit_of_work(merchant_caller.scope) as uow:
            batch = await find_batch(uow, merchant_caller.shop, code_batch_id)
            serials = await serials_after(uow, code_batch_id, after, paging.fetch)
            await record(
                uow,
                merchant_caller,
                "codes.downloaded",
                "code_batch",
                code_batch_id,
                merchant_id=merchant_caller.shop,
            )
        return paging.page(
            serials, lambda serial: CodeOut(serial, book.code(batch.id, serial)), lambda each: each
        )


class RedemptionController(Controller):
    """Codes that customers bring."""

    path = "/api/v1/codes"
    tags = ("credits",)

    @post("/redemptions", summary="Redeem a code of the shop", opt={IDEMPOTENT: True})
    async def redeem(
        self,
        request: AnyRequest,
        data: JSONBody[RedemptionBody],
        till_caller: NamedDependency[Caller],
    ) -> Response[RedeemedOut]:
        shop, who, code = till_caller.shop, member_ref(data.member), read_code(data.code)
        if code is None:
            raise Invalid.field("/code", "product_code_invalid")

        limiter, book = context_of(request).services.limiter, _book(request)

        async def work(uow: UnitOfWork) -> RedeemedOut:
            async with counting_misses(limiter, guessing.OF_SHOP, str(shop)):
                member = await member_at_counter(uow, who, shop, till_caller.id)
                done = await redeem_code(uow, book, code, member.id, till_caller.id, at_shop=shop)
            return RedeemedOut(member.id, done.points, done.name, done.expires_at)

        return await run_idempotent(
            request, till_caller, work, scope=Scope.mall(till_caller.mall_id)
        )


def _book(request: AnyRequest) -> CodeBook:
    return CodeBook(context_of(request).services.settings.secret_key.get_secret_value())


def _order(body: BatchBody) -> CodeOrder:
    return CodeOrder(
        name=body.name,
        count=body.count,
        points=body.points,
        scope="own:point" if body.scope == "own" else body.scope,
        starts_at=body.starts_at,
        ends_at=body.ends_at,
        lot_days=body.lot_days,
    )


async def _one(uow: UnitOfWork, merchant_id: UUID, batch_id: UUID) -> BatchOut:
    batch = await find_batch(uow, merchant_id, batch_id)
    return _out(batch, (await uptake_of(uow, [batch_id])).get(batch_id, NOTHING))


def _out(batch: CodeBatch, uptake: Uptake) -> BatchOut:
    return BatchOut(
        batch.id,
        batch.name,
        batch.count,
        batch.points,
        batch.scope_id,
        batch.state,
        batch.starts_at,
        batch.ends_at,
        batch.lot_days,
        uptake.redeemed,
        uptake.members,
        batch.created_at,
    )
