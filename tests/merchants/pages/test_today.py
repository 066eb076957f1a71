"""The shop's first page: what is left to do, whose day it is, and what waits for an answer."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.api.conftest import new_mobile
from tests.web_support.portal import Floor, People, text_of
from timcheh.calendar import Jalali, local_date
from timcheh.db import Database, Scope

RULE = {"name": "۵٪", "then": [{"effect": "credit_percent", "bps": 500, "scope": "own"}]}
_KNOW = text(
    "UPDATE merchants.customer SET name = :name, birthday = :birthday"
    " WHERE merchant_id = :shop AND mobile = :mobile"
)
_WED = text(
    "INSERT INTO merchants.customer_profile (mall_id, merchant_id, member_id, wedding_date,"
    " updated_at) SELECT mall_id, merchant_id, member_id, :day, now() FROM merchants.customer"
    " WHERE merchant_id = :shop AND mobile = :mobile"
)


async def test_a_new_shop_is_led_until_it_is_live(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    shop = await shop_floor.mall.shop("لاله")
    owner = await people(shop)
    first = text_of(await owner.get())
    assert "۰ از ۴ گام" in first
    await shop.post("/products", {"sku": "1", "name": "چای", "price": 1_000})
    await shop.put("/rules", {"rules": [RULE]})
    second = text_of(await owner.get())
    assert "۲ از ۴ گام" in second
    assert "بدون آن هم می‌فروشید" not in second
    assert "موبایل مشتری و مبلغ را بنویسید" in second
    await shop.buy(mobile, 10_000)
    assert "راه‌اندازی" not in await owner.get()


@pytest.mark.feature("msg.alerts", page="/{mall}/shop")
async def test_birthdays_and_anniversaries_of_own_customers(
    shop_floor: Floor, people: People, database: Database
) -> None:
    shop, today = shop_floor.shop, local_date(datetime.now(UTC))
    other = await shop_floor.mall.shop("لاله")
    mobiles = [new_mobile() for _ in range(3)]
    for each in mobiles:
        await shop.buy(each, 10_000)
    stranger = new_mobile()
    await other.buy(stranger, 10_000)
    born, married, later = mobiles
    year, month, day = Jalali.of(today)
    long_ago = Jalali(year - 33, month, day).to_date()  # the calendar's cycle: it had the day too
    another = Jalali(year - 20, month % 12 + 1, 1).to_date()
    async with database.unit_of_work(Scope.mall(UUID(str(shop_floor.mall.id)))) as uow:
        for whose, mobile, name, birthday in (
            (shop, born, "نرگس", long_ago),
            (shop, married, "رضا", None),
            (shop, later, "سارا", another),
            (other, stranger, "غریبه", long_ago),
        ):
            values = {"name": name, "birthday": birthday, "shop": UUID(whose.id), "mobile": mobile}
            await uow.session.execute(_KNOW, values)
        wed = {"day": long_ago, "shop": UUID(shop.id), "mobile": married}
        await uow.session.execute(_WED, wed)
    said = text_of(await (await people(shop)).get())
    assert "تولدها و سالگردهای امروز نرگس تولد رضا سالگرد ازدواج" in said
    assert "سارا تولد" not in said
    assert "غریبه" not in said
    accountant = text_of(await (await people(shop, "accountant")).get())
    assert "تولدها" not in accountant


async def test_a_proposal_waits_for_the_owners_answer(shop_floor: Floor, people: People) -> None:
    other = await shop_floor.mall.shop("لاله")
    terms = {"acceptor_id": shop_floor.shop.id, "fee_bps": 200, "max_share_bps": 3000}
    await other.post("/agreements", terms)
    said = await (await people(shop_floor.shop)).get()
    assert "۱ پیشنهاد همکاری منتظر پاسخ شماست" in text_of(said)
    assert "منتظر پاسخ" not in await (await people(shop_floor.shop, "manager")).get()
    assert "منتظر پاسخ" not in await (await people(other)).get()
