"""What a draft promises, who may approve it, and that it is paid exactly once."""

from uuid import UUID

import pytest

from shared_pool.settlement.errors import SecondPersonRequired, SettlementNotOpen
from shared_pool.settlement.service import (
    SettlementWithLines,
    approve,
    cancel,
    complete,
    draft,
    find_settlement,
    list_settlements,
    open_settlement,
)
from tests.timcheh.ledger.book import DAY, Book, Lot
from timcheh.errors import NotFound
from timcheh.ids import new_id
from timcheh.ledger import postings

ONE, TWO = new_id(), new_id()  # the persons

pytestmark = [pytest.mark.feature("fund.dual"), pytest.mark.feature("net.shared_fund")]


async def trade(book: Book, amount: int = 150_000, fee: int = 3_000) -> tuple[UUID, UUID, Lot]:
    """One shop's credit is spent at another: who owes, who is due, and the lot."""
    a, b = await book.shop(), await book.shop()
    lot = await book.grant(a.id, a.partners, amount)
    await book.spend(lot, amount, b.id, fee=fee)
    return a.id, b.id, lot


async def drafted(book: Book, actor: UUID = ONE) -> SettlementWithLines:
    async with book.act() as uow:
        return await draft(uow, actor)


async def approved(book: Book, id: UUID, actor: UUID = TWO) -> SettlementWithLines:
    async with book.act() as uow:
        return await approve(uow, id, actor)


async def completed(book: Book, id: UUID, actor: UUID = TWO) -> SettlementWithLines:
    async with book.act() as uow:
        return await complete(uow, id, actor)


async def cancelled(book: Book, id: UUID) -> SettlementWithLines:
    async with book.act() as uow:
        return await cancel(uow, id)


def nets(found: SettlementWithLines) -> list[tuple[UUID, int]]:
    return [(line.merchant_id, line.net) for line in found.lines]


async def test_a_draft_is_a_photograph_the_largest_debtor_first(book: Book) -> None:
    a, b, _ = await trade(book)
    c, d, _ = await trade(book, 900, fee=0)
    found = await drafted(book)
    assert nets(found) == [(a, -150_000), (c, -900), (d, 900), (b, 147_000)]
    head = found.head
    assert (head.state, head.drafted_by, head.created_at) == ("draft", ONE, book.now)
    assert (head.total_pay, head.total_receive, head.fees) == (150_900, 147_900, 3_000)
    async with book.act() as uow:
        again = await find_settlement(uow, head.id)
    assert (again.head.id, nets(again)) == (head.id, nets(found))


async def test_what_an_approved_one_will_pay_is_not_promised_again(book: Book) -> None:
    await trade(book)
    first = await drafted(book)
    await approved(book, first.head.id)
    empty = await drafted(book)
    assert (nets(empty), empty.head.total_pay, empty.head.fees) == ([], 0, 0)
    c, d, _ = await trade(book, 1_000, fee=20)
    found = await drafted(book)
    assert nets(found) == [(c, -1_000), (d, 980)]
    assert found.head.fees == 20
    await completed(book, first.head.id)
    await approved(book, found.head.id)
    await completed(book, found.head.id)
    async with book.act() as uow:
        assert (await draft(uow, ONE)).lines == []
    await book.prove()


async def test_a_draft_that_nobody_approved_gives_way_to_the_next(book: Book) -> None:
    await trade(book)
    first = await drafted(book)
    book.now += DAY
    second = await drafted(book)
    async with book.act() as uow:
        old = (await find_settlement(uow, first.head.id)).head
        assert (old.state, old.cancelled_at) == ("cancelled", book.now)
        assert (await find_settlement(uow, second.head.id)).head.state == "draft"


async def test_whoever_drafted_it_may_not_approve_it(book: Book) -> None:
    id = (await drafted(book)).head.id
    with pytest.raises(SecondPersonRequired):
        await approved(book, id, ONE)
    book.now += DAY
    head = (await approved(book, id)).head
    assert (head.state, head.approved_by, head.approved_at) == ("approved", TWO, book.now)
    with pytest.raises(SettlementNotOpen) as refused:
        await approved(book, id)
    assert refused.value.params == {"state": "approved"}


