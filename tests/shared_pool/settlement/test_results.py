"""What the bank says of payments, in whatever order: posted once, posted back, never lost."""

from collections.abc import Sequence
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_pool.settlement.errors import (
    CollateralShort,
    PaymentsUnknown,
    ResultNotPossible,
    SettlementBegun,
    SettlementNotOpen,
)
from shared_pool.settlement.results import Mark, mark
from shared_pool.settlement.service import (
    POSTED,
    Result,
    SettlementWithLines,
    approve,
    cancel,
    complete,
    draft,
    find_settlement,
)
from tests.hypotheses import sized
from tests.timcheh.ledger.book import DAY, Book
from timcheh.db import Database
from timcheh.errors import NotFound, TimchehError
from timcheh.ids import new_id
from timcheh.ledger import queries
from timcheh.malls import MallInfo

ONE, TWO = new_id(), new_id()  # the persons

pytestmark = [pytest.mark.feature("fund.dual"), pytest.mark.feature("net.shared_fund")]


async def trade(book: Book, amount: int = 150_000, fee: int = 3_000) -> tuple[UUID, UUID]:
    """One shop's credit is spent at another: who owes, who is due."""
    a, b = await book.shop(), await book.shop()
    lot = await book.grant(a.id, a.partners, amount)
    await book.spend(lot, amount, b.id, fee=fee)
    return a.id, b.id


async def agreed(book: Book) -> UUID:
    """A settlement of all positions that two people agree on."""
    async with book.act() as uow:
        id = (await draft(uow, ONE)).head.id
    async with book.act() as uow:
        await approve(uow, id, TWO)
    return id


async def marked(book: Book, id: UUID, *marks: Mark) -> SettlementWithLines:
    async with book.act() as uow:
        return await mark(uow, id, marks, TWO)


async def clearing(book: Book, shop: UUID) -> int:
    async with book.act() as uow:
        return await queries.balance_of(uow, "clearing", shop)


async def transfers(book: Book) -> list[str]:
    async with book.act() as uow:
        driver = await uow.driver()
        rows = await driver.fetch(
            "SELECT kind FROM ledger.transfer WHERE kind LIKE 'settlement%' ORDER BY created_at, id"
        )
    return [row["kind"] for row in rows]


async def test_each_is_posted_when_it_is_known_and_the_last_completes(book: Book) -> None:
    a, b = await trade(book)
    id = await agreed(book)
    book.now += DAY
    found = await marked(book, id, Mark(b, Result.PAID, reference="140509-77"))
    assert (found.head.state, await clearing(book, b), await clearing(book, a)) == (
        "approved", 0, -150_000,
    )  # fmt: skip
    found = await marked(book, id, Mark(a, Result.PAID))
    assert (found.head.state, found.head.completed_by) == ("completed", TWO)
    assert (found.head.completed_at, await clearing(book, a)) == (book.now, 0)
    assert [(line.merchant_id, line.reference) for line in found.lines] == [
        (a, None), (b, "140509-77"),
    ]  # fmt: skip
    async with book.act() as uow:
        assert (await queries.fund(uow)).fee == 0
    assert await transfers(book) == ["settlement"] * 3  # the third draws the fees
    await book.prove()


async def test_a_refused_payment_leaves_the_shop_due_and_comes_into_the_next(book: Book) -> None:
    a, b = await trade(book)
    id = await agreed(book)
    found = await marked(book, id, Mark(b, Result.REFUSED, "شبا بسته است"), Mark(a, Result.PAID))
    assert found.head.state == "completed"
    assert (await clearing(book, a), await clearing(book, b)) == (0, 147_000)
    async with book.act() as uow:
        again = await draft(uow, ONE)
    assert [(line.merchant_id, line.net) for line in again.lines] == [(b, 147_000)]
    assert (again.head.total_pay, again.head.fees) == (0, 0)
    await book.prove()


async def test_until_it_is_completed_nothing_of_it_is_promised_again(book: Book) -> None:
    """A refusal may turn out to be none, and then it must not have been paid twice."""
    _, b = await trade(book)
    id = await agreed(book)
    for result in (Result.REFUSED, Result.UNKNOWN, Result.PAID):
        await marked(book, id, Mark(b, result))
        async with book.act() as uow:
            assert (await draft(uow, ONE)).lines == []
    assert await clearing(book, b) == 0


async def test_what_the_bank_returns_later_is_posted_back_to_the_rial(book: Book) -> None:
    a, b = await trade(book)
    id = await agreed(book)
    async with book.act() as uow:
        await complete(uow, id, TWO)
    for _ in range(2):  # a second time changes nothing
        found = await marked(book, id, Mark(b, Result.REFUSED, "حساب مسدود"))
    assert found.head.state == "completed"
    assert (await clearing(book, a), await clearing(book, b)) == (0, 147_000)
    assert await transfers(book) == ["settlement", "settlement_return"]
    await marked(book, id, Mark(b, Result.PAID))  # it had gone through after all
    assert await clearing(book, b) == 0
    await marked(book, id, Mark(b, Result.REFUSED))
    async with book.act() as uow:
        newer = await draft(uow, ONE)
    assert [(line.merchant_id, line.net) for line in newer.lines] == [(b, 147_000)]
    with pytest.raises(ResultNotPossible):  # the newer one pays it
        await marked(book, id, Mark(b, Result.PAID))
    with pytest.raises(ResultNotPossible):
        await marked(book, id, Mark(b, Result.UNKNOWN))
    await book.prove()


