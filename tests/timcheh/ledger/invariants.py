"""What the design promises of any ledger at any moment, asked of the naive model.

The product's own proof asks the same of the database; here it is plain sums over dicts.
"""

from collections import defaultdict
from collections.abc import Iterator

from tests.timcheh.ledger.model import Account, Model

FUND = {"clearing", "fee", "deposit", "reserve", "wallet", "gateway", "cash"}


def broken(model: Model) -> list[str]:
    """The invariants that don't hold, in words; none when all is well."""
    return [*_events(model), *_lots(model), *_sums(model)]


def _events(model: Model) -> Iterator[str]:
    """Every event sums to zero in each unit, and a balance is the sum of its entries."""
    balances: dict[Account, int] = defaultdict(int)
    for id, event in model.events.items():
        units: dict[str, int] = defaultdict(int)
        for account, amount in event.entries.items():
            balances[account] += amount
            units[account[2]] += amount
        if any(units.values()):
            yield f"{event.kind} {id} does not sum to zero"
    if any(model.accounts[key] != balances[key] for key in {*model.accounts, *balances}):
        yield "a balance is not the sum of its entries"


def _lots(model: Model) -> Iterator[str]:
    """No unit of a lot is lost or made, none is below zero, none is pinned twice."""
    for id, lot in model.lots.items():
        if lot.granted != lot.left + lot.spent + lot.expired + lot.taken:
            yield f"lot {id} was granted {lot.granted}, which is not where it went"
        if min(lot.left, lot.spent, lot.expired, lot.taken) < 0:
            yield f"lot {id} is below zero"
        if lot.held(model.now) > lot.left:
            yield f"more of lot {id} is held than is left"


def _sums(model: Model) -> Iterator[str]:
    """What issuers, pools and the fund owe is what holders have."""
    live: dict[Account, int] = defaultdict(int)
    for lot in model.lots.values():
        if lot.scope.unit == "rial":
            live["outstanding", lot.issuer, "rial"] += lot.left
        if lot.scope.unit == "point":
            live["points", lot.scope.id, "point"] += lot.left
            live["cover", lot.scope.id, "rial"] += lot.left * lot.scope.redeem
        live[lot.account] -= lot.left
    for key in {*live, *model.accounts}:
        if key[0] in ("outstanding", "points", "credit") and model.accounts[key] != -live[key]:
            yield f"{key[0]} of {key[1]} is not minus the sum of its lots"
        if key[0] == "cover" and model.accounts["reserve", key[1], "rial"] < live[key]:
            yield f"the reserve of {key[1]} doesn't cover its points"
        if key[0] == "deposit" and model.accounts[key] < 0:
            yield f"the deposit of {key[1]} is overdrawn"
    totals: dict[str, int] = defaultdict(int)
    for (account, _, unit), amount in model.accounts.items():
        totals["fund"] += amount if account in FUND else 0
        totals["commissions"] += amount if account.startswith("commission") else 0
        totals[unit] += amount
    for name, total in totals.items():
        if total:
            yield f"{name} sums to {total}"
