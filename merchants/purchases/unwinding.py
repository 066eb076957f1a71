"""What a return comes to: pure arithmetic over what the purchase's lines remember.

Parts are cumulative floors, so returning a line in pieces adds up to returning it whole. Spent
value goes back to its own lots. Of earned value, what is left of it is taken away first; what
expired in the member's hands costs them nothing more; what was spent follows the shop's policy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from timcheh.ledger.contracts import LotState

Policy = Literal["deduct", "carry", "write_off"]


@dataclass(frozen=True, slots=True)
class LineBack:
    """A line of which `before` thousandths had come back already and `now` come back now."""

    line: int
    quantity: int
    before: int
    now: int
    paid: int
    net: int

    def part(self, whole: int) -> int:
        """What of `whole` belongs to what comes back now."""
        after = self.before + self.now
        return whole * after // self.quantity - whole * self.before // self.quantity


@dataclass(frozen=True, slots=True)
class SpendBack:
    """A draw of the purchase. `value` and `fee` in rial for the whole `amount`."""

    n: int
    lot_id: UUID
    amount: int
    value: int
    fee: int
    restored: int
    shares: Sequence[int]


@dataclass(frozen=True, slots=True)
class EarnBack:
    """A grant of the purchase. `price` is rial per unit: what a spent unit is worth."""

    n: int
    lot_id: UUID
    unit: str
    amount: int
    settled: int
    absorbed: int
    price: int
    shares: Sequence[int]


@dataclass(frozen=True, slots=True)
class Restored:
    """So much goes back to a lot, with the rial value and the fee of it."""

    n: int
    lot_id: UUID
    amount: int
    value: int
    fee: int


@dataclass(frozen=True, slots=True)
class Taken:
    """Of a grant: what is settled now, what of it is taken from the lot, what had expired."""

    n: int
    lot_id: UUID
    unit: str
    settled: int
    taken: int
    absorbed: int


@dataclass(slots=True)
class Unwound:
    """The outcome, rial. `refund` is money to the member, `carried` becomes the member's debt."""

    refund: int = 0
    deducted: int = 0
    carried: int = 0
    written_off: int = 0
    spend: int = 0  # what leaves the customer's spend
    restored: list[Restored] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)


def unwind(
    lines: Sequence[LineBack],
    spends: Sequence[SpendBack],
    earns: Sequence[EarnBack],
    lots: Mapping[UUID, LotState],
    policy: Policy,
    debt_back: int = 0,
) -> Unwound:
    """`lots` are the earned lots as they stand, locked. `debt_back` is the part of a debt that
    the purchase had paid off and that is owed again now that its earnings are gone.
    """
    outcome = Unwound(carried=debt_back)
    outcome.refund = sum(line.part(line.paid) for line in lines)
    outcome.spend = sum(line.part(line.net) for line in lines)
    outcome.restored = [back for spend in spends if (back := _restore(spend, lines)).amount]
    owed = 0
    for earn in earns:
        taken, spent = _take(earn, lines, lots[earn.lot_id])
        if taken.settled:
            outcome.taken.append(taken)
            owed += spent * earn.price
    _settle(outcome, owed, policy)
    return outcome


def _restore(spend: SpendBack, lines: Sequence[LineBack]) -> Restored:
    amount = sum(line.part(spend.shares[line.line]) for line in lines)
    after = spend.restored + amount
    fee = spend.fee * after // spend.amount - spend.fee * spend.restored // spend.amount
    return Restored(spend.n, spend.lot_id, amount, amount * (spend.value // spend.amount), fee)


def _take(earn: EarnBack, lines: Sequence[LineBack], lot: LotState) -> tuple[Taken, int]:
    """What is settled of a grant now, and how much of that had been spent."""
    settled = sum(line.part(earn.shares[line.line]) for line in lines)
    taken = min(settled, lot.free)
    absorbed = min(settled - taken, lot.expired - earn.absorbed)
    return (
        Taken(earn.n, earn.lot_id, earn.unit, settled, taken, absorbed),
        settled - taken - absorbed,
    )


def _settle(outcome: Unwound, owed: int, policy: Policy) -> None:
    """What was earned, spent, and is now undone: who bears it."""
    if policy == "write_off":
        outcome.written_off = owed
    elif policy == "carry":
        outcome.carried += owed
    else:
        outcome.deducted = min(owed, outcome.refund)
        outcome.refund -= outcome.deducted
        # More was spent than money comes back: the rest is carried, never lost.
        outcome.carried += owed - outcome.deducted
