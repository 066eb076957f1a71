"""The portal's pages of goods, prices, colleagues, selling, terminals and invoices."""

import re

import pytest

from tests.merchants.goods.support import TEA, join_groups, line, sell
from tests.web_support.portal import Floor, People, Person, text_of
from timcheh.db import Database
from timcheh.web.form import row_key


@pytest.fixture
async def owner(shop_floor: Floor, people: People) -> Person:
    return await people(shop_floor.shop)


@pytest.mark.feature("sale.catalogue")
async def test_goods_are_added_changed_and_pasted(shop_floor: Floor, owner: Person) -> None:
    fields = {"sku": "t-1", "name": "چای", "price": "12000", "group": "نوشیدنی", "active": "yes"}
    page = await owner.post("/goods", **fields, discount="5", points="2")
    assert "۵٪ تخفیف" in page
    refused = await owner.post("/goods", expect=422, **fields)
    assert "این کد برای کالای دیگری است" in refused
    (good,) = (await shop_floor.shop.get("/products"))["items"]
    assert (good["price"], good["discount_bps"], good["points"]) == (120_000, 500, 2)
    form = await owner.get(f"/goods/{good['id']}")
    assert 'value="12000"' in form
    await owner.post(f"/goods/{good['id']}", name="چای سیاه", price="13000", active="yes")
    rows = "کد کالا\tنام کالا\tقیمت\tگروه\n t-1\tچای سبز\t۱۴٬۰۰۰\tنوشیدنی\nk-1\tکیک\t5000\t"
    assert "۲ کالا ثبت شد" in await owner.post("/goods/import", rows=rows)
    found = {each["sku"]: each for each in (await shop_floor.shop.get("/products"))["items"]}
    assert (found["t-1"]["name"], found["t-1"]["price"]) == ("چای سبز", 140_000)
    wrong = await owner.post("/goods/import", expect=422, rows="a,چای,ده\nb,,5")
    assert "بهای سطر ۱" in wrong
    assert "سطر ۲ نام کالا ندارد" in wrong


@pytest.mark.feature("sale.price_lists", "group.price_list")
async def test_a_price_list_is_made_and_the_till_shows_it(
    shop_floor: Floor, owner: Person, mobile: str, database: Database
) -> None:
    await shop_floor.shop.post("/products", TEA)
    member = (await sell(shop_floor.shop, mobile, line("tea")))["member"]["id"]
    await join_groups(database, str(shop_floor.mall.id), shop_floor.shop, member, "ویژه")
    page = await owner.post(
        "/price-lists", name="ویژه‌ها", groups="ویژه", percent="10", active="yes"
    )
    link = re.search(r"/price-lists/([0-9a-f-]{36})", page)
    assert link
    unknown = await owner.post(
        f"/price-lists/{link[1]}", expect=422, name="ویژه‌ها", groups="ویژه", items="no 5"
    )
    assert "در فهرست کالاها نیست" in unknown
    fields = {"member": mobile, "lines-0-name": "tea", "lines-0-price": "10000"}
    seen = text_of(await owner.post("/till/preview", expect=200, **fields))
    assert "از فهرست «ویژه‌ها»: ۹٬۰۰۰ تومان" in seen
    assert "اعتبار جاری" in seen


