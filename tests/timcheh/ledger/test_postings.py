"""Every row of the design's table of postings, entry by entry, and the proof after each."""

from uuid import UUID

import pytest

from tests.timcheh.ledger.book import DAY, Book, Entries
from timcheh.ids import new_id
from timcheh.ledger import postings, queries
from timcheh.ledger.errors import LimitExceeded


def rial(*entries: tuple[str, UUID, int]) -> Entries:
    return {(account, owner, "rial"): amount for account, owner, amount in entries}


def points(*entries: tuple[str, UUID, int]) -> Entries:
    return {(account, owner, "point"): amount for account, owner, amount in entries}


@pytest.mark.feature("earn.cashback")
async def test_a_shop_grants_credit(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 200_000)
    assert await book.posted(lot.transfer_id) == rial(
        ("outstanding", a.id, -200_000), ("credit", lot.holder_id, 200_000)
    )


@pytest.mark.feature("sale.spend_credit")
async def test_credit_is_spent_at_its_issuer(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 200_000)
    spent = await book.spend(lot, 150_000, a.id)
    assert await book.posted(spent) == rial(
        ("credit", lot.holder_id, -150_000), ("outstanding", a.id, 150_000)
    )


@pytest.mark.feature("net.credit_at")
async def test_credit_is_spent_at_another_shop(book: Book) -> None:
    a, b = await book.shop(), await book.shop()
    lot = await book.grant(a.id, a.partners, 200_000)
    spent = await book.spend(lot, 150_000, b.id, fee=3_000)
    assert await book.posted(spent) == rial(
        ("credit", lot.holder_id, -150_000),
        ("clearing", b.id, 147_000),
        ("fee", book.mall_id, 3_000),
        ("outstanding", a.id, 150_000),
        ("clearing", a.id, -150_000),
    )


async def test_partner_credit_costs_no_fee_at_its_issuer(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.partners, 100)
    spent = await book.spend(lot, 40, a.id)
    assert await book.posted(spent) == rial(
        ("credit", lot.holder_id, -40), ("outstanding", a.id, 40)
    )


@pytest.mark.feature("net.own_and_public")
async def test_the_mall_itself_issues_as_a_shop_does(book: Book) -> None:
    b = await book.shop()
    lot = await book.grant(book.mall_id, book.network, 1_000)
    spent = await book.spend(lot, 600, b.id, fee=12)
    assert await book.posted(spent) == rial(
        ("credit", lot.holder_id, -600),
        ("clearing", b.id, 588),
        ("fee", book.mall_id, 12),
        ("outstanding", book.mall_id, 600),
        ("clearing", book.mall_id, -600),
    )


@pytest.mark.feature("sale.credit_expiry")
async def test_what_is_left_expires_back_to_its_issuer(book: Book) -> None:
    a = await book.shop()
    lot = await book.grant(a.id, a.own, 200_000, ends=book.now + DAY)
    await book.spend(lot, 150_000, a.id)
    book.now += DAY
    assert await book.expire() == 1
    expiry = await book.value("SELECT id FROM ledger.transfer WHERE kind = 'expiry'")
    assert await book.posted(expiry) == rial(
        ("credit", lot.holder_id, -50_000), ("outstanding", a.id, 50_000)
    )


@pytest.mark.feature("net.pooled_points")
async def test_a_pools_points_are_paid_for_when_granted(book: Book) -> None:
    a, pool = await book.shop(), await book.pool(issue_price=120, redeem_price=100)
    lot = await book.grant(a.id, pool, 50)
    assert await book.posted(lot.transfer_id) == points(
        ("points", pool, -50), ("credit", lot.holder_id, 50)
    ) | rial(("clearing", a.id, -6_000), ("reserve", pool, 6_000))


