"""Where a member's value can be spent: shop by shop, what it buys there and on what terms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from shared_pool.club.queries import Acceptor, MemberLot, Shop
from shared_pool.club.telling import Teller
from timcheh.text.normalise import sort_key


@dataclass(frozen=True, slots=True)
class Payment:
    """A lot at one shop: what it is worth there (rial), of whom, until when, on what terms."""

    lot_id: UUID
    source: str
    text: str
    value: int
    until: date | None
    terms: str


@dataclass(slots=True)
class Place:
    """A shop and what can be spent in it now; `value` in rial."""

    id: UUID
    slug: str
    name: str
    category: str
    value: int = 0
    bounded: bool = False
    payments: list[Payment] = field(default_factory=list)


def places(
    shops: Iterable[Shop],
    lots: Sequence[MemberLot],
    acceptors: Mapping[UUID, Sequence[Acceptor]],
    teller: Teller,
) -> list[Place]:
    """Every shop, those where most can be spent first. `lots` are those spendable now.

    What is no money anywhere (a shop's own points) is left out.
    """
    found = {shop.id: Place(shop.id, shop.slug, shop.name, shop.category or "") for shop in shops}
    for lot in lots:
        if not lot.value:
            continue
        for acceptor in acceptors[lot.scope_id]:
            if acceptor.id in found:
                _add(found[acceptor.id], lot, acceptor, teller)
    return sorted(found.values(), key=lambda place: (-place.value, sort_key(place.name)))


def _add(place: Place, lot: MemberLot, acceptor: Acceptor, teller: Teller) -> None:
    terms = teller.terms(acceptor)
    place.value += lot.value
    place.bounded = place.bounded or bool(terms)
    place.payments.append(
        Payment(
            lot.id,
            teller.source(lot),
            teller.amount(lot.available, lot.unit),
            lot.value,
            teller.last_day(lot.expires_at) if lot.expires_at else None,
            terms,
        )
    )
