"""The ledger again, as one person would keep it in a notebook: dicts, one event at a time.

Written from the design's table of postings and shares nothing with the SQL.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

GRACE = timedelta(days=10)
Account = tuple[str, UUID, str]


class Refused(Exception):
    """The event does not happen; the text is the code of the refusal."""


@dataclass
class Scope:
    """Where lots count, and in what."""

    id: UUID
    kind: str
    unit: str
    issue: int = 0
    redeem: int = 0


@dataclass
class Lot:
    """One lot. `holds`: reference → (amount, until)."""

    scope: Scope
    issuer: UUID
    holder: UUID
    granted: int
    left: int
    starts: datetime
    ends: datetime | None
    spent: int = 0
    holds: dict[UUID, tuple[int, datetime]] = field(default_factory=dict)

    @property
    def account(self) -> Account:
        name = "wallet" if self.scope.unit == "wallet" else "credit"
        return (name, self.holder, "point" if self.scope.unit == "point" else "rial")

    @property
    def price(self) -> int:
        return self.scope.redeem if self.scope.unit == "point" else 1

    def held(self, now: datetime) -> int:
        return sum(amount for amount, until in self.holds.values() if until > now)


@dataclass
class Draw:
    """A spend that can be undone, of `amount`, of which `back` came back."""

    lot: UUID
    amount: int
    fee: int
    shop: UUID
    back: int = 0

    def fee_of(self, amount: int) -> int:
        """The part of the fee that comes back with the next `amount`; all parts add up."""
        so_far = self.fee * self.back // self.amount
        return self.fee * (self.back + amount) // self.amount - so_far


@dataclass
class Event:
    """What was written, for corrections: the accounts' changes and the lots'."""

    kind: str
    entries: dict[Account, int]
    lots: dict[UUID, int]
    corrected: bool = False


class Model:
    """One mall's ledger. Amounts as the caller gives them; nothing changes when it refuses."""

    def __init__(self, mall: UUID, now: datetime) -> None:
        self.mall, self.now = mall, now
        self.accounts: dict[Account, int] = defaultdict(int)
        self.lots: dict[UUID, Lot] = {}
        self.limits: dict[UUID, int | None] = {mall: None}
        self.events: dict[UUID, Event] = {}

    # What there is

    def free(self, lot: Lot) -> int:
        return lot.left - lot.held(self.now)

    def clearing(self, party: UUID) -> int:
        return self.accounts["clearing", party, "rial"]

    def over(self, party: UUID) -> bool:
        """Whether a party owes more than its limit and deposit cover."""
        limit = self.limits[party]
        if limit is None:
            return False
        promised = sum(
            lot.left
            for lot in self.lots.values()
            if lot.issuer == party and lot.scope.unit == "rial" and lot.scope.kind != "own"
        )
        owed = max(0, -self.clearing(party))
        return promised + owed > limit + self.accounts["deposit", party, "rial"]

    # What happens

    def write(self, id: UUID, kind: str, *entries: tuple[str, UUID, str, int]) -> Event:
        event = Event(kind, defaultdict(int), defaultdict(int))
        for account, owner, unit, amount in entries:
            self.accounts[account, owner, unit] += amount
            event.entries[account, owner, unit] += amount
        self.events[id] = event
        return event

    def grant(self, id: UUID, lot_id: UUID, lot: Lot) -> None:
        """A grants c; points of a pool are paid for at their issue price."""
        self.lots[lot_id] = lot
        c, scope = lot.granted, lot.scope
        before = dict(self.accounts)
        if scope.unit == "rial":
            event = self.write(
                id,
                "grant",
                ("outstanding", lot.issuer, "rial", -c),
                ("credit", lot.holder, "rial", c),
            )
        else:
            event = self.write(
                id,
                "grant",
                ("points", scope.id, "point", -c),
                ("credit", lot.holder, "point", c),
                ("clearing", lot.issuer, "rial", -c * scope.issue),
                ("reserve", scope.id, "rial", c * scope.issue),
            )
        event.lots[lot_id] = c
        if scope.kind not in ("own", "own_points") and self.over(lot.issuer):
            del self.lots[lot_id], self.events[id]
            self.accounts = defaultdict(int, before)
            raise Refused("limit_exceeded")

    def top_up(self, id: UUID, lot_id: UUID, lot: Lot) -> None:
        self.lots[lot_id] = lot
        event = self.write(
            id,
            "top_up",
            ("gateway", self.mall, "rial", -lot.granted),
            ("wallet", lot.holder, "rial", lot.granted),
        )
        event.lots[lot_id] = lot.granted

    def spendable(self, lot: Lot, amount: int) -> bool:
        in_time = lot.starts <= self.now and (lot.ends is None or lot.ends > self.now)
        return in_time and amount <= self.free(lot)

    def spend(self, id: UUID, draws: list[Draw]) -> None:
        """All of the draws or none."""
        if not all(self.spendable(self.lots[draw.lot], draw.amount) for draw in draws):
            raise Refused("lot_short")
        self.pay(id, "purchase", draws)

    def pay(self, id: UUID, kind: str, draws: list[Draw]) -> None:
        entries: list[tuple[str, UUID, str, int]] = []
        moved: dict[UUID, int] = {}
        for draw in draws:
            lot = self.lots[draw.lot]
            value = draw.amount * lot.price
            entries.append((*lot.account, -draw.amount))
            if lot.scope.unit == "rial":
                entries.append(("outstanding", lot.issuer, "rial", draw.amount))
            if lot.scope.unit == "point":
                entries.append(("points", lot.scope.id, "point", draw.amount))
                entries.append(("reserve", lot.scope.id, "rial", -value))
            if lot.scope.unit != "rial" or lot.issuer != draw.shop:
                entries.append(("clearing", draw.shop, "rial", value - draw.fee))
                entries.append(("fee", self.mall, "rial", draw.fee))
                if lot.scope.unit == "rial":
                    entries.append(("clearing", lot.issuer, "rial", -value))
            lot.left -= draw.amount
            lot.spent += draw.amount
            moved[draw.lot] = -draw.amount
        self.write(id, kind, *entries).lots.update(moved)

    def hold(self, reference: UUID, draws: list[Draw], until: datetime) -> None:
        if not all(self.spendable(self.lots[draw.lot], draw.amount) for draw in draws):
            raise Refused("lot_short")
        for draw in draws:
            self.lots[draw.lot].holds[reference] = (draw.amount, until)

    def release(self, reference: UUID) -> None:
        for lot in self.lots.values():
            lot.holds.pop(reference, None)

    def confirm(self, id: UUID, reference: UUID, draws: list[Draw]) -> None:
        """What was held in time is paid, even after the lots' last day."""
        self.release(reference)
        self.pay(id, "purchase", draws)

    def expire(self) -> None:
        for lot in self.lots.values():
            if lot.ends is not None and lot.ends <= self.now and not lot.held(self.now):
                self.lapse(lot)

    def lapse(self, lot: Lot) -> None:
        gone = self.free(lot)
        back = (
            ("points", lot.scope.id) if lot.scope.unit == "point" else ("outstanding", lot.issuer)
        )
        self.accounts[lot.account] -= gone
        self.accounts[(*back, lot.account[2])] += gone
        lot.left -= gone

    def restore(self, id: UUID, draw: Draw, amount: int) -> None:
        """A part of a draw goes back; a lot whose time is up lives on with that alone."""
        lot = self.lots[draw.lot]
        if amount > lot.spent:
            raise Refused("lot_short")
        fee = draw.fee_of(amount)
        draw.back += amount
        if lot.ends is not None and lot.ends <= self.now:
            self.lapse(lot)
            lot.ends = self.now + GRACE
        self.pay(id, "return", [Draw(draw.lot, -amount, -fee, draw.shop)])

    def take(self, id: UUID, lot_id: UUID, amount: int) -> None:
        """A part of a grant is taken back."""
        lot = self.lots[lot_id]
        if amount > self.free(lot):
            raise Refused("lot_short")
        lot.left -= amount
        entries = [(*lot.account, -amount)]
        if lot.scope.unit == "rial":
            entries.append(("outstanding", lot.issuer, "rial", amount))
        else:
            paid = amount * lot.scope.issue
            entries.append(("points", lot.scope.id, "point", amount))
            entries.append(("clearing", lot.issuer, "rial", paid))
            entries.append(("reserve", lot.scope.id, "rial", -paid))
        self.write(id, "return", *entries).lots[lot_id] = -amount

    def deposit(self, id: UUID, party: UUID, amount: int) -> None:
        account = ("deposit", party, "rial")
        self.accounts[account] += amount
        refused = amount < 0 and (self.accounts[account] < 0 or self.over(party))
        self.accounts[account] -= amount
        if refused:
            raise Refused("limit_exceeded")
        self.write(
            id,
            "deposit",
            ("cash", self.mall, "rial", -amount),
            ("deposit", party, "rial", amount),
        )

    def settle(self, id: UUID, nets: list[tuple[UUID, int]], fees: int) -> None:
        entries = [("fee", self.mall, "rial", -fees), ("cash", self.mall, "rial", fees)]
        for party, net in nets:
            entries.append(("clearing", party, "rial", -net))
            entries.append(("cash", self.mall, "rial", net))
        self.write(id, "settlement", *entries)

    def correct(self, id: UUID, wrong: UUID) -> None:
        event = self.events[wrong]
        if event.corrected or event.kind == "reversal":
            raise Refused("not_found")
        for lot_id, moved in event.lots.items():
            lot = self.lots[lot_id]
            undone_spend = -moved if event.kind == "purchase" else 0
            if self.free(lot) < moved or undone_spend > lot.spent:
                raise Refused("lot_short")
        grown = [party for party in self.limits if self.worse(party, event)]
        before = dict(self.accounts), {id: self.lots[id].left for id in event.lots}
        for lot_id, moved in event.lots.items():
            self.lots[lot_id].left -= moved
        back = [(*account, -amount) for account, amount in event.entries.items()]
        self.write(id, "reversal", *back)
        if any(self.over(party) for party in grown):
            self.accounts = defaultdict(int, before[0])
            for lot_id, left in before[1].items():
                self.lots[lot_id].left = left
            del self.events[id]
            raise Refused("limit_exceeded")
        event.corrected = True
        for lot_id, moved in event.lots.items():
            # A draw undone is unspent; a draw that had come back is spent again.
            if event.kind == "purchase" or (event.kind == "return" and moved > 0):
                self.lots[lot_id].spent += moved

    def worse(self, party: UUID, event: Event) -> bool:
        """Whether undoing the event leaves the party with more to answer for."""
        change = -event.entries.get(("clearing", party, "rial"), 0)
        change -= event.entries.get(("deposit", party, "rial"), 0)
        for lot_id, moved in event.lots.items():
            lot = self.lots[lot_id]
            if lot.issuer == party and lot.scope.unit == "rial" and lot.scope.kind != "own":
                change += moved
        return change < 0
