"""Gift cards as pages show them, and their numbers as people type them."""

import re
from datetime import timedelta
from typing import Any, Final

from merchants.giftcards.queries import CardWorth
from timcheh.errors import Invalid
from timcheh.text.cards import member_number
from timcheh.text.identifiers import IdentifierError
from timcheh.web.pages import PageContext

_IN_ADDRESS: Final = re.compile(r"[?&]card=(\d{16})\b")
_MOMENT: Final = timedelta(microseconds=1)


def read_number(data: dict[str, str]) -> str:
    """The number that was typed, or that is in the address of a card's code. Raises Invalid."""
    typed = data.get("number", "")
    in_address = _IN_ADDRESS.search(typed)
    try:
        return member_number(in_address[1] if in_address else typed)
    except IdentifierError as error:
        code = "bank_card_refused" if error.code == "bank_card_refused" else "gift_number_invalid"
        raise Invalid.field("/number", code) from None


def shown_card(page: PageContext, card: CardWorth) -> dict[str, Any]:
    """A card with what is left on it, rial."""
    return {
        "id": card.id,
        "number": card.number,
        "tail": card.number[-4:],
        "state": card.shown_state(page.now),
        "granted": card.granted,
        "left": card.left,
        "to_name": card.to_name or "",
        "words": card.words or "",
        "giver_bps": card.giver_bps,
        "scope": page.text(f"gifting-credit-{card.scope_kind}"),
        "starts": card.available_from if card.available_from > card.created_at else None,
        "until": card.expires_at - _MOMENT if card.expires_at else None,
        "created_at": card.created_at,
    }
