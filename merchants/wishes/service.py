"""Marking an offer and changing one's mind."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from merchants.wishes.models import OfferWish
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound


async def wish(uow: UnitOfWork, member_id: UUID, merchant_id: UUID, rule: str) -> None:
    """Marks an offer; once is enough. In the mall's scope."""
    row = {
        "mall_id": uow.scope.mall_id,
        "member_id": member_id,
        "merchant_id": merchant_id,
        "rule": rule,
        "wished_at": uow.now,
    }
    await uow.session.execute(insert(OfferWish).values(row).on_conflict_do_nothing())


async def unwish(uow: UnitOfWork, member_id: UUID, merchant_id: UUID, rule: str) -> None:
    """Takes the mark away. Raises NotFound where there is none. In the mall's scope."""
    if not await unmark(uow, member_id, merchant_id, rule):
        raise NotFound


async def unmark(uow: UnitOfWork, member_id: UUID, merchant_id: UUID, rule: str) -> bool:
    """Takes the mark away; answers whether there was one. In the mall's scope."""
    gone = await uow.session.scalar(
        delete(OfferWish)
        .where(
            OfferWish.mall_id == uow.scope.mall_id,
            OfferWish.member_id == member_id,
            OfferWish.merchant_id == merchant_id,
            OfferWish.rule == rule,
        )
        .returning(OfferWish.rule)
    )
    return gone is not None


async def wishes_of(
    uow: UnitOfWork, member_id: UUID, merchant_ids: Collection[UUID]
) -> set[tuple[UUID, str]]:
    """The offers of these shops that a member has marked: shop and name."""
    rows = await uow.session.execute(
        select(OfferWish.merchant_id, OfferWish.rule).where(
            OfferWish.mall_id == uow.scope.mall_id,
            OfferWish.member_id == member_id,
            OfferWish.merchant_id.in_(merchant_ids),
        )
    )
    return {(row[0], row[1]) for row in rows}
