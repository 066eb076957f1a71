"""Issuing gift cards: a card is a holder of lots, and whoever brings its number may spend them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from merchants.credits.granting import refuse_lifeless, scope_to_grant_in
from merchants.giftcards.models import GiftCard
from timcheh.db import UnitOfWork
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import Grant
from timcheh.text.cards import random_member_number


@dataclass(frozen=True, slots=True)
class Giving:
    """Who gives a card to whom: `giver_bps` of what is spent from it is the giver's reward."""

    to_name: str = ""
    words: str = ""
    giver_id: UUID | None = None
    giver_bps: int = 0


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """A card with the lot that is its value."""

    id: UUID
    number: str
    lot_id: UUID
    available_from: datetime
    expires_at: datetime | None


_NOBODY: Final = Giving()


async def issue_gift_card(
    uow: UnitOfWork,
    issuer_id: UUID,
    amount: int,
    scope: str,
    actor_id: UUID,
    *,
    available_from: datetime | None = None,
    expires_at: datetime | None = None,
    giving: Giving = _NOBODY,
    number: str | None = None,
) -> IssuedCard:
    """A card worth `amount` rial within `scope` (own, partners, network), in the mall's scope.

    `number` is that of a printed card. Raises Invalid for a scope that the shop can't issue in,
    LimitExceeded.
    """
    terms = await scope_to_grant_in(uow, issuer_id, scope, "rial")
    starts = available_from or uow.now
    refuse_lifeless(uow, starts, expires_at)
    card = GiftCard(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        merchant_id=issuer_id,
        number=number or random_member_number(),
        state="active",
        created_at=uow.now,
        to_name=giving.to_name or None,
        words=giving.words or None,
        giver_id=giving.giver_id,
        giver_bps=giving.giver_bps if giving.giver_id else 0,
    )
    uow.session.add(card)
    await uow.session.flush()
    head = postings.transfer(uow, "gift_card", reference_id=card.id, actor_id=actor_id)
    lot_id = new_id()
    grant = Grant(
        head.id,
        lot_id,
        terms[0],
        issuer_id,
        "gift_card",
        card.id,
        amount,
        starts,
        expires_at,
        "gift_card",
    )
    await postings.post(uow, [head], grants=[grant])
    return IssuedCard(card.id, card.number, lot_id, starts, expires_at)
