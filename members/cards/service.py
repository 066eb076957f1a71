"""Cards: ordered, assigned, given up, renewed. Value is the member's, so it follows by itself.

All in the mall's scope. Whoever gives up a number has another at once; what a purchase looks up
stays one column of the member's row.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, text, update

from members.cards.errors import (
    CardCarriesLess,
    CardEnded,
    CardTaken,
    CardUnknown,
    NoPrintedCard,
)
from members.cards.models import Card, CardOrder
from members.people.models import ERASED, Member
from timcheh.calendar import add_jalali_months, local_date
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.ids import new_id
from timcheh.outbox import emit
from timcheh.printing import plan_parts
from timcheh.text.cards import random_member_number

PRINT: Final = "cards"
PER_PART: Final = 200
"""Cards in one PDF."""
MOST: Final = 20_000
KINDS: Final = ("credit", "points", "discount", "gift")
ORDERED: Final = "members.cards_ordered"
NUMBER_CHANGED: Final = "members.number_changed"
WARNING: Final = timedelta(days=14)
"""How long before its last day a card's member is told."""

# A number that anyone has already is left out, and another drawn.
_KEEP = text(
    """
    INSERT INTO members.card (mall_id, number, order_id, merchant_id, serial, kind)
    SELECT :mall, d.number, :id, CAST(:merchant AS uuid), :kept + row_number() OVER (), :kind
    FROM unnest(CAST(:numbers AS text[])) d (number)
    WHERE NOT EXISTS (
        SELECT FROM members.member m WHERE m.mall_id = :mall AND m.number = d.number
    )
    ON CONFLICT DO NOTHING
    """
)


_TAKEN = text(
    """
    SELECT EXISTS (SELECT FROM members.card c WHERE c.mall_id = :mall AND c.number = :n)
        OR EXISTS (SELECT FROM members.member m WHERE m.mall_id = :mall AND m.number = :n)
    """
)


_NOT_CARRIED: Final = {"points": ("rial", "wallet"), "discount": ("rial", "wallet", "point")}
"""The units of value that cards of a kind don't carry."""
_HOLDS = text(
    """
    SELECT EXISTS (
        SELECT FROM ledger.lot l
        WHERE l.mall_id = :mall AND l.holder_id = :member AND l.open AND l.unit = ANY(:units)
          AND (l.expires_at IS NULL OR l.expires_at > :at)
          AND (CAST(:merchant AS uuid) IS NULL OR EXISTS (
              SELECT FROM ledger.acceptor a
              WHERE a.mall_id = :mall AND a.scope_id = l.scope_id
                AND a.merchant_id = CAST(:merchant AS uuid)
                AND (a.valid_until IS NULL OR a.valid_until > :at)
          ))
    )
    """
)


@dataclass(frozen=True, slots=True)
class Design:
    """What is ordered. `colour` is `#rrggbb`; `logo` a picture that was checked."""

    name: str
    kind: str
    count: int
    title: str
    words: str
    colour: str
    months: int | None
    sheet: bool = False
    logo: bytes | None = None


async def order_cards(
    uow: UnitOfWork, merchant_id: UUID | None, design: Design, actor_id: UUID
) -> CardOrder:
    """Makes blank cards and orders their print."""
    order = CardOrder(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        merchant_id=merchant_id,
        name=design.name,
        kind=design.kind,
        count=design.count,
        title=design.title,
        words=design.words,
        colour=design.colour,
        months=design.months,
        sheet=design.sheet,
        logo=design.logo,
        actor_id=actor_id,
        created_at=uow.now,
    )
    uow.session.add(order)
    await uow.session.flush()
    kept = 0
    while kept < order.count:
        made: Any = await uow.session.execute(
            _KEEP,
            {
                "mall": order.mall_id,
                "id": order.id,
                "merchant": merchant_id,
                "kind": order.kind,
                "kept": kept,
                "numbers": [random_member_number() for _ in range(order.count - kept)],
            },
        )
        kept += made.rowcount
    plan_parts(uow, PRINT, order.id, merchant_id, order.count, PER_PART)
    await emit(uow, ORDERED, {"order_id": str(order.id)}, urgent=True)
    return order


