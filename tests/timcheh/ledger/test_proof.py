"""Each check of the proof finds what it is there for, and nothing that is in order."""

from dataclasses import dataclass

import pytest

from tests.timcheh.ledger.book import Book
from tests.timcheh.ledger.test_chain import Forge, failed, forge
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import Grant

__all__ = ["forge"]

pytestmark = pytest.mark.feature("fund.proof")


@pytest.fixture
async def traded(book: Book) -> Book:
    """A mall with something of everything, rolled up, that proves itself."""
    a, b, pool = await book.shop(), await book.shop(), await book.pool(120, 100)
    await book.grant(a.id, await book.pool(1, 1), 90_000)  # another pool's money is no cover
    await book.grant(a.id, a.points, 25)
    credit = await book.grant(a.id, a.partners, 100)
    points = await book.grant(a.id, pool, 50)
    await book.spend(credit, 40, b.id, fee=1)
    await book.spend(points, 10, b.id, value=1_000, fee=5)
    await book.hold(credit, 7, a.id)
    await book.top_up(new_id(), 500)
    await book.deposit(a.id, 30)
    async with book.act() as uow:
        await postings.commission(uow, postings.transfer(uow, "commission"), a.id, new_id(), 20)
    await book.quiet()
    async with book.act() as uow:
        await postings.roll_up(uow)
    await book.grant(a.id, a.own, 60)  # and something that is not rolled up yet
    assert await failed(book) == set()
    return book


@dataclass(frozen=True)
class Forgery:
    """What somebody with all rights does to the mall `$1`, and which checks find it."""

    name: str
    statement: str
    found_by: set[str]


BALANCED, WHOLE = "transfers_balanced", "transfers_whole"
FUND, BALANCES, COMMISSIONS = "fund_sums_to_zero", "balances_equal_entries", "commissions_balanced"
OUTSTANDING, POINTS, LOTS = "outstanding_equals_lots", "points_equal_lots", "lots_equal_entries"
BOUNDS, HOLDS, RESERVES, REFER = (
    "lots_within_bounds", "holds_equal_lots", "reserves_cover_points", "lots_refer",
)  # fmt: skip
GRANTED = "lots_as_granted"
ENTRY = "UPDATE ledger.entry SET {} WHERE mall_id = $1 AND {}"
LOT = "UPDATE ledger.lot SET {} WHERE mall_id = $1 AND {}"
GONE = "DELETE FROM ledger.lot WHERE mall_id = $1 AND {}"
PRICES = (
    "UPDATE ledger.scope SET issue_price = {0}, redeem_price = {0}"
    " WHERE mall_id = $1 AND kind = 'pool'"
)
DEPOSIT = "transfer_id = (SELECT id FROM ledger.transfer WHERE mall_id = $1 AND kind = 'deposit')"
SHOP = "SELECT id FROM ledger.party WHERE mall_id = $1 AND kind = 'merchant' LIMIT 1"
NOBODY = "'00000000-0000-7000-8000-000000000000'"

