"""Today, customers, purchases and rules: what they tell, and to whom."""

import io
import re

import pytest
from openpyxl import load_workbook

from merchants.customers.queries import search_customers
from merchants.listing import Window
from tests.api.conftest import new_mobile
from tests.web_support.portal import Floor, People, text_of
from timcheh.db import Database
from timcheh.ids import new_id


def plain(html: str) -> str:
    return text_of(html).replace("٬", ",")


async def test_today_adds_up(shop_floor: Floor, people: People, mobile: str) -> None:
    owner = await people(shop_floor.shop)
    empty = plain(await owner.get())
    assert "هنوز خریدی ثبت نشده است" in empty
    assert "راه‌اندازی" in empty
    await shop_floor.shop.buy(mobile, 4_000_000)
    await shop_floor.shop.buy(mobile, 1_000_000, spend={"credit": "max"})
    said = plain(await owner.get())
    assert "فروش امروز ۵۰۰,۰۰۰ تومان" in said
    assert "۱ مشتری تازه" in said
    assert "اعتبار مصرف‌شده ۲۰,۰۰۰ تومان" in said
    assert "اعتبار داده‌شده ۲۴,۰۰۰ تومان" in said
    assert "نه بدهی دارید و نه طلب" in said
    hours = await owner.client.get(f"{owner.root}/today/hours.xlsx")
    rows = list(load_workbook(io.BytesIO(hours.content)).active.values)
    assert sum(sales for _, sales in rows[1:]) == 5_000_000
    before = plain(await owner.get("?day=2020-01-01"))
    assert "فروش این روز ۰ تومان" in before
    await owner.get("?day=not-a-day")