@pytest.mark.feature("net.pooled_points")
async def test_a_pools_points_are_spent_at_any_of_its_shops(book: Book) -> None:
    a, b, pool = await book.shop(), await book.shop(), await book.pool(120, 100)
    lot = await book.grant(a.id, pool, 50)
    spent = await book.spend(lot, 30, b.id, value=3_000, fee=45)
    assert await book.posted(spent) == points(
        ("credit", lot.holder_id, -30), ("points", pool, 30)
    ) | rial(("reserve", pool, -3_000), ("clearing", b.id, 2_955), ("fee", book.mall_id, 45))


@pytest.mark.feature("net.pooled_points")
async def test_pooled_points_spent_where_they_were_earned_are_paid_like_anywhere(
    book: Book,
) -> None:
    a, pool = await book.shop(), await book.pool(120, 100)
    lot = await book.grant(a.id, pool, 50)
    spent = await book.spend(lot, 50, a.id, value=5_000, fee=75)
    assert await book.posted(spent) == points(
        ("credit", lot.holder_id, -50), ("points", pool, 50)
    ) | rial(("reserve", pool, -5_000), ("clearing", a.id, 4_925), ("fee", book.mall_id, 75))


async def test_expired_points_leave_their_money_in_the_reserve(book: Book) -> None:
    a, pool = await book.shop(), await book.pool(120, 100)
    lot = await book.grant(a.id, pool, 50, ends=book.now + DAY)
    book.now += DAY
    await book.expire()
    expiry = await book.value("SELECT id FROM ledger.transfer WHERE kind = 'expiry'")
    assert await book.posted(expiry) == points(("credit", lot.holder_id, -50), ("points", pool, 50))


async def test_shop_only_points_move_no_money(book: Book) -> None:
    a = await book.shop(limit=0)
    lot = await book.grant(a.id, a.points, 50)
    assert await book.posted(lot.transfer_id) == points(
        ("points", a.points, -50), ("credit", lot.holder_id, 50)
    )
    async with book.act() as uow:
        head = postings.transfer(uow, "reward")
        spend = book.spend_of(head.id, lot, 20, a.id)._replace(value=0)
        await postings.post(uow, [head], [spend])
    assert await book.posted(head.id) == points(
        ("credit", lot.holder_id, -20), ("points", a.points, 20)
    )


@pytest.mark.feature("member.top_up")
async def test_a_member_tops_up_and_the_provider_settles(book: Book) -> None:
    lot = await book.top_up(new_id(), 500_000)
    assert await book.posted(lot.transfer_id) == rial(
        ("gateway", book.mall_id, -500_000), ("wallet", lot.holder_id, 500_000)
    )
    async with book.act() as uow:
        head = postings.transfer(uow, "gateway_settlement")
        await postings.settle_gateway(uow, head, 500_000)
    assert await book.posted(head.id) == rial(
        ("cash", book.mall_id, -500_000), ("gateway", book.mall_id, 500_000)
    )


@pytest.mark.feature("pos.wallet")
async def test_wallet_money_is_spent_at_a_shop(book: Book) -> None:
    b = await book.shop()
    lot = await book.top_up(new_id(), 500_000)
    spent = await book.spend(lot, 200_000, b.id, fee=1_000)
    assert await book.posted(spent) == rial(
        ("wallet", lot.holder_id, -200_000),
        ("clearing", b.id, 199_000),
        ("fee", book.mall_id, 1_000),
    )


@pytest.mark.feature("fund.limits")
async def test_collateral_comes_and_goes(book: Book) -> None:
    a = await book.shop()
    brought = await book.deposit(a.id, 900)
    assert await book.posted(brought) == rial(("cash", book.mall_id, -900), ("deposit", a.id, 900))
    taken = await book.deposit(a.id, -400)
    assert await book.posted(taken) == rial(("cash", book.mall_id, 400), ("deposit", a.id, -400))


