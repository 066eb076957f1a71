"""Balances are the roll-up plus the tail, whatever commits in whatever order."""

import asyncio
from uuid import UUID

import pytest

from tests.timcheh.ledger.book import Book
from timcheh.ledger import postings, queries
from timcheh.ledger.errors import LimitExceeded

pytestmark = pytest.mark.feature("net.issued_used")


async def roll_up(book: Book) -> None:
    async with book.act() as uow:
        await postings.roll_up(uow)


async def held(book: Book, shop: UUID) -> int:
    """The shop's deposit as positions tell it."""
    async with book.act() as uow:
        return (await queries.positions(uow))[shop].deposit


async def rolled(book: Book) -> int:
    """How many entries the roll-up has summed."""
    return int(await book.value("SELECT coalesce(sum(entries), 0) FROM ledger.balance"))


async def test_a_balance_is_the_same_before_and_after_the_roll_up(book: Book) -> None:
    a, b = await book.shop(), await book.shop()
    lot = await book.grant(a.id, a.partners, 1_000)
    await book.spend(lot, 400, b.id, fee=8)
    await book.quiet()
    async with book.act() as uow:
        before = await queries.positions(uow), await queries.fund(uow), await queries.matrix(uow)
    for _ in range(2):  # a second time finds nothing new
        await roll_up(book)
        async with book.act() as uow:
            after = await queries.positions(uow), await queries.fund(uow), await queries.matrix(uow)
        assert after == before
        assert await rolled(book) == 5  # the members' own entries are in their lots
        await book.prove()


async def test_an_entry_that_commits_late_does_not_fall_behind_the_checkpoint(book: Book) -> None:
    a = await book.shop()
    written, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with book.act() as uow:
            await postings.deposit(uow, postings.transfer(uow, "deposit"), a.id, 10)
            written.set()
            await go_on.wait()

    late = asyncio.create_task(slow())
    await written.wait()
    b = await book.shop()
    await book.deposit(b.id, 100)  # a later transaction that commits first
    await roll_up(book)
    assert await rolled(book) == 0, "the checkpoint waits for the oldest open transaction"
    assert (await held(book, a.id), await held(book, b.id)) == (0, 100)
    await book.prove()

    go_on.set()
    await late
    assert await held(book, a.id) == 10
    await book.quiet()
    await roll_up(book)
    assert await rolled(book) == 4
    assert (await held(book, a.id), await held(book, b.id)) == (10, 100)
    await book.prove()


async def test_the_chain_waits_for_the_oldest_open_transaction_too(book: Book) -> None:
    a = await book.shop()
    async with book.act() as uow:
        await postings.deposit(uow, postings.transfer(uow, "deposit"), a.id, 10)
        async with book.act() as other:
            assert await postings.seal(other) == 0
    await book.quiet()
    async with book.act() as uow:
        assert await postings.seal(uow) == 1
    await book.prove()


async def test_balances_add_up_while_many_write_and_roll_up_at_once(book: Book) -> None:
    shops = [await book.shop() for _ in range(3)]

    async def deposits(seed: int) -> None:
        for turn in range(8):
            shop = shops[(seed + turn) % len(shops)]
            async with book.act() as uow:
                head = postings.transfer(uow, "deposit")
                await postings.deposit(uow, head, shop.id, 7)
                if turn % 3 == 0:  # stays open while others commit and the checkpoint moves
                    await asyncio.sleep(0.01)

    async def roller() -> None:
        for _ in range(8):
            await roll_up(book)
            assert sum([await held(book, shop.id) for shop in shops]) % 7 == 0

    await asyncio.gather(*(deposits(seed) for seed in range(4)), roller(), roller())
    await book.prove()
    await book.quiet()
    await roll_up(book)
    assert await rolled(book) == 4 * 8 * 2
    assert sum([await held(book, shop.id) for shop in shops]) == 4 * 8 * 7
    await book.prove()


async def test_a_rolled_back_transaction_leaves_no_trace(book: Book) -> None:
    a = await book.shop()

    async def breaks() -> None:
        async with book.act() as uow:
            await postings.deposit(uow, postings.transfer(uow, "deposit"), a.id, 10)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await breaks()
    await roll_up(book)
    assert await held(book, a.id) == 0
    assert await book.value("SELECT count(*) FROM ledger.transfer") == 0


async def test_a_limit_counts_what_is_rolled_up_and_what_is_not(book: Book) -> None:
    a = await book.shop(limit=100)
    await book.grant(a.id, a.partners, 60)
    await book.quiet()
    await roll_up(book)
    await book.grant(a.id, a.partners, 40)
    with pytest.raises(LimitExceeded):
        await book.grant(a.id, a.partners, 1)


@pytest.mark.feature("fund.limits")
async def test_a_balance_is_its_owners_and_its_accounts_alone(book: Book) -> None:
    a, b = await book.shop(), await book.shop()
    await book.deposit(a.id, 50)
    await book.deposit(b.id, 900)
    await book.quiet()
    for _ in range(2):  # from the tail, then from the roll-up
        async with book.act() as uow:
            found = [await queries.balance_of(uow, "deposit", shop.id) for shop in (a, b)]
            found += [await queries.balance_of(uow, "clearing", a.id)]
        assert found == [50, 900, 0]
        await roll_up(book)
    with pytest.raises(LimitExceeded):
        await book.deposit(a.id, -51)
    await book.deposit(a.id, -50)


async def test_a_mall_that_sleeps_writes_nothing(book: Book) -> None:
    a = await book.shop()
    await book.deposit(a.id, 10)
    await book.quiet()
    await roll_up(book)
    row = "SELECT ctid::text || upto::text FROM ledger.checkpoint"
    before = await book.value(row)
    await roll_up(book)
    assert await book.value(row) == before


async def test_what_is_rolled_up_and_what_is_not_are_one_balance(book: Book) -> None:
    a, b = await book.shop(), await book.shop()
    lot = await book.grant(a.id, a.partners, 1_000)
    for _ in range(2):  # the first is rolled up when the second comes
        await book.spend(lot, 10, b.id, fee=1)
        await book.deposit(a.id, 5)
        await book.quiet()
        await roll_up(book)
        await book.deposit(a.id, 5)
        await book.spend(lot, 10, b.id, fee=1)
    key = "account, owner_id, unit, scope_id, counterparty_id"
    twice = f"SELECT {key} FROM ledger.balances(:mall) GROUP BY {key} HAVING count(*) > 1"
    assert await book.value(twice, mall=book.mall_id) is None
    whole = "SELECT count(*) FROM ledger.balances(:mall) WHERE scope_id IS NULL"
    assert await book.value(whole, mall=book.mall_id) == 0


@pytest.mark.feature("fund.limits")
async def test_exposure_is_what_is_promised_owed_and_deposited(book: Book) -> None:
    a, b, c = await book.shop(), await book.shop(), await book.shop()
    lot = await book.grant(a.id, a.partners, 1_000)
    await book.grant(a.id, a.own, 7_000)  # its own counter is its own affair
    await book.spend(lot, 300, b.id)
    await book.deposit(c.id, 50)
    await book.quiet()
    for _ in range(2):  # from the tail, then from the roll-up
        async with book.act() as uow:
            driver = await uow.driver()
            rows = await driver.fetch(
                "SELECT * FROM ledger.exposure($1, $2)", book.mall_id, [a.id, b.id, c.id]
            )
        found = {party: tuple(amounts) for party, *amounts in rows}
        assert found == {a.id: (700, 300, 0), b.id: (0, 0, 0), c.id: (0, 0, 50)}
        await roll_up(book)
