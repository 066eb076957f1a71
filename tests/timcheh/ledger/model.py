"""The ledger again, as one person would keep it in a notebook: dicts, one event at a time.

Written from the design's table of postings and shares nothing with the SQL.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

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
    """One lot, and where every unit of it went. `holds`: reference → (amount, until)."""

    scope: Scope
    issuer: UUID
    holder: UUID
    granted: int
    left: int
    starts: datetime
    ends: datetime | None
    spent: int = 0
    expired: int = 0
    taken: int = 0
    holder_kind: str = "member"
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
    nth: int = 0  # of a lot's expiries, from 0: nobody outside knows their ids


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

    def overdrawn(self, party: UUID) -> bool:
        return self.accounts["deposit", party, "rial"] < 0

    # What happens

    @contextmanager
    def whole(self, id: UUID, lots: list[UUID]) -> Iterator[None]:
        """All of the event happens, or none: what it wrote and moved is put back."""
        accounts = dict(self.accounts)
        were = {lot: (self.lots[lot].left, self.lots[lot].spent) for lot in lots}
        try:
            yield
        except Refused:
            self.accounts = defaultdict(int, accounts)
            for lot, (left, spent) in were.items():
                self.lots[lot].left, self.lots[lot].spent = left, spent
            self.events.pop(id, None)
            raise

    def write(self, id: UUID, kind: str, *entries: tuple[str, UUID, str, int]) -> Event:
        event = self.events.setdefault(id, Event(kind, defaultdict(int), defaultdict(int)))
        for account, owner, unit, amount in entries:
            self.accounts[account, owner, unit] += amount
            event.entries[account, owner, unit] += amount
        return event

    def grant(self, id: UUID, lot_id: UUID, lot: Lot) -> None:
        """A grants c, if its limit allows."""
        self.lots[lot_id] = lot
        try:
            with self.whole(id, []):
                self.promise(id, lot_id, lot)
        except Refused:
            del self.lots[lot_id]
            raise

    def promise(self, id: UUID, lot_id: UUID, lot: Lot) -> None:
        """Points of a pool are paid for at their issue price."""
        c, scope = lot.granted, lot.scope
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
            raise Refused("limit_exceeded")

    def trade(self, id: UUID, draws: list[Draw], lot_id: UUID, lot: Lot) -> None:
        """A purchase that spends and earns: both, or nothing."""
        self.check_spendable(draws)
        self.lots[lot_id] = lot
        try:
            with self.whole(id, [draw.lot for draw in draws]):
                self.pay(id, "purchase", draws)
                self.promise(id, lot_id, lot)
        except Refused:
            del self.lots[lot_id]
            raise

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

    def check_spendable(self, draws: list[Draw]) -> None:
        wanted: dict[UUID, int] = defaultdict(int)
        for draw in draws:
            wanted[draw.lot] += draw.amount
        if not all(self.spendable(self.lots[lot], amount) for lot, amount in wanted.items()):
            raise Refused("lot_short")

    def spend(self, purchases: dict[UUID, list[Draw]]) -> None:
        """All purchases of a batch with all their draws, or none."""
        self.check_spendable([draw for draws in purchases.values() for draw in draws])
        for id, draws in purchases.items():
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
        self.check_spendable(draws)
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
        for id, lot in self.lots.items():
            if self.over_now(lot) and not lot.held(self.now):
                self.lapse(id)

    def over_now(self, lot: Lot) -> bool:
        return lot.ends is not None and lot.ends <= self.now

    def lapse(self, id: UUID) -> None:
        """What no hold pins of a lot goes back to whoever owes it."""
        lot = self.lots[id]
        gone, unit = self.free(lot), lot.account[2]
        if not gone:
            return
        back = ("points", lot.scope.id) if unit == "point" else ("outstanding", lot.issuer)
        earlier = [e for e in self.events.values() if e.kind == "expiry" and id in e.lots]
        event = self.write(uuid4(), "expiry", (*lot.account, -gone), (*back, unit, gone))
        event.lots[id], event.nth = -gone, len(earlier)
        lot.left -= gone
        lot.expired += gone

    def unwind(
        self, id: UUID, restores: list[tuple[Draw, int]], takes: list[tuple[UUID, int]]
    ) -> None:
        """Parts of draws go back, parts of (other) grants are taken back; all of it or nothing."""
        short = [draw for draw, amount in restores if amount > self.lots[draw.lot].spent]
        if short or any(amount > self.free(self.lots[lot]) for lot, amount in takes):
            raise Refused("lot_short")
        for draw, amount in restores:
            self.restore(id, draw, amount)
        for lot_id, amount in takes:
            self.take(id, lot_id, amount)

    def restore(self, id: UUID, draw: Draw, amount: int) -> None:
        """A part of a draw goes back; a lot whose time is up lives on with that alone."""
        lot, fee = self.lots[draw.lot], draw.fee_of(amount)
        draw.back += amount
        if self.over_now(lot):
            self.lapse(draw.lot)
            lot.ends = self.now + GRACE
        self.pay(id, "return", [Draw(draw.lot, -amount, -fee, draw.shop)])

    def take(self, id: UUID, lot_id: UUID, amount: int) -> None:
        """A part of a grant is taken back."""
        lot = self.lots[lot_id]
        lot.left -= amount
        lot.taken += amount
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
        refused = amount < 0 and (self.overdrawn(party) or self.over(party))
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

    def settle_gateway(self, id: UUID, amount: int) -> None:
        """The provider pays out."""
        self.write(
            id,
            "gateway_settlement",
            ("cash", self.mall, "rial", -amount),
            ("gateway", self.mall, "rial", amount),
        )

    def commission(self, id: UUID, party: UUID, person: UUID, amount: int) -> None:
        """A person earns from a shop, or (negative) is paid."""
        self.write(
            id,
            "commission",
            ("commission_due", party, "rial", -amount),
            ("commission", person, "rial", amount),
        )

    def correct(self, id: UUID, wrong: UUID) -> None:
        """The same event with the other sign, once."""
        event = self.events[wrong]
        if event.corrected or event.kind == "reversal":
            raise Refused("not_found")
        for lot_id, moved in event.lots.items():
            lot = self.lots[lot_id]
            undone_spend = -moved if event.kind == "purchase" and moved < 0 else 0
            if self.free(lot) < moved or undone_spend > lot.spent:
                raise Refused("lot_short")
        grown = [party for party in self.limits if self.worse(party, event)]
        with self.whole(id, list(event.lots)):
            back = [(*account, -amount) for account, amount in event.entries.items()]
            self.write(id, "reversal", *back)
            for lot_id, moved in event.lots.items():
                self.lots[lot_id].left -= moved
            if any(self.over(party) or self.overdrawn(party) for party in grown):
                raise Refused("limit_exceeded")
        event.corrected = True
        for lot_id, moved in event.lots.items():
            self.unmove(self.lots[lot_id], event.kind, moved)

    def unmove(self, lot: Lot, kind: str, moved: int) -> None:
        """Where the units were that come back, or go where they had come from."""
        if kind == "expiry":
            lot.expired += moved
        elif (kind == "purchase" and moved < 0) or (kind == "return" and moved > 0):
            lot.spent += moved  # a draw undone is unspent; one that had come back is spent again
        else:
            lot.taken += moved  # a grant is taken back; what a return took is there again

    def worse(self, party: UUID, event: Event) -> bool:
        """Whether undoing the event leaves the party with more to answer for."""
        change = -event.entries.get(("clearing", party, "rial"), 0)
        change -= event.entries.get(("deposit", party, "rial"), 0)
        for lot_id, moved in event.lots.items():
            lot = self.lots[lot_id]
            if lot.issuer == party and lot.scope.unit == "rial" and lot.scope.kind != "own":
                change += moved
        return change < 0
