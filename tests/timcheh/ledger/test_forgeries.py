"""Whatever a superuser alters, deletes, adds or reorders of what is sealed, the proof finds."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from random import Random

import asyncpg
import pytest

from tests.hypotheses import rounds
from tests.timcheh.ledger.book import DAY, Book
from tests.timcheh.ledger.forgery import Forger, NothingToForge
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.settings import Settings

pytestmark = pytest.mark.feature("fund.proof")

TABLES = ("transfer", "entry", "seal", "lot", "hold", "balance")
UNSEEN = (
    "seal.sealed_at",  # when a link was made is no part of it
    # Terms of a lot and not value: no entry tells them.
    "lot.available_from", "lot.expires_at", "lot.created_at", "lot.reason", "lot.holder_kind",
    # A hold lives two minutes and leaves no entry.
    "hold.reference_id", "hold.expires_at",
)  # fmt: skip
NEWEST = "number = (SELECT max(number) FROM ledger.seal n WHERE n.mall_id = r.mall_id)"
SEALED = f"NOT {NEWEST}"

Deed = Callable[[Forger], Awaitable[None]]


async def lively(book: Book) -> None:
    """A mall with some of every event, sealed in many links, its balances summed up."""
    a, b, pool = await book.shop(), await book.shop(), await book.pool(3, 2)
    member, card = new_id(), new_id()
    for scope in (a.own, a.partners, book.network, pool, a.points):
        for amount in (1_000, 700):
            lot = await book.grant(a.id, scope, amount, holder_id=member)
            price = {pool: 2, a.points: 0}.get(scope, 1)
            async with book.act() as uow:
                head = postings.transfer(uow, "purchase")
                spend = book.spend_of(head.id, lot, 40, b.id, fee=1 if price else 0)
                await postings.post(uow, [head], [spend._replace(value=40 * price)])
    gift = await book.grant(b.id, b.own, 500, holder_id=card, holder_kind="gift_card")
    await book.hold(gift, 100, b.id, minutes=10_000)
    await book.grant(b.id, b.own, 10, starts=book.now + DAY)
    wallet = await book.top_up(member, 900)
    await book.hold(wallet, 30, b.id, minutes=20_000)
    await book.spend(wallet, 300, b.id, fee=3)
    short = await book.grant(b.id, b.partners, 90, holder_id=member, ends=book.now + DAY)
    await book.spend(short, 20, a.id)
    await book.unwind([(short, 5, 5, 0, a.id)], [(short, 10)])
    await book.deposit(a.id, 400)
    await book.reverse(await book.deposit(b.id, 60))
    await book.reverse(await book.spend(gift, 7, b.id))
    book.now += 2 * DAY
    assert await book.expire() == 1
    async with book.act() as uow:
        nets = [(a.id, -200), (b.id, 200)]
        await postings.settle(uow, postings.transfer(uow, "settlement"), nets, 4)
    async with book.act() as uow:
        head = postings.transfer(uow, "commission")
        await postings.commission(uow, head, a.id, member, 11)
    await book.quiet()
    async with book.act() as uow:
        await postings.roll_up(uow)
        while await postings.seal(uow, 4):
            pass
    await book.prove()


@pytest.fixture
async def superuser(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """A connection that no trigger, policy or foreign key stops."""
    connection = await asyncpg.connect(settings.superuser_dsn)
    await connection.execute("SET session_replication_role = replica")
    yield connection
    await connection.close()


async def found(connection: asyncpg.Connection, book: Book, seed: float, deed: Deed) -> set[str]:
    """The names of the checks that a forgery fails; it is undone afterwards."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        await deed(Forger(connection, book.mall_id, Random(seed)))
        rows = await connection.fetch(
            "SELECT name FROM ledger.proof($1) WHERE NOT ok", book.mall_id
        )
        return {name for (name,) in rows}
    finally:
        await transaction.rollback()


