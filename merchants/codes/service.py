"""Ordering codes and redeeming them: a code's row is taken once, in the grant's transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select, text

from merchants.codes.digits import CodeBook
from merchants.codes.errors import CodeNotInForce, CodeUnknown, CodeUsed
from merchants.codes.models import CodeBatch, ProductCode
from merchants.gifting.granting import Giveaway, give
from merchants.gifting.terms import put_in_state
from merchants.programme.queries import read_scopes
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound
from timcheh.ids import new_id
from timcheh.outbox import emit
from timcheh.printing import plan_parts

PRINT: Final = "codes"
PER_PART: Final = 40 * 25
"""Codes in one PDF: twenty-five sheets of forty labels."""
MOST: Final = 100_000
ORDERED: Final = "merchants.codes_ordered"

# A serial whose code another batch has drawn already is left out; ten digits leave room.
_KEEP = text(
    """
    INSERT INTO merchants.product_code (mall_id, digest, merchant_id, batch_id, serial)
    SELECT :mall, d.digest, :merchant, :batch, d.serial
    FROM unnest(CAST(:digests AS bytea[]), CAST(:serials AS int[])) d (digest, serial)
    ON CONFLICT DO NOTHING
    """
)


@dataclass(frozen=True, slots=True)
class CodeOrder:
    """What a shop orders. `scope` is `own:point` or the id of a pool's scope."""

    name: str
    count: int
    points: int
    scope: str
    starts_at: datetime | None
    ends_at: datetime | None
    lot_days: int | None


@dataclass(frozen=True, slots=True)
class Redeemed:
    """What a code gave."""

    points: int
    name: str
    merchant_id: UUID
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Uptake:
    """What became of a batch."""

    redeemed: int
    at_till: int
    members: int


NOTHING: Final = Uptake(0, 0, 0)
"""Of a batch that nobody has brought a code of."""


async def order_codes(
    uow: UnitOfWork, book: CodeBook, merchant_id: UUID, order: CodeOrder, link: str, actor_id: UUID
) -> CodeBatch:
    """Makes a batch and orders its sheets, in the mall's scope.

    Raises Invalid for points that the shop can't give.
    """
    terms = (await read_scopes(uow, merchant_id)).get(order.scope)
    if terms is None or terms[2] != "point":
        raise Invalid.field("/scope", "required")
    if order.ends_at is not None and order.ends_at <= (order.starts_at or uow.now):
        raise Invalid.field("/ends_at", "not_after_start")
    batch = CodeBatch(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        merchant_id=merchant_id,
        name=order.name,
        points=order.points,
        scope_id=terms[0],
        count=order.count,
        lot_days=order.lot_days,
        starts_at=order.starts_at or uow.now,
        ends_at=order.ends_at,
        state="active",
        link=link,
        actor_id=actor_id,
        created_at=uow.now,
    )
    uow.session.add(batch)
    await uow.session.flush()
    await _draw(uow, book, batch)
    plan_parts(uow, PRINT, batch.id, merchant_id, order.count, PER_PART)
    told = {"batch_id": str(batch.id), "merchant_id": str(merchant_id)}
    await emit(uow, ORDERED, told, urgent=True)
    return batch


async def _draw(uow: UnitOfWork, book: CodeBook, batch: CodeBatch) -> None:
    """Keeps as many codes as were ordered."""
    serial, missing = 0, batch.count
    while missing:
        serials = range(serial + 1, serial + missing + 1)
        digests = [book.digest(batch.mall_id, book.code(batch.id, each)) for each in serials]
        kept: Any = await uow.session.execute(
            _KEEP,
            {
                "mall": batch.mall_id,
                "merchant": batch.merchant_id,
                "batch": batch.id,
                "digests": digests,
                "serials": list(serials),
            },
        )
        serial, missing = serials.stop - 1, missing - kept.rowcount


