"""Sales colleagues: what a line earns them, what a return takes back, what they are paid."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from merchants.colleagues.proofs import PROOFS
from merchants.colleagues.terms import Rate, commission_of
from tests.merchants.goods.support import line, sell
from tests.web_support.portal import Floor
from timcheh.db import Database, Role
from timcheh.settings import Settings

MONEY = st.integers(0, 10**12)


@given(net=MONEY, milli=st.integers(1, 10**9), bps=st.integers(0, 10_000), each=MONEY)
def test_a_commission_is_never_more_than_the_line(
    net: int, milli: int, bps: int, each: int
) -> None:
    assert commission_of({"": Rate(bps=bps)}, "x", net, milli) == net * bps // 10_000
    assert 0 <= commission_of({"": Rate(amount=each)}, None, net, milli) <= net


def test_a_groups_own_terms_come_first() -> None:
    terms = {"": Rate(bps=1000), "ناخن": Rate(amount=500)}
    assert commission_of(terms, "ناخن", 10_000, 2_000) == 1_000
    assert commission_of(terms, "مو", 10_000, 2_000) == 1_000
    assert commission_of(terms, None, 10_000, 2_000) == 1_000
    assert commission_of({"ناخن": Rate(bps=100)}, "مو", 10_000, 1_000) == 0


async def colleague(floor: Floor, name: str = "مینا", **terms: object) -> str:
    body = {"name": name, "terms": [{"bps": 1000}, *([terms] if terms else [])]}
    return str((await floor.shop.post("/colleagues", body))["id"])


async def balance(floor: Floor, id: str) -> int:
    found = (await floor.shop.get("/colleagues"))["items"]
    return next(int(each["balance"]) for each in found if each["id"] == id)


@pytest.mark.feature("sale.partner_commission")
async def test_each_line_pays_its_colleague_and_a_return_takes_it_back(
    shop_floor: Floor, mobile: str
) -> None:
    mina = await colleague(shop_floor)
    sara = await colleague(shop_floor, "سارا", group="ناخن", amount=20_000)
    stays = {"quantity": 1, "unit_price": 10_000, "colleague_id": mina}
    await sell(shop_floor.shop, mobile, stays)  # what comes back of another sale is none of it
    bought = await sell(
        shop_floor.shop,
        mobile,
        {"quantity": 3, "unit_price": 33_333, "colleague_id": mina},
        {"quantity": 2, "unit_price": 90_000, "group": "ناخن", "colleague_id": sara},
        {"quantity": 1, "unit_price": 50_000, "group": "مو", "colleague_id": sara},
        {"quantity": 1, "unit_price": 50_000},
    )
    assert [each["commission"] for each in bought["lines"]] == [9_999, 40_000, 5_000, 0]
    assert await balance(shop_floor, mina) == 1_000 + 9_999
    assert await balance(shop_floor, sara) == 45_000
    path = f"/purchases/{bought['id']}/returns"
    for _ in range(3):  # in pieces as at once
        await shop_floor.shop.post(path, {"lines": [{"line": 0, "quantity": 1}]})
    await shop_floor.shop.post(path, {"lines": [{"line": 1, "quantity": 0.5}]})
    assert await balance(shop_floor, mina) == 1_000
    assert await balance(shop_floor, sara) == 35_000
    await shop_floor.mall.prove()


@pytest.mark.feature("sale.partner_commission")
async def test_an_authorised_sale_pays_when_it_is_confirmed(shop_floor: Floor, mobile: str) -> None:
    mina = await colleague(shop_floor)
    sold = {"quantity": 1, "unit_price": 100_000, "colleague_id": mina}
    kept = await sell(shop_floor.shop, mobile, sold, capture="manual")
    left = await sell(shop_floor.shop, mobile, sold, capture="manual")
    assert await balance(shop_floor, mina) == 0
    await shop_floor.shop.post(f"/purchases/{kept['id']}/confirm", expect=200)
    await shop_floor.shop.post(f"/purchases/{left['id']}/cancel", expect=200)
    assert await balance(shop_floor, mina) == 10_000


@pytest.mark.feature("sale.partner_commission")
async def test_no_more_is_paid_out_than_is_owed(shop_floor: Floor, mobile: str) -> None:
    mina = await colleague(shop_floor)
    await sell(shop_floor.shop, mobile, {"quantity": 1, "unit_price": 90_000, "colleague_id": mina})
    path = f"/colleagues/{mina}/payouts"
    refused = await shop_floor.shop.post(path, {"amount": 9_001}, expect=422)
    assert refused["code"] == "colleague_owed_less"
    await shop_floor.shop.post(path, {"amount": 9_000})
    assert await balance(shop_floor, mina) == 0
    rows = (await shop_floor.shop.get(f"/colleagues/{mina}/statement"))["items"]
    assert [(each["kind"], each["amount"]) for each in rows] == [
        ("payout", -9_000),
        ("sale", 9_000),
    ]
    await shop_floor.mall.prove()


async def test_a_colleague_of_another_shop_or_none_is_unknown(
    shop_floor: Floor, mobile: str
) -> None:
    other = Floor(shop_floor.mall, await shop_floor.mall.shop("لاله"))
    theirs = await colleague(other)
    for id in (theirs, str(UUID(int=7))):
        sold = line("x", name="x", unit_price=1, colleague_id=id)
        refused = await sell(shop_floor.shop, mobile, sold, expect=422)
        assert refused["errors"][0]["code"] == "unknown_colleague"
        await shop_floor.shop.call("POST", f"/colleagues/{id}/payouts", {"amount": 1}, expect=404)
        await shop_floor.shop.get(f"/colleagues/{id}/statement", expect=404)


async def test_whoever_is_not_active_sells_no_more(
    shop_floor: Floor, mobile: str, database: Database
) -> None:
    mina = await colleague(shop_floor)
    await shop_floor.shop.patch(f"/colleagues/{mina}", {"active": False})
    sold = {"quantity": 1, "unit_price": 1_000, "colleague_id": mina}
    await sell(shop_floor.shop, mobile, sold, expect=422)


@pytest.mark.feature("fund.proof")
@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE {} SET amount = amount * 2", {"entries", "lines"}),
        ("UPDATE {} SET colleague_id = uuidv7()", {"entries", "lines"}),
        ("DELETE FROM {}", {"lines"}),
    ],
)
async def test_the_proof_finds_what_the_ledger_and_the_lines_do_not_say(
    shop_floor: Floor, mobile: str, settings: Settings, change: str, found: set[str]
) -> None:
    mall = {"mall": UUID(str(shop_floor.mall.id))}
    mina = await colleague(shop_floor)
    line = {"quantity": 2, "unit_price": 100_000, "colleague_id": mina}
    bought = await sell(shop_floor.shop, mobile, line)
    back = {"lines": [{"line": 0, "quantity": 1}]}
    await shop_floor.shop.post(f"/purchases/{bought['id']}/returns", back)
    await shop_floor.shop.post(f"/colleagues/{mina}/payouts", {"amount": 1_000})
    owner = Database({role: settings.dsn(role) for role in Role})
    try:
        async with owner.engine(Role.OWNER).connect() as connection:

            async def broken() -> set[str]:
                checks = {each.name: text(each.violations) for each in PROOFS}
                rows = {name: await connection.execute(sql, mall) for name, sql in checks.items()}
                return {name for name, each in rows.items() if each.all()}

            assert await broken() == set()
            altered = change.format("merchants.commission") + " WHERE mall_id = :mall"
            await connection.execute(text(altered), mall)
            assert await broken() == {f"commissions_equal_{each}" for each in found}
            await connection.rollback()
    finally:
        await owner.stop()
