"""What a return comes to: in pieces as in one, whoever bears what was spent."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchants.purchases.unwinding import EarnBack, LineBack, SpendBack, Unwound, unwind
from tests.hypotheses import sized
from tests.merchants.purchases.naive import Bucket, Sold, Tally, undo_units, undone
from timcheh.ledger.contracts import LotState

pytestmark = pytest.mark.feature("sale.refund")

SPENT, EARNED = UUID(int=1), UUID(int=2)
LINE = LineBack(0, quantity=2_000, before=0, now=1_000, paid=900, net=1_000)
EARN = EarnBack(0, EARNED, "rial", amount=90, settled=0, absorbed=0, price=1, shares=(90,))
SPEND = SpendBack(0, SPENT, amount=100, value=100, fee=3, restored=0, shares=(100,))


def lot(left: int, *, expired: int = 0, held: int = 0) -> dict[UUID, LotState]:
    return {EARNED: LotState(EARNED, 90, left, held, expired, 0, None)}


def test_half_of_a_line_gives_half_of_everything_back() -> None:
    done = unwind([LINE], [SPEND], [EARN], lot(90), "deduct")
    assert (done.refund, done.spend, done.deducted) == (450, 500, 0)
    assert [(r.lot_id, r.amount, r.value, r.fee) for r in done.restored] == [(SPENT, 50, 50, 1)]
    assert [(t.lot_id, t.unit, t.settled, t.taken) for t in done.taken] == [
        (EARNED, "rial", 45, 45)
    ]
    rest = replace(LINE, before=1_000)
    then = unwind(
        [rest], [replace(SPEND, restored=50)], [replace(EARN, settled=45)], lot(45), "deduct"
    )
    assert (then.refund, then.restored[0].amount, then.restored[0].fee) == (450, 50, 2)


@pytest.mark.parametrize(
    ("policy", "refund", "deducted", "carried", "written_off"),
    [("deduct", 415, 35, 0, 0), ("carry", 450, 0, 35, 0), ("write_off", 450, 0, 0, 35)],
)
def test_what_was_spent_follows_the_shops_policy(
    policy: Any, refund: int, deducted: int, carried: int, written_off: int
) -> None:
    done = unwind([LINE], [], [EARN], lot(10), policy)
    assert done.taken[0].taken == 10
    assert (done.refund, done.deducted, done.carried, done.written_off) == (
        refund, deducted, carried, written_off,
    )  # fmt: skip


@pytest.mark.parametrize(("policy", "carried"), [("deduct", 32), ("carry", 42), ("write_off", 7)])
def test_a_debt_that_is_owed_again_comes_on_top(policy: Any, carried: int) -> None:
    cheap = replace(LINE, paid=20)  # refunds 10 of the 35 that were spent
    assert unwind([cheap], [], [EARN], lot(10), policy, debt_back=7).carried == carried


def test_large_amounts_come_back_to_the_rial() -> None:
    most = 2**53 + 1  # what a float can't hold
    line = LineBack(0, quantity=1_000, before=0, now=1_000, paid=0, net=most)
    (back,) = unwind(
        [line], [replace(SPEND, amount=most, value=most, shares=(most,))], [], {}, "deduct"
    ).restored
    assert (back.amount, back.value) == (most, most)


def test_no_more_is_deducted_than_comes_back() -> None:
    cheap = replace(LINE, paid=20)
    done = unwind([cheap], [], [EARN], lot(0), "deduct")
    assert (done.refund, done.deducted, done.carried) == (0, 10, 35)


def test_what_expired_costs_nothing_more() -> None:
    done = unwind([LINE], [], [EARN], lot(0, expired=30), "deduct")
    assert (done.taken[0].absorbed, done.deducted) == (30, 15)
    again = replace(EARN, settled=45, absorbed=30)
    done = unwind([replace(LINE, before=1_000)], [], [again], lot(0, expired=30), "deduct")
    assert (done.taken[0].absorbed, done.deducted) == (0, 45)


def test_what_another_purchase_holds_is_not_there_to_be_taken() -> None:
    done = unwind([LINE], [], [EARN], lot(50, held=20), "deduct")
    assert (done.taken[0].taken, done.deducted) == (30, 15)


def test_points_are_deducted_at_what_they_were_worth() -> None:
    points = replace(EARN, unit="point", price=8)
    done = unwind([LINE], [], [points], lot(40), "deduct")
    assert (done.taken[0].taken, done.deducted, done.refund) == (40, 40, 410)


def test_a_debt_that_the_purchase_paid_is_owed_again() -> None:
    assert unwind([LINE], [], [], {}, "write_off", debt_back=7).carried == 7


# The same against a naive oracle: whole purchases, returned in pieces of any size.

small = st.integers(0, 60)


@st.composite
def sales(draw: st.DrawFn) -> dict[str, Any]:
    """A purchase with what became of its earned lots, and the order in which it comes back."""
    count = draw(st.integers(1, 3))
    lines = [
        Sold(draw(st.sampled_from([1, 3, 1_000, 2_500])), paid := draw(small), paid + draw(small))
        for _ in range(count)
    ]
    per_line = st.lists(small, min_size=count, max_size=count)
    spends = [
        {"shares": shares, "price": draw(st.sampled_from([1, 7])), "fee": draw(st.integers(0, 9))}
        for shares in draw(st.lists(per_line, max_size=2))
        if sum(shares)
    ]
    earns = []
    for shares in draw(st.lists(per_line, max_size=2)):
        left = draw(st.integers(0, sum(shares)))
        expired = draw(st.integers(0, sum(shares) - left))
        if sum(shares):
            price = draw(st.sampled_from([1, 5]))
            earns.append({"shares": shares, "price": price, "left": left, "expired": expired})
    pieces = draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(1, 2_500)), max_size=6))
    return {"lines": lines, "spends": spends, "earns": earns, "pieces": pieces}


class Shop:
    """Remembers between returns what the purchase's rows and lots remember."""

    def __init__(self, sale: dict[str, Any], policy: Any) -> None:
        self.policy = policy
        self.lines: list[Sold] = [replace(line) for line in sale["lines"]]
        self.spends = []
        for n, spend in enumerate(sale["spends"]):
            shares, amount = spend["shares"], sum(spend["shares"])
            value = amount * spend["price"]
            self.spends.append(
                SpendBack(n, UUID(int=10 + n), amount, value, spend["fee"], 0, shares)
            )
        self.earns = [
            EarnBack(n, UUID(int=20 + n), "rial", sum(e["shares"]), 0, 0, e["price"], e["shares"])
            for n, e in enumerate(sale["earns"])
        ]
        self.lots = {
            earn.lot_id: LotState(earn.lot_id, earn.amount, e["left"], 0, e["expired"], 0, None)
            for earn, e in zip(self.earns, sale["earns"], strict=True)
        }

    def take_back(self, quantities: dict[int, int]) -> Unwound:
        lines = [
            LineBack(i, self.lines[i].quantity, self.lines[i].back, now, self.lines[i].paid,
                     self.lines[i].net)
            for i, now in quantities.items()
        ]  # fmt: skip
        done = unwind(lines, self.spends, self.earns, self.lots, self.policy)
        for line in lines:
            self.lines[line.line].back += line.now
        for r in done.restored:
            self.spends[r.n] = replace(
                self.spends[r.n], restored=self.spends[r.n].restored + r.amount
            )
        for t in done.taken:
            earn, lot = self.earns[t.n], self.lots[t.lot_id]
            self.earns[t.n] = replace(
                earn, settled=earn.settled + t.settled, absorbed=earn.absorbed + t.absorbed
            )
            self.lots[t.lot_id] = lot._replace(
                remaining=lot.remaining - t.taken, taken_back=lot.taken_back + t.taken
            )
        return done

    def rest(self) -> dict[int, int]:
        return {
            i: line.quantity - line.back
            for i, line in enumerate(self.lines)
            if line.quantity > line.back
        }