@pytest.mark.feature("fund.limits")
async def test_collateral_pays_what_is_owed_and_no_more(book: Book) -> None:
    a, b = await book.shop(limit=300), await book.shop()
    lot = await book.grant(a.id, a.partners, 200)
    await book.spend(lot, 150, b.id)
    await book.deposit(a.id, 100)

    async def draw(amount: int) -> UUID:
        async with book.act() as uow:
            head = postings.transfer(uow, "settlement")
            await postings.draw_deposit(uow, head, a.id, amount)
        return head.id

    async def room() -> int:
        async with book.act() as uow:
            return await queries.room_left(uow, a.id)

    with pytest.raises(LimitExceeded):
        await draw(101)
    before = await room()
    drawn = await draw(100)
    assert await book.posted(drawn) == rial(("deposit", a.id, -100), ("clearing", a.id, 100))
    assert await room() == before
    await book.deposit(a.id, 100)
    with pytest.raises(LimitExceeded):  # it owes 50 by now
        await draw(51)
    assert await book.posted(await draw(-100)) == rial(
        ("deposit", a.id, 100), ("clearing", a.id, -100)
    )


@pytest.mark.feature("net.shared_fund")
async def test_settlement_pays_receives_and_draws_the_fees(book: Book) -> None:
    a, b = await book.shop(), await book.shop()
    lot = await book.grant(a.id, a.partners, 150_000)
    await book.spend(lot, 150_000, b.id, fee=3_000)
    async with book.act() as uow:
        head = postings.transfer(uow, "settlement")
        await postings.settle(uow, head, [(a.id, -150_000), (b.id, 147_000)], fees=3_000)
    await book.prove()
    async with book.act() as uow:
        driver = await uow.driver()
        rows = await driver.fetch(
            "SELECT account, owner_id, counterparty_id, amount FROM ledger.entry"
            " WHERE transfer_id = $1",
            head.id,
        )
    assert {tuple(row.values()) for row in rows} == {
        ("cash", book.mall_id, a.id, -150_000),
        ("clearing", a.id, None, 150_000),
        ("clearing", b.id, None, -147_000),
        ("cash", book.mall_id, b.id, 147_000),
        ("fee", book.mall_id, None, -3_000),
        ("cash", book.mall_id, None, 3_000),
    }


@pytest.mark.feature("sale.partner_commission")
async def test_a_colleague_earns_a_commission_and_is_paid(book: Book) -> None:
    a, person = await book.shop(), new_id()
    for amount in (700, -700):
        async with book.act() as uow:
            head = postings.transfer(uow, "commission")
            await postings.commission(uow, head, a.id, person, amount)
        assert await book.posted(head.id) == rial(
            ("commission_due", a.id, -amount), ("commission", person, amount)
        )


@pytest.mark.feature("gift.card")
async def test_a_gift_card_holds_a_lot_as_a_member_does(book: Book) -> None:
    a, card = await book.shop(), new_id()
    lot = await book.grant(a.id, a.own, 1_000, holder_id=card, holder_kind="gift_card")
    assert await book.posted(lot.transfer_id) == rial(
        ("outstanding", a.id, -1_000), ("credit", card, 1_000)
    )
    spent = await book.spend(lot, 1_000, a.id)
    assert await book.posted(spent) == rial(("credit", card, -1_000), ("outstanding", a.id, 1_000))


@pytest.mark.feature("sale.refund")
async def test_a_return_writes_the_opposite_of_what_it_undoes(book: Book) -> None:
    a, b, pool = await book.shop(), await book.shop(), await book.pool(120, 100)
    spent = await book.grant(a.id, a.partners, 1_000)
    await book.spend(spent, 800, b.id, fee=16)
    earned = await book.grant(b.id, pool, 10, holder_id=spent.holder_id)
    done = await book.unwind([(spent, 400, 400, 8, b.id)], [(earned, 4)])
    await book.prove()
    async with book.act() as uow:
        driver = await uow.driver()
        rows = await driver.fetch(
            "SELECT account, owner_id, unit, sum(amount)::int FROM ledger.entry"
            " WHERE transfer_id = $1 GROUP BY 1, 2, 3",
            done.id,
        )
    assert {tuple(row.values()) for row in rows} == {
        ("credit", spent.holder_id, "rial", 400),
        ("outstanding", a.id, "rial", -400),
        ("clearing", a.id, "rial", 400),
        ("clearing", b.id, "rial", -392 + 480),
        ("fee", book.mall_id, "rial", -8),
        ("points", pool, "point", 4),
        ("credit", spent.holder_id, "point", -4),
        ("reserve", pool, "rial", -480),
    }


