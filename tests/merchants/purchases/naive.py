"""Spending and returning again, one unit at a time and from nothing, to compare with."""

from dataclasses import dataclass, field
from fractions import Fraction

from merchants.purchases.command import Ask
from merchants.purchases.spending import SpendableLot

UNITS = ("gift_card", "credit", "points", "wallet")


def unit_of(lot: SpendableLot) -> str:
    if lot.is_gift:
        return "gift_card"
    return {"rial": "credit", "point": "points", "wallet": "wallet"}[lot.unit]


def in_order(lots: list[SpendableLot]) -> list[SpendableLot]:
    """The last thing to look at is sorted by first."""
    ordered = sorted(lots, key=lambda lot: lot.id)
    ordered.sort(key=lambda lot: lot.created_at)
    ordered.sort(key=lambda lot: lot.width)
    with_end = [lot for lot in ordered if lot.expires_at is not None]
    with_end.sort(key=lambda lot: str(lot.expires_at))  # one zone: as texts they sort as times
    return with_end + [lot for lot in ordered if lot.expires_at is None]


def spend_by_units(
    lots: list[SpendableLot],
    asked: dict[str, Ask | None],
    net: int,
    shop: object,
    own_bps: int | None,
) -> dict[object, int] | str:
    """How many units of each lot pay, or the name of the unit that falls short."""
    taken: dict[object, int] = {}
    by_scope: dict[object, int] = {}
    left = net
    for unit in UNITS:
        ask = asked.get(unit)
        if ask is None:
            continue
        got = 0
        for lot in in_order([lot for lot in lots if unit_of(lot) == unit]):
            own = lot.unit == "rial" and lot.issuer_id == shop
            bps = own_bps if own else lot.max_share_bps
            bound = Fraction(net) if bps is None else Fraction(net * bps, 10_000)
            while (
                taken.get(lot.id, 0) < lot.available
                and left >= lot.price
                and by_scope.get(lot.scope_id, 0) + lot.price <= bound
                and (ask == "max" or got < ask)
            ):
                taken[lot.id] = taken.get(lot.id, 0) + 1
                by_scope[lot.scope_id] = by_scope.get(lot.scope_id, 0) + lot.price
                left -= lot.price
                got += 1
        if ask != "max" and got < ask:
            return unit
    return taken


@dataclass
class Sold:
    """A line as sold: `quantity` in thousandths, the rest in rial; `back` has come back."""

    quantity: int
    paid: int
    net: int
    back: int = 0


@dataclass
class Bucket:
    """Where every unit of a grant is: what is left, what expired, what was spent."""

    left: int
    expired: int
    spent: int


@dataclass
class Tally:
    """All returns of a purchase so far, added up."""

    refund: int = 0
    deducted: int = 0
    carried: int = 0
    written_off: int = 0
    restored: list[int] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)


def so_far(whole: int, line: Sold) -> int:
    """What of a line's whole has come back by now, rounded down."""
    return int(Fraction(whole * line.back, line.quantity))


def undone(shares: list[int], lines: list[Sold]) -> int:
    """What has come back of something that was shared over the lines."""
    return sum(so_far(share, line) for share, line in zip(shares, lines, strict=True))


def undo_units(count: int, bucket: Bucket) -> tuple[int, int]:
    """Undoes units of a grant one by one: what is left goes first, then what expired costs
    nothing, then what was spent is owed. Answers (taken, owed) units.
    """
    taken = owed = 0
    for _ in range(count):
        if bucket.left:
            bucket.left -= 1
            taken += 1
        elif bucket.expired:
            bucket.expired -= 1
        else:
            bucket.spent -= 1
            owed += 1
    return taken, owed