async def assign_card(
    uow: UnitOfWork, number: str, member: Member, merchant_id: UUID | None
) -> Card:
    """Makes a blank card of this shop, or of the mall, the member's; the number before it ends.

    Raises CardUnknown, CardTaken, CardCarriesLess.
    """
    card = await _locked(uow, number)
    if card is None or card.merchant_id not in (None, merchant_id) or card.kind == "gift":
        raise CardUnknown
    if card.state != "blank":
        raise CardTaken
    if await _holds_more(uow, card, member):
        raise CardCarriesLess
    months = await uow.session.scalar(
        select(CardOrder.months).where(
            CardOrder.mall_id == uow.scope.mall_id, CardOrder.id == card.order_id
        )
    )
    today = local_date(uow.now)
    card.expires_on = add_jalali_months(today, months) if months else None
    card.state, card.member_id, card.assigned_at = "active", member.id, uow.now
    await _give_up(uow, member, "replaced", number, card)
    return card


async def take_gift_card(uow: UnitOfWork, number: str, merchant_id: UUID) -> None:
    """A blank gift card of this shop, or of the mall, is about to get its value.

    Raises CardUnknown, CardTaken.
    """
    card = await _locked(uow, number)
    if card is None or card.merchant_id not in (None, merchant_id) or card.kind != "gift":
        raise CardUnknown
    if card.state != "blank":
        raise CardTaken
    card.state, card.assigned_at = "active", uow.now


async def report_lost(uow: UnitOfWork, member: Member) -> str:
    """Blocks the member's number and gives them another, which is the answer, with its rights.

    Raises NotFound for an erased member: nobody is left to have one.
    """
    if member.state == ERASED:
        raise NotFound
    number = await _free_number(uow)
    await _give_up(uow, member, "lost", number, keeps=True)
    return number


async def renew_card(uow: UnitOfWork, member: Member, months: int) -> date:
    """The member's newest printed card is good for so many Jalali months more, also if it has
    expired: then its number is live again. Raises NoPrintedCard.
    """
    card = await uow.session.scalar(
        select(Card)
        .where(
            Card.mall_id == uow.scope.mall_id,
            Card.member_id == member.id,
            Card.state.in_(("active", "expired")),
            Card.expires_on.is_not(None),
        )
        .order_by(Card.assigned_at.desc())
        .limit(1)
        .with_for_update()
    )
    if card is None or card.expires_on is None:
        raise NoPrintedCard
    start = max(card.expires_on, local_date(uow.now))
    card.expires_on, card.warned_at = add_jalali_months(start, months), None
    if card.state == "expired":
        await _give_up(uow, member, "replaced", card.number, card)
        card.state, card.ended_at, card.successor = "active", None, None
    return card.expires_on


async def expire_card(uow: UnitOfWork, card: Card) -> None:
    """A card's time is over: its number no longer counts, its member has another."""
    member = await uow.session.get_one(Member, (uow.scope.mall_id, card.member_id))
    await _give_up(uow, member, "expired", await _free_number(uow))


async def refuse_ended(uow: UnitOfWork, number: str) -> None:
    """Raises CardEnded for a number that counted once, with the reason why it doesn't now."""
    state = await uow.session.scalar(
        select(Card.state).where(Card.mall_id == uow.scope.mall_id, Card.number == number)
    )
    if state in ("lost", "replaced", "expired"):
        raise CardEnded(f"card_{state}")


async def cards_of(uow: UnitOfWork, member_id: UUID) -> list[Card]:
    """A member's cards, newest first."""
    found = await uow.session.scalars(
        select(Card)
        .where(Card.mall_id == uow.scope.mall_id, Card.member_id == member_id)
        .order_by(Card.assigned_at.desc().nulls_last(), Card.number)
    )
    return list(found)


