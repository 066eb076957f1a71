"""Keeping a gift card on one's phone. In the mall's scope."""

from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from merchants.giftcards.models import KeptGiftCard
from merchants.giftcards.queries import CardWorth, card_by_number
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound

MOST: Final = 50


async def keep_card(uow: UnitOfWork, member_id: UUID, number: str) -> CardWorth:
    """Keeps the card of a number. Raises NotFound, and Invalid for one too many."""
    card = await card_by_number(uow, number)
    count = select(func.count()).where(
        KeptGiftCard.mall_id == uow.scope.mall_id, KeptGiftCard.member_id == member_id
    )
    if (await uow.session.scalar(count) or 0) >= MOST:
        raise Invalid.field("/number", "too_many", maximum=MOST)
    row = {
        "mall_id": uow.scope.mall_id,
        "member_id": member_id,
        "card_id": card.id,
        "kept_at": uow.now,
    }
    await uow.session.execute(insert(KeptGiftCard).values(row).on_conflict_do_nothing())
    return card


async def put_away(uow: UnitOfWork, member_id: UUID, card_id: UUID) -> None:
    """The card is on the phone no longer; its value stays on it. Raises NotFound for one that
    isn't there."""
    gone = await uow.session.scalar(
        delete(KeptGiftCard)
        .where(
            KeptGiftCard.mall_id == uow.scope.mall_id,
            KeptGiftCard.member_id == member_id,
            KeptGiftCard.card_id == card_id,
        )
        .returning(KeptGiftCard.card_id)
    )
    if gone is None:
        raise NotFound