async def test_completing_pays_once_and_draws_the_fees(book: Book) -> None:
    a, b, _ = await trade(book)
    id = (await drafted(book)).head.id
    with pytest.raises(SettlementNotOpen) as refused:
        await completed(book, id)
    assert refused.value.params == {"state": "draft"}
    await approved(book, id)
    book.now += DAY
    found = await completed(book, id)
    assert nets(found) == [(a, -150_000), (b, 147_000)]
    await completed(book, id, ONE)  # a second time changes nothing
    async with book.act() as uow:
        driver = await uow.driver()
        transfers = await driver.fetch(
            "SELECT id, reference_id, actor_id, occurred_at FROM ledger.transfer"
            " WHERE kind = 'settlement'"
        )
        entries = await driver.fetch(
            "SELECT account, owner_id, sum(amount)::int FROM ledger.entry"
            " WHERE transfer_id = $1 GROUP BY 1, 2",
            id,
        )
        events = await driver.fetch(
            "SELECT payload->>'settlement_id' FROM kernel.outbox_event"
            " WHERE topic = 'shared_pool.settlement_completed'"
        )
        head = (await find_settlement(uow, id)).head
    assert [tuple(row) for row in transfers] == [(id, id, TWO, book.now)]
    assert {tuple(row) for row in entries} == {
        ("clearing", a, 150_000), ("clearing", b, -147_000),
        ("fee", book.mall_id, -3_000), ("cash", book.mall_id, 0),
    }  # fmt: skip
    assert [row[0] for row in events] == [str(id)]
    assert (head.state, head.completed_by, head.completed_at) == ("completed", TWO, book.now)
    await book.prove()


async def test_one_that_moves_nothing_writes_nothing(book: Book) -> None:
    id = (await drafted(book)).head.id
    await approved(book, id)
    assert (await completed(book, id)).head.state == "completed"
    assert await book.value("SELECT count(*) FROM ledger.transfer") == 0


async def test_fees_alone_are_drawn_too(book: Book) -> None:
    a, b, _ = await trade(book)
    async with book.act() as uow:
        head = postings.transfer(uow, "settlement")
        await postings.settle(uow, head, [(a, -150_000), (b, 147_000)], fees=0)
    found = await drafted(book)
    assert (nets(found), found.head.fees) == ([], 3_000)
    await approved(book, found.head.id)
    await completed(book, found.head.id)
    assert (await drafted(book)).head.fees == 0


async def test_a_fee_that_a_return_undid_is_no_negative_fee(book: Book) -> None:
    _, b, lot = await trade(book)
    first = await drafted(book)
    await approved(book, first.head.id)
    await completed(book, first.head.id)
    await book.unwind([(lot, 50_000, 50_000, 1_000, b)], [])
    assert (await drafted(book)).head.fees == 0


async def test_it_can_be_given_up_until_it_is_completed(book: Book) -> None:
    for approve_first in (False, True):
        id = (await drafted(book)).head.id
        if approve_first:
            await approved(book, id)
        first = (await cancelled(book, id)).head
        assert (first.state, first.cancelled_at) == ("cancelled", book.now)
        book.now += DAY
        again = (await cancelled(book, id)).head
        assert again.cancelled_at == book.now - DAY, "a second time changes nothing"
        for step in (approved, completed):
            with pytest.raises(SettlementNotOpen):
                await step(book, id)
    id = (await drafted(book)).head.id
    await approved(book, id)
    await completed(book, id)
    with pytest.raises(SettlementNotOpen) as refused:
        await cancelled(book, id)
    assert refused.value.params == {"state": "completed"}


async def test_an_absent_one_is_not_found(book: Book) -> None:
    for step in (approved, completed):
        with pytest.raises(NotFound):
            await step(book, new_id())
    with pytest.raises(NotFound):
        await cancelled(book, new_id())
    async with book.act() as uow:
        with pytest.raises(NotFound):
            await find_settlement(uow, new_id())


async def test_they_are_listed_newest_first_and_page_by_page(book: Book) -> None:
    ids = [(await drafted(book)).head.id for _ in range(4)]
    newest = ids[::-1]
    async with book.act() as uow:
        listed = [row.id for row in await list_settlements(uow, None, 3)]
        rest = [row.id for row in await list_settlements(uow, listed[-1], 3)]
    assert (listed, rest) == (newest[:3], newest[3:])


async def test_the_open_one_is_the_newest_that_is_neither_paid_nor_given_up(book: Book) -> None:
    async def current() -> UUID | None:
        async with book.act() as uow:
            found = await open_settlement(uow)
        return found.id if found else None

    assert await current() is None
    first = (await drafted(book)).head.id
    await approved(book, first)
    assert await current() == first
    second = (await drafted(book)).head.id
    assert await current() == second
    await cancelled(book, second)
    assert await current() == first
    await completed(book, first)
    assert await current() is None