async def deeds_on(forger: Forger) -> dict[str, Deed]:
    """Every column of every table altered and exchanged, and what takes more than one row."""
    deeds: dict[str, Deed] = {
        "erase a transfer": Forger.erase_transfer,
        "insert a transfer": Forger.insert_transfer,
        "insert entries": Forger.insert_entries,
        "insert a link": Forger.insert_seal,
        "exchange what links seal": Forger.exchange_contents,
    }
    for table in TABLES:
        for column in await forger.columns(table):
            name = f"{table}.{column}"
            if name not in UNSEEN:
                where = SEALED if name == "seal.mall_id" else "true"
                deeds[f"alter {name}"] = partial(
                    Forger.alter, table=table, column=column, where=where
                )
            if name not in UNSEEN and column != "mall_id":
                deeds[f"exchange {name}"] = partial(Forger.exchange, table=table, column=column)
        deeds[f"delete a {table}"] = partial(
            Forger.delete, table=table, where=SEALED if table == "seal" else "true"
        )
    return deeds


async def tried(
    connection: asyncpg.Connection, book: Book, dice: Random, deed: Deed
) -> set[str] | None:
    """As `found`; on other rows where a key or a check of the table refuses, None if all do."""
    for _ in range(12):
        try:
            return await found(connection, book, dice.random(), deed)
        except (asyncpg.IntegrityConstraintViolationError, NothingToForge):
            continue
    return None


async def test_whatever_is_forged_is_found(
    book: Book,
    superuser: asyncpg.Connection,
    record_property: Callable[[str, object], None],
) -> None:
    await lively(book)
    dice, by_check, done = Random(1405), Counter[str](), Counter[str]()
    deeds = await deeds_on(Forger(superuser, book.mall_id, dice))
    while done.total() < rounds(ci=200, nightly=5_000):
        # Each of them once, and again in another order.
        for name in dice.sample(sorted(deeds), len(deeds)):
            checks = await tried(superuser, book, dice, deeds[name])
            assert checks != set(), f"{name} was not found"
            done[name] += checks is not None
            by_check.update(checks or ())
    # A check of the table itself refuses the one, and this mall has nobody to exchange for another.
    idle = {name for name in deeds if not done[name]}
    assert idle <= {"alter lot.open", "exchange lot.open", "exchange transfer.actor_id"}
    lines = [
        f"{done.total()} forgeries of {len(deeds) - len(idle)} kinds, all found; failed checks:"
    ]
    record_property(
        "counted", "\n".join(lines + [f"{n:>6} {c}" for c, n in by_check.most_common()])
    )


@pytest.mark.parametrize("name", UNSEEN)
async def test_what_no_entry_tells_no_proof_can_miss(
    book: Book, superuser: asyncpg.Connection, name: str
) -> None:
    """Known blind spots. Whoever makes one of them seen takes it off the list."""
    await lively(book)
    table, _, column = name.partition(".")
    deed = partial(Forger.exchange, table=table, column=column)
    assert await found(superuser, book, 1, deed) == set()


async def test_what_is_not_sealed_yet_is_open_to_whoever_makes_the_sums_match(
    book: Book, superuser: asyncpg.Connection
) -> None:
    """The tail since the newest link (and that link itself) is as safe as its database."""
    await lively(book)
    a = await book.shop()
    await book.deposit(a.id, 70)
    assert (
        await found(superuser, book, 1, partial(Forger.delete, table="seal", where=NEWEST)) == set()
    )

    async def backdate(forger: Forger) -> None:
        (transfer,) = await forger.rows(
            "transfer",
            "id = (SELECT id FROM ledger.transfer WHERE"
            f" mall_id = '{book.mall_id}' ORDER BY xact DESC LIMIT 1)",
        )
        await forger.replace("transfer", (transfer, transfer | {"occurred_at": "2026-01-01"}))

    assert await found(superuser, book, 1, backdate) == set()
    await book.quiet()
    async with book.act() as uow:
        assert await postings.seal(uow) == 1
    assert await found(superuser, book, 1, backdate) == {"chain_intact"}
