"""Which lots pay, and how much: pure, exact, and the same for a dry run and the real thing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from merchants.caps.room import CreditRoom
from merchants.purchases.command import Ask, SpendAsked
from merchants.purchases.errors import CreditCapped, GiftCardNotSpendable, InsufficientValue
from timcheh.money import largest_remainder, percent

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SpendableLot:
    """A lot that this shop accepts now. `price` is rial per unit, `width` the scope's acceptors."""

    id: UUID
    unit: str
    is_gift: bool
    issuer_id: UUID
    scope_id: UUID
    scope_kind: str
    available: int
    expires_at: datetime | None
    created_at: datetime
    price: int
    fee_bps: int
    max_share_bps: int | None
    width: int


@dataclass(frozen=True, slots=True)
class Draw:
    """What one lot pays: `amount` in its unit, `value` and `fee` in rial."""

    lot: SpendableLot
    amount: int
    value: int
    fee: int


def spending_order(lots: Iterable[SpendableLot]) -> list[SpendableLot]:
    """Soonest expiry first (none is last), then the fewest acceptors, then the oldest."""
    return sorted(
        lots, key=lambda lot: (lot.expires_at or _NEVER, lot.width, lot.created_at, lot.id)
    )


def plan_spending(
    lots: Sequence[SpendableLot],
    asked: SpendAsked,
    net: int,
    merchant_id: UUID,
    own_max_share_bps: int | None = None,
    credit_room: CreditRoom | None = None,
) -> list[Draw]:
    """The draws for a basket of `net` rial after discounts, units in the order gift card, credit,
    points, wallet. Raises InsufficientValue when a number that was asked for can't be met,
    CreditCapped for more credit than `credit_room` lets through, and GiftCardNotSpendable for a
    card that pays nothing here.
    """
    credit = _within(asked.credit, credit_room)
    if asked.gift_card and not any(lot.is_gift for lot in lots):
        raise GiftCardNotSpendable
    purse = _Purse(merchant_id, net, own_max_share_bps)
    wanted: tuple[tuple[str, Ask | _AtMost | None, list[SpendableLot]], ...] = (
        ("gift_card", "max" if asked.gift_card else None, [lot for lot in lots if lot.is_gift]),
        ("credit", credit, [lot for lot in lots if lot.unit == "rial" and not lot.is_gift]),
        ("points", asked.points, [lot for lot in lots if lot.unit == "point" and not lot.is_gift]),
        ("wallet", asked.wallet, [lot for lot in lots if lot.unit == "wallet" and not lot.is_gift]),
    )
    for name, ask, candidates in wanted:
        if ask is None or ask == 0:
            continue
        if isinstance(ask, _AtMost):
            purse.draw(spending_order(candidates), ask.amount)
            continue
        taken = purse.draw(spending_order(candidates), None if ask == "max" else ask)
        if ask != "max" and taken < ask:
            raise InsufficientValue(unit=name, asked=ask, available=taken)
    return purse.draws


@dataclass(frozen=True, slots=True)
class _AtMost:
    """As much as fits, within a cap of `amount` rial."""

    amount: int


def _within(asked: Ask | None, room: CreditRoom | None) -> Ask | _AtMost | None:
    """What is asked of credit, within its cap."""
    if not asked or room is None or room.left is None:
        return asked
    if asked == "max":
        return _AtMost(room.left)
    if asked > room.left:
        raise CreditCapped(
            limit=room.limit, available=room.left, asked=asked, used_today=room.used_today
        )
    return asked


class _Purse:
    """What is still to be paid, and how much each scope may still pay of it."""

    def __init__(self, merchant_id: UUID, net: int, own_max_share_bps: int | None) -> None:
        self._merchant_id = merchant_id
        self._net = net
        self._left = net
        self._own_bps = own_max_share_bps
        self._by_scope: dict[UUID, int] = {}
        self.draws: list[Draw] = []

    def draw(self, lots: Sequence[SpendableLot], most: int | None) -> int:
        """Draws up to `most` (in the lots' unit; None: whatever fits) and answers how much."""
        taken = 0
        for lot in lots:
            room = self._room(lot) // lot.price
            amount = min(lot.available, room, room if most is None else most - taken)
            if amount > 0:
                self._take(lot, amount)
                taken += amount
        return taken

    def _room(self, lot: SpendableLot) -> int:
        """How many rial this lot may pay now."""
        bps = self._share_bps(lot)
        if bps is None:
            return self._left
        return min(self._left, percent(self._net, bps) - self._by_scope.get(lot.scope_id, 0))

    def _share_bps(self, lot: SpendableLot) -> int | None:
        if lot.unit == "rial" and lot.issuer_id == self._merchant_id:
            return self._own_bps
        return lot.max_share_bps

    def _take(self, lot: SpendableLot, amount: int) -> None:
        value = amount * lot.price
        at_issuer = lot.unit == "rial" and lot.issuer_id == self._merchant_id
        fee = 0 if at_issuer else percent(value, lot.fee_bps)
        self.draws.append(Draw(lot, amount, value, fee))
        self._left -= value
        self._by_scope[lot.scope_id] = self._by_scope.get(lot.scope_id, 0) + value


def share_over_lines(values: Sequence[int], per_line: Sequence[int]) -> list[list[int]]:
    """Shares several draws' values over lines so that both sides add up exactly.

    `per_line` is what all draws together pay of each line. Each draw is shared by largest
    remainder over what the draws before it have left of the lines, so no part is negative and
    the last draw takes exactly what remains. ValueError unless the two sums agree.
    """
    if sum(values) != sum(per_line):
        raise ValueError("the draws and the lines must add up to the same value")
    left = list(per_line)
    shares = []
    for value in values:
        part = largest_remainder(value, left) if value else [0] * len(left)
        left = [rest - taken for rest, taken in zip(left, part, strict=True)]
        shares.append(part)
    return shares
