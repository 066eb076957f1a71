"""Whoever takes several lots locks them by id, before it touches anything else of theirs."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from tests.locks import HOLD, LOT, PARTY, locked
from tests.timcheh.ledger.book import DAY, Book, Lot
from timcheh.db import Database
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import Grant

pytestmark = pytest.mark.feature("sale.two_phase")


class Pair:
    """Two lots of one grant, written in the other order than their ids', and what is done to both.

    Or to the lower alone: then whoever does it has no business with the other.
    """

    def __init__(self, book: Book, shop: UUID, lower: Lot, higher: Lot, *, both: bool) -> None:
        self.book, self.shop, self.lower, self.higher = book, shop, lower, higher
        self.lots = [higher, lower] if both else [lower]
        self.reference = new_id()

    @classmethod
    async def made(cls, book: Book, *, both: bool) -> "Pair":
        shop = await book.shop()
        first, member = new_id(), new_id()
        lower, higher = [
            Lot(id, transfer_id, shop.partners, shop.id, member)
            for id, transfer_id in zip(
                sorted((new_id(), new_id())), (first, first if both else new_id()), strict=True
            )
        ]
        pair = cls(book, shop.id, lower, higher, both=both)
        async with book.act() as uow:
            heads = [
                postings.transfer(uow, "gift", id=id)
                for id in {lower.transfer_id, higher.transfer_id}
            ]
            grants = [
                Grant(lot.transfer_id, lot.id, lot.scope_id, shop.id, "member", member, 100,
                      book.now, None, "test")
                for lot in (higher, lower)
            ]  # fmt: skip
            await postings.post(uow, heads, grants=grants)
        return pair

    async def spend(self, amount: int = 10) -> UUID:
        async with self.book.act() as uow:
            head = postings.transfer(uow, "purchase")
            spends = [self.book.spend_of(head.id, lot, amount, self.shop) for lot in self.lots]
            await postings.post(uow, [head], spends)
        return head.id

    async def hold(self) -> None:
        async with self.book.act() as uow:
            spends = [self.book.spend_of(self.reference, lot, 10, self.shop) for lot in self.lots]
            await postings.hold(uow, self.reference, spends, self.book.now + DAY)

    async def release(self) -> None:
        async with self.book.act() as uow:
            assert await postings.release(uow, self.reference) == len(self.lots)

    async def give_back(self) -> None:
        shares = [(lot, 10, 10, 0, self.shop) for lot in self.lots]
        await self.book.unwind(shares, [])

    async def take_back(self) -> None:
        await self.book.unwind([], [(lot, 10) for lot in self.lots])

    async def read_for_a_return(self) -> None:
        await self.book.grant(self.shop, self.lower.scope_id, 5)  # of which nobody asks
        async with self.book.act() as uow:
            states = await postings.lock_lots(uow, [lot.id for lot in self.lots])
        assert list(states) == [lot.id for lot in reversed(self.lots)]

    async def correct(self) -> None:
        await self.book.reverse(self.lower.transfer_id)


ACTS: dict[Callable[[Pair], Awaitable[object]], tuple[Callable[[Pair], Awaitable[object]], ...]] = {
    Pair.spend: (),
    Pair.hold: (),
    Pair.release: (Pair.hold,),
    Pair.give_back: (Pair.spend,),
    Pair.take_back: (Pair.hold,),
    Pair.read_for_a_return: (Pair.hold,),
    Pair.correct: (),
}


@pytest.mark.parametrize(
    ("act", "before"), ACTS.items(), ids=lambda each: getattr(each, "__name__", "")
)
@pytest.mark.parametrize("both", [True, False])
async def test_lots_are_locked_by_id_and_before_their_holds(
    book: Book,
    database: Database,
    both: bool,
    act: Callable[[Pair], Awaitable[object]],
    before: tuple[Callable[[Pair], Awaitable[object]], ...],
) -> None:
    pair = await Pair.made(book, both=both)
    for each in before:
        await each(pair)
    async with locked(database, LOT, pair.lower.id) as row:
        acting = asyncio.ensure_future(act(pair))
        await row.awaited()
        free = [
            await row.is_free(LOT, pair.higher.id),
            await row.is_free(HOLD, pair.lower.id),
            await row.is_free(HOLD, pair.higher.id),
            await row.is_free(PARTY, pair.shop),
        ]
    await asyncio.wait_for(acting, 30)
    assert free == [True] * 4
    await book.prove()


@pytest.mark.feature("fund.limits")
async def test_a_grant_that_works_out_a_limit_locks_its_own_shop_only(
    book: Book, database: Database
) -> None:
    a, b = await book.shop(limit=1_000), await book.shop(limit=1_000)
    lot = await book.grant(b.id, b.own, 1)
    async with book.act() as uow:
        head = postings.transfer(uow, "gift")
        grant = Grant(
            head.id, new_id(), a.partners, a.id, "member", new_id(), 5, book.now, None, "test"
        )
        await postings.post(uow, [head], grants=[grant])
        async with locked(database, LOT, lot.id) as row:
            free = [await row.is_free(PARTY, shop.id) for shop in (a, b)]
    assert free == [False, True]
