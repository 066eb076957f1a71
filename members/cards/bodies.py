"""What the API takes and tells of a card."""

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from members.cards.models import Card
from timcheh.errors import Invalid
from timcheh.text.cards import member_number
from timcheh.text.identifiers import IdentifierError
from timcheh.web.bodies import Body


class HandOutBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The number of a blank card, typed or as a reader or a camera gives it."""

    number: Annotated[str, Meta(min_length=1, max_length=120)]


class CardOut(Struct):
    """A member's number and its fate. `kind` is what its print says: credit, points, discount.

    `state`: active, lost, replaced or expired; `successor` is the number that came in its place.
    """

    number: str
    kind: str
    state: str
    printed: bool
    assigned_at: datetime | None
    expires_on: date | None
    ended_at: datetime | None
    successor: str | None


def card_out(card: Card) -> CardOut:
    """The API's form of a card."""
    return CardOut(
        card.number,
        card.kind,
        card.state,
        card.order_id is not None,
        card.assigned_at,
        card.expires_on,
        card.ended_at,
        card.successor,
    )


def read_number(text: str) -> str:
    """The 16 digits of a card. Raises Invalid, also for a bank's card."""
    try:
        return member_number(text)
    except IdentifierError as error:
        raise Invalid.field("/number", error.code) from None
