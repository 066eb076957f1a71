"""The machine's rules of giving, spending, pinning, and of time."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.timcheh.ledger.model import Draw, Lot
from tests.timcheh.ledger.stage import LIMITS, Stage
from tests.timcheh.ledger.twin import Twin
from timcheh.ids import new_id
from timcheh.ledger import postings

picks = st.integers(0, 250)
amounts = st.integers(1, 1_500)
parts = st.sampled_from([1, 33, 50, 50, 100, 101])  # per cent of what there is: at times too much
shops = st.sampled_from(range(len(LIMITS)))
issuers = st.sampled_from(range(len(LIMITS) + 1))
kinds = st.integers(0, 4)
lives = st.sampled_from([None, None, 1, 2, 5])  # days
FEE = 2  # per cent


class Trading(Stage):
    """Granting, spending, two phases, and what time does."""

    # Granting

    @rule(
        issuer=issuers,
        kind=kinds,
        who=st.integers(0, 2),
        amount=amounts,
        starts=st.sampled_from([0, 0, 1]),
        lives=lives,
    )
    def grant(self, **given: Any) -> None:
        id, lot_id, lot = new_id(), new_id(), self.new_lot(**given)
        row = self.grant_row(id, lot_id, lot)
        happened = self.both(
            "grant",
            lambda: self.model.grant(id, lot_id, lot),
            lambda twin: twin.do(postings.post, [self.head("gift", id)], (), [row]),
        )
        if happened:
            self.lots.append(lot_id)

    @rule(who=st.integers(0, 1), amount=amounts)
    def top_up(self, who: int, amount: int) -> None:
        id, member = new_id(), self.holders[who][1]
        now, made = self.model.now, new_id()

        async def real(twin: Twin) -> None:
            nonlocal made
            async with twin.transaction() as work:
                made = await postings.top_up(
                    work, self.head("top_up", id), self.wallet.id, member, amount
                )

        self.really(real)
        self.model.top_up(id, made, Lot(self.wallet, self.mall, member, amount, amount, now, None))
        self.lots.append(made)
        self.tally.add("top_up")

    # Spending

    def spend(self, name: str, *purchases: list[Draw]) -> None:
        """Purchases of one batch: one transfer each."""
        batch = {new_id(): draws for draws in purchases}
        heads = [self.head("purchase", id) for id in batch]
        rows = [row for id, draws in batch.items() for row in self.rows(id, draws)]
        if self.both(
            name,
            lambda: self.model.spend(batch),
            lambda twin: twin.do(postings.post, heads, rows),
        ):
            self.draws.extend(draw for draws in purchases for draw in draws)

    def spend_one(self, name: str, pick: int, part: int, shop: int, *units: str) -> None:
        lot = self.choose(pick, part, *units)
        self.spend(name, [self.draw(lot, part, self.shops[shop].id, FEE)])

    @precondition(lambda self: self.payable("rial"))
    @rule(pick=picks, part=parts)
    def spend_at_issuer(self, pick: int, part: int) -> None:
        lot = self.choose(pick, part, "rial")
        self.spend("spend_at_issuer", [self.draw(lot, part, self.model.lots[lot].issuer, 0)])

    @precondition(lambda self: self.payable("rial"))
    @rule(pick=picks, part=parts, other=st.integers(0, 1))
    def spend_at_another(self, pick: int, part: int, other: int) -> None:
        lot = self.choose(pick, part, "rial")
        others = [shop.id for shop in self.shops if shop.id != self.model.lots[lot].issuer]
        self.spend("spend_at_another", [self.draw(lot, part, others[other], FEE)])

    @precondition(lambda self: self.payable("point"))
    @rule(pick=picks, part=parts, shop=shops)
    def spend_points(self, pick: int, part: int, shop: int) -> None:
        self.spend_one("spend_points", pick, part, shop, "point")

    @precondition(lambda self: self.payable("wallet"))
    @rule(pick=picks, part=parts, shop=shops)
    def spend_wallet(self, pick: int, part: int, shop: int) -> None:
        self.spend_one("spend_wallet", pick, part, shop, "wallet")

    @precondition(lambda self: len(self.lots) > 2)
    @rule(pick=picks, part=parts, shop=shops)
    def spend_several(self, pick: int, part: int, shop: int) -> None:
        """Lots of several units and issuers; where too much is asked, of the last one only."""
        lots = self.payable("rial", "point", "wallet") if part <= 100 else self.lots
        first = pick % max(1, len(lots) - 2)
        chosen = lots[first : first + 3]
        if not chosen:
            return
        at = self.shops[shop].id
        draws = [self.draw(id, min(part, 100), at, FEE) for id in chosen[:-1]]
        self.spend("spend_several", [*draws, self.draw(chosen[-1], part, at, FEE)])

    @precondition(lambda self: self.payable("rial", "point", "wallet"))
    @rule(pick=picks, parts=st.sampled_from([(50, 33), (33, 1), (50, 1), (100, 1)]), shop=shops)
    def spend_in_a_batch(self, pick: int, parts: tuple[int, int], shop: int) -> None:
        """Two purchases of the same lot ride in one call: both are posted, or neither is."""
        lot = self.choose(pick, 100, "rial", "point", "wallet")
        self.spend("spend_in_a_batch", *(
            [self.draw(lot, part, self.shops[shop].id, FEE)] for part in parts
        ))  # fmt: skip

    @precondition(lambda self: self.payable("rial", "point", "wallet"))
    @rule(pick=picks, part=parts, issuer=shops, kind=kinds, amount=amounts, lives=lives)
    def spend_and_earn(
        self, pick: int, part: int, issuer: int, kind: int, amount: int, lives: int | None
    ) -> None:
        """What a shop's limit refuses is refused after the lots were drawn: they are whole."""
        id, lot_id, lot = new_id(), new_id(), self.new_lot(issuer, kind, 0, amount, 0, lives)
        paying = self.choose(pick, part, "rial", "point", "wallet")
        draws = [self.draw(paying, part, self.shops[issuer].id, FEE)]
        spends, grants = self.rows(id, draws), [self.grant_row(id, lot_id, lot)]
        if self.both(
            "spend_and_earn",
            lambda: self.model.trade(id, draws, lot_id, lot),
            lambda twin: twin.do(postings.post, [self.head("purchase", id)], spends, grants),
        ):
            self.draws.extend(draws)
            self.lots.append(lot_id)

    # Two phases

    @precondition(lambda self: self.lots)
    @rule(
        tills=st.integers(1, 3),
        pick=picks,
        part=parts,
        shop=shops,
        minutes=st.sampled_from([2, 30, 3_000, 10_000]),
    )
    def hold(self, tills: int, pick: int, part: int, shop: int, minutes: int) -> None:
        """Several tills of a shop authorise one after another."""
        for till in range(tills):
            lots = self.payable("rial", "point", "wallet") if part <= 100 else self.lots
            first = (pick + till) % max(1, len(lots))
            self.hold_lots(lots[first : first + 2], part, self.shops[shop].id, minutes)

    def hold_lots(self, lots: list[UUID], part: int, shop: UUID, minutes: int) -> None:
        draws = [self.draw(lot, part, shop, FEE) for lot in lots]
        if not draws:
            return
        reference, until = new_id(), self.model.now + timedelta(minutes=minutes)
        rows = self.rows(reference, draws)
        if self.both(
            "hold",
            lambda: self.model.hold(reference, draws, until),
            lambda twin: twin.do(postings.hold, reference, rows, until),
        ):
            self.open[reference] = draws

    def held(self, pick: int) -> UUID:
        """A purchase that is authorised; where none is open, one is opened first."""
        if not self.in_time():
            lot = self.choose(pick, 100, "rial", "point", "wallet")
            self.hold_lots([lot], 50, self.shops[0].id, 2)
        references = self.in_time()
        return references[pick % len(references)]

    @precondition(lambda self: self.in_time() or self.payable("rial", "point", "wallet"))
    @rule(pick=picks)
    def confirm(self, pick: int) -> None:
        reference, id = self.held(pick), new_id()
        draws = self.open.pop(reference)
        self.model.confirm(id, reference, draws)
        rows = self.rows(id, draws, held=True)

        async def real(twin: Twin) -> None:
            async with twin.transaction() as work:
                statement = "SELECT ledger.release($1, $2, false)"
                driver = await work.driver()
                assert await driver.fetchval(statement, self.mall, reference) == len(draws)
                await postings.post(work, [self.head("purchase", id)], rows)

        self.really(real)
        self.draws.extend(draws)
        self.tally.add("confirm")

    @precondition(lambda self: self.in_time() or self.payable("rial", "point", "wallet"))
    @rule(pick=picks)
    def cancel(self, pick: int) -> None:
        reference = self.held(pick)
        self.drop([reference])
        self.really(lambda twin: twin.do(postings.release, reference))
        self.tally.add("cancel")

    # Time

    @rule(by=st.sampled_from([timedelta(minutes=1), timedelta(minutes=3), timedelta(hours=1)]))
    def pass_time(self, by: timedelta) -> None:
        """Nobody comes round: what timed out is freed by whoever needs its lot."""
        self.pass_to(self.model.now + by)
        self.tally.add("pass_time")

    @precondition(lambda self: self.in_time() or self.payable("rial", "point", "wallet"))
    @rule(pick=picks)
    def time_out(self, pick: int) -> None:
        """A hold's time is up and whoever made it gives it up."""
        reference = self.held(pick)
        self.pass_to(self.model.lots[self.open[reference][0].lot].holds[reference][1])
        self.sweep()
        self.tally.add("time_out")

    def sweep(self) -> None:
        in_time = self.in_time()
        gone = [each for each in self.open if each not in in_time]
        self.drop(gone)
        for reference in gone:
            self.really(lambda twin, each=reference: twin.do(postings.release, each))  # type: ignore[misc]

    @precondition(lambda self: self.mortal())
    @rule(pick=picks, pinned=st.sampled_from([False, False, False, False, True]))
    def expire(self, pick: int, pinned: bool) -> None:
        """A lot's last day is over and the jobs come round. An open hold delays it."""
        lots = self.mortal()
        lot = lots[pick % len(lots)]
        ends = self.model.lots[lot].ends
        assert ends is not None
        if pinned and lot in self.payable("rial", "point", "wallet"):
            minutes = (ends - self.model.now) // timedelta(minutes=1) + 60
            self.hold_lots([lot], 100, self.shops[0].id, minutes)
        self.pass_to(ends)
        self.sweep()
        before = len(self.model.events)
        self.model.expire()
        expired = len(self.model.events) - before

        async def real(twin: Twin) -> None:
            async with twin.transaction() as work:
                assert await postings.expire_due(work) == expired

        self.really(real)
        self.tally.add("expire", None if expired else "held")

    def mortal(self) -> list[UUID]:
        """Lots with something left that will expire."""
        lots = self.model.lots
        return [id for id in self.lots if lots[id].left and lots[id].ends is not None]
