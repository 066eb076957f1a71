"""What one batch may do at once, and who waits for whom when two transactions meet."""

import asyncio
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from tests.timcheh.ledger.book import DAY, NOON, Book, Lot
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import Grant
from timcheh.ledger.errors import LimitExceeded, LotShort, NotGrantable

SOON = 5  # seconds: whoever should not wait is done by then


async def spend_in_one_batch(book: Book, *parts: tuple[Lot, int, timedelta], shop: UUID) -> None:
    """Spends `(lot, amount, after)` in one posting, each `after` so long from now."""
    async with book.act() as uow:
        heads = [postings.transfer(uow, "purchase") for _ in parts]
        spends = [
            book.spend_of(head.id, lot, amount, shop)._replace(at=book.now + after)
            for head, (lot, amount, after) in zip(heads, parts, strict=True)
        ]
        await postings.post(uow, heads, spends)


NOW, LATER = timedelta(), timedelta(hours=2)


async def test_one_batch_may_draw_on_a_lot_more_than_once(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100)
    with pytest.raises(LotShort):
        await spend_in_one_batch(book, (lot, 60, NOW), (lot, 41, NOW), shop=a.id)
    await spend_in_one_batch(book, (lot, 60, NOW), (lot, 40, NOW), shop=a.id)
    assert await book.remaining(lot) == 0
    await book.prove()


async def test_each_spend_of_a_batch_must_fall_into_the_lots_time(book: Book) -> None:
    a = await book.shop()
    hour = timedelta(hours=1)
    ends = await book.grant(a.id, a.own, 100, ends=book.now + hour)
    starts = await book.grant(a.id, a.own, 100, starts=book.now + hour)
    for lot in (ends, starts):
        with pytest.raises(LotShort):
            await spend_in_one_batch(book, (lot, 1, NOW), (lot, 1, LATER), shop=a.id)
    await spend_in_one_batch(book, (ends, 1, NOW), (starts, 1, LATER), shop=a.id)


@pytest.mark.feature("sale.two_phase")
async def test_a_batch_frees_what_has_timed_out_by_its_latest_spend(book: Book) -> None:
    a = await book.shop()
    lot, other = await book.grant(a.id, a.own, 1), await book.grant(a.id, a.own, 1)
    await book.hold(lot, 1, a.id)
    await spend_in_one_batch(book, (other, 1, NOW), (lot, 1, LATER), shop=a.id)
    await book.prove()


@pytest.mark.feature("sale.two_phase")
async def test_what_no_hold_pins_is_not_spent_as_held(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100)
    await book.hold(lot, 10, a.id)
    with pytest.raises(LotShort):
        await book.spend(lot, 11, a.id, held=True)
    assert await book.remaining(lot) == 100


@pytest.mark.feature("sale.two_phase")
async def test_a_lot_is_held_in_its_time_only(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100, starts=book.now + DAY, ends=book.now + 2 * DAY)
    for hours, refused in ((23, True), (24, False), (47, False), (48, True)):
        book.now = NOON + timedelta(hours=hours)
        if refused:
            with pytest.raises(LotShort):
                await book.hold(lot, 1, a.id)
        else:
            await book.hold(lot, 1, a.id)


@pytest.mark.feature("sale.two_phase")
async def test_one_purchase_holds_all_of_its_lots_or_none(book: Book) -> None:
    a = await book.shop()
    full, short = await book.grant(a.id, a.own, 100), await book.grant(a.id, a.own, 10)

    async def hold(reference: UUID, amount: int) -> None:
        async with book.act() as uow:
            spends = [book.spend_of(reference, lot, amount, a.id) for lot in (full, short)]
            await postings.hold(uow, reference, spends, book.now + timedelta(minutes=2))

    with pytest.raises(LotShort):
        await hold(new_id(), 11)
    reference = new_id()
    await hold(reference, 10)
    assert await book.value("SELECT count(*) FROM ledger.hold") == 2
    async with book.act() as uow:
        assert await postings.release(uow, reference) == 2
    await book.prove()


