"""What the ledger refuses, whoever asks: changes, imbalance, overspending, limits."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import asyncpg
import pytest

from tests.timcheh.ledger.book import DAY, Book
from timcheh.db import Role
from timcheh.errors import NotFound
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.errors import LimitExceeded, LotShort, NotGrantable
from timcheh.settings import Settings

TABLES = ("entry", "transfer", "seal")
CHANGES = ("UPDATE ledger.{} SET mall_id = mall_id", "DELETE FROM ledger.{}", "TRUNCATE ledger.{}")


@pytest.fixture
async def owner(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """Who owns the tables and passes every policy."""
    connection = await asyncpg.connect(settings.dsn(Role.OWNER))
    yield connection
    await connection.close()


@pytest.mark.feature("fund.proof")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("role", [Role.APP, Role.MERCHANT, Role.MEMBER])
async def test_no_role_may_change_what_is_written(
    settings: Settings, role: Role, change: str, table: str
) -> None:
    connection = await asyncpg.connect(settings.dsn(role))
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(change.format(table))
    finally:
        await connection.close()


@pytest.mark.feature("fund.proof")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
async def test_a_trigger_stops_the_owner_too(
    owner: asyncpg.Connection, change: str, table: str
) -> None:
    with pytest.raises(asyncpg.PostgresError, match="append-only") as refused:
        await owner.execute(change.format(table))
    assert refused.value.sqlstate == "TM011"


@pytest.mark.parametrize("table", ["entry", "transfer", "lot", "hold", "balance", "party"])
async def test_the_application_writes_through_functions_only(
    settings: Settings, table: str
) -> None:
    connection = await asyncpg.connect(settings.dsn(Role.APP))
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(f"INSERT INTO ledger.{table} DEFAULT VALUES")
    finally:
        await connection.close()


@pytest.mark.parametrize("role", [Role.MERCHANT, Role.MEMBER])
async def test_shops_and_members_cannot_post(settings: Settings, role: Role) -> None:
    connection = await asyncpg.connect(settings.dsn(role))
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("SELECT ledger.post($1, '{}', '{}', '{}')", new_id())
    finally:
        await connection.close()


async def test_entries_that_do_not_sum_to_zero_are_refused(
    owner: asyncpg.Connection, book: Book
) -> None:
    insert = (
        "INSERT INTO ledger.entry (mall_id, transfer_id, n, account, owner_id, unit, amount)"
        " VALUES ($1, $2, 1, 'cash', $1, 'rial', -5), ($1, $2, 2, 'fee', $1, $3, $4)"
    )
    for unit, amount in (("rial", 4), ("point", 5)):
        with pytest.raises(asyncpg.PostgresError, match="does not sum to zero") as refused:
            await owner.execute(insert, book.mall_id, new_id(), unit, amount)
        assert refused.value.sqlstate == "TM010"


async def test_points_of_two_pools_do_not_balance_each_other(
    owner: asyncpg.Connection, book: Book
) -> None:
    insert = (
        "INSERT INTO ledger.entry"
        " (mall_id, transfer_id, n, account, owner_id, unit, amount, scope_id) VALUES"
        " ($1, $2, 1, 'points', $3, 'point', -5, $3), ($1, $2, 2, 'points', $4, 'point', 5, $4)"
    )
    with pytest.raises(asyncpg.PostgresError, match="does not sum to zero"):
        await owner.execute(insert, book.mall_id, new_id(), new_id(), new_id())


async def test_a_lot_never_pays_more_than_is_left(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100)
    await book.spend(lot, 70, a.id)
    with pytest.raises(LotShort):
        await book.spend(lot, 31, a.id)
    assert await book.remaining(lot) == 30
    await book.prove()


async def test_two_tills_cannot_spend_the_same_rial(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100)
    done = await asyncio.gather(
        *(book.spend(lot, 60, a.id) for _ in range(4)), return_exceptions=True
    )
    assert [type(each) for each in done if isinstance(each, Exception)] == [LotShort] * 3
    assert await book.remaining(lot) == 40
    await book.prove()


async def test_nothing_of_a_posting_stays_when_a_part_is_refused(book: Book) -> None:
    a = await book.shop()
    full, short = await book.grant(a.id, a.own, 100), await book.grant(a.id, a.own, 10)

    async def spend_both() -> None:
        async with book.act() as uow:
            head = postings.transfer(uow, "purchase")
            spends = [book.spend_of(head.id, lot, 50, a.id) for lot in (full, short)]
            await postings.post(uow, [head], spends)

    with pytest.raises(LotShort):
        await spend_both()
    assert (await book.remaining(full), await book.remaining(short)) == (100, 10)


async def test_a_lot_is_spendable_in_its_time_only(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100, starts=book.now + DAY, ends=book.now + 2 * DAY)
    for hours, refused in ((23, True), (24, False), (47, False), (48, True)):
        there = book.now
        book.now += timedelta(hours=hours)
        if refused:
            with pytest.raises(LotShort):
                await book.spend(lot, 1, a.id)
        else:
            await book.spend(lot, 1, a.id)
        book.now = there
    assert await book.remaining(lot) == 98


async def test_a_scope_that_is_anothers_cannot_be_granted_in(book: Book) -> None:
    a, b = await book.shop(), await book.shop()
    with pytest.raises(NotGrantable):
        await book.grant(b.id, a.partners, 100)
    with pytest.raises(NotGrantable):
        await book.grant(a.id, a.own, 0)


@pytest.mark.feature("sale.two_phase")
async def test_what_is_held_is_not_spent_by_another(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100)
    reference = await book.hold(lot, 80, a.id)
    for attempt in (book.spend(lot, 21, a.id), book.hold(lot, 21, a.id)):
        with pytest.raises(LotShort):
            await attempt
    await book.spend(lot, 20, a.id)
    await book.prove()
    async with book.act() as uow:
        assert await postings.release(uow, reference) == 1
    await book.spend(lot, 80, a.id)
    await book.prove()


@pytest.mark.feature("sale.two_phase")
async def test_a_hold_that_timed_out_is_freed_by_the_next_who_needs_its_lot(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100)
    await book.hold(lot, 100, a.id)
    book.now += timedelta(minutes=2)
    await book.spend(lot, 100, a.id)
    assert await book.value("SELECT count(*) FROM ledger.hold") == 0
    await book.prove()


@pytest.mark.feature("sale.credit_expiry")
async def test_expiry_waits_for_an_open_hold(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100, ends=book.now + timedelta(minutes=1))
    reference = await book.hold(lot, 30, a.id)
    book.now += timedelta(minutes=1)
    assert await book.expire() == 0
    async with book.act() as uow:
        driver = await uow.driver()
        await driver.execute("SELECT ledger.release($1, $2, false)", book.mall_id, reference)
        head = postings.transfer(uow, "purchase")
        await postings.post(uow, [head], [book.spend_of(head.id, lot, 30, a.id, held=True)])
    assert await book.expire() == 1
    assert await book.remaining(lot) == 0
    await book.prove()


@pytest.mark.feature("sale.refund")
async def test_no_more_comes_back_than_was_spent_or_is_left(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100)
    await book.spend(lot, 60, a.id)
    with pytest.raises(LotShort):
        await book.unwind([(lot, 61, 61, 0, a.id)], [])
    with pytest.raises(LotShort):
        await book.unwind([], [(lot, 41)])
    await book.unwind([(lot, 60, 60, 0, a.id)], [])
    assert await book.remaining(lot) == 100
    await book.prove()


@pytest.mark.feature("sale.refund")
@pytest.mark.parametrize("swept", [True, False])
async def test_only_what_is_restored_outlives_its_lot(book: Book, swept: bool) -> None:
    """The rest of the lot is gone, whether or not the sweep came before the return did."""
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100, ends=book.now + DAY)
    await book.spend(lot, 40, a.id)
    book.now += DAY
    if swept:
        await book.expire()
    await book.unwind([(lot, 40, 40, 0, a.id)], [])
    assert await book.remaining(lot) == 40
    await book.spend(lot, 1, a.id)
    book.now += 10 * DAY
    with pytest.raises(LotShort):
        await book.spend(lot, 1, a.id)
    await book.prove()


@pytest.mark.feature("fund.limits")
async def test_partner_credit_stays_within_deposit_and_limit(book: Book) -> None:
    a, b = await book.shop(limit=100), await book.shop()
    await book.deposit(a.id, 50)
    lot = await book.grant(a.id, a.partners, 150)
    with pytest.raises(LimitExceeded):
        await book.grant(a.id, a.partners, 1)
    await book.grant(a.id, a.own, 1_000)  # its own counter is its own affair
    await book.spend(lot, 150, b.id)  # owed now instead of promised: still all of the limit
    with pytest.raises(LimitExceeded):
        await book.grant(a.id, a.partners, 1)
    with pytest.raises(LimitExceeded):
        await book.deposit(a.id, -1)
    async with book.act() as uow:
        await postings.settle(uow, postings.transfer(uow, "settlement"), [(a.id, -150)], 0)
    await book.grant(a.id, a.partners, 100)
    await book.deposit(a.id, -50)
    await book.prove()


@pytest.mark.feature("fund.limits")
async def test_points_count_against_the_limit_at_their_issue_price(book: Book) -> None:
    a, pool = await book.shop(limit=1_000), await book.pool(120, 100)
    await book.grant(a.id, pool, 8)
    with pytest.raises(LimitExceeded):
        await book.grant(a.id, pool, 1)
    await book.prove()


@pytest.mark.feature("fund.limits")
async def test_a_deposit_is_never_overdrawn(book: Book) -> None:
    a = await book.shop()
    await book.deposit(a.id, 50)
    with pytest.raises(LimitExceeded):
        await book.deposit(a.id, -51)
    with pytest.raises(NotFound):
        await book.deposit(new_id(), 50)
    await book.prove()


@pytest.mark.feature("fund.limits")
async def test_a_deposit_that_was_taken_out_again_cannot_be_corrected_away(book: Book) -> None:
    a = await book.shop()
    brought = await book.deposit(a.id, 50)
    taken = await book.deposit(a.id, -20)
    with pytest.raises(LimitExceeded):
        await book.reverse(brought)
    await book.reverse(taken)
    await book.reverse(brought)
    await book.prove()


@pytest.mark.feature("fund.limits")
async def test_two_grants_at_once_cannot_both_take_the_last_of_a_limit(book: Book) -> None:
    a = await book.shop(limit=1_000)
    done = await asyncio.gather(
        *(book.grant(a.id, a.partners, 300) for _ in range(8)), return_exceptions=True
    )
    refused = [each for each in done if isinstance(each, Exception)]
    assert [type(each) for each in refused] == [LimitExceeded] * 5
    outstanding = await book.value(
        "SELECT sum(remaining)::int FROM ledger.lot WHERE issuer_id = :a", a=a.id
    )
    assert outstanding == 900
    await book.prove()


async def test_a_correction_is_made_once_and_is_not_itself_corrected(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100)
    correction = await book.reverse(lot.transfer_id)
    for again in (lot.transfer_id, correction, new_id()):
        with pytest.raises(NotFound):
            await book.reverse(again)
    await book.prove()


async def test_a_grant_that_was_spent_cannot_be_corrected_away(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100)
    spent = await book.spend(lot, 1, a.id)
    with pytest.raises(LotShort):
        await book.reverse(lot.transfer_id)
    await book.unwind([(lot, 1, 1, 0, a.id)], [])
    with pytest.raises(LotShort):  # it came back already
        await book.reverse(spent)
    await book.prove()


async def test_correcting_a_return_or_an_expiry_puts_the_lot_back_as_it_was(book: Book) -> None:
    a = await book.shop()
    taken = await book.grant(a.id, a.own, 100)
    back = await book.unwind([], [(taken, 100)])
    await book.reverse(back.id)
    assert await book.remaining(taken) == 100
    expired = await book.grant(a.id, a.own, 100, ends=book.now + DAY)
    book.now += DAY
    await book.expire()
    expiry = await book.value("SELECT id FROM ledger.transfer WHERE kind = 'expiry'")
    await book.reverse(expiry)
    assert await book.remaining(expired) == 100
    await book.prove()


@pytest.mark.feature("fund.limits")
async def test_a_lowered_limit_never_stands_in_the_way_of_a_correction(book: Book) -> None:
    a, b = await book.shop(limit=1_000), await book.shop()
    lot = await book.grant(a.id, a.partners, 1_000)
    spent = await book.spend(lot, 400, b.id)
    brought = await book.deposit(a.id, 10)
    async with book.act() as uow:
        await postings.set_credit_limit(uow, a.id, 0)
    with pytest.raises(LimitExceeded):
        await book.reverse(brought)
    await book.reverse(spent)
    await book.reverse(lot.transfer_id)
    await book.prove()


@pytest.mark.feature("sale.refund")
async def test_what_expired_or_was_taken_back_does_not_come_back_with_a_return(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100, ends=book.now + DAY)
    await book.spend(lot, 40, a.id)
    await book.unwind([], [(lot, 10)])
    book.now += DAY
    await book.expire()
    with pytest.raises(LotShort):
        await book.unwind([(lot, 41, 41, 0, a.id)], [])
    await book.unwind([(lot, 40, 40, 0, a.id)], [])
    assert await book.remaining(lot) == 40
    await book.prove()


@pytest.mark.feature("fund.limits")
async def test_what_a_return_brings_back_counts_against_the_limits_at_once(book: Book) -> None:
    """Also where a part of the limit had been set aside for grants before."""
    a, b = await book.shop(limit=100), await book.shop(limit=100)
    lot = await book.grant(a.id, a.partners, 80)
    await book.spend(lot, 80, b.id)
    async with book.act() as uow:
        nets = [(a.id, -80), (b.id, 80)]
        await postings.settle(uow, postings.transfer(uow, "settlement"), nets, 0)
    for shop in (a, b):
        await book.grant(shop.id, shop.partners, 10)
    await book.unwind([(lot, 80, 80, 0, b.id)], [])  # promised again by a, owed by b
    for shop in (a, b):
        with pytest.raises(LimitExceeded):
            await book.grant(shop.id, shop.partners, 11)
        await book.grant(shop.id, shop.partners, 10)
    await book.prove()


@pytest.mark.feature("fund.limits")
async def test_an_expiry_is_not_corrected_beyond_the_limit(book: Book) -> None:
    a = await book.shop(limit=100)
    await book.grant(a.id, a.partners, 60, ends=book.now + DAY)
    own = await book.grant(a.id, a.own, 500, ends=book.now + 2 * DAY)
    book.now += DAY
    await book.expire()
    partner = await book.value("SELECT id FROM ledger.transfer WHERE kind = 'expiry'")
    late = await book.grant(a.id, a.partners, 41)
    with pytest.raises(LimitExceeded):
        await book.reverse(partner)
    await book.spend(late, 1, a.id)
    await book.reverse(partner)
    with pytest.raises(LimitExceeded):
        await book.grant(a.id, a.partners, 1)
    book.now += DAY
    await book.expire()
    # Its own counter is its own affair, however far beyond its limit it is.
    async with book.act() as uow:
        await postings.set_credit_limit(uow, a.id, 0)
    expiry = "SELECT id FROM ledger.transfer WHERE kind = 'expiry' AND reference_id = :lot"
    await book.reverse(await book.value(expiry, lot=own.id))
    await book.prove()


@pytest.mark.feature("sale.refund")
async def test_a_return_that_names_its_purchase_is_no_correction_of_it(book: Book) -> None:
    a = await book.shop()
    brought = await book.deposit(a.id, 50)
    async with book.act() as uow:
        named = postings.transfer(uow, "return", reverses=brought)
        await postings.deposit(uow, named, a.id, 1)
    await book.reverse(brought)
    with pytest.raises(NotFound):
        await book.reverse(brought)
    await book.prove()


@pytest.mark.feature("fund.limits")
async def test_a_grant_takes_what_it_promises_out_of_what_is_set_aside_for_its_shop(
    book: Book,
) -> None:
    a, b = await book.shop(limit=1_000), await book.shop(limit=30)
    aside = "SELECT unused FROM ledger.headroom WHERE party_id = :id"
    await book.grant(a.id, a.partners, 200)
    assert await book.value(aside, id=a.id) == (1_000 - 200) // 4
    await book.grant(a.id, a.partners, 50)
    assert await book.value(aside, id=a.id) == 200 - 50
    await book.grant(b.id, b.partners, 30)  # of its own limit, whatever others have set aside
    assert await book.value(aside, id=a.id) == 200 - 50
    async with book.act() as uow:
        await postings.set_credit_limit(uow, b.id, 40)  # takes back what is b's
    assert await book.value(aside, id=a.id) == 200 - 50
    await book.grant(a.id, a.partners, 750)  # more than the part: the rest of the limit
    assert await book.value(aside, id=a.id) == 0
    with pytest.raises(LimitExceeded):
        await book.grant(a.id, a.partners, 1)
