"""The machine's rules of taking back: returns, corrections, and work that fails in the middle."""

from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.timcheh.ledger.book import DAY
from tests.timcheh.ledger.model import Draw
from tests.timcheh.ledger.stage import Stage
from tests.timcheh.ledger.trading import FEE, parts, picks, shops
from tests.timcheh.ledger.twin import Twin
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.errors import LotShort

GRACE = 10 * DAY


class Undoing(Stage):
    """What was spent comes back, what was earned goes, and what breaks leaves nothing."""

    def returnable(self) -> list[Draw]:
        return [draw for draw in self.draws if draw.back < draw.amount]

    def restored(self, pick: int, part: int) -> tuple[Draw, int]:
        """A draw, and how much of it comes back."""
        draws = self.returnable()
        draw = draws[pick % len(draws)]
        rest = draw.amount - draw.back
        return draw, min(rest, max(1, rest * part // 100))

    def taken(self, pick: int, part: int, *, but: UUID | None = None) -> tuple[UUID, int]:
        """A lot that was earned, and how much of it is taken."""
        lots = [id for id in self.lots_of("rial", "point") if id != but]
        free = [id for id in lots if self.model.free(self.model.lots[id])]
        lots = free if part <= 100 and free else lots
        lot = lots[pick % len(lots)]
        return lot, max(1, self.model.free(self.model.lots[lot]) * part // 100)

    def unwind(
        self, name: str, restores: list[tuple[Draw, int]], takes: list[tuple[UUID, int]]
    ) -> None:
        id, until = new_id(), self.model.now + GRACE
        back = [Draw(d.lot, -amount, -d.fee_of(amount), d.shop) for d, amount in restores]
        rows = self.rows(id, back)
        taken = [self.take_row(id, lot, amount) for lot, amount in takes]
        self.both(
            name,
            lambda: self.model.unwind(id, restores, takes),
            lambda twin: twin.do(postings.unwind, self.head("return", id), rows, taken, until),
        )

    @precondition(lambda self: self.returnable())
    @rule(pick=picks, part=parts)
    def give_back(self, pick: int, part: int) -> None:
        """Spent value goes back to its own lot."""
        self.unwind("give_back", [self.restored(pick, part)], [])

    @precondition(lambda self: self.lots_of("rial", "point"))
    @rule(pick=picks, part=parts)
    def take_back(self, pick: int, part: int) -> None:
        """Earned value is taken away."""
        self.unwind("take_back", [], [self.taken(pick, part)])

    @precondition(lambda self: self.returnable() and len(self.lots_of("rial", "point")) > 1)
    @rule(pick=picks, part=parts)
    def give_and_take_back(self, pick: int, part: int) -> None:
        """A return as it mostly is; when the second half is refused, the first didn't happen."""
        restored = self.restored(pick, part)
        self.unwind("give_and_take_back", [restored], [self.taken(pick, part, but=restored[0].lot)])

    @precondition(lambda self: self.model.events)
    @rule(pick=picks, fresh=st.booleans())
    def correct(self, pick: int, fresh: bool) -> None:
        events = self.model.events
        ids = [id for id in events if not events[id].corrected] if fresh else list(events)
        wrong, id = ids[-1 - pick % len(ids)], new_id()
        event = events[wrong]

        async def real(twin: Twin) -> None:
            known = wrong
            if event.kind == "expiry":
                known = await twin.expiry(*event.lots, event.nth)
            await twin.do(postings.reverse, self.head("reversal", id)._replace(reverses=known))

        self.both("correct", lambda: self.model.correct(id, wrong), real)

    # What breaks in the middle

    @rule(
        how=st.sampled_from(["given_up", "given_up", "refused", "refused", "killed"]),
        pick=picks,
        shop=shops,
    )
    def fail_midway(self, how: str, pick: int, shop: int) -> None:
        """A transaction did several things and then its caller raises, a later posting is refused,
        or the server ends the session: it has done nothing.
        """
        work = self.some_work(pick, self.shops[shop].id)

        async def given_up(twin: Twin) -> None:
            async with twin.transaction() as unit:
                await work(unit)
                raise ConnectionAbortedError

        async def refused(twin: Twin) -> None:
            id, lot = new_id(), self.lots[pick % len(self.lots)]
            too_much = Draw(lot, self.model.lots[lot].granted + 1, 0, self.shops[shop].id)
            async with twin.transaction() as unit:
                await work(unit)
                await postings.post(unit, [self.head("purchase", id)], self.rows(id, [too_much]))

        if how == "killed":
            self.really(lambda twin: twin.killed(work))
        elif self.twin is not None:
            failure = {"given_up": ConnectionAbortedError, "refused": LotShort}[how]
            with pytest.raises(failure):
                self.really({"given_up": given_up, "refused": refused}[how])
        self.tally.add("fail_midway")
        self.tally.add("fail_midway", how)

    def some_work(self, pick: int, shop: UUID) -> Callable[..., Coroutine[Any, Any, Any]]:
        """Postings of several sorts that go well, were it not for what comes after them."""
        id, lots = new_id(), self.payable("rial", "point", "wallet")
        spends = self.rows(id, [self.draw(lots[pick % len(lots)], 50, shop, FEE)]) if lots else []

        async def work(unit: Any) -> None:
            await postings.deposit(unit, self.head("deposit", new_id()), shop, 100)
            if spends:
                await postings.hold(unit, new_id(), spends, self.model.now + DAY)
                await postings.commission(unit, self.head("commission", new_id()), shop, id, 7)
            await postings.set_credit_limit(unit, shop, 1)

        return work
