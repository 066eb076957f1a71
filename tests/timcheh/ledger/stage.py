"""Where the machine plays: a small mall, what it has to offer, and how an event is done in it."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from hypothesis.stateful import RuleBasedStateMachine, invariant

from tests.timcheh.ledger.book import DAY, NOON
from tests.timcheh.ledger.invariants import broken
from tests.timcheh.ledger.model import Draw, Lot, Model, Refused, Scope
from tests.timcheh.ledger.tally import Tally
from tests.timcheh.ledger.twin import Shop, Twin
from timcheh.ids import new_id
from timcheh.ledger.contracts import Grant, Spend, Transfer

LIMITS = (None, 3_000, 0)


class Stage(RuleBasedStateMachine):
    """Three shops, the mall, a pool, two members and a gift card: alone, or beside a twin.

    Alone, an event happens in the model only, whose own invariants must hold after every step.
    With a twin it happens in PostgreSQL too: both must answer alike and come out alike.
    """

    twin: ClassVar[Twin | None] = None
    tally: ClassVar[Tally]

    def __init__(self) -> None:
        super().__init__()
        self.lots: list[UUID] = []
        self.draws: list[Draw] = []
        self.open: dict[UUID, list[Draw]] = {}
        self.mall = new_id()
        self.model = Model(self.mall, NOON)
        self.holders = [("member", new_id()), ("member", new_id()), ("gift_card", new_id())]
        self.furnish()
        self.started = False

    def furnish(self) -> None:
        """Opens the shops and the scopes that all of them share."""
        self.shops = [Shop(*(new_id() for _ in range(4)), limit) for limit in LIMITS]
        self.model.limits |= {shop.id: shop.limit for shop in self.shops}
        self.network = Scope(new_id(), "network", "rial")
        self.pool = Scope(new_id(), "pool", "point", 3, 2)
        self.wallet = Scope(new_id(), "wallet", "wallet")
        self.really(lambda twin: twin.open(self.mall, self.shops, self.shared))

    @property
    def shared(self) -> list[Scope]:
        return [self.network, self.pool, self.wallet]

    # Doing

    def really(self, work: Callable[[Twin], Coroutine[Any, Any, Any]]) -> Any:
        """Does something in PostgreSQL too, where there is a twin."""
        twin = self.twin
        if twin is None:
            return None
        twin.now = self.model.now
        return twin.run(work(twin))

    def both(
        self,
        rule: str,
        naive: Callable[[], None],
        real: Callable[[Twin], Coroutine[Any, Any, Any]],
    ) -> bool:
        """Does an event twice. Answers whether it happened."""
        refusal = None
        try:
            naive()
        except Refused as refused:
            refusal = str(refused)
        if self.twin is not None:
            assert self.really(lambda twin: twin.refusal_of(real(twin))) == refusal, rule
        self.tally.add(rule, refusal)
        return refusal is None

    def pass_to(self, moment: datetime) -> None:
        self.model.now = max(self.model.now, moment)

    # What there is

    def lots_of(self, *units: str) -> list[UUID]:
        return [id for id in self.lots if self.model.lots[id].scope.unit in units]

    def payable(self, *units: str) -> list[UUID]:
        """Lots that could pay something now."""
        return [id for id in self.lots_of(*units) if self.model.spendable(self.model.lots[id], 1)]

    def choose(self, pick: int, part: int, *units: str) -> UUID:
        """A lot that can pay, where not too much is asked; any at all where too much is."""
        lots = self.payable(*units) if part <= 100 else []
        lots = lots or self.lots_of(*units)
        return lots[pick % len(lots)]

    def in_time(self) -> list[UUID]:
        """Holds that have not timed out, by reference."""
        return [
            reference
            for reference, draws in self.open.items()
            if self.model.lots[draws[0].lot].holds[reference][1] > self.model.now
        ]

    def drop(self, references: list[UUID]) -> None:
        """Holds that are no more."""
        for reference in references:
            self.model.release(reference)
            del self.open[reference]

    # Rows as the ledger takes them

    def head(self, kind: str, id: UUID) -> Transfer:
        return Transfer(id, kind, None, None, None, self.model.now)

    def new_lot(
        self, issuer: int, kind: int, who: int, amount: int, starts: int, lives: int | None
    ) -> Lot:
        """A lot in one of an issuer's scopes; the mall (after the shops) has the network's only."""
        at = self.model.now + starts * DAY
        ends = at + lives * DAY if lives else None
        if issuer == len(self.shops):
            scope, id = self.network, self.mall
        else:
            shop = self.shops[issuer]
            own = [
                Scope(shop.own, "own", "rial"),
                Scope(shop.partners, "partners", "rial"),
                Scope(shop.points, "own_points", "point"),
            ]
            scope, id = [*own, self.network, self.pool][kind], shop.id
        holder_kind, holder = self.holders[who]
        return Lot(scope, id, holder, amount, amount, at, ends, holder_kind=holder_kind)

    def grant_row(self, id: UUID, lot_id: UUID, lot: Lot) -> Grant:
        return Grant(
            id, lot_id, lot.scope.id, lot.issuer, lot.holder_kind, lot.holder, lot.granted,
            lot.starts, lot.ends, "test",
        )  # fmt: skip

    def take_row(self, id: UUID, lot_id: UUID, amount: int) -> Grant:
        row = self.grant_row(id, lot_id, self.model.lots[lot_id])
        return row._replace(amount=-amount, expires_at=None)

    def draw(self, lot_id: UUID, part: int, shop: UUID, fee: int) -> Draw:
        """So many per cent of what is free of a lot, at a shop, for a fee of so many per cent."""
        lot = self.model.lots[lot_id]
        amount = max(1, self.model.free(lot) * part // 100)
        at_issuer = lot.scope.unit == "rial" and lot.issuer == shop
        return Draw(lot_id, amount, 0 if at_issuer else amount * lot.price * fee // 100, shop)

    def rows(self, id: UUID, draws: list[Draw], *, held: bool = False) -> list[Spend]:
        return [
            Spend(
                id, d.lot, d.amount, d.amount * self.model.lots[d.lot].price, d.fee, d.shop, held,
                self.model.now,
            )
            for d in draws
        ]  # fmt: skip

    # What must hold

    @invariant()
    def agree(self) -> None:
        self.tally.steps += self.started
        self.started = True
        wrong = broken(self.model)
        assert not wrong, wrong
        if self.twin is not None:
            self.compare(self.twin)

    def compare(self, twin: Twin) -> None:
        """Everything that PostgreSQL says of the mall, and its own proof."""
        found = self.really(lambda twin: twin.audit())
        now = self.model.now
        assert not found.failed, found.failed
        assert found.accounts == {
            key: amount for key, amount in self.model.accounts.items() if amount
        }
        assert found.lots == {
            id: (x.left, x.held(now), x.expired, x.taken, x.ends)
            for id, x in self.model.lots.items()
        }
        assert found.transfers == len(self.model.events)
