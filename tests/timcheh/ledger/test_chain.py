"""The sealed chain finds whatever a superuser does to what it seals."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

import asyncpg
import pytest

from tests.timcheh.ledger.book import Book
from timcheh.ids import new_id
from timcheh.ledger import postings, queries
from timcheh.settings import Settings

pytestmark = pytest.mark.feature("fund.proof")

Forge = Callable[..., Awaitable[None]]


@pytest.fixture
async def forge(settings: Settings) -> AsyncIterator[Forge]:
    """Runs statements as a superuser with every trigger switched off."""
    connection = await asyncpg.connect(settings.superuser_dsn)
    await connection.execute("SET session_replication_role = replica")

    async def run(statement: str, *arguments: object) -> None:
        assert await connection.execute(statement, *arguments) not in ("UPDATE 0", "DELETE 0")

    yield run
    await connection.close()


async def seal(book: Book, limit: int = 1_000) -> int:
    await book.quiet()
    async with book.act() as uow:
        return await postings.seal(uow, limit)


async def failed(book: Book) -> set[str]:
    async with book.act() as uow:
        return {check.name for check in await queries.proof(uow) if not check.ok}


@pytest.fixture
async def sealed(book: Book) -> list[UUID]:
    """Four transfers in two links: a pair of equal grants and a spend of each."""
    a, b = await book.shop(), await book.shop()
    first = await book.grant(a.id, a.partners, 100)
    second = await book.grant(a.id, a.partners, 100)
    assert await seal(book) == 2
    spends = [await book.spend(lot, 40, b.id, fee=1) for lot in (first, second)]
    assert await seal(book) == 2
    assert await failed(book) == set()
    return [first.transfer_id, second.transfer_id, *spends]


async def test_an_untouched_chain_holds_and_grows_only_with_what_is_new(
    book: Book, sealed: list[UUID]
) -> None:
    assert await seal(book) == 0
    assert await book.value("SELECT count(*) FROM ledger.seal") == 2


async def test_links_cut_between_transactions_and_leave_nothing_out(book: Book) -> None:
    a = await book.shop()
    async with book.act() as uow:  # three transfers in one transaction, more than a link's limit
        for _ in range(3):
            head = postings.transfer(uow, "deposit")
            await postings.deposit(uow, head, a.id, 10)
    for _ in range(4):
        await book.deposit(a.id, 10)
    found = [await seal(book, limit=2) for _ in range(4)]
    assert found == [3, 2, 2, 0]
    assert await failed(book) == set()


async def test_an_altered_amount_is_found(book: Book, sealed: list[UUID], forge: Forge) -> None:
    """The sum still holds, the members' lots were altered to match: only the chain knows."""
    await forge(
        "UPDATE ledger.entry SET amount = amount * 2 WHERE mall_id = $1 AND transfer_id = $2",
        book.mall_id,
        sealed[0],
    )
    await forge(
        "UPDATE ledger.lot SET granted = 200, remaining = 160 WHERE transfer_id = $1", sealed[0]
    )
    assert await failed(book) == {"chain_intact"}


@pytest.mark.parametrize(
    "column", ["owner_id = '{}'", "counterparty_id = '{}'", "lot_id = '{}'", "scope_id = '{}'"]
)
async def test_an_altered_entry_is_found(
    book: Book, sealed: list[UUID], forge: Forge, column: str
) -> None:
    await forge(
        f"UPDATE ledger.entry SET {column.format(new_id())} WHERE transfer_id = $1 AND n = 1",
        sealed[2],
    )
    assert "chain_intact" in await failed(book)


@pytest.mark.parametrize(
    "change",
    ["kind = 'bonus'", "occurred_at = occurred_at + interval '1 second'", "actor_id = id",
     "created_at = created_at + interval '1 microsecond'", "reference_id = id", "reverses = id"],
)  # fmt: skip
async def test_an_altered_head_is_found(
    book: Book, sealed: list[UUID], forge: Forge, change: str
) -> None:
    await forge(f"UPDATE ledger.transfer SET {change} WHERE id = $1", sealed[1])
    assert await failed(book) == {"chain_intact"}


@pytest.mark.parametrize(("one", "other"), [("reference_id", "actor_id"), ("actor_id", "reverses")])
async def test_an_id_moved_to_the_next_column_of_a_head_is_found(
    book: Book, forge: Forge, one: str, other: str
) -> None:
    a = await book.shop()
    moved = {one: new_id()}
    async with book.act() as uow:
        head = postings.transfer(uow, "deposit", **moved)
        await postings.deposit(uow, head, a.id, 10)
    assert await seal(book) == 1
    await forge(f"UPDATE ledger.transfer SET {other} = {one}, {one} = NULL WHERE id = $1", head.id)
    assert await failed(book) == {"chain_intact"}