@pytest.mark.feature("sale.two_phase")
async def test_purchases_that_meet_on_the_same_lots_never_lock_each_other_out(book: Book) -> None:
    """Whatever order a till names the lots in, they are locked in one."""
    a = await book.shop()
    lots = [Lot(new_id(), new_id(), a.own, a.id, new_id()) for _ in range(60)]
    async with book.act() as uow:
        heads = [postings.transfer(uow, "gift", id=lot.transfer_id) for lot in lots]
        grants = [
            Grant(
                lot.transfer_id, lot.id, a.own, a.id, "member", lot.holder_id, 100, NOON, None, ""
            )
            for lot in lots
        ]
        await postings.post(uow, heads, grants=grants)

    async def authorise(seed: int) -> None:
        mine = Random(seed).sample(lots, len(lots))
        reference = new_id()
        async with book.act() as uow:
            spends = [book.spend_of(reference, lot, 1, a.id) for lot in mine]
            await postings.hold(uow, reference, spends, book.now + timedelta(minutes=2))
        async with book.act() as uow:
            if seed % 2:
                await postings.release(uow, reference)
            else:
                head = postings.transfer(uow, "purchase")
                spends = [book.spend_of(head.id, lot, 1, a.id) for lot in reversed(mine)]
                await postings.post(uow, [head], spends)

    await asyncio.gather(*(authorise(seed) for seed in range(12)))
    await book.prove()


async def test_a_lot_is_granted_once(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100)

    async def again(*lot_ids: UUID) -> None:
        async with book.act() as uow:
            head = postings.transfer(uow, "gift")
            grants = [
                Grant(head.id, id, a.own, a.id, "member", new_id(), 5, book.now, None, "test")
                for id in lot_ids
            ]
            await postings.post(uow, [head], grants=grants)

    for lot_ids in ((lot.id,), (new_id(), lot.id)):
        with pytest.raises(NotGrantable):
            await again(*lot_ids)
    assert await book.value("SELECT count(*) FROM ledger.lot") == 1


@pytest.mark.feature("sale.credit_expiry")
async def test_no_more_lots_expire_at_a_time_than_may(book: Book) -> None:
    a, pool = await book.shop(), await book.pool(1, 1)
    for scope in (a.own, pool, a.points):
        await book.grant(a.id, scope, 10, ends=book.now + DAY)
    await book.grant(a.id, a.own, 10, ends=book.now + DAY + timedelta(seconds=1))
    book.now += DAY
    for expected in (2, 1, 0):
        async with book.act() as uow:
            assert await postings.expire_due(uow, limit=2) == expected
        await book.prove()


@pytest.mark.feature("sale.credit_expiry")
async def test_what_has_been_due_longest_expires_first(book: Book) -> None:
    a = await book.shop()
    lots = [await book.grant(a.id, a.own, 10, ends=book.now + days * DAY) for days in (3, 1, 2)]
    book.now += 4 * DAY
    for left in ([10, 0, 10], [10, 0, 0], [0, 0, 0]):
        async with book.act() as uow:
            assert await postings.expire_due(uow, limit=1) == 1
        assert [await book.remaining(lot) for lot in lots] == left


@pytest.mark.feature("sale.refund")
async def test_a_return_lets_the_rest_of_a_lot_expire_but_not_what_a_purchase_holds(
    book: Book,
) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100, ends=book.now + DAY)
    await book.spend(lot, 40, a.id)
    await book.hold(lot, 25, a.id, minutes=10_000)
    book.now += DAY
    await book.unwind([(lot, 40, 40, 0, a.id)], [])
    assert await book.remaining(lot) == 25 + 40
    await book.prove()


@pytest.mark.feature("sale.credit_expiry")
async def test_expiry_passes_over_a_lot_that_a_purchase_is_using(book: Book) -> None:
    a = await book.shop()
    due = await book.grant(a.id, a.own, 100, ends=book.now + DAY)
    async with book.act() as till, asyncio.timeout(SOON):
        reference, until = new_id(), book.now + DAY
        await postings.hold(till, reference, [book.spend_of(reference, due, 1, a.id)], until)
        book.now += DAY
        async with book.act() as uow:
            assert await postings.expire_due(uow) == 0
    book.now = NOON


@pytest.mark.feature("sale.refund")
async def test_whoever_has_read_a_lot_for_a_return_keeps_others_from_spending_it(
    book: Book,
) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100)
    async with book.act() as uow:
        (state,) = (await postings.lock_lots(uow, [lot.id])).values()
        assert state.free == 100
        spending = asyncio.create_task(book.spend(lot, 60, a.id))
        done, _ = await asyncio.wait([spending], timeout=0.3)
        assert not done, "it waits for the return"
    await asyncio.wait_for(spending, SOON)


