"""What a shop's position with the fund is made of, out of the ledger's balances. Pure; rial."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from timcheh.ids import NIL
from timcheh.ledger.queries import Balance


@dataclass(slots=True)
class Trade:
    """Between a shop and one other, since the start: `accepted` is the other's credit spent here,
    `spent` the shop's own spent there.
    """

    accepted: int = 0
    spent: int = 0

    def __sub__(self, earlier: "Trade") -> "Trade":
        return Trade(self.accepted - earlier.accepted, self.spent - earlier.spent)


@dataclass(slots=True)
class Standing:
    """Sums since the start. `clearing` is the position: positive, the fund owes the shop.

    `fees` are the mall's, of all that the shop accepted; `points` what pools paid for points spent
    here less what points granted here cost; `settled` what was paid between shop and fund, positive
    from the shop. `outstanding` is the shop's credit that members hold, `deposit` its collateral.
    """

    clearing: int = 0
    settled: int = 0
    fees: int = 0
    points: int = 0
    outstanding: int = 0
    deposit: int = 0
    trades: dict[UUID, Trade] = field(default_factory=lambda: defaultdict(Trade))

    @property
    def accepted(self) -> int:
        return sum(trade.accepted for trade in self.trades.values())

    @property
    def spent(self) -> int:
        return sum(trade.spent for trade in self.trades.values())

    @property
    def wallet(self) -> int:
        """Members' own money spent here: what is left of the position, all else named."""
        return self.clearing - self.settled - self.accepted + self.spent + self.fees - self.points


def standings_of(balances: Iterable[Balance], parties: Iterable[UUID]) -> dict[UUID, Standing]:
    """Every party's standing."""
    found = {party: Standing() for party in parties}
    for account, owner, other, amount in balances:
        if account == "clearing" and owner in found:
            found[owner].clearing += amount
            if other == NIL:
                found[owner].settled += amount
        elif account == "deposit" and owner in found:
            found[owner].deposit += amount
        elif account == "outstanding" and owner in found:
            _outstanding(found, owner, other, amount)
        elif account == "fee" and other in found:
            found[other].fees += amount
        elif account == "reserve" and other in found:
            found[other].points -= amount
    return found


def _outstanding(found: Mapping[UUID, Standing], owner: UUID, other: UUID, amount: int) -> None:
    """What is out is owed to members, thus negative; what was spent elsewhere names the shop."""
    found[owner].outstanding -= amount
    if other == NIL:
        return
    found[owner].trades[other].spent += amount
    if other in found:
        found[other].trades[owner].accepted += amount
