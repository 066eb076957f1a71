"""Taking a discount of the seller's off a priced basket. Pure; rial.

It comes after the rules' discounts and is of what they have left, before anything is spent: credit
and points are earned on what is paid after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from merchants.concessions.errors import ConcessionTooMuch
from merchants.concessions.room import ConcessionRoom
from timcheh.errors import Invalid
from timcheh.money import largest_remainder, percent
from timcheh.rules import Because, Outcome, Pricing, Reason

CODE: Final = "concession"
"""The ground by which a purchase tells of it; no rule has an empty name."""
SHORTEST_REASON: Final = 3
LONGEST_REASON: Final = 200


@dataclass(frozen=True, slots=True)
class ConcessionAsked:
    """Either `bps` of the line (or the whole) or an `amount` of rial, and why."""

    reason: str
    bps: int | None = None
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Conceded:
    """What was taken off: `shares` per line add up to `amount`; `line` None is the whole."""

    asked: ConcessionAsked
    line: int | None
    amount: int
    shares: tuple[int, ...]


def concede(
    pricing: Pricing,
    by_line: Mapping[int, ConcessionAsked],
    whole: ConcessionAsked | None,
    room: ConcessionRoom | None,
) -> tuple[Pricing, tuple[Conceded, ...]]:
    """The basket with these discounts, those of lines first, and what each came to.

    Raises ConcessionTooMuch, and Invalid where more would be taken off than is left to pay.
    """
    if not by_line and whole is None:
        return pricing, ()
    if room is None:
        raise ConcessionTooMuch(limit="none", percent=0, available=0)
    left = list(pricing.net_per_line)
    made = [_of_line(n, asked, left) for n, asked in sorted(by_line.items())]
    if whole is not None:
        made.append(_of_whole(whole, left))
    taken = list(map(int.__sub__, pricing.net_per_line, left))
    room.admit(pricing.net_per_line, taken)
    lowered = replace(
        pricing,
        discount=pricing.discount + sum(taken),
        discount_per_line=tuple(map(int.__add__, pricing.discount_per_line, taken)),
        net_per_line=tuple(left),
    )
    return lowered, tuple(made)


def reasons_of(conceded: Sequence[Conceded], version: int) -> list[Reason]:
    """The grounds that are written with the purchase, told like a rule's."""
    return [
        Reason(
            "",
            version,
            Outcome.APPLIED,
            Because(
                CODE,
                {"discount": each.amount, "lines": list(each.shares), "why": each.asked.reason},
            ),
        )
        for each in conceded
        if each.amount
    ]


def conceded_in(reasons: Sequence[Mapping[str, Any]]) -> int:
    """Rial that were taken off a purchase, of its reasons as they are written."""
    grounds = [each["because"] for each in reasons]
    return sum(each["params"]["discount"] for each in grounds if each["code"] == CODE)


def _of_line(n: int, asked: ConcessionAsked, left: list[int]) -> Conceded:
    amount = _amount(asked, left[n], f"/lines/{n}/concession/amount")
    left[n] -= amount
    shares = tuple(amount if k == n else 0 for k in range(len(left)))
    return Conceded(asked, n, amount, shares)


def _of_whole(asked: ConcessionAsked, left: list[int]) -> Conceded:
    amount = _amount(asked, sum(left), "/concession/amount")
    shares = tuple(largest_remainder(amount, left))
    left[:] = map(int.__sub__, left, shares)
    return Conceded(asked, None, amount, shares)


def _amount(asked: ConcessionAsked, of: int, pointer: str) -> int:
    if asked.bps is not None:
        return percent(of, asked.bps)
    amount = asked.amount or 0
    if amount > of:
        raise Invalid.field(pointer, "above_maximum", maximum=of)
    return amount