async def _holds_more(uow: UnitOfWork, card: Card, member: Member) -> bool:
    """Whether the member holds, where the card counts, what such a card doesn't carry."""
    units = _NOT_CARRIED.get(card.kind)
    if units is None:
        return False
    asked = {
        "mall": uow.scope.mall_id,
        "member": member.id,
        "units": list(units),
        "merchant": card.merchant_id,
        "at": uow.now,
    }
    return bool(await uow.session.scalar(_HOLDS, asked))


async def _give_up(
    uow: UnitOfWork,
    member: Member,
    why: str,
    successor: str,
    card: Card | None = None,
    *,
    keeps: bool = False,
) -> None:
    """The member's number ends, for a reason, and `successor` is theirs.

    Their rights are those of its `card`; without one all, unless the old number's are kept.
    """
    old = await _locked(uow, member.number)
    if old is None:  # it was never printed
        old = Card(
            mall_id=uow.scope.mall_id,
            number=member.number,
            order_id=None,
            merchant_id=None,
            serial=None,
            kind="credit",
            member_id=member.id,
            assigned_at=member.created_at,
            expires_on=None,
            warned_at=None,
        )
        uow.session.add(old)
    old.state, old.ended_at, old.successor = why, uow.now, successor
    await uow.session.flush()
    await uow.session.execute(
        update(Member)
        .where(Member.mall_id == uow.scope.mall_id, Member.id == member.id)
        .values(
            number=successor,
            card_kind=member.card_kind if keeps else card.kind if card else "credit",
            card_merchant_id=(
                member.card_merchant_id if keeps else card.merchant_id if card else None
            ),
        )
    )
    ids = {"member_id": str(member.id), "number": successor, "why": why}
    await emit(uow, NUMBER_CHANGED, ids)


async def _free_number(uow: UnitOfWork) -> str:
    """One that nobody has and no card bears."""
    while True:
        number = random_member_number()
        taken = await uow.session.scalar(_TAKEN, {"mall": uow.scope.mall_id, "n": number})
        if not taken:
            return number


async def _locked(uow: UnitOfWork, number: str) -> Card | None:
    found: Card | None = await uow.session.get(
        Card, (uow.scope.mall_id, number), with_for_update=True
    )
    return found


async def list_orders(uow: UnitOfWork, merchant_id: UUID | None) -> list[CardOrder]:
    """The orders of a shop, or of the mall itself, newest first."""
    found = await uow.session.scalars(
        select(CardOrder)
        .where(CardOrder.mall_id == uow.scope.mall_id, CardOrder.merchant_id == merchant_id)
        .order_by(CardOrder.id.desc())
        .limit(200)
    )
    return list(found)


async def find_order(uow: UnitOfWork, merchant_id: UUID | None, order_id: UUID) -> CardOrder:
    """An order of that shop, or of the mall itself. Raises NotFound."""
    order = await uow.session.get(CardOrder, (uow.scope.mall_id, order_id))
    if order is None or order.merchant_id != merchant_id:
        raise NotFound
    return order


async def states_of(uow: UnitOfWork, order_ids: list[UUID]) -> dict[UUID, dict[str, int]]:
    """How many cards of each order are in which state."""
    rows = await uow.session.execute(
        text(
            "SELECT c.order_id, c.state, count(*) FROM members.card c"
            " WHERE c.mall_id = :mall AND c.order_id = ANY(:orders) GROUP BY 1, 2"
        ),
        {"mall": uow.scope.mall_id, "orders": order_ids},
    )
    found: dict[UUID, dict[str, int]] = {}
    for order_id, state, count in rows:
        found.setdefault(order_id, {})[state] = count
    return found


async def numbers_of(uow: UnitOfWork, order_id: UUID, first: int, last: int) -> list[str]:
    """The numbers of an order's cards `first` to `last`."""
    found = await uow.session.scalars(
        select(Card.number)
        .where(
            Card.mall_id == uow.scope.mall_id,
            Card.order_id == order_id,
            Card.serial.between(first, last),
        )
        .order_by(Card.serial)
    )
    return list(found)
