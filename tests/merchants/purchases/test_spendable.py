"""What of a member's value a till may offer: whose, where, when, how much, and on which terms."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.timcheh.ledger.book import DAY, Book, Shop
from tests.timcheh.ledger.conftest import book
from timcheh.ids import new_id
from timcheh.ledger import postings

__all__ = ["book"]

pytestmark = pytest.mark.feature("sale.spend_credit")


async def offered(
    book: Book, shop: Shop, *holders: UUID, branch: UUID | None = None
) -> dict[UUID, dict[str, Any]]:
    """By lot, what the till of a shop may offer of these holders' value now."""
    async with book.act() as uow:
        driver = await uow.driver()
        rows = await driver.fetch(
            "SELECT * FROM merchants.spendable($1, $2, $3, $4, $5)",
            book.mall_id,
            shop.id,
            branch,
            list(holders),
            book.now,
        )
    assert len(rows) == len({row["lot_id"] for row in rows})
    return {row["lot_id"]: dict(row) for row in rows}


async def accept(book: Book, scope: UUID, shop: Shop, **terms: Any) -> None:
    async with book.act() as uow:
        await postings.accept_scope(uow, scope, shop.id, **terms)


async def test_a_lot_is_offered_with_its_terms(book: Book) -> None:
    a, b, member, ends = await book.shop(), await book.shop(), new_id(), book.now + 9 * DAY
    await accept(book, a.partners, b, fee_bps=200, max_share_bps=5_000)
    lot = await book.grant(a.id, a.partners, 700, holder_id=member, ends=ends)
    (found,) = (await offered(book, b, member)).values()
    made = found.pop("created_at")
    assert isinstance(made, datetime)
    assert found == {
        "lot_id": lot.id, "holder_kind": "member", "unit": "rial", "issuer_id": a.id,
        "scope_id": a.partners, "scope_kind": "partners", "available": 700, "expires_at": ends,
        "redeem_price": 0, "fee_bps": 200, "max_share_bps": 5_000, "width": 1,
    }  # fmt: skip


async def test_only_the_lots_of_those_who_were_named_are_offered(book: Book) -> None:
    a, member, card = await book.shop(), new_id(), new_id()
    await accept(book, a.own, a)
    mine = await book.grant(a.id, a.own, 10, holder_id=member)
    gift = await book.grant(a.id, a.own, 20, holder_id=card, holder_kind="gift_card")
    await book.grant(a.id, a.own, 30)
    assert set(await offered(book, a, member, card)) == {mine.id, gift.id}
    assert set(await offered(book, a, member)) == {mine.id}
    assert await offered(book, a) == {}


async def test_only_where_its_scope_is_accepted_is_a_lot_offered(book: Book) -> None:
    a, b, c, member = await book.shop(), await book.shop(), await book.shop(), new_id()
    await accept(book, a.partners, b)
    await accept(book, a.own, a)
    shared = await book.grant(a.id, a.partners, 10, holder_id=member)
    own = await book.grant(a.id, a.own, 10, holder_id=member)
    assert set(await offered(book, a, member)) == {own.id}
    assert set(await offered(book, b, member)) == {shared.id}
    assert await offered(book, c, member) == {}


async def test_a_lot_is_offered_from_its_first_moment_to_before_its_last(book: Book) -> None:
    a, member, noon = await book.shop(), new_id(), book.now
    await accept(book, a.own, a)
    await book.grant(a.id, a.own, 9, holder_id=member, starts=noon + DAY, ends=noon + 2 * DAY)
    second = timedelta(seconds=1)
    for after, there in (
        (DAY - second, False), (DAY, True), (2 * DAY - second, True), (2 * DAY, False)
    ):  # fmt: skip
        book.now = noon + after
        assert bool(await offered(book, a, member)) is there


async def test_terms_hold_from_their_first_moment_to_before_their_last(book: Book) -> None:
    a, b, member, noon = await book.shop(), await book.shop(), new_id(), book.now
    await book.grant(a.id, a.partners, 9, holder_id=member)
    await accept(book, a.partners, a)
    book.now = noon + DAY
    await accept(book, a.partners, b, until=noon + 2 * DAY)
    second = timedelta(seconds=1)
    for after, width in (
        (DAY - second, None), (DAY, 2), (2 * DAY - second, 2), (2 * DAY, None)
    ):  # fmt: skip
        book.now = noon + after
        assert [each["width"] for each in (await offered(book, b, member)).values()] == (
            [] if width is None else [width]
        )
        # Where it is accepted anyway, the lot's width tells in how many places it is.
        (here,) = (await offered(book, a, member)).values()
        assert here["width"] == (width or 1)


async def test_a_branchs_own_terms_come_before_its_shops(book: Book) -> None:
    a, b, member = await book.shop(), await book.shop(), new_id()
    branch, elsewhere = new_id(), new_id()
    await book.grant(a.id, a.partners, 9, holder_id=member)
    await accept(book, a.partners, b, fee_bps=200)
    await accept(book, a.partners, b, branch_id=branch, fee_bps=50)
    fees = {
        at: [each["fee_bps"] for each in (await offered(book, b, member, branch=at)).values()]
        for at in (None, branch, elsewhere)
    }
    assert fees == {None: [200], branch: [50], elsewhere: [200]}


async def test_what_another_purchase_holds_is_not_offered_until_it_times_out(book: Book) -> None:
    a, member, noon = await book.shop(), new_id(), book.now
    await accept(book, a.own, a)
    lot = await book.grant(a.id, a.own, 100, holder_id=member)
    free = await book.grant(a.id, a.own, 40, holder_id=member)
    await book.hold(lot, 30, a.id, minutes=2)
    await book.hold(lot, 5, a.id, minutes=4)
    for minutes, left in ((1, 65), (2, 95), (3, 95), (4, 100)):
        book.now = noon + timedelta(minutes=minutes)
        found = await offered(book, a, member)
        assert (found[lot.id]["available"], found[free.id]["available"]) == (left, 40)


async def test_a_lot_that_is_spent_is_offered_no_more(book: Book) -> None:
    a, member = await book.shop(), new_id()
    await accept(book, a.own, a)
    lot = await book.grant(a.id, a.own, 100, holder_id=member)
    await book.spend(lot, 60, a.id)
    assert (await offered(book, a, member))[lot.id]["available"] == 40
    await book.spend(lot, 40, a.id)
    assert await offered(book, a, member) == {}


@pytest.mark.feature("net.pooled_points")
async def test_points_are_offered_at_their_price_and_not_at_all_without_one(book: Book) -> None:
    a, member, pool = await book.shop(), new_id(), await book.pool(120, 100)
    cheapest = await book.pool(1, 1)
    for scope in (pool, cheapest, a.points, book.wallet):
        await accept(book, scope, a)
    points = await book.grant(a.id, pool, 50, holder_id=member)
    cheap = await book.grant(a.id, cheapest, 50, holder_id=member)
    await book.grant(a.id, a.points, 50, holder_id=member)
    wallet = await book.top_up(member, 700)
    prices = {lot: each["redeem_price"] for lot, each in (await offered(book, a, member)).items()}
    assert prices == {points.id: 100, cheap.id: 1, wallet.id: 0}
