"""What a good costs whom, and what it gives of its own."""

import pytest

from tests.merchants.goods.support import TEA, join_groups, line, sell
from tests.web_support.portal import Floor
from timcheh.db import Database


@pytest.mark.feature("sale.catalogue")
async def test_a_line_without_a_price_takes_the_catalogues(shop_floor: Floor, mobile: str) -> None:
    await shop_floor.shop.post("/products", TEA)
    bought = await sell(shop_floor.shop, mobile, line("tea", 2.5))
    (sold,) = bought["lines"]
    assert (sold["name"], sold["group"]) == ("چای", "نوشیدنی")
    assert (sold["unit_price"], bought["total"]) == (100_000, 250_000)
    refused = await sell(shop_floor.shop, mobile, line("coffee"), expect=422)
    assert refused["errors"][0]["pointer"] == "/lines/0/unit_price"


async def test_what_is_not_on_sale_has_no_price(shop_floor: Floor, mobile: str) -> None:
    await shop_floor.shop.post("/products", TEA | {"terms": {"active": False}})
    refused = await sell(shop_floor.shop, mobile, line("tea"), expect=422)
    assert refused["errors"][0]["code"] == "not_on_sale"
    assert (await sell(shop_floor.shop, mobile, line("tea", unit_price=5_000)))["total"] == 5_000


@pytest.mark.feature("sale.price_lists", "group.price_list")
async def test_the_lowest_price_of_a_members_lists_applies(
    shop_floor: Floor, mobile: str, database: Database
) -> None:
    shop = shop_floor.shop
    await shop.post("/products", TEA)
    await shop.post("/products", {"sku": "cake", "name": "کیک", "price": 50_001})
    await shop.put("/price-lists", {"name": "همکار", "discount_bps": 1000, "groups": ["همکاران"]})
    special = {"name": "ویژه", "groups": ["ویژه"], "items": [{"sku": "tea", "price": 80_000}]}
    await shop.put("/price-lists", special)
    member = (await sell(shop, mobile, line("tea")))["member"]["id"]

    async def prices(*groups: str) -> list[int]:
        await join_groups(database, str(shop_floor.mall.id), shop, member, *groups)
        bought = await sell(shop, mobile, line("tea"), line("cake"))
        return [each["unit_price"] for each in bought["lines"]]

    assert await prices() == [100_000, 50_001]
    assert await prices("همکاران") == [90_000, 45_001]
    assert await prices("ویژه") == [80_000, 50_001]
    assert await prices("همکاران", "ویژه", "دیگر") == [80_000, 45_001]
    await shop.put("/price-lists", special | {"active": False})
    assert await prices("ویژه") == [100_000, 50_001]
    given = await sell(shop, mobile, line("tea", unit_price=70_000))
    assert given["lines"][0]["unit_price"] == 70_000


@pytest.mark.feature("sale.price_lists")
async def test_a_group_has_one_list_and_a_list_only_known_goods(shop_floor: Floor) -> None:
    shop = shop_floor.shop
    await shop.put("/price-lists", {"name": "a", "groups": ["x", "y"]})
    await shop.put("/price-lists", {"name": "b", "groups": ["y"]})
    found = (await shop.get("/price-lists"))["items"]
    assert [(each["name"], each["groups"]) for each in found] == [("a", ["x"]), ("b", ["y"])]
    refused = await shop.call(
        "PUT", "/price-lists", {"name": "a", "items": [{"sku": "no", "price": 1}]}
    )
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["code"] == "unknown_sku"


@pytest.mark.feature("sale.catalogue", "earn.product")
async def test_a_goods_own_terms_apply_before_the_rules_and_are_explained(
    shop_floor: Floor, mobile: str
) -> None:
    shop = shop_floor.shop
    terms = {"discount_bps": 1000, "credit_bps": 2000, "credit_days": 30, "points": 3}
    await shop.post("/products", TEA | {"terms": terms})
    stop = {
        "name": "یکتا",
        "exclusive": True,
        "then": [{"effect": "credit_amount", "amount": 7, "scope": "own"}],
    }
    await shop.put("/rules", {"rules": [stop]})
    known = {"name": "چای", "group": "نوشیدنی", "unit_price": 100_000}
    bought = await sell(
        shop, mobile, line("tea", 2.9, **known), {"quantity": 1, "unit_price": 1_000}
    )
    assert bought["discount"] == 29_000
    earned = {(each["rule"], each["unit"]): each["amount"] for each in bought["earned"]}
    assert earned == {
        ("چای (tea)", "rial"): 52_200,
        ("چای (tea)", "point"): 6,
        ("یکتا", "rial"): 7,
    }
    assert [(each["rule"], each["outcome"]) for each in bought["reasons"]] == [
        ("چای (tea)", "applied"),
        ("یکتا", "applied"),
    ]
    await shop.post("/products", TEA | {"terms": {}})
    assert (await sell(shop, mobile, line("tea")))["discount"] == 0
