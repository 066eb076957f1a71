"""Where the machine plays: the same mall twice, and how the two are kept side by side."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any, ClassVar
from uuid import UUID

from hypothesis.stateful import RuleBasedStateMachine, invariant

from tests.timcheh.ledger.book import DAY, Book
from tests.timcheh.ledger.model import Draw, Lot, Model, Refused, Scope
from timcheh.db import Database
from timcheh.errors import TimchehError
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import Spend, Transfer

LIMITS = (None, 3_000, 0)
PROVE_EVERY = 12


class Stage(RuleBasedStateMachine):
    """Three shops, a pool and three members, in a naive model and in PostgreSQL."""

    runner: ClassVar[asyncio.Runner]
    database: ClassVar[Database]
    fired: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.steps = 0
        self.lots: list[UUID] = []
        self.draws: list[Draw] = []
        self.open: dict[UUID, list[Draw]] = {}
        self.book = Book(self.database, new_id())
        self.model = Model(self.book.mall_id, self.book.now)
        self.members = [new_id() for _ in range(3)]
        self.run(self.furnish())

    async def furnish(self) -> None:
        """Three shops, a pool, and what the mall has anyway."""
        await self.book.open()
        self.shops = [await self.book.shop(limit) for limit in LIMITS]
        pool = await self.book.pool(3, 2)
        self.model.limits |= {shop.id: n for shop, n in zip(self.shops, LIMITS, strict=True)}
        self.shared = [
            Scope(self.book.network, "network", "rial"),
            Scope(pool, "pool", "point", 3, 2),
        ]
        self.wallet = Scope(self.book.wallet, "wallet", "wallet")

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    def both(
        self, name: str, naive: Callable[[], None], real: Callable[[], Coroutine[Any, Any, Any]]
    ) -> bool:
        """Does an event twice. Answers whether it happened."""
        expected = None
        try:
            naive()
        except Refused as refused:
            expected = str(refused)
        found = None
        try:
            self.run(real())
        except TimchehError as error:
            found = error.code
        assert found == expected, name
        self.fired[name if expected is None else f"{name}: {expected}"] += 1
        return expected is None

    async def do(self, work: Callable[..., Coroutine[Any, Any, Any]], *arguments: Any) -> None:
        async with self.book.act() as uow:
            await work(uow, *arguments)

    def head(self, kind: str, id: UUID) -> Transfer:
        return Transfer(id, kind, None, None, None, self.model.now)

    def grant_lot(
        self, shop: int, kind: int, who: int, amount: int, starts: int, lives: int | None
    ) -> None:
        issuer = self.shops[shop]
        scope = [
            Scope(issuer.own, "own", "rial"),
            Scope(issuer.partners, "partners", "rial"),
            Scope(issuer.points, "own_points", "point"),
            *self.shared,
        ][kind]
        at = self.model.now + starts * DAY
        ends = at + lives * DAY if lives else None
        lot = Lot(scope, issuer.id, self.members[who], amount, amount, at, ends)
        id, lot_id = new_id(), new_id()
        happened = self.both(
            "grant",
            lambda: self.model.grant(id, lot_id, lot),
            lambda: self._grant(id, lot_id, lot),
        )
        if happened:
            self.lots.append(lot_id)

    async def _grant(self, id: UUID, lot_id: UUID, lot: Lot) -> None:
        row = (id, lot_id, lot.scope.id, lot.issuer, "member", lot.holder, lot.granted, lot.starts)
        await self.do(postings.post, [self.head("gift", id)], (), [(*row, lot.ends, "test")])

    def add_wallet(self, who: int, amount: int) -> None:
        member, now = self.members[who], self.model.now
        made = self.run(self.book.top_up(member, amount))
        lot = Lot(self.wallet, self.book.mall_id, member, amount, amount, now, None)
        self.model.top_up(made.transfer_id, made.id, lot)
        self.lots.append(made.id)
        self.fired["top_up"] += 1

    def lots_of(self, unit: str) -> list[UUID]:
        return [id for id in self.lots if self.model.lots[id].scope.unit == unit]

    def draw(self, lot_id: UUID, part: int, shop: UUID, fee: int) -> Draw:
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
        self.steps += 1
        self.run(self._agree(prove=self.steps % PROVE_EVERY == 0))

    async def _agree(self, *, prove: bool) -> None:
        accounts, lots = await self.book.state()
        now = self.model.now
        assert accounts == {key: amount for key, amount in self.model.accounts.items() if amount}
        assert lots == {id: (x.left, x.held(now)) for id, x in self.model.lots.items()}
        if prove:
            await self.book.prove()

    def teardown(self) -> None:
        self.run(self.book.prove())
