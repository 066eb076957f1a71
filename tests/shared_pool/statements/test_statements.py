"""What a position is made of, and that a statement adds up to the rial."""

from collections.abc import Mapping
from uuid import UUID

import pytest

from shared_pool.settlement.results import Mark, mark
from shared_pool.settlement.service import Result, approve, draft
from shared_pool.standings.keeping import kept_standings, standings
from shared_pool.standings.standing import Standing
from shared_pool.statements.statement import Statement, statement_of
from tests.timcheh.ledger.book import Book
from timcheh.ids import new_id
from timcheh.ledger import postings, queries
from timcheh.ledger.contracts import Grant, Spend

ONE, TWO = new_id(), new_id()

pytestmark = [
    pytest.mark.feature("fund.dual"),
    pytest.mark.feature("net.shared_fund"),
    pytest.mark.feature("fund.netting"),
]


async def now(book: Book) -> dict[UUID, Standing]:
    async with book.act() as uow:
        return await standings(uow)


def adds_up(found: Statement) -> bool:
    moved = found.accepted_total - found.spent_total + found.points + found.wallet - found.fees
    return (
        found.opening + moved + found.settled == found.closing
        and found.closing - found.elsewhere == found.net
    )


async def test_a_position_is_the_sum_of_what_is_named(book: Book) -> None:
    a, b = await book.shop(), await book.shop()
    pool = await book.pool(issue_price=3, redeem_price=2)
    member = new_id()
    credit = await book.grant(a.id, a.partners, 1_000)
    await book.spend(credit, 600, b.id, fee=12)
    await book.spend(credit, 100, a.id)
    back = await book.grant(b.id, b.partners, 300)
    await book.spend(back, 250, a.id, fee=5)
    points = await book.grant(a.id, pool, 40, holder_id=member)
    await book.spend(points, 30, b.id, value=60, fee=3)
    wallet = await book.top_up(member, 500)
    await book.spend(wallet, 200, b.id, fee=4)
    await book.deposit(a.id, 70)
    found = await now(book)
    one, two = found[a.id], found[b.id]
    assert (one.accepted, one.spent, one.points, one.wallet, one.fees) == (250, 600, -120, 0, 5)
    assert (two.accepted, two.spent, two.points, two.wallet, two.fees) == (600, 250, 60, 200, 19)
    assert (one.outstanding, two.outstanding, one.deposit) == (300, 50, 70)
    assert (one.clearing, two.clearing) == (250 - 5 - 600 - 120, 600 - 250 + 60 + 200 - 19)
    async with book.act() as uow:
        positions = await queries.positions(uow)
    for shop, standing in found.items():
        assert standing.clearing == positions[shop].clearing
        assert standing.outstanding == -positions[shop].outstanding


async def test_each_period_begins_where_the_last_one_ended(book: Book) -> None:
    a, b = await book.shop(), await book.shop()
    names: Mapping[UUID, str] = {a.id: "گل‌آرا", b.id: "لاله"}
    lot = await book.grant(a.id, a.partners, 1_000)
    await book.spend(lot, 600, b.id, fee=12)
    async with book.act() as uow:
        first = (await draft(uow, ONE)).head.id
    async with book.act() as uow:
        await approve(uow, first, TWO)
    await book.spend(lot, 100, b.id, fee=2)
    async with book.act() as uow:
        await mark(uow, first, [Mark(b.id, Result.PAID)], TWO)
        second = await draft(uow, ONE)
        kept = await kept_standings(uow, second.head.id, [a.id, b.id])
        before = await kept_standings(uow, first, [a.id, b.id])
    nets = {line.merchant_id: line.net for line in second.lines}
    assert nets == {a.id: -100, b.id: 98}  # what the first still takes from A is on its way
    debtor = statement_of(kept[a.id], before[a.id], nets[a.id], names)
    creditor = statement_of(kept[b.id], before[b.id], nets[b.id], names)
    assert adds_up(debtor)
    assert adds_up(creditor)
    assert (debtor.opening, debtor.spent, debtor.closing, debtor.elsewhere) == (
        -600, [("لاله", 100)], -700, -600,
    )  # fmt: skip
    assert (creditor.opening, creditor.accepted, creditor.fees, creditor.settled) == (
        588, [("گل‌آرا", 100)], 2, -588,
    )  # fmt: skip
    assert (creditor.closing, creditor.elsewhere) == (98, 0)
    start = statement_of(before[b.id], None, 588, names)
    assert (start.opening, start.accepted_total, start.closing) == (0, 600, 588)
    assert adds_up(start)


async def test_what_came_back_counts_against_the_period(book: Book) -> None:
    a, b = await book.shop(), await book.shop()
    lot = await book.grant(a.id, a.partners, 1_000)
    await book.spend(lot, 600, b.id, fee=12)
    before = (await now(book))[b.id]
    await book.unwind([(lot, 200, 200, 4, b.id)], [])
    found = statement_of((await now(book))[b.id], before, 392, {a.id: "گل‌آرا"})
    assert (found.accepted, found.fees, found.closing) == ([("گل‌آرا", -200)], -4, 392)
    assert adds_up(found)


async def test_gifts_of_the_mall_have_no_shop_behind_them(book: Book) -> None:
    """The mall issues too: what is spent of its credit is accepted from it by name."""
    b = await book.shop()
    async with book.act() as uow:
        head = postings.transfer(uow, "gift")
        lot_id, holder = new_id(), new_id()
        grant = Grant(
            head.id, lot_id, book.network, book.mall_id, "member", holder, 50, book.now, None, "x"
        )
        await postings.post(uow, [head], grants=[grant])
        spent = postings.transfer(uow, "purchase")
        await postings.post(
            uow, [spent], [Spend(spent.id, lot_id, 50, 50, 0, b.id, False, book.now)]
        )
    found = await now(book)
    assert found[b.id].trades[book.mall_id].accepted == 50
    assert found[book.mall_id].spent == 50