def add(tally: Tally, done: Unwound) -> None:
    tally.refund += done.refund
    tally.deducted += done.deducted
    tally.carried += done.carried
    tally.written_off += done.written_off


def oracle_step(
    sale: dict[str, Any], before: list[Sold], after: list[Sold], buckets: list[Bucket]
) -> tuple[int, list[int], list[int], int]:
    """(money, restored per spend, taken per earn, owed) of one return, from nothing."""
    money = undone([x.paid for x in after], after) - undone([x.paid for x in before], before)
    restored = [undone(s["shares"], after) - undone(s["shares"], before) for s in sale["spends"]]
    taken, owed = [], 0
    for earn, bucket in zip(sale["earns"], buckets, strict=True):
        count = undone(earn["shares"], after) - undone(earn["shares"], before)
        part, spent = undo_units(count, bucket)
        taken.append(part)
        owed += spent * earn["price"]
    return money, restored, taken, owed


@given(sales(), st.sampled_from(["deduct", "carry", "write_off"]))
@sized(ci=400, nightly=20_000)
def test_pieces_agree_with_the_oracle_and_add_up_to_the_whole(sale: Any, policy: Any) -> None:
    shop = Shop(sale, policy)
    buckets = [
        Bucket(e["left"], e["expired"], sum(e["shares"]) - e["left"] - e["expired"])
        for e in sale["earns"]
    ]
    total, whole = Tally(), Tally()
    steps = [{line: quantity} for line, quantity in sale["pieces"]] + [None]
    for step in steps:
        rest = shop.rest()
        asked = rest if step is None else {i: min(n, rest[i]) for i, n in step.items() if i in rest}
        if not asked:
            continue
        before = [replace(line) for line in shop.lines]
        done = shop.take_back(asked)
        money, restored, taken, owed = oracle_step(sale, before, shop.lines, buckets)
        assert done.refund + done.deducted == money
        assert {r.n: r.amount for r in done.restored} == {n: a for n, a in enumerate(restored) if a}
        found = {t.n: t.taken for t in done.taken}
        assert {n: a for n, a in found.items() if a} == {n: a for n, a in enumerate(taken) if a}
        assert done.deducted + done.carried + done.written_off == owed
        expected = {"deduct": min(owed, money), "carry": 0, "write_off": 0}[policy]
        assert done.deducted == expected
        assert done.written_off == (owed if policy == "write_off" else 0)
        add(total, done)

    at_once = Shop(sale, policy)
    add(whole, at_once.take_back(at_once.rest()))
    assert total.refund + total.deducted == whole.refund + whole.deducted
    assert total.deducted + total.carried == whole.deducted + whole.carried
    assert total.written_off == whole.written_off
    assert [s.restored for s in shop.spends] == [s.amount for s in at_once.spends]
    assert [e.settled for e in shop.earns] == [e.amount for e in at_once.earns]
    assert shop.lots == at_once.lots


@given(sales())
@sized(ci=200, nightly=10_000)
def test_fees_come_back_exactly_and_never_more_than_was_taken(sale: Any) -> None:
    shop = Shop(sale, "deduct")
    fees = [0 for _ in shop.spends]
    for step in [*({line: quantity} for line, quantity in sale["pieces"]), None]:
        rest = shop.rest()
        asked = rest if step is None else {i: min(n, rest[i]) for i, n in step.items() if i in rest}
        if asked:
            for back in shop.take_back(asked).restored:
                assert back.value == back.amount * sale["spends"][back.n]["price"]
                fees[back.n] += back.fee
                assert back.fee >= 0
                assert fees[back.n] <= shop.spends[back.n].fee
    assert fees == [spend.fee for spend in shop.spends]
