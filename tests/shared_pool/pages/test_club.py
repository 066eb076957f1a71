"""What a member sees of their own: the card, a lot, every movement with its reason."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from shared_pool.club.asking import month_key
from tests.api.conftest import Api, MallApi, new_mobile
from tests.web_support.portal import Floor, text_of
from tests.web_support.visitors import Members
from timcheh.calendar import local_date
from timcheh.db import Database, Scope
from timcheh.ids import new_id


def plain(html: str) -> str:
    return text_of(html).replace("٬", ",")


def lots_in(html: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"/club(/lots/[0-9a-f-]{36})", html)))


def ways_on(html: str) -> list[str]:
    return [f"/history{way}" for way in re.findall(r'href="(\?[^"]*before=[^"]*)"', html)]


async def pool_of(mall: MallApi, *shops: Api) -> dict[str, Any]:
    """Points of 1,000 rial, taken by the shops."""
    terms = {"name": "امتیاز نور", "issue_price": 1_000, "redeem_price": 1_000}
    pool = await mall.post("/pools", {**terms, "expires_in_months": 12})
    for shop in shops:
        await mall.post(f"/pools/{pool['id']}/participants", {"merchant_id": shop.id})
    return pool


def points_rule(scope: str) -> dict[str, Any]:
    effect = {"effect": "points_per", "amount": 100_000, "points": 1, "scope": scope}
    return {"name": "هر ۱۰٬۰۰۰ تومان یک امتیاز", "then": [effect]}


async def test_a_new_member_has_a_card_and_nothing_else(members: Members, mobile: str) -> None:
    member = await members(mobile)
    home = plain(await member.get())
    assert "هنوز چیزی ندارید" in home
    assert "عضو باشگاه" in home
    assert re.search(r"(?:[۰-۹]{4} ){3}[۰-۹]{4}", home)
    assert "هنوز گردشی نیست" in plain(await member.get("/history"))
    assert "هنوز گردشی نیست" not in plain(await member.get("/history?kind=spent"))
    await member.get("/history?kind=no-such&before=not-an-id")


@pytest.mark.feature("member.pooled_balance")
async def test_the_card_sums_up_by_shop(shop_floor: Floor, members: Members, mobile: str) -> None:
    mall, a = shop_floor.mall, shop_floor.shop
    b = await mall.shop("لاله")
    await mall.partners(a, b, 200, 3000)
    pool = await pool_of(mall, b)
    await b.put("/rules", {"rules": [points_rule(pool["scope_id"])]})
    await a.buy(mobile, 20_000_000)
    await b.buy(mobile, 4_500_000)
    member = await members(mobile)
    home = plain(await member.get())
    assert "امتیاز تجمیعی ۴۵ برابر ۴,۵۰۰ تومان" in home
    assert "اعتبار ۱۰۰,۰۰۰ تومان از ۱ فروشگاه" in home
    assert "نزدیک‌ترین انقضا" in home
    assert "گل‌آرا، لاله" in home
    assert "امتیاز نور" in home


@pytest.mark.feature("member.where_to_spend")
async def test_a_lot_tells_why_where_and_until_when(
    shop_floor: Floor, members: Members, mobile: str
) -> None:
    a = shop_floor.shop
    b = await shop_floor.mall.shop("لاله", category="پوشاک")
    await shop_floor.mall.partners(a, b, 200, 3000)
    await a.buy(mobile, 20_000_000)
    await b.buy(mobile, 1_000_000, spend={"credit": "max"})
    member = await members(mobile)
    (path,) = lots_in(await member.get())
    lot = plain(await member.get(path))
    assert "برای خرید ۲,۰۰۰,۰۰۰ تومان در گل‌آرا" in lot
    assert "۵٪ هر خرید" in lot
    assert "قابل مصرف در ۲ فروشگاه" in lot
    assert "تا ۳۰٪ خرید" in lot
    assert "مانده از ۱۰۰,۰۰۰ تومان" in lot
    assert "۷۰,۰۰۰ تومان" in lot
    assert "خرید در لاله" in lot


async def test_anothers_lot_is_not_there(shop_floor: Floor, members: Members, mobile: str) -> None:
    theirs = new_mobile()
    await shop_floor.shop.buy(theirs, 1_000_000)
    (path,) = lots_in(await (await members(theirs)).get())
    stranger = await members(mobile)
    foreign = await stranger.get(path, expect=404)
    absent = await stranger.get(f"/lots/{new_id()}", expect=404)
    assert text_of(foreign).split("درخواست")[0] == text_of(absent).split("درخواست")[0]
    assert "هنوز گردشی نیست" in await stranger.get("/history")


@pytest.mark.feature("member.history")
async def test_every_movement_has_its_reason(
    shop_floor: Floor, members: Members, mobile: str, database: Database
) -> None:
    mall, a = shop_floor.mall, shop_floor.shop
    b = await mall.shop("لاله")
    await mall.partners(a, b, 200, 10_000)
    bought = await a.buy(mobile, 20_000_000)
    spent = await b.buy(mobile, 600_000, spend={"credit": "max"})
    await b.buy(mobile, 300_000)
    gift = {"member": {"mobile": mobile}, "amount": 90_000, "scope": "own", "reason": "زادروز"}
    soon = datetime.fromisoformat(bought["occurred_at"]) + timedelta(days=2)
    await a.post("/credits", gift | {"expires_at": soon.isoformat()})
    await _let_expire(database, mall, soon + timedelta(days=1))
    back = {"lines": [{"line": 0, "quantity": 1}]}
    await b.post(f"/purchases/{spent['id']}/returns", back)
    await a.post(f"/purchases/{bought['id']}/returns", back)
    member = await members(mobile)
    told = plain(await member.get("/history"))
    for sentence in (
        "«۵٪ هر خرید»، برای پرداخت ۲,۰۰۰,۰۰۰ تومان در گل‌آرا",
        "۶۰,۰۰۰ تومان از اعتبار گل‌آرا",
        "در لاله خرج شد؛ گل‌آرا آن را با صندوق تسویه می‌کند.",
        "۳۰,۰۰۰ تومان پرداخت شد؛ این خرید اعتبار یا امتیازی نداشت.",
        "هدیه گل‌آرا زادروز",
        "مهلت داشت و مصرف نشد.",
        "آنچه از اعتبار گل‌آرا خرج شده بود به شما برگشت.",
        "آنچه برای آن گرفته بودید پس گرفته شد.",
    ):
        assert sentence in told, sentence
    for kind, there, gone in (
        ("earned", "«۵٪ هر خرید»", "خرج شد"),
        ("gift", "زادروز", "خرج شد"),
        ("spent", "خرج شد", "زادروز"),
        ("returned", "پس گرفته شد", "زادروز"),
        ("expired", "مصرف نشد", "خرج شد"),
    ):
        shown = plain(await member.get(f"/history?kind={kind}"))
        assert there in shown
        assert gone not in shown


@pytest.mark.feature("member.history", page="/{mall}/club/history")
async def test_the_history_is_filtered_summed_by_month_and_paged_with_its_filters(
    shop_floor: Floor, members: Members, mobile: str
) -> None:
    mall, a = shop_floor.mall, shop_floor.shop
    b = await mall.shop("لاله")
    await mall.partners(a, b, 200, 10_000)
    for _ in range(21):
        await a.buy(mobile, 1_000_000)
    await b.buy(mobile, 600_000, spend={"credit": 100_000})
    member = await members(mobile)
    month = month_key(local_date(datetime.now(UTC)))
    told = plain(await member.get("/history"))
    assert "دریافتی ۱۰۵,۰۰۰ تومان" in told
    assert "مصرف‌شده \u200e−۱۰,۰۰۰ تومان" in told
    only_b = plain(await member.get(f"/history?shop={b.id}&month={month}"))
    assert "در لاله خرج شد" in only_b
    assert "اعتبار از گل‌آرا" not in only_b
    html = await member.get(f"/history?kind=earned&shop={a.id}&month={month}")
    (older,) = set(re.findall(r'href="(\?[^"]*before=[^"]*)"', html))
    assert all(f in older for f in ("kind=earned", f"shop={a.id}", f"month={month}"))
    last = plain(await member.get(f"/history{older}"))
    assert last.count("اعتبار از گل‌آرا") == 1
    assert "جمع" not in last, "sums stand over the newest only"
    nothing = plain(await member.get("/history?month=1400-01"))
    assert "چیزی با این فیلترها پیدا نشد" in nothing
    for made_up in ("month=1405-77", "shop=x&kind=y", f"shop={new_id()}", "month=9999-12"):
        assert (
            "اعتبار از گل‌آرا" in plain(await member.get(f"/history?{made_up}")) or "9999" in made_up
        )


async def _let_expire(database: Database, mall: MallApi, at: datetime) -> None:
    """Everything whose last day is before a moment that is still to come expires."""
    mall_id = UUID(str(mall.id))
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        await uow.session.execute(
            text("SELECT ledger.expire_due(:mall, :at, 10)"), {"mall": mall_id, "at": at}
        )


async def test_points_out_of_many_lots_are_one_movement(
    shop_floor: Floor, members: Members, mobile: str
) -> None:
    shop = await shop_floor.mall.shop("لاله")
    pool = await pool_of(shop_floor.mall, shop)
    await shop.put("/rules", {"rules": [points_rule(pool["scope_id"])]})
    for _ in range(3):
        await shop.buy(mobile, 1_000_000)
    await shop.put("/rules", {"rules": []})
    await shop.buy(mobile, 1_000_000, spend={"points": "max"})
    told = plain(await (await members(mobile)).get("/history?kind=spent"))
    assert told.count("خرج شد") == 1
    assert "۳۰ امتیاز از «امتیاز نور» به ارزش ۳,۰۰۰ تومان در لاله خرج شد." in told


async def test_the_history_goes_on_page_by_page(
    shop_floor: Floor, members: Members, mobile: str
) -> None:
    for count in range(1, 24):
        await shop_floor.shop.buy(mobile, count * 1_000_000)
    member = await members(mobile)
    for address in ("/history", "/history?kind=earned"):
        first = await member.get(address)
        (on,) = ways_on(first)
        rest = await member.get(on)
        assert not ways_on(rest)
        found = [len(lots_in(page)) for page in (first, rest)]
        assert found == [20, 3]
        assert not set(lots_in(first)) & set(lots_in(rest))
