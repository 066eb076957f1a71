"""Random events, each done in a naive model and in PostgreSQL, compared after every step."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
)

from tests.timcheh.ledger.book import DAY
from tests.timcheh.ledger.model import Draw
from tests.timcheh.ledger.stage import LIMITS, Stage
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import Spend

picks = st.integers(0, 10_000)
amounts = st.integers(1, 1_500)
parts = st.sampled_from([1, 33, 50, 100, 101, 200])  # per cent of what there is: often too much
shops = st.sampled_from(range(len(LIMITS)))
FEES = (0, 2, 9)  # per cent


class LedgerMachine(Stage):
    """Every rule does an event in the model and in PostgreSQL; both must answer alike."""

    def __init__(self) -> None:
        super().__init__()
        # Something of everything, so that no rule waits long for its turn.
        for kind, lives in enumerate((None, 1, None, 2, 1)):
            self.grant_lot(0, kind, 0, 1_000, 0, lives)
        self.add_wallet(0, 1_000)
        self.hold_lots(0, 33, 1, 2)

    # Granting

    @rule(
        shop=shops,
        kind=st.integers(0, 4),
        who=st.integers(0, 2),
        amount=amounts,
        starts=st.sampled_from([0, 0, 1]),
        lives=st.sampled_from([None, None, 1, 2, 5]),
    )
    def grant(self, **given: Any) -> None:
        self.grant_lot(**given)

    @rule(who=st.integers(0, 2), amount=amounts)
    def top_up(self, who: int, amount: int) -> None:
        self.add_wallet(who, amount)

    # Spending

    def spend(self, name: str, draws: list[Draw]) -> None:
        id = new_id()
        rows = self.rows(id, draws)
        happened = self.both(
            name,
            lambda: self.model.spend(id, draws),
            lambda: self.do(postings.post, [self.head("purchase", id)], rows),
        )
        if happened:
            self.draws.extend(draws)

    @precondition(lambda self: self.lots_of("rial"))
    @rule(pick=picks, part=parts)
    def spend_at_issuer(self, pick: int, part: int) -> None:
        lots = self.lots_of("rial")
        id = lots[pick % len(lots)]
        self.spend("spend_at_issuer", [self.draw(id, part, self.model.lots[id].issuer, 0)])

    @precondition(lambda self: self.lots_of("rial"))
    @rule(pick=picks, part=parts, fee=st.sampled_from(FEES), other=st.integers(1, 2))
    def spend_at_another(self, pick: int, part: int, fee: int, other: int) -> None:
        lots = self.lots_of("rial")
        id = lots[pick % len(lots)]
        ids = [shop.id for shop in self.shops]
        shop = ids[(ids.index(self.model.lots[id].issuer) + other) % len(ids)]
        self.spend("spend_at_another", [self.draw(id, part, shop, fee)])

    @precondition(lambda self: self.lots_of("point"))
    @rule(pick=picks, part=parts, fee=st.sampled_from(FEES), shop=shops)
    def spend_points(self, pick: int, part: int, fee: int, shop: int) -> None:
        lots = self.lots_of("point")
        self.spend(
            "spend_points", [self.draw(lots[pick % len(lots)], part, self.shops[shop].id, fee)]
        )

    @precondition(lambda self: self.lots_of("wallet"))
    @rule(pick=picks, part=parts, fee=st.sampled_from(FEES), shop=shops)
    def spend_wallet(self, pick: int, part: int, fee: int, shop: int) -> None:
        lots = self.lots_of("wallet")
        self.spend(
            "spend_wallet", [self.draw(lots[pick % len(lots)], part, self.shops[shop].id, fee)]
        )

    @precondition(lambda self: len(self.lots) > 1)
    @rule(pick=picks, part=parts, fee=st.sampled_from(FEES), shop=shops)
    def spend_several(self, pick: int, part: int, fee: int, shop: int) -> None:
        first = pick % (len(self.lots) - 1)
        draws = [
            self.draw(id, part, self.shops[shop].id, fee) for id in self.lots[first : first + 3]
        ]
        self.spend("spend_several", draws)

    # Two phases

    @precondition(lambda self: self.lots)
    @rule(pick=picks, part=parts, shop=shops, minutes=st.sampled_from([2, 2, 3_000]))
    def hold(self, pick: int, part: int, shop: int, minutes: int) -> None:
        self.hold_lots(pick % len(self.lots), part, shop, minutes)

    def hold_lots(self, first: int, part: int, shop: int, minutes: int) -> None:
        draws = [self.draw(id, part, self.shops[shop].id, 2) for id in self.lots[first : first + 2]]
        reference, until = new_id(), self.model.now + timedelta(minutes=minutes)
        rows = self.rows(reference, draws)
        happened = self.both(
            "hold",
            lambda: self.model.hold(reference, draws, until),
            lambda: self.do(postings.hold, reference, rows, until),
        )
        if happened:
            self.open[reference] = draws

    def in_time(self) -> list[UUID]:
        return [
            ref
            for ref, draws in self.open.items()
            if self.model.lots[draws[0].lot].holds[ref][1] > self.model.now
        ]

    @precondition(lambda self: self.in_time())
    @rule(pick=picks)
    def confirm(self, pick: int) -> None:
        held = self.in_time()
        reference, id = held[pick % len(held)], new_id()
        draws = self.open.pop(reference)
        self.model.confirm(id, reference, draws)
        self.run(self._confirm(id, reference, draws))
        self.draws.extend(draws)
        self.fired["confirm"] += 1

    async def _confirm(self, id: UUID, reference: UUID, draws: list[Draw]) -> None:
        async with self.book.act() as uow:
            driver = await uow.driver()
            statement = "SELECT ledger.release($1, $2, false)"
            assert await driver.fetchval(statement, self.book.mall_id, reference) == len(draws)
            rows = self.rows(id, draws, held=True)
            await postings.post(uow, [self.head("purchase", id)], rows)

    @precondition(lambda self: self.in_time())
    @rule(pick=picks)
    def cancel(self, pick: int) -> None:
        held = self.in_time()
        reference = held[pick % len(held)]
        del self.open[reference]
        self.model.release(reference)
        self.run(self.do(postings.release, reference))
        self.fired["cancel"] += 1

    # Time

    @rule(by=st.sampled_from([timedelta(minutes=1), timedelta(minutes=3), DAY, 3 * DAY]))
    def pass_time(self, by: timedelta) -> None:
        self.model.now += by
        self.book.now = self.model.now
        self.fired["pass_time"] += 1

    @rule(by=st.sampled_from([timedelta(), timedelta(minutes=3), 2 * DAY]))
    def sweep(self, by: timedelta) -> None:
        """The jobs come round: holds time out, lots expire."""
        self.model.now += by
        self.book.now = self.model.now
        in_time = self.in_time()
        for reference in [each for each in self.open if each not in in_time]:
            self.model.release(reference)
            del self.open[reference]
            self.fired["time_out"] += 1
        left = sum(lot.left for lot in self.model.lots.values())
        self.model.expire()
        if sum(lot.left for lot in self.model.lots.values()) < left:
            self.fired["expire"] += 1
        self.run(self.do(postings.sweep_holds))
        self.run(self.do(postings.expire_due))

    # Coming back

    @precondition(lambda self: self.draws)
    @rule(pick=picks, part=parts)
    def give_back(self, pick: int, part: int) -> None:
        draw = self.draws[pick % len(self.draws)]
        amount = min(draw.amount - draw.back, max(1, (draw.amount - draw.back) * part // 100))
        if amount == 0:
            return
        id, fee = new_id(), draw.fee_of(amount)
        rows = self.rows(id, [Draw(draw.lot, -amount, -fee, draw.shop)])
        self.both(
            "give_back",
            lambda: self.model.restore(id, draw, amount),
            lambda: self._unwind(id, rows, []),
        )

    @precondition(lambda self: self.lots_of("rial") or self.lots_of("point"))
    @rule(pick=picks, part=parts)
    def take_back(self, pick: int, part: int) -> None:
        lots = self.lots_of("rial") + self.lots_of("point")
        lot_id, id = lots[pick % len(lots)], new_id()
        lot = self.model.lots[lot_id]
        amount = max(1, self.model.free(lot) * part // 100)
        row = (id, lot_id, lot.scope.id, lot.issuer, "member", lot.holder, -amount, self.model.now)
        self.both(
            "take_back",
            lambda: self.model.take(id, lot_id, amount),
            lambda: self._unwind(id, [], [(*row, None, "return")]),
        )

    async def _unwind(self, id: UUID, restores: list[Spend], takes: list[Any]) -> None:
        grace = self.model.now + timedelta(days=10)
        await self.do(postings.unwind, self.head("return", id), restores, takes, grace)

    @precondition(lambda self: self.model.events)
    @rule(pick=picks)
    def correct(self, pick: int) -> None:
        wrong, id = list(self.model.events)[pick % len(self.model.events)], new_id()
        head = self.head("reversal", id)._replace(reverses=wrong)
        self.both(
            "correct",
            lambda: self.model.correct(id, wrong),
            lambda: self.do(postings.reverse, head),
        )

    # The fund

    @rule(shop=shops, amount=st.integers(-800, 1_500).filter(bool))
    def deposit(self, shop: int, amount: int) -> None:
        party, id = self.shops[shop].id, new_id()
        self.both(
            "deposit" if amount > 0 else "withdraw",
            lambda: self.model.deposit(id, party, amount),
            lambda: self.do(postings.deposit, self.head("deposit", id), party, amount),
        )

    @precondition(lambda self: any(self.model.clearing(shop.id) for shop in self.shops))
    @rule(share=st.sampled_from([1, 2]))
    def settle(self, share: int) -> None:
        nets = [(shop.id, self.model.clearing(shop.id) // share) for shop in self.shops]
        fees, id = self.model.accounts["fee", self.book.mall_id, "rial"], new_id()
        self.model.settle(id, nets, fees)
        self.run(self.do(postings.settle, self.head("settlement", id), nets, fees))
        self.fired["settle"] += 1

    @rule(shop=shops, limit=st.sampled_from([None, 0, 500, 5_000]))
    def set_limit(self, shop: int, limit: int | None) -> None:
        self.model.limits[self.shops[shop].id] = limit
        self.run(self.do(postings.set_credit_limit, self.shops[shop].id, limit))
        self.fired["suspend" if limit == 0 else "set_limit"] += 1

    # What must change nothing

    @rule(job=st.sampled_from(["roll_up", "seal", "seal_one"]))
    def keep_house(self, job: str) -> None:
        if job == "roll_up":
            self.run(self.do(postings.roll_up))
        else:
            self.run(self.do(postings.seal, 1 if job == "seal_one" else 1_000))
        self.fired[job] += 1

    @precondition(lambda self: self.lots)
    @rule(pick=picks, shop=shops)
    def break_off(self, pick: int, shop: int) -> None:
        """A transaction that did several things and then failed."""

        async def real() -> None:
            async with self.book.act() as uow:
                party, lot = self.shops[shop].id, self.lots[pick % len(self.lots)]
                await postings.deposit(uow, self.head("deposit", new_id()), party, 100)
                draw = self.draw(lot, 50, party, 2)
                id = new_id()
                rows = self.rows(id, [draw])
                if self.model.spendable(self.model.lots[lot], draw.amount):
                    await postings.post(uow, [self.head("purchase", id)], rows)
                raise ConnectionAbortedError

        with pytest.raises(ConnectionAbortedError):
            self.run(real())
        self.fired["break_off"] += 1