async def test_a_reversal_is_the_same_entries_with_the_other_sign(book: Book) -> None:
    a, b = await book.shop(), await book.shop()
    lot = await book.grant(a.id, a.partners, 1_000)
    spent = await book.spend(lot, 800, b.id, fee=16)
    before = await book.posted(spent)
    after = await book.posted(await book.reverse(spent))
    assert after == {account: -amount for account, amount in before.items()}
    assert await book.remaining(lot) == 1_000
    assert await book.posted(await book.reverse(lot.transfer_id)) == rial(
        ("outstanding", a.id, 1_000), ("credit", lot.holder_id, -1_000)
    )
    assert await book.remaining(lot) == 0


async def between(book: Book, transfer_id: UUID) -> set[tuple[str, UUID, UUID | None]]:
    """(account, owner, who is on the other side) of each entry; only the member's names a lot."""
    async with book.act() as uow:
        driver = await uow.driver()
        rows = await driver.fetch(
            "SELECT account, owner_id, counterparty_id, lot_id FROM ledger.entry"
            " WHERE transfer_id = $1",
            transfer_id,
        )
    assert {row["account"] for row in rows if row["lot_id"]} <= {"credit", "wallet"}
    assert all(row["lot_id"] for row in rows if row["account"] in ("credit", "wallet"))
    return {(row["account"], row["owner_id"], row["counterparty_id"]) for row in rows}


@pytest.mark.feature("net.issued_used")
async def test_entries_name_who_is_on_the_other_side(book: Book) -> None:
    a, b, pool = await book.shop(), await book.shop(), await book.pool(120, 100)
    credit, member = await book.grant(a.id, a.partners, 1_000), new_id()
    assert await between(book, await book.spend(credit, 10, a.id)) == {
        ("credit", credit.holder_id, None), ("outstanding", a.id, None),
    }  # fmt: skip
    assert await between(book, await book.spend(credit, 400, b.id, fee=8)) == {
        ("credit", credit.holder_id, None), ("outstanding", a.id, b.id),
        ("clearing", a.id, b.id), ("clearing", b.id, a.id), ("fee", book.mall_id, b.id),
    }  # fmt: skip
    points = await book.grant(a.id, pool, 50)
    assert await between(book, points.transfer_id) == {
        ("credit", points.holder_id, None), ("points", pool, None),
        ("clearing", a.id, pool), ("reserve", pool, a.id),
    }  # fmt: skip
    assert await between(book, await book.spend(points, 10, b.id, value=1_000, fee=5)) == {
        ("credit", points.holder_id, None), ("points", pool, None),
        ("reserve", pool, b.id), ("clearing", b.id, pool), ("fee", book.mall_id, b.id),
    }  # fmt: skip
    wallet = await book.top_up(member, 500)
    assert await between(book, await book.spend(wallet, 200, b.id, fee=1)) == {
        ("wallet", member, None), ("clearing", b.id, book.wallet), ("fee", book.mall_id, b.id),
    }  # fmt: skip


@pytest.mark.feature("net.issued_used")
async def test_the_matrix_is_what_each_shop_took_of_each_others_credit(book: Book) -> None:
    a, b = await book.shop(), await book.shop()
    of_a, of_b = await book.grant(a.id, a.partners, 500), await book.grant(b.id, b.partners, 500)
    await book.spend(of_a, 150, b.id)
    await book.spend(of_a, 70, a.id)
    await book.spend(of_b, 20, a.id)
    await book.unwind([(of_a, 50, 50, 0, b.id)], [])
    async with book.act() as uow:
        assert await queries.matrix(uow) == {(a.id, b.id): 100, (b.id, a.id): 20}
