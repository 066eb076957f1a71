"""Gift cards with what is left on them. All in the mall's scope: a card's lots are its holder's."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select, text

from merchants.giftcards.models import GiftCard
from merchants.gifting.terms import put_in_state
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound

_WORTH = """
    SELECT c.id, c.number, c.state, c.merchant_id, c.to_name, c.words, c.giver_id, c.giver_bps,
           c.created_at, l.granted, l.remaining - l.held, l.available_from, l.expires_at,
           l.scope_id, s.kind
    FROM merchants.gift_card c
    JOIN ledger.lot l
        ON l.mall_id = c.mall_id AND l.holder_id = c.id AND l.holder_kind = 'gift_card'
    JOIN ledger.scope s ON s.mall_id = l.mall_id AND s.id = l.scope_id
    WHERE c.mall_id = :mall
"""
_LISTED = text(
    f"{_WORTH} AND c.merchant_id = :merchant"
    " AND (:digits = '' OR c.number LIKE '%' || :digits || '%') ORDER BY c.id DESC LIMIT :limit"
)
_ONE = text(f"{_WORTH} AND c.merchant_id = :merchant AND c.id = :card")
_KEPT = text(
    f"{_WORTH} AND EXISTS (SELECT FROM merchants.kept_gift_card k WHERE k.mall_id = c.mall_id"
    " AND k.card_id = c.id AND k.member_id = :member) ORDER BY c.id DESC"
)
_GIVEN = text(f"{_WORTH} AND c.giver_id = :member ORDER BY c.id DESC LIMIT 100")
_BROUGHT = text(
    """
    SELECT t.cause_id, sum(t.amount - t.taken_back)::bigint FROM merchants.thanks t
    WHERE t.mall_id = :mall AND t.person_id = :member AND t.kind = 'ambassador'
      AND t.state = 'given'
    GROUP BY t.cause_id
    """
)
_BY_NUMBER = text(f"{_WORTH} AND c.number = :number")
_MOVES = text(
    """
    SELECT coalesce(b.occurred_at, t.occurred_at), e.amount, t.kind, b.merchant_id
    FROM ledger.entry e
    JOIN ledger.transfer t ON t.mall_id = e.mall_id AND t.id = e.transfer_id
    LEFT JOIN merchants.purchase b ON b.mall_id = e.mall_id AND b.id = e.transfer_id
    WHERE e.mall_id = :mall AND e.owner_id = :card AND e.account = 'credit'
    ORDER BY e.transfer_id DESC, e.n
    """
)
_ACCEPTORS = text(
    """
    SELECT m.name FROM ledger.acceptor a
    JOIN merchants.merchant m ON m.mall_id = a.mall_id AND m.id = a.merchant_id
    WHERE a.mall_id = :mall AND a.scope_id = :scope AND m.state = 'active'
      AND a.valid_from <= :at AND (a.valid_until IS NULL OR a.valid_until > :at)
    ORDER BY m.name
    """
)


class CardWorth(NamedTuple):
    """A card with its lot, rial. `left` is free of what a purchase under way has pinned."""

    id: UUID
    number: str
    state: str
    merchant_id: UUID
    to_name: str | None
    words: str | None
    giver_id: UUID | None
    giver_bps: int
    created_at: datetime
    granted: int
    left: int
    available_from: datetime
    expires_at: datetime | None
    scope_id: UUID
    scope_kind: str

    def shown_state(self, now: datetime) -> str:
        """As people see it: time and use end a card without anybody's act."""
        if self.state == "blocked":
            return "blocked"
        if self.expires_at is not None and self.expires_at <= now:
            return "expired"
        return "open" if self.left else "spent"


class CardMove(NamedTuple):
    """Something that happened on a card, rial, signed; `merchant_id` where it was spent."""

    at: datetime
    amount: int
    kind: str
    merchant_id: UUID | None


async def list_cards(
    uow: UnitOfWork, merchant_id: UUID, digits: str, limit: int
) -> list[CardWorth]:
    """A shop's cards, newest first; those with some digits in their number, if any are given."""
    asked = {"merchant": merchant_id, "digits": digits, "limit": limit}
    return [CardWorth(*row) for row in await _rows(uow, _LISTED, asked)]


async def find_card(uow: UnitOfWork, merchant_id: UUID, card_id: UUID) -> CardWorth:
    """A shop's own card. Raises NotFound."""
    rows = await _rows(uow, _ONE, {"merchant": merchant_id, "card": card_id})
    if not rows:
        raise NotFound
    return CardWorth(*rows[0])


async def card_by_number(uow: UnitOfWork, number: str) -> CardWorth:
    """Whoever's card it is: for its bearer. Raises NotFound."""
    rows = await _rows(uow, _BY_NUMBER, {"number": number})
    if not rows:
        raise NotFound
    return CardWorth(*rows[0])


async def cards_kept(uow: UnitOfWork, member_id: UUID) -> list[CardWorth]:
    """Those that a member keeps, the newest first."""
    return [CardWorth(*row) for row in await _rows(uow, _KEPT, {"member": member_id})]


async def cards_given(uow: UnitOfWork, member_id: UUID) -> list[tuple[CardWorth, int]]:
    """Those that a member gave away, the newest first, each with what it has brought them, rial."""
    asked = {"member": member_id}
    brought = {row[0]: row[1] for row in await _rows(uow, _BROUGHT, asked)}
    cards = [CardWorth(*row) for row in await _rows(uow, _GIVEN, asked)]
    return [(card, brought.get(card.id, 0)) for card in cards]


async def moves_of(uow: UnitOfWork, card_id: UUID) -> list[CardMove]:
    """What happened on a card, newest first."""
    return [CardMove(*row) for row in await _rows(uow, _MOVES, {"card": card_id})]


async def accepted_at(uow: UnitOfWork, scope_id: UUID) -> list[str]:
    """The names of the shops that take value of a scope."""
    return [row[0] for row in await _rows(uow, _ACCEPTORS, {"scope": scope_id, "at": uow.now})]


async def set_card_state(uow: UnitOfWork, merchant_id: UUID, card_id: UUID, state: str) -> None:
    """Blocks a card, or lets it pay again. Raises NotFound."""
    await put_in_state(uow, GiftCard, merchant_id, card_id, state)


async def is_gift_card(uow: UnitOfWork, number: str) -> bool:
    """Whether some shop has issued a card of this number."""
    found = await uow.session.scalar(
        select(GiftCard.id).where(GiftCard.mall_id == uow.scope.mall_id, GiftCard.number == number)
    )
    return found is not None


async def _rows(uow: UnitOfWork, query: Any, asked: dict[str, Any]) -> list[Any]:
    found = await uow.session.execute(query, {"mall": uow.scope.mall_id, **asked})
    return list(found.all())