@pytest.mark.feature("sale.partner_commission")
async def test_a_colleague_is_defined_chosen_at_the_till_and_paid(
    shop_floor: Floor, owner: Person, mobile: str
) -> None:
    await shop_floor.shop.post("/products", TEA)
    every, tea = row_key(""), row_key("نوشیدنی")
    fields = {"name": "مینا", "active": "yes", f"percent-{every}": "10", f"amount-{tea}": "500"}
    both = await owner.post("/colleagues", expect=422, **fields, **{f"percent-{tea}": "5"})
    assert "فقط یکی را بنویسید" in both
    await owner.post("/colleagues", **fields)
    ((id, _),) = [
        (each["id"], each) for each in (await shop_floor.shop.get("/colleagues"))["items"]
    ]
    sold = {"member": mobile, "request_key": "k", "lines-0-name": "tea", "lines-0-quantity": "2"}
    await owner.post("/till", **sold, **{"lines-0-colleague": id})
    assert "۱٬۰۰۰" in text_of(await owner.get(f"/colleagues/{id}"))
    over = await owner.post(f"/colleagues/{id}", expect=422, amount="1001", request_key="p-1")
    assert "بیش از پورسانتی که بدهکارید" in text_of(over)
    await owner.post(f"/colleagues/{id}", amount="1000", request_key="p-2")
    assert (await shop_floor.shop.get("/colleagues"))["items"][0]["balance"] == 0
    paper = await owner.client.get(f"{owner.root}/colleagues/{id}/statement.pdf")
    assert paper.content.startswith(b"%PDF")


@pytest.mark.feature("sale.invoice", "sale.refund")
async def test_invoices_are_numbered_without_gaps_printed_and_checked(
    shop_floor: Floor, owner: Person, mobile: str
) -> None:
    settings = {"vat": "10", "vat_included": "no", "address": "اصفهان"}
    settings[f"per_day-{row_key('')}"] = "100000"
    await owner.post("/selling", **settings)
    await shop_floor.shop.post("/products", TEA)
    bought = [await sell(shop_floor.shop, mobile, line("tea", 2.5)) for _ in range(2)]
    assert bought[0]["vat_added"] == 25_000
    for number, purchase in enumerate(reversed(bought), 1):
        page = text_of(await owner.post(f"/purchases/{purchase['id']}/invoice"))
        assert f"فاکتور شماره {'۰۱۲'[number]}" in page
        assert "۲۷۵٬۰۰۰ ریال" in page
        assert "دویست و هفتاد و پنج هزار ریال" in page
    again = await owner.post(f"/purchases/{bought[1]['id']}/invoice")
    assert "فاکتور شماره ۱" in text_of(again)
    for size in ("a5", "roll"):
        paper = await owner.client.get(f"{owner.root}/invoices/{bought[1]['id']}/{size}.pdf")
        assert paper.content.startswith(b"%PDF")
    token = re.search(r"/invoice/([\w-]+)\"", again)
    assert token
    mall = owner.root.removesuffix("/shop")
    checked = await owner.client.get(f"{mall}/invoice/{token[1]}")
    assert "این سند معتبر است" in checked.text
    assert mobile not in checked.text
    assert (await owner.client.get(f"{mall}/invoice/no-such")).status_code == 404
    lines = {"lines": [{"line": 0, "quantity": 1.5}]}
    back = await shop_floor.shop.post(f"/purchases/{bought[1]['id']}/returns", lines)
    assert back["refund"] == 165_000
    note = f"/purchases/{bought[1]['id']}/returns/{back['id']}/credit-note"
    assert "۱۶۵٬۰۰۰ ریال" in text_of(await owner.post(note))


@pytest.mark.feature("pos.terminals")
async def test_a_terminal_is_defined_and_loses_its_key(
    shop_floor: Floor, owner: Person, mobile: str
) -> None:
    page = await owner.post("/terminals", expect=200, name="کنار در")
    key = re.search(r'class="mono">([^<]{30,})<', page)
    assert key
    till = type(shop_floor.shop)(shop_floor.shop.client, key[1], {})
    await sell(till, mobile, {"quantity": 1, "unit_price": 1_000})
    (id,) = set(re.findall(r"/terminals/([0-9a-f-]{36})/revoke", page))
    assert "بدون کلید" in await owner.post(f"/terminals/{id}/revoke")
    await sell(till, mobile, {"quantity": 1, "unit_price": 1_000}, expect=401)
    renewed = await owner.post(f"/terminals/{id}/key", expect=200)
    assert key[1] not in renewed
    assert "کنار پله" in await owner.post(f"/terminals/{id}", name="کنار پله")
