"""Scopes, and which shops accept them on which terms from when to when."""

from typing import Any
from uuid import UUID

import pytest

from tests.timcheh.ledger.book import DAY, Book
from timcheh.errors import NotFound
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import ScopeKind, Unit
from timcheh.ledger.errors import LimitExceeded

pytestmark = pytest.mark.feature("net.credit_at")

NIL = UUID(int=0)


async def accepted(book: Book) -> list[tuple[Any, ...]]:
    """(scope, shop, branch, issuer, fee, largest share, from, until) of every acceptance."""
    async with book.act() as uow:
        driver = await uow.driver()
        rows = await driver.fetch(
            "SELECT scope_id, merchant_id, branch_id, issuer_id, fee_bps, max_share_bps,"
            " valid_from, valid_until FROM ledger.acceptor ORDER BY merchant_id, branch_id"
        )
    return [tuple(row) for row in rows]


async def test_a_scope_is_opened_with_its_terms(book: Book) -> None:
    a = await book.shop()
    async with book.act() as uow:
        id = await postings.open_scope(
            uow, ScopeKind.POOL, Unit.POINT, issue_price=12, redeem_price=10, lot_months=6
        )
        driver = await uow.driver()
        rows = await driver.fetch(
            "SELECT kind, unit, issuer_id, issue_price, redeem_price, lot_months"
            " FROM ledger.scope WHERE id = ANY($1)",
            [id, a.partners],
        )
    assert {tuple(row) for row in rows} == {
        ("pool", "point", None, 12, 10, 6), ("partners", "rial", a.id, 0, 0, None),
    }  # fmt: skip


async def test_a_shop_and_its_branch_accept_a_scope_each_on_terms_of_its_own(book: Book) -> None:
    a, b, branch = await book.shop(), await book.shop(), new_id()
    start = book.now
    async with book.act() as uow:
        await postings.accept_scope(uow, a.partners, b.id, fee_bps=200, max_share_bps=5_000)
        await postings.accept_scope(uow, a.partners, b.id, branch_id=branch, until=start + DAY)
    assert await accepted(book) == [
        (a.partners, b.id, NIL, a.id, 200, 5_000, start, None),
        (a.partners, b.id, branch, a.id, 0, None, start, start + DAY),
    ]


async def test_new_terms_replace_the_old_ones_of_that_shop_only(book: Book) -> None:
    a, (b, c) = (
        await book.shop(),
        sorted([await book.shop(), await book.shop()], key=lambda s: s.id),
    )
    start = book.now
    async with book.act() as uow:
        for shop in (b, c):
            await postings.accept_scope(uow, a.partners, shop.id, fee_bps=200, until=start + DAY)
    book.now += DAY
    async with book.act() as uow:
        await postings.accept_scope(uow, a.partners, b.id, fee_bps=90, max_share_bps=7_000)
    assert await accepted(book) == [
        (a.partners, b.id, NIL, a.id, 90, 7_000, start + DAY, None),
        (a.partners, c.id, NIL, a.id, 200, None, start, start + DAY),
    ]


async def test_an_acceptance_ends_for_one_shop_and_one_scope_in_all_its_branches(
    book: Book,
) -> None:
    a, (b, c) = (
        await book.shop(),
        sorted([await book.shop(), await book.shop()], key=lambda s: s.id),
    )
    branch, end = new_id(), book.now + DAY
    async with book.act() as uow:
        await postings.accept_scope(uow, a.partners, b.id)
        await postings.accept_scope(uow, a.partners, b.id, branch_id=branch)
        await postings.accept_scope(uow, a.partners, c.id)
        await postings.accept_scope(uow, book.network, b.id)
        await postings.end_acceptance(uow, a.partners, b.id, end)
    ends = {(row[0], row[1], row[2]): row[-1] for row in await accepted(book)}
    assert ends == {
        (a.partners, b.id, NIL): end,
        (a.partners, b.id, branch): end,
        (a.partners, c.id, NIL): None,
        (book.network, b.id, NIL): None,
    }


async def test_what_is_no_scope_is_accepted_by_nobody(book: Book) -> None:
    a = await book.shop()
    with pytest.raises(NotFound):
        async with book.act() as uow:
            await postings.accept_scope(uow, new_id(), a.id)
    assert await accepted(book) == []


@pytest.mark.feature("fund.limits")
async def test_a_limit_is_changed_for_one_shop_and_holds_from_then_on(book: Book) -> None:
    a, b = await book.shop(limit=100), await book.shop(limit=100)
    async with book.act() as uow:
        await postings.set_credit_limit(uow, a.id, 50)
    await book.grant(a.id, a.partners, 50)
    with pytest.raises(LimitExceeded):
        await book.grant(a.id, a.partners, 1)
    await book.grant(b.id, b.partners, 100)
    async with book.act() as uow:
        await postings.set_credit_limit(uow, a.id, None)
    await book.grant(a.id, a.partners, 10_000)
    await book.prove()