FORGERIES = [
    Forgery("a fee", ENTRY.format("amount = amount + 1", "account = 'fee' AND amount = 1"),
            {BALANCED, FUND, BALANCES}),
    Forgery("a pool's points",
            ENTRY.format("amount = amount - 1", "account = 'points' AND amount < 0"),
            {BALANCED, POINTS, BALANCES}),
    Forgery("points of another pool", ENTRY.format(f"scope_id = {NOBODY}", "account = 'points'"),
            {BALANCED, BALANCES}),
    Forgery("a transfer gone",
            "DELETE FROM ledger.transfer WHERE mall_id = $1 AND kind = 'deposit'",
            {WHOLE, BALANCES}),
    Forgery("its entries gone", f"DELETE FROM ledger.entry WHERE mall_id = $1 AND {DEPOSIT}",
            {WHOLE, BALANCES}),
    Forgery("a gap between entries", ENTRY.format("n = n + 1", f"n = 2 AND {DEPOSIT}"), {WHOLE}),
    Forgery("a lot of credit", LOT.format("remaining = remaining + 1, granted = granted + 1",
                                          "granted = 60"), {OUTSTANDING, LOTS, GRANTED}),
    Forgery("a lot of points", LOT.format("remaining = remaining - 1", "unit = 'point'"),
            {POINTS, LOTS}),
    Forgery("a lot of wallet money", LOT.format("remaining = remaining - 1", "unit = 'wallet'"),
            {LOTS}),
    Forgery("a lot that was less", LOT.format("granted = remaining - 1", "granted = 60"),
            {BOUNDS, GRANTED}),
    Forgery("a lot that has expired too", LOT.format("expired = 1", "granted = 60"),
            {BOUNDS, GRANTED}),
    Forgery("a lot taken back too", LOT.format("taken_back = 1", "granted = 60"),
            {BOUNDS, GRANTED}),
    Forgery("a lot pinned more", LOT.format("held = held + 1", "held > 0"), {HOLDS}),
    Forgery("a lot pinned by nothing", LOT.format("held = 1", "granted = 60"), {HOLDS}),
    Forgery("a hold gone", "DELETE FROM ledger.hold WHERE mall_id = $1", {HOLDS}),
    Forgery("a hold of nothing", "UPDATE ledger.lot SET held = 0 WHERE mall_id = $1 AND held > 0",
            {HOLDS}),
    Forgery("money that left the fund",
            ENTRY.format("account = 'commission'", "account = 'deposit'"),
            {FUND, COMMISSIONS, BALANCES}),
    Forgery("wallet money as somebody's debt",
            ENTRY.format("account = 'commission_due'", "account = 'wallet'"),
            {FUND, COMMISSIONS, BALANCES, GRANTED}),
    Forgery("a dearer pool",
            PRICES.format(126) + " AND issue_price = 120",
            {RESERVES}),
    Forgery("a reserve below zero",
            ENTRY.format("account = 'fee'", "account = 'reserve' AND amount > 0"),
            {RESERVES, BALANCES}),
    Forgery("a balance", "UPDATE ledger.balance SET amount = amount + 1"
            " WHERE mall_id = $1 AND account = 'fee'", {BALANCES}),
    Forgery("a balance's entries", "UPDATE ledger.balance SET entries = entries + 1"
            " WHERE mall_id = $1 AND account = 'fee'", {BALANCES}),
    Forgery("a balance gone", "DELETE FROM ledger.balance WHERE mall_id = $1 AND account = 'fee'",
            {BALANCES}),
    Forgery("a lot nobody granted", LOT.format(f"transfer_id = {NOBODY}", "granted = 60"),
            {REFER, GRANTED}),
    Forgery("a lot in no scope", LOT.format(f"scope_id = {NOBODY}", "granted = 60"), {REFER}),
    Forgery("a lot of nobody's", LOT.format(f"issuer_id = {NOBODY}", "granted = 60"),
            {REFER, OUTSTANDING, GRANTED}),
    Forgery("a lot of another's", LOT.format(f"holder_id = {NOBODY}", "granted = 60"), {GRANTED}),
    Forgery("a larger grant", LOT.format("granted = 70", "granted = 60"), {GRANTED}),
    Forgery("a price for points that nobody paid for",
            PRICES.format(1).replace("'pool'", "'own_points'"), {RESERVES, GRANTED}),
    Forgery("points nobody granted", LOT.format(f"transfer_id = {NOBODY}", "granted = 25"),
            {REFER, GRANTED}),
    Forgery("wallet money from a shop", LOT.format(f"issuer_id = ({SHOP})", "unit = 'wallet'"),
            {GRANTED}),
    Forgery("all lots of a pool gone", GONE.format("unit = 'point' AND granted = 50"),
            {POINTS, LOTS}),
    Forgery("all lots of credit gone", GONE.format("unit = 'rial'"), {OUTSTANDING, LOTS, HOLDS}),
    Forgery("a fee of another scope",  # rial are rial: a transfer balances across scopes
            ENTRY.format(f"scope_id = {NOBODY}", "account = 'fee' AND amount = 1"), {BALANCES}),
    Forgery("a fee in points", ENTRY.format("unit = 'point'", "account = 'fee' AND amount = 1"),
            {BALANCED, FUND, BALANCES}),
    Forgery("a scope of another unit",
            "UPDATE ledger.scope SET unit = 'rial' WHERE mall_id = $1 AND kind = 'pool'", {REFER}),
]  # fmt: skip


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.name)
async def test_a_forgery_is_found_by_the_checks_it_concerns(
    traded: Book, forge: Forge, forgery: Forgery
) -> None:
    await forge(forgery.statement, traded.mall_id)
    assert await failed(traded) == forgery.found_by


async def test_points_stay_those_of_the_shop_that_paid_for_them(book: Book, forge: Forge) -> None:
    """In one purchase A pays for new points of a pool, and B is paid for old ones."""
    a, b, pool = await book.shop(), await book.shop(), await book.pool(120, 100)
    old, new = await book.grant(a.id, pool, 50), new_id()
    await book.grant(b.id, pool, 5)  # B grants there too, in another transfer
    async with book.act() as uow:
        head = postings.transfer(uow, "purchase")
        spend = book.spend_of(head.id, old, 10, b.id, value=1_000)
        grant = Grant(head.id, new, pool, a.id, "member", new_id(), 7, book.now, None, "earned")
        await postings.post(uow, [head], [spend], [grant])
    assert await failed(book) == set()
    await forge("UPDATE ledger.lot SET issuer_id = $2 WHERE id = $1", new, b.id)
    assert await failed(book) == {GRANTED}


async def test_a_reserve_that_just_covers_its_points_is_enough(traded: Book, forge: Forge) -> None:
    """50 points were paid for at 120, and 10 of them took out 1,000: 5,000 are left for 40."""
    await forge(
        PRICES.format(125) + " AND issue_price = 120",
        traded.mall_id,
    )
    assert await failed(traded) == set()


async def test_a_reserve_whose_points_are_all_spent_is_empty_and_enough(book: Book) -> None:
    a, pool = await book.shop(), await book.pool(100, 100)
    await book.spend(await book.grant(a.id, pool, 50), 50, a.id, value=5_000)
    assert await failed(book) == set()