async def test_a_partners_customer_makes_a_claim_on_the_fund(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    other = await shop_floor.mall.shop("لاله")
    await shop_floor.mall.partners(shop_floor.shop, other, 200, 3000)
    await shop_floor.shop.buy(mobile, 10_000_000)
    await other.buy(mobile, 1_000_000, spend={"credit": "max"})
    owner, neighbour = await people(shop_floor.shop), await people(other)
    assert "۳۰,۰۰۰ تومان بدهکار" in plain(await owner.get())
    assert "۲۹,۴۰۰ تومان طلبکار" in plain(await neighbour.get())


async def test_the_cashiers_home_is_the_till(shop_floor: Floor, people: People) -> None:
    cashier = await people(shop_floor.shop, "cashier")
    answer = await cashier.client.get(cashier.root)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{cashier.root}/till")
    menu = text_of(await cashier.get("/till"))
    assert "فروشگاه‌های همکار" not in menu
    assert "مشتریان" not in menu
    await cashier.get("/customers", expect=403)
    await cashier.get(f"/customers/{new_id()}", expect=403)


@pytest.mark.feature("card.lookup")
async def test_a_shop_finds_its_own_customers_only(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    other = await shop_floor.mall.shop("لاله")
    owner = await people(shop_floor.shop)
    assert "هنوز مشتری ندارید" in text_of(await owner.get("/customers"))
    bought = await other.buy(mobile, 1_000_000)
    theirs = bought["member"]["id"]
    assert "هنوز مشتری ندارید" in text_of(await owner.get("/customers"))
    await owner.get(f"/customers/{theirs}", expect=404)
    await owner.get(f"/customers/{new_id()}", expect=404)
    number = (await shop_floor.shop.buy(mobile, 2_000_000))["member"]["number"]
    for query in ("", mobile[3:9], f"{number[:4]} {number[4:8]}", f"۰{mobile[1:]}"):
        assert theirs in await owner.get(f"/customers?q={query}"), query
    assert theirs not in await owner.get("/customers?q=09000000")
    assert theirs not in await owner.get("/customers?q=نرگس%25")
    one = plain(await owner.get(f"/customers/{theirs}"))
    assert "قابل مصرف اینجا ۱۰,۰۰۰ تومان" in one
    assert "۵٪ هر خرید" in one
    assert "جمع خرید ۲۰۰,۰۰۰ تومان" in one


async def test_what_is_spendable_here_says_why(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    other = await shop_floor.mall.shop("لاله")
    await shop_floor.mall.partners(shop_floor.shop, other, 200, 3000)
    await shop_floor.shop.buy(mobile, 10_000_000)
    member = (await other.buy(mobile, 100_000))["member"]["id"]
    neighbour = await people(other)
    said = plain(await neighbour.get(f"/customers/{member}"))
    assert "قرارداد همکاری شما با گل‌آرا؛ تا ۳۰٪ هر خرید" in said
    assert "۵۰,۰۰۰" in said
    assert "هر خرید با الگوی" not in said  # what was bought elsewhere is not its business


async def test_customers_page_both_ways(
    shop_floor: Floor, people: People, database: Database
) -> None:
    for _ in range(5):
        await shop_floor.shop.buy(new_mobile(), 10_000)
    shop = shop_floor.scope.merchant_id
    assert shop
    async with database.unit_of_work(shop_floor.scope) as uow:
        everyone = await search_customers(uow, shop, "", Window(limit=10))
        keys = [(row.last_at, row.member_id) for row in everyone]
        onwards = await search_customers(uow, shop, "", Window(keys[1], limit=2))
        back = await search_customers(uow, shop, "", Window(keys[3], backwards=True, limit=1))
    assert [row.member_id for row in onwards] == [key[1] for key in keys[2:5]]
    assert [row.member_id for row in back] == [keys[2][1], keys[1][1]]
    owner = await people(shop_floor.shop)
    await owner.get("/customers?after=nonsense", expect=422)


async def test_a_purchase_with_its_reasons(shop_floor: Floor, people: People, mobile: str) -> None:
    other = await shop_floor.mall.shop("لاله")
    await shop_floor.mall.partners(shop_floor.shop, other, 200, 3000)
    await shop_floor.shop.buy(mobile, 10_000_000)
    bought = await other.buy(mobile, 1_000_000, spend={"credit": "max"})
    neighbour, owner = await people(other), await people(shop_floor.shop)
    said = plain(await neighbour.get(f"/purchases/{bought['id']}"))
    assert "۳۰,۰۰۰ تومان از اعتبار گل‌آرا خرج شد" in said
    assert "۲۹,۴۰۰ تومان به شما می‌رسد" in said
    await owner.get(f"/purchases/{bought['id']}", expect=404)
    await owner.get(f"/purchases/{bought['id']}/return", expect=404)
    await owner.post(f"/purchases/{bought['id']}/return", expect=404, request_key="k")
    await owner.get(f"/purchases/{new_id()}", expect=404)


async def test_purchases_are_searched_and_filtered(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    owner = await people(shop_floor.shop)
    assert "هنوز خریدی ثبت نشده است" in text_of(await owner.get("/purchases"))
    first = await shop_floor.shop.buy(mobile, 1_000_000)
    waiting = await shop_floor.shop.buy(mobile, 2_000_000, capture="manual")
    everything = await owner.get("/purchases")
    assert first["id"] in everything
    assert waiting["id"] in everything
    open_ones = await owner.get("/purchases?state=authorized")
    assert first["id"] not in open_ones
    assert waiting["id"] in open_ones
    assert first["id"] in await owner.get(f"/purchases?q={first['id']}")
    assert first["id"] in await owner.get(f"/purchases?q={mobile}")
    assert "چیزی با این فیلترها پیدا نشد" in text_of(await owner.get("/purchases?q=09000000000"))
    assert "خرید در انتظار تأیید" in text_of(await owner.get())
    await owner.get(f"/purchases/{waiting['id']}/return", expect=303)


@pytest.mark.feature("rep.filter_excel", page="/{mall}/shop/purchases")
async def test_purchases_of_some_days(shop_floor: Floor, people: People, mobile: str) -> None:
    owner, shop = await people(shop_floor.shop), shop_floor.shop
    now = await shop.buy(mobile, 1_000_000)
    late = await shop.buy(mobile, 2_000_000, occurred_at="2026-02-20T20:29:59Z")  # the 1st's end
    for query, found in {
        "period=week": {now["id"]},
        "from=1404-12-01&to=1404-12-01": {late["id"]},
        "from=1404-12-02": {now["id"]},
        "to=1404-11-30": set(),
    }.items():
        page = await owner.get(f"/purchases?{query}")
        assert {each["id"] for each in (now, late) if each["id"] in page} == found, query
    kept = await owner.get("/purchases?from=1404-12-01&q=09")
    assert "state=confirmed&q=09&from=2026-02-20" in kept
    assert "?q=09&period=week" in kept


@pytest.mark.feature("sale.refund")
async def test_goods_come_back_once(shop_floor: Floor, people: People, mobile: str) -> None:
    cashier = await people(shop_floor.shop, "cashier")
    bought = await shop_floor.shop.buy(
        mobile, 0, lines=[{"name": "گلدان", "quantity": 3, "unit_price": 1_000_000}]
    )
    path = f"/purchases/{bought['id']}/return"
    page = await cashier.get(path)
    key = re.findall(r'name="request_key" value="([^"]+)"', page)[0]
    for typed, words in (
        ("", "تعداد دست‌کم یک ردیف را بنویسید"),
        ("4", "بیش از آن است که نزد مشتری مانده"),
        ("x", "یک عدد وارد کنید"),
    ):
        wrong = await cashier.post(path, expect=422, request_key=key, **{"quantity-0": typed})
        assert words in text_of(wrong)
        assert f'value="{key}"' in wrong
    form = {"request_key": key, "quantity-0": "۲"}
    done = plain(await cashier.post(path, **form))
    assert "۲۰۰,۰۰۰ تومان به مشتری بپردازید" in done
    assert "۱۰,۰۰۰ تومان اعتبار پس گرفته شد" in done
    assert "۲ مرجوع" in done
    await cashier.post(path, **form)
    left = await shop_floor.shop.get(f"/purchases/{bought['id']}")
    assert left["lines"][0]["returned"] == 2
    accountant = await people(shop_floor.shop, "accountant")
    assert "ثبت مرجوعی" not in text_of(await accountant.get(f"/purchases/{bought['id']}"))
    await accountant.post(path, expect=403, **form)


async def test_rules_are_sentences(shop_floor: Floor, people: People) -> None:
    rules = [
        {
            "name": "آخر هفته",
            "when": {
                "all": [
                    {"fact": "time.weekday", "op": "in", "value": ["thursday", "friday"]},
                    {"not": {"fact": "basket.total", "op": "<", "value": 10_000_000}},
                ]
            },
            "then": [{"effect": "discount_percent", "bps": 1250, "group": "گلدان"}],
            "priority": 5,
            "exclusive": True,
            "budget": 50_000_000,
        },
        {"name": "همیشگی", "then": [{"effect": "discount_amount", "amount": 100_000}]},
    ]
    await shop_floor.shop.put("/rules", {"rules": rules})
    cashier = await people(shop_floor.shop, "cashier")
    said = plain(await cashier.get("/rules"))
    assert "روز هفته پنجشنبه یا جمعه باشد؛ و جمع خرید دست‌کم ۱,۰۰۰,۰۰۰ تومان باشد" in said
    assert "۱۲٫۵٪ تخفیف روی گروه «گلدان»" in said
    assert "۱۰,۰۰۰ تومان تخفیف" in said
    assert said.index("آخر هفته") < said.index("همیشگی")
    assert "نسخه ۲" in said


async def test_a_shop_without_rules_is_told_what_that_means(
    shop_floor: Floor, people: People
) -> None:
    other = await shop_floor.mall.shop("لاله")
    assert "هنوز الگویی ندارید" in text_of(await (await people(other)).get("/rules"))
