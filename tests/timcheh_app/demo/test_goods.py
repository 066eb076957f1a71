"""Products of the data as goods of Persian shops."""

import re

import pytest

from timcheh_app.demo import goods, source
from timcheh_app.demo.shops import SHOPS
from timcheh_app.demo.words_food import FOOD
from timcheh_app.demo.words_home import HOME
from timcheh_app.demo.words_kind import KIND

KINDS = {shop.kind for shop in SHOPS}


def product(**values: object) -> source.Product:
    plain = {
        "product_id": 1,
        "maker": 7,
        "department": "GROCERY",
        "brand": "National",
        "category": "YOGURT",
        "kind": "",
        "size": "",
    }
    return source.Product(**{**plain, **values})  # type: ignore[arg-type]


def named(**values: object) -> str:
    found = goods.goods_of(product(**values))
    assert found is not None
    return found.name


@pytest.fixture(scope="module")
def sold() -> list[tuple[source.Product, int]]:
    products = source.products()
    return [(products[p], n) for p, n, _ in source.best_sellers() if p in products]


def test_nearly_everything_that_was_sold_has_a_shop(
    sold: list[tuple[source.Product, int]],
) -> None:
    homeless = sum(n for item, n in sold if goods.goods_of(item) is None)
    assert homeless / sum(n for _, n in sold) < 0.001
    assert {g.kind for item, _ in sold if (g := goods.goods_of(item))} == KINDS


def test_names_are_persian(sold: list[tuple[source.Product, int]]) -> None:
    for item, _ in sold:
        found = goods.goods_of(item)
        if found is None or found.kind == "car":
            continue
        assert not re.search(r"[A-Za-z0-9يك]", found.name + found.group), found
        assert "  " not in found.name
        assert found.name == found.name.strip()
        assert found.sku


def test_half_spaces_join_letters_only() -> None:
    texts = [t for pair in (*FOOD.values(), *HOME.values()) for t in pair] + list(KIND.values())
    for text in texts:
        assert not re.search(r"(^|[\s])\u200c|\u200c($|[\s])|\u200c\u200c", text), text
        # A half-space after a letter that doesn't join is noise a Persian typist wouldn't make,
        # but for compounds, where it keeps the parts apart in search.
        assert "ه ها" not in text


@pytest.mark.parametrize(
    ("size", "category", "tail"),
    [
        ("16 OZ", "YOGURT", "۴۵۰ گرمی"),
        ("64 OZ", "YOGURT", "۱٫۸ کیلویی"),
        ("2 LB", "YOGURT", "۹۱۰ گرمی"),
        ("2 L", "SOFT DRINKS", "۲ لیتری"),
        ("12 OZ", "SOFT DRINKS", "۳۵۰ میلی‌لیتری"),
        ("12 CT", "EGGS", "بستهٔ ۱۲ عددی"),
    ],
)
def test_sizes_are_metric(size: str, category: str, tail: str) -> None:
    assert named(size=size, category=category).endswith(tail)


def test_loose_goods_have_no_maker() -> None:
    bananas = named(department="PRODUCE", category="TROPICAL FRUIT", kind="BANANAS", size="40 LB")
    assert bananas == "موز"


def test_a_kind_that_says_little_is_read_with_its_category() -> None:
    assert "بستنی" in named(category="ICE CREAM/MILK/SHERBTS", kind="PREMIUM")
    assert "بستنی" not in named(department="MEAT-PCKGD", category="BACON", kind="PREMIUM")


def test_prices_are_whole_thousands_and_positive() -> None:
    milk = goods.goods_of(product(category="FLUID MILK PRODUCTS"))
    assert milk is not None
    for quantity, cents in ((1, 1), (3, 100), (2, 999), (90, 12_345)):
        line = goods.sold_line(milk, quantity, cents)
        assert line.quantity == quantity
        assert line.unit_price > 0
        assert line.unit_price % 1000 == 0


def test_fuel_in_litres_becomes_one_service() -> None:
    fuel = goods.goods_of(product(department="FUEL", category="COUPON/MISC ITEMS"))
    assert fuel is not None
    line = goods.sold_line(fuel, 13_072, 2_500)
    assert (line.quantity, line.name) == (1, "روشویی و توشویی")
    assert line.unit_price == 3_750_000
    assert {service.sku for service in goods.services()} >= {line.sku}


def test_what_is_no_goods_has_no_shop() -> None:
    assert goods.goods_of(product(department="COUPON")) is None
