"""What a member holds, as the home page shows it: sums, the next to expire, and by source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from shared_pool.club.queries import Acceptor, MemberLot
from shared_pool.club.telling import Teller
from timcheh.text.normalise import sort_key

SOON: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LotLine:
    """A lot on the home page. `starts` is its first day while it is still to come."""

    id: UUID
    unit: str
    amount: int
    starts: date | None
    until: date | None
    where: str


@dataclass(slots=True)
class Source:
    """A shop, a pool or the wallet, with what the member has of it; `credit` in rial."""

    name: str
    credit: int = 0
    points: int = 0
    lots: list[LotLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Points:
    """Points of pools and what they are worth, rial."""

    count: int
    value: int


@dataclass(frozen=True, slots=True)
class Expiring:
    """What ends soon, `count` lots of it, and the one whose last day comes first."""

    text: str
    shop: str
    at: date
    days: int
    lot_id: UUID
    count: int = 1


def spendable(lots: Sequence[MemberLot], now: datetime) -> list[MemberLot]:
    """Those that could pay for something now."""
    return [lot for lot in lots if lot.available and lot.available_from <= now]


def pooled_points(lots: Sequence[MemberLot]) -> Points:
    """Points of pools; a shop's own points are no money anywhere."""
    mine = [lot for lot in lots if lot.scope_kind == "pool"]
    return Points(sum(lot.available for lot in mine), sum(lot.value for lot in mine))


def total_credit(lots: Sequence[MemberLot]) -> int:
    """Credit and wallet money, rial."""
    return sum(lot.available for lot in lots if lot.unit != "point")


def next_to_expire(lots: Sequence[MemberLot], teller: Teller, today: date) -> Expiring | None:
    """The first of those with an end, or all that ends within `SOON`; `lots` soonest first."""
    ends = [(lot, teller.last_day(lot.expires_at)) for lot in lots if lot.expires_at is not None]
    if not ends:
        return None
    (first, last), days = ends[0], (ends[0][1] - today).days
    soon = [lot for lot, day in ends if day - today <= SOON] or [first]
    sums: dict[str, int] = {}
    for lot in soon:
        unit = "point" if lot.unit == "point" else "rial"
        sums[unit] = sums.get(unit, 0) + lot.available
    text = teller.both([teller.amount(sums[unit], unit) for unit in sorted(sums, reverse=True)])
    return Expiring(text, teller.source(first), last, days, first.id, len(soon))


def by_source(
    lots: Sequence[MemberLot],
    acceptors: Mapping[UUID, Sequence[Acceptor]],
    teller: Teller,
    now: datetime,
) -> list[Source]:
    """What is held of each, the most valuable first."""
    found: dict[UUID, Source] = {}
    worth: dict[UUID, int] = {}
    for lot in lots:
        key = lot.issuer_id if lot.pool is None and lot.unit != "wallet" else lot.scope_id
        source = found.setdefault(key, Source(teller.source(lot)))
        if lot.unit == "point":
            source.points += lot.available
        else:
            source.credit += lot.available
        worth[key] = worth.get(key, 0) + lot.value
        source.lots.append(_line(lot, acceptors[lot.scope_id], teller, now))
    return [
        found[key]
        for key in sorted(found, key=lambda key: (-worth[key], sort_key(found[key].name)))
    ]


def _line(lot: MemberLot, acceptors: Sequence[Acceptor], teller: Teller, now: datetime) -> LotLine:
    return LotLine(
        lot.id,
        lot.unit,
        lot.available,
        lot.available_from.astimezone(teller.zone).date() if lot.available_from > now else None,
        teller.last_day(lot.expires_at) if lot.expires_at else None,
        teller.where(lot, acceptors),
    )