@pytest.mark.parametrize(("one", "other"), [("scope_id", "lot_id"), ("lot_id", "counterparty_id")])
async def test_an_id_moved_to_the_next_column_of_an_entry_is_found(
    book: Book, sealed: list[UUID], forge: Forge, one: str, other: str
) -> None:
    await forge(
        f"UPDATE ledger.entry SET {other} = {one}, {one} = NULL WHERE transfer_id = $1"
        f" AND {one} IS NOT NULL",
        sealed[0],
    )
    assert "chain_intact" in await failed(book)


async def test_two_who_seal_at_once_add_one_link(book: Book) -> None:
    a = await book.shop()
    await book.deposit(a.id, 10)
    await book.quiet()
    async with book.act() as first:
        assert await postings.seal(first) == 1
        second = asyncio.create_task(seal(book))
        done, _ = await asyncio.wait([second], timeout=0.3)
        assert not done, "it waits for the first one's number"
    await asyncio.wait_for(second, 30)
    assert await book.value("SELECT count(*) FROM ledger.seal") == 1
    assert await failed(book) == set()


async def test_a_deleted_transfer_is_found(book: Book, sealed: list[UUID], forge: Forge) -> None:
    """Removed without a trace: its entries, and its effect on the lot."""
    await forge("DELETE FROM ledger.entry WHERE transfer_id = $1", sealed[3])
    await forge("DELETE FROM ledger.transfer WHERE id = $1", sealed[3])
    await forge("UPDATE ledger.lot SET remaining = 100 WHERE transfer_id = $1", sealed[1])
    assert await failed(book) == {"chain_intact"}


async def test_an_inserted_transfer_is_found(book: Book, sealed: list[UUID], forge: Forge) -> None:
    """A deposit that nobody brought, dated into a link."""
    forged = new_id()
    await forge(
        "INSERT INTO ledger.transfer (mall_id, id, kind, occurred_at, xact)"
        " SELECT mall_id, $2, 'deposit', occurred_at, xact FROM ledger.transfer WHERE id = $1",
        sealed[0],
        forged,
    )
    await forge(
        "INSERT INTO ledger.entry (mall_id, transfer_id, n, account, owner_id, unit, amount)"
        " SELECT e.mall_id, $2, v.n, v.account, e.mall_id, 'rial', v.amount"
        " FROM ledger.entry e, (VALUES (1, 'cash', -5), (2, 'deposit', 5)) v (n, account, amount)"
        " WHERE e.transfer_id = $1 AND e.n = 1",
        sealed[0],
        forged,
    )
    assert await failed(book) == {"chain_intact"}


async def test_two_transfers_that_change_places_are_found(
    book: Book, sealed: list[UUID], forge: Forge
) -> None:
    await forge(
        "UPDATE ledger.transfer t SET xact = o.xact FROM ledger.transfer o"
        " WHERE t.id IN ($1, $2) AND o.id IN ($1, $2) AND o.id <> t.id",
        sealed[0],
        sealed[1],
    )
    assert await failed(book) == {"chain_intact"}


@pytest.mark.parametrize(
    "change",
    ["transfers = transfers + 1", "content = sha256(content)", "previous = sha256(previous)",
     "hash = sha256(hash)", "number = 7"],
)  # fmt: skip
async def test_an_altered_link_is_found(
    book: Book, sealed: list[UUID], forge: Forge, change: str
) -> None:
    await forge(f"UPDATE ledger.seal SET {change} WHERE mall_id = $1 AND number = 1", book.mall_id)
    assert await failed(book) == {"chain_intact"}


async def test_a_link_taken_out_is_found(book: Book, sealed: list[UUID], forge: Forge) -> None:
    await forge("DELETE FROM ledger.seal WHERE mall_id = $1 AND number = 1", book.mall_id)
    assert await failed(book) == {"chain_intact"}


async def test_a_link_forged_to_match_breaks_the_next(
    book: Book, sealed: list[UUID], forge: Forge
) -> None:
    """Who alters a transfer and its own link consistently still has every later link to face."""
    await forge("UPDATE ledger.transfer SET kind = 'bonus' WHERE id = $1", sealed[0])
    await forge(
        "UPDATE ledger.seal s SET content = d.content, hash = sha256(s.previous || d.content)"
        " FROM ledger.seal o, ledger.range_digest($1, o.from_xact, o.upto_xact) d"
        " WHERE o.mall_id = $1 AND o.number = 1 AND s.mall_id = $1 AND s.number = 1",
        book.mall_id,
    )
    assert await failed(book) == {"chain_intact"}