async def redeem_code(
    uow: UnitOfWork,
    book: CodeBook,
    code: str,
    member_id: UUID,
    actor_id: UUID,
    *,
    at_shop: UUID | None = None,
) -> Redeemed:
    """Gives a code's points to a member, in the mall's scope; at a till only that shop's codes.

    Raises CodeUnknown, CodeUsed, CodeNotInForce, LimitExceeded.
    """
    digest = book.digest(uow.scope.mall_id, code)
    found = await uow.session.get(ProductCode, (uow.scope.mall_id, digest), with_for_update=True)
    if found is None or (at_shop is not None and found.merchant_id != at_shop):
        raise CodeUnknown
    if found.redeemed_at is not None:
        raise CodeUsed
    batch = await uow.session.get_one(CodeBatch, (uow.scope.mall_id, found.batch_id))
    over = batch.ends_at is not None and batch.ends_at <= uow.now
    if batch.state != "active" or batch.starts_at > uow.now or over:
        raise CodeNotInForce
    expires_at = await _grant(uow, batch, found, member_id, actor_id)
    found.redeemed_at, found.member_id = uow.now, member_id
    found.at_till = at_shop is not None
    await uow.session.flush()
    ids = {"merchant_id": str(batch.merchant_id), "member_id": str(member_id)}
    await emit(uow, "merchants.code_redeemed", ids | {"lot_id": str(found.lot_id)})
    return Redeemed(batch.points, batch.name, batch.merchant_id, expires_at)


async def _grant(
    uow: UnitOfWork, batch: CodeBatch, code: ProductCode, member_id: UUID, actor_id: UUID
) -> datetime | None:
    """The points' lot; answers when it expires."""
    terms = (await read_scopes(uow, batch.merchant_id)).get(str(batch.scope_id))
    if terms is None:  # the shop has left the pool since
        raise CodeNotInForce
    what = Giveaway("product_code", batch.id, terms, batch.points, batch.lot_days, batch.name)
    given = await give(uow, batch.merchant_id, member_id, what, actor_id)
    code.lot_id = given.lot_id
    return given.expires_at


async def find_batch(uow: UnitOfWork, merchant_id: UUID, batch_id: UUID) -> CodeBatch:
    """A shop's own batch. Raises NotFound."""
    batch = await uow.session.get(CodeBatch, (uow.scope.mall_id, batch_id))
    if batch is None or batch.merchant_id != merchant_id:
        raise NotFound
    return batch


async def set_state(uow: UnitOfWork, merchant_id: UUID, batch_id: UUID, state: str) -> None:
    """Stops a batch or lets it count again. Raises NotFound."""
    await put_in_state(uow, CodeBatch, merchant_id, batch_id, state)


async def list_batches(uow: UnitOfWork, merchant_id: UUID) -> list[CodeBatch]:
    """A shop's batches, newest first."""
    found = await uow.session.scalars(
        select(CodeBatch)
        .where(CodeBatch.mall_id == uow.scope.mall_id, CodeBatch.merchant_id == merchant_id)
        .order_by(CodeBatch.id.desc())
        .limit(200)
    )
    return list(found)


async def uptake_of(uow: UnitOfWork, batch_ids: list[UUID]) -> dict[UUID, Uptake]:
    """What became of some batches; one without an entry has given nothing yet."""
    found = await uow.session.execute(
        select(
            ProductCode.batch_id,
            func.count(),
            func.count().filter(ProductCode.at_till.is_(True)),
            func.count(ProductCode.member_id.distinct()),
        )
        .where(
            ProductCode.mall_id == uow.scope.mall_id,
            ProductCode.batch_id.in_(batch_ids),
            ProductCode.redeemed_at.is_not(None),
        )
        .group_by(ProductCode.batch_id)
    )
    return {row[0]: Uptake(*row[1:]) for row in found}


async def serials_of(uow: UnitOfWork, batch_id: UUID, first: int, last: int) -> list[int]:
    """The serials of a batch's codes number `first` to `last`, in order."""
    found = await uow.session.scalars(
        select(ProductCode.serial)
        .where(ProductCode.mall_id == uow.scope.mall_id, ProductCode.batch_id == batch_id)
        .order_by(ProductCode.serial)
        .offset(first - 1)
        .limit(last - first + 1)
    )
    return list(found)


async def serials_after(uow: UnitOfWork, batch_id: UUID, after: int, fetch: int) -> list[int]:
    """The next serials of a batch's codes, in order; some numbers may be left out."""
    found = await uow.session.scalars(
        select(ProductCode.serial)
        .where(
            ProductCode.mall_id == uow.scope.mall_id,
            ProductCode.batch_id == batch_id,
            ProductCode.serial > after,
        )
        .order_by(ProductCode.serial)
        .limit(fetch)
    )
    return list(found)
