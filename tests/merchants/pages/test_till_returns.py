"""Goods come back to the till: which purchase it was, and what comes of it before it is done."""

import re
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.merchants.pages.test_till import purchases
from tests.web_support.portal import Floor, People, Person, text_of
from timcheh.db import Database, Scope


@pytest.fixture
async def cashier(shop_floor: Floor, people: People) -> Person:
    return await people(shop_floor.shop, "cashier")


def plain(page: str) -> str:
    return text_of(page).replace(",", "٬")


@pytest.mark.feature("sale.refund", page="/{mall}/shop/till/returns")
async def test_a_purchase_is_found_by_who_bought_by_its_number_and_by_its_code(
    shop_floor: Floor, cashier: Person, people: People, mobile: str
) -> None:
    none = await cashier.get("/till/returns")
    assert "امروز هنوز خریدی ثبت نشده" in none
    bought = await shop_floor.shop.buy(mobile, 2_000_000)
    await shop_floor.shop.buy(mobile, 1_000_000)
    assert (await cashier.get("/till/returns")).count('/return"') == 2
    both = await cashier.get(f"/till/returns?q={mobile}")
    assert f"/purchases/{bought['id']}/return" in both
    issued = await cashier.send(f"/purchases/{bought['id']}/invoice")
    invoice = await cashier.get(issued.headers["location"].removeprefix(cashier.root))
    for q in ("1", "۱", bought["id"]):
        found = await cashier.client.get(f"{cashier.root}/till/returns", params={"q": q})
        assert found.headers["location"] == f"{cashier.root}/purchases/{bought['id']}/return"
    assert "فاکتور شماره" in invoice
    other = await people(await shop_floor.mall.shop("لاله"), "cashier")
    assert "پیدا نشد" in await other.get("/till/returns?q=1")
    assert "پیدا نشد" in await other.get(f"/till/returns?q={bought['id']}")
    accountant = await people(shop_floor.shop, "accountant")
    await accountant.get("/till/returns", expect=403)


@pytest.mark.feature("sale.refund", page="/{mall}/shop/purchases/{id}/return")
async def test_what_comes_of_a_return_is_told_and_nothing_is_done(
    shop_floor: Floor, cashier: Person, mobile: str
) -> None:
    first = await shop_floor.shop.buy(mobile, 10_000_000)  # gives 50,000 toman
    second = await shop_floor.shop.buy(mobile, 2_000_000, spend={"credit": 200_000})
    at = f"/purchases/{second['id']}/return/preview"
    assert "چه تعداد برمی‌گردد" in await cashier.post(at, expect=200)
    seen = plain(await cashier.post(at, expect=200, **{"quantity-0": "۱"}))
    assert "به مشتری بدهید ۱۸۰٬۰۰۰" in seen
    assert "برمی‌گردد به اعتبار و امتیاز او ۲۰٬۰۰۰" in seen
    assert "۹٬۰۰۰ تومان اعتبار" in seen
    wrong = await cashier.post(at, expect=200, **{"quantity-0": "2"})
    assert "note" in wrong
    assert "به مشتری بدهید ۰" in plain(wrong)
    # What had been earned with the first one was partly spent: so much less money goes back.
    spent = plain(
        await cashier.post(
            f"/purchases/{first['id']}/return/preview", expect=200, **{"quantity-0": "1"}
        )
    )
    assert "از پولش کم می‌شود ۲۰٬۰۰۰" in spent
    assert [item["state"] for item in await purchases(shop_floor)] == ["confirmed"] * 2
    for each in (first, second):
        kept = await shop_floor.shop.get(f"/purchases/{each['id']}")
        assert kept["lines"][0].get("returned", 0) in (0, None)
    done = await cashier.post(
        f"/purchases/{second['id']}/return", **{"quantity-0": "1", "request_key": "k-1"}
    )
    assert "۱۸۰٬۰۰۰ تومان به مشتری بپردازید" in plain(done)


@pytest.mark.feature("sale.invoice", page="/{mall}/shop/invoices/{id}")
async def test_a_receipt_goes_to_who_bought_and_not_without_end(
    shop_floor: Floor, cashier: Person, people: People, mobile: str, database: Database
) -> None:
    bought = await shop_floor.shop.buy(mobile, 2_000_000)
    issued = await cashier.send(f"/purchases/{bought['id']}/invoice")
    at = issued.headers["location"].removeprefix(cashier.root)
    stranger = await people(await shop_floor.mall.shop("لاله"), "cashier")
    await stranger.post(f"{at}/message", expect=404)
    assert "پیامک شد" in await cashier.post(f"{at}/message")
    async with database.unit_of_work(Scope.mall(UUID(str(shop_floor.mall.id)))) as uow:
        (row,) = await uow.session.execute(
            text("SELECT recipient, text AS body FROM kernel.message WHERE template = 'receipt'")
        )
    assert row.recipient == mobile
    assert "۲۰۰٬۰۰۰ تومان" in row.body.replace(",", "٬")
    link = re.search(r"/[^/]+/invoice/[\w-]+", row.body)
    assert link
    assert "گل‌آرا" in (await cashier.client.get(link[0])).text
    await cashier.post(f"{at}/message")
    await cashier.post(f"{at}/message")
    assert "سه بار" in await cashier.post(f"{at}/message")