@pytest.mark.feature("sale.refund")
async def test_what_a_timed_out_purchase_held_is_free_to_be_taken_back(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100)
    await book.hold(lot, 30, a.id)
    async with book.act() as uow:
        assert (await postings.lock_lots(uow, [lot.id]))[lot.id].free == 70
    with pytest.raises(LotShort):
        await book.unwind([], [(lot, 71)])
    book.now += timedelta(minutes=2)
    async with book.act() as uow:
        assert (await postings.lock_lots(uow, [lot.id]))[lot.id].free == 100
    await book.unwind([], [(lot, 100)])
    await book.prove()


@pytest.mark.feature("sale.refund")
async def test_a_return_names_a_lot_twice_and_brings_back_both_parts(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 100)
    await book.spend(lot, 50, a.id)
    with pytest.raises(LotShort):
        await book.unwind([(lot, 30, 30, 0, a.id), (lot, 21, 21, 0, a.id)], [])
    await book.unwind([(lot, 30, 30, 0, a.id), (lot, 20, 20, 0, a.id)], [])
    assert await book.remaining(lot) == 100
    await book.prove()


@pytest.mark.feature("sale.refund")
async def test_a_lot_that_is_not_over_keeps_its_last_day_when_value_comes_back(book: Book) -> None:
    a = await book.shop()
    ends = book.now + 2 * DAY
    lots = [await book.grant(a.id, a.own, 100, ends=when) for when in (ends, None)]
    for lot in lots:
        await book.spend(lot, 40, a.id)
        await book.unwind([(lot, 10, 10, 0, a.id)], [])
    async with book.act() as uow:
        driver = await uow.driver()
        rows = await driver.fetch("SELECT id, expires_at FROM ledger.lot")
    assert {tuple(row) for row in rows} == {(lots[0].id, ends), (lots[1].id, None)}


@pytest.mark.feature("fund.limits")
async def test_two_withdrawals_at_once_cannot_both_take_the_last_of_a_deposit(book: Book) -> None:
    a = await book.shop()
    await book.deposit(a.id, 100)
    done = await asyncio.gather(
        *(book.deposit(a.id, -60) for _ in range(4)), return_exceptions=True
    )
    assert [type(each) for each in done if isinstance(each, Exception)] == [LimitExceeded] * 3
    await book.prove()


@pytest.mark.feature("fund.limits")
async def test_what_the_fund_owes_a_shop_lets_it_promise_no_more(book: Book) -> None:
    a, b = await book.shop(limit=100), await book.shop()
    lot = await book.grant(b.id, b.partners, 500)
    await book.spend(lot, 500, a.id)
    await book.grant(a.id, a.partners, 100)
    with pytest.raises(LimitExceeded):
        await book.grant(a.id, a.partners, 1)


@pytest.mark.feature("fund.limits")
async def test_in_one_batch_each_issuer_is_held_to_its_own_limit(book: Book) -> None:
    a, b = await book.shop(limit=100), await book.shop(limit=1_000)

    async def grant(of_a: int, of_b: int) -> None:
        async with book.act() as uow:
            head = postings.transfer(uow, "gift")
            grants = [
                Grant(head.id, new_id(), shop.partners, shop.id, "member", new_id(), amount,
                      book.now, None, "test")
                for shop, amount in ((a, of_a), (b, of_b))
            ]  # fmt: skip
            await postings.post(uow, [head], grants=grants)

    for of_a, of_b in ((101, 1), (1, 1_001)):
        with pytest.raises(LimitExceeded):
            await grant(of_a, of_b)
    await grant(100, 1_000)


@pytest.mark.feature("fund.limits")
async def test_a_grant_waits_for_another_that_is_working_out_the_same_limit(book: Book) -> None:
    a = await book.shop(limit=1_000)
    async with book.act() as uow:
        head = postings.transfer(uow, "gift")
        grant = Grant(
            head.id, new_id(), a.partners, a.id, "member", new_id(), 600, book.now, None, "test"
        )
        await postings.post(uow, [head], grants=[grant])
        second = asyncio.create_task(book.grant(a.id, a.partners, 600))
        done, _ = await asyncio.wait([second], timeout=0.3)
        assert not done
    with pytest.raises(LimitExceeded):
        await asyncio.wait_for(second, SOON)
