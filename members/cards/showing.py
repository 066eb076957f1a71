"""A member's cards, as pages show them."""

from typing import Any
from uuid import UUID

from members.cards.models import Card
from members.cards.service import cards_of
from timcheh.db import UnitOfWork


async def shown_cards(uow: UnitOfWork, member_id: UUID) -> list[dict[str, Any]]:
    """For `members/cards/_list.html`, newest first; of numbers their last digits only."""
    return [_shown(card) for card in await cards_of(uow, member_id)]


def _shown(card: Card) -> dict[str, Any]:
    return {
        "tail": card.number[-4:],
        "state": card.state,
        "printed": card.order_id is not None,
        "until": card.expires_on,
        "ended_at": card.ended_at,
        "successor": card.successor[-4:] if card.successor else "",
    }