async def test_the_same_result_again_posts_nothing(book: Book) -> None:
    _, b = await trade(book)
    id = await agreed(book)
    for _ in range(3):
        await marked(book, id, Mark(b, Result.PAID))
    assert await transfers(book) == ["settlement"]


async def test_what_a_shop_owes_is_taken_from_its_deposit(book: Book) -> None:
    a, b = await trade(book)
    await book.deposit(a, 200_000)
    id = await agreed(book)
    await marked(book, id, Mark(a, Result.COLLATERAL))
    async with book.act() as uow:
        position = (await queries.positions(uow))[a]
    assert (position.clearing, position.deposit) == (0, 50_000)
    await marked(book, id, Mark(a, Result.UNKNOWN))
    async with book.act() as uow:
        position = (await queries.positions(uow))[a]
    assert (position.clearing, position.deposit) == (-150_000, 200_000)
    with pytest.raises(ResultNotPossible):
        await marked(book, id, Mark(b, Result.COLLATERAL))
    await book.prove()


@pytest.mark.parametrize("deposit", [0, 149_999])
async def test_a_deposit_pays_no_more_than_there_is(book: Book, deposit: int) -> None:
    a, _ = await trade(book)
    if deposit:
        await book.deposit(a, deposit)
    id = await agreed(book)
    with pytest.raises(CollateralShort) as refused:
        await marked(book, id, Mark(a, Result.COLLATERAL))
    assert refused.value.params == {"deposit": deposit, "owed": 150_000}


async def test_unknown_is_not_refused(book: Book) -> None:
    _, b = await trade(book)
    id = await agreed(book)
    await marked(book, id, Mark(b, Result.UNKNOWN))
    with pytest.raises(PaymentsUnknown):
        async with book.act() as uow:
            await complete(uow, id, TWO)
    with pytest.raises(SettlementBegun):
        async with book.act() as uow:
            await cancel(uow, id)
    await marked(book, id, Mark(b, Result.PAID))
    async with book.act() as uow:
        assert (await complete(uow, id, TWO)).head.state == "completed"
    await book.prove()


async def test_only_what_two_agreed_on_has_results_and_only_its_shops(book: Book) -> None:
    a, _ = await trade(book)
    async with book.act() as uow:
        id = (await draft(uow, ONE)).head.id
    with pytest.raises(SettlementNotOpen):
        await marked(book, id, Mark(a, Result.PAID))
    id = await agreed(book)
    with pytest.raises(NotFound):
        await marked(book, id, Mark(new_id(), Result.PAID))
    with pytest.raises(NotFound):
        await marked(book, new_id(), Mark(a, Result.PAID))


Step = tuple[int, Result]
STEPS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(list(Result))), max_size=12)


@given(steps=STEPS, finishes=st.booleans())
@sized(ci=12, nightly=300)
async def test_whatever_results_come_in_whatever_order(
    database: Database, mall: MallInfo, steps: Sequence[Step], finishes: bool
) -> None:
    """What is posted is exactly what the lines say; accounts, lots and the chain stay whole."""
    book = Book(database, mall.mall_id)
    shops = [await book.shop() for _ in range(3)]
    for issuer, acceptor, amount in ((0, 1, 900), (1, 2, 500), (2, 1, 70)):
        a = shops[issuer]
        lot = await book.grant(a.id, a.partners, amount)
        await book.spend(lot, amount, shops[acceptor].id, fee=amount // 10)
    await book.deposit(shops[0].id, 950)
    before = {shop.id: await clearing(book, shop.id) for shop in shops}
    id = await agreed(book)
    for at, result in steps:
        try:
            await marked(book, id, Mark(shops[at].id, result, "بانک"))
        except TimchehError as refused:
            assert refused.status in (404, 409)  # noqa: PT017
    if finishes:
        try:
            async with book.act() as uow:
                await complete(uow, id, TWO)
        except PaymentsUnknown:
            pass
    async with book.act() as uow:
        found = await find_settlement(uow, id)
        positions = await queries.positions(uow)
    ours = [line for line in found.lines if line.merchant_id in before]  # others: earlier examples
    for line in ours:
        paid = line.net if line.result in POSTED else 0
        assert positions[line.merchant_id].clearing == before[line.merchant_id] - paid
    first = next(line for line in ours if line.merchant_id == shops[0].id)
    drawn = -first.net if first.result == Result.COLLATERAL else 0
    assert positions[shops[0].id].deposit == 950 - drawn
    await book.prove()
