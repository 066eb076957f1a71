"""A shop's statement of a settlement: from its position at the one before. Pure; rial."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from shared_pool.standings.standing import Standing
from timcheh.text.normalise import sort_key


@dataclass(frozen=True, slots=True)
class Statement:
    """`opening` + all of them = `closing`; `closing` - `elsewhere` = `net`, what is settled here.

    Signs are the shop's: positive comes to it. `accepted` and `spent` are `(shop, amount)`, both
    positive, the largest first; `elsewhere` is what settlements still under way will pay.
    """

    opening: int
    accepted: Sequence[tuple[str, int]]
    spent: Sequence[tuple[str, int]]
    points: int
    wallet: int
    fees: int
    settled: int
    closing: int
    elsewhere: int
    net: int
    outstanding: int
    deposit: int

    @property
    def accepted_total(self) -> int:
        return sum(amount for _, amount in self.accepted)

    @property
    def spent_total(self) -> int:
        return sum(amount for _, amount in self.spent)


def statement_of(
    now: Standing, before: Standing | None, net: int, names: Mapping[UUID, str]
) -> Statement:
    """`before` is the standing at the settlement before; none: since the start."""
    since = before or Standing()
    trades = {other: trade - since.trades[other] for other, trade in now.trades.items()}
    return Statement(
        opening=since.clearing,
        accepted=_listed({other: trade.accepted for other, trade in trades.items()}, names),
        spent=_listed({other: trade.spent for other, trade in trades.items()}, names),
        points=now.points - since.points,
        wallet=now.wallet - since.wallet,
        fees=now.fees - since.fees,
        settled=now.settled - since.settled,
        closing=now.clearing,
        elsewhere=now.clearing - net,
        net=net,
        outstanding=now.outstanding,
        deposit=now.deposit,
    )


def _listed(amounts: Mapping[UUID, int], names: Mapping[UUID, str]) -> list[tuple[str, int]]:
    """What returns put back of an earlier period counts against this one."""
    rows = [(names.get(other, ""), amount) for other, amount in amounts.items() if amount]
    return sorted(rows, key=lambda row: (-row[1], sort_key(row[0])))
