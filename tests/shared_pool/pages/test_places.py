"""Where what one has can be spent, how far the next tier is, and a copy of all of it."""

import io
import json
import re
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.api.conftest import MallApi
from tests.shared_pool.pages.test_club import plain
from tests.web_support.portal import Floor, text_of
from tests.web_support.visitors import Members


@pytest.mark.feature("member.where_to_spend", page="/{mall}/club/shops")
async def test_each_shop_says_what_can_be_spent_in_it(
    shop_floor: Floor, members: Members, mobile: str
) -> None:
    mall, a = shop_floor.mall, shop_floor.shop
    b = await mall.shop("لاله", category="پوشاک", slug="laleh")
    await mall.shop("نان سحر", category="نانوایی", slug="nan")
    await mall.partners(a, b, 200, 3000)
    await a.buy(mobile, 20_000_000)
    member = await members(mobile)
    listed = plain(await member.get("/shops"))
    assert "لاله پوشاک ۱۰۰,۰۰۰ تومان سقف دارد" in listed
    assert "نان سحر نانوایی هنوز چیزی ندارید" in listed
    only = plain(await member.get("/shops?kind=پوشاک&q=لال"))
    assert "لاله پوشاک" in only
    assert "نان سحر" not in only
    assert "چیزی با این فیلترها پیدا نشد" in plain(await member.get("/shops?q=هیچ"))
    one = plain(await member.get("/shops/laleh"))
    assert "اینجا می‌توانید خرج کنید ۱۰۰,۰۰۰ تومان" in one
    assert "تا ۳۰٪ خرید" in one
    assert "اعتباری ندارید که اینجا پذیرفته شود" in plain(await member.get("/shops/nan"))
    absent = text_of(await member.get("/shops/no-such", expect=404))
    assert "پیدا نشد" in absent


@pytest.mark.feature("member.pooled_balance", page="/{mall}/club")
async def test_home_says_how_far_the_next_tier_is(
    shop_floor: Floor, members: Members, mobile: str
) -> None:
    shop = shop_floor.shop
    rungs = [{"name": "نقره‌ای", "threshold": 2}, {"name": "طلایی", "threshold": 5}]
    await shop.put("/tiers", {"measure": "purchases", "period_days": 90, "rungs": rungs})
    for _ in range(2):
        await shop.buy(mobile, 1_000_000)
    member = await members(mobile)
    home = plain(await member.get())
    assert "همه آنچه می‌توانید خرج کنید ۱۰,۰۰۰ تومان" in home
    assert "۳ خرید دیگر تا طلایی (در ۹۰ روز گذشته)" in home
    (path,) = set(re.findall(r"/club(/shops/[^\"?]+)\"", await member.get("/shops")))
    assert "سطح شما در این فروشگاه گل‌آرا" in plain(await member.get(path))


async def test_a_member_takes_a_copy_of_their_own_and_of_nobody_elses(
    shop_floor: Floor, members: Members, mobile: str
) -> None:
    await shop_floor.shop.buy(mobile, 20_000_000)
    await shop_floor.shop.buy("09129999999", 7_000_000)
    member = await members(mobile)
    assert "دریافت فایل" in await member.get("/data")
    answer = await member.client.get(member.root + "/data/file")
    assert answer.headers["content-disposition"].startswith("attachment")
    archive = ZipFile(io.BytesIO(answer.content))
    kept = json.loads(archive.read("data.json"))
    assert [each["mobile"] for each in kept["member"]] == [mobile]
    assert [each["total"] for each in kept["purchases"]] == [20_000_000]
    assert [each["shop"] for each in kept["shops"]] == ["گل‌آرا"]
    assert "9999999" not in archive.read("data.json").decode()
    rows = list(load_workbook(io.BytesIO(archive.read("movements.xlsx"))).active.values)
    assert rows[1][1:] == (
        "اعتبار از گل‌آرا",
        "«۵٪ هر خرید»، برای پرداخت ۲٬۰۰۰٬۰۰۰ تومان در گل‌آرا",
        "ریال",
        1_000_000,
    )


async def test_what_is_ones_own_is_found_under_me(members: Members, mobile: str) -> None:
    member = await members(mobile)
    said = plain(await member.get("/me"))
    assert "من" in said
    for path in ("profile", "cards", "rewards", "consents", "data", "card"):
        await member.get(f"/{path}")


@pytest.mark.feature("member.offers", page="/{mall}/club/offers")
@pytest.mark.feature("member.rules", page="/{mall}/club/shops/{shop}")
async def test_offers_say_what_they_give_on_what_and_what_is_still_missing(
    mall_api: MallApi, members: Members, mobile: str
) -> None:
    shop = await mall_api.shop("گل‌آرا", slug="golara")
    credit = {"effect": "credit_percent", "bps": 500, "scope": "own"}
    big = {"fact": "basket.total", "op": ">=", "value": 6_000_000}
    often = {"fact": "customer.purchases", "op": ">=", "value": 3}
    rules = [
        {"name": "هر خرید", "then": [credit]},
        {"name": "خرید بزرگ", "when": {"all": [big]}, "then": [credit | {"bps": 1000}]},
        {"name": "پرخرید", "when": {"all": [big, often]}, "then": [credit | {"bps": 2000}]},
    ]
    await shop.put("/rules", {"rules": rules})
    member = await members(mobile)
    assert "هنوز پیشنهادی برای شما نیست" in plain(await member.get("/offers"))
    await shop.buy(mobile, 1_000_000)
    for path in ("/offers", "/shops/golara"):
        said = plain(await member.get(path))
        _, mine, big_one, lacking = re.split(r"(?<![۰-۹])(?=[۰-۹]+٪ اعتبار)", said)
        assert "هر خرید" in mine
        assert "هنوز نه" not in mine
        assert "اگر جمع خرید" in big_one
        assert "هنوز نه" not in big_one  # a fitting purchase is all that it takes
        assert "هنوز نه" in lacking
        assert "۳" in lacking.partition("هنوز نه")[2]
        assert "جمع خرید" not in lacking.partition("هنوز نه")[2]
