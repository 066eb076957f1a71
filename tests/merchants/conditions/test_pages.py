"""The builder over HTTP: another fact, another row, and who may ask."""

import pytest

from tests.web_support.portal import Floor, People

pytestmark = pytest.mark.feature("segment.builder")


async def test_a_row_takes_the_controls_of_its_fact(shop_floor: Floor, people: People) -> None:
    owner = await people(shop_floor.shop)
    path = "/conditions?prefix=when&place=customer"
    fields = {"when-0-0-fact": "customer.spend", "when-0-0-op": "none_of"}
    html = await owner.post(path, 200, **fields)
    assert "data-money" in html
    assert "دست‌کم" in html
    assert "جمع خرید" in html
    assert "basket.total" not in html  # no basket in a customer base
    html = await owner.post(path, 200, **fields, **{"when-act": "row:0"})
    assert 'name="when-0-1-fact"' in html
    assert html.count("autofocus") == 1
    basket = await owner.post("/conditions?place=basket", 200, **{"when-0-0-fact": "time.weekday"})
    assert "پنجشنبه" in basket
    await owner.post("/conditions?place=elsewhere", 422)


async def test_what_rows_cannot_show_stays(shop_floor: Floor, people: People) -> None:
    owner = await people(shop_floor.shop)
    kept = '{"fact": "customer.purchases", "op": "in", "value": [1, 2]}'
    html = await owner.post("/conditions?place=customer", 200, **{"when-kept": kept})
    assert "۱ یا ۲" in html
    anew = await owner.post(
        "/conditions?place=customer", 200, **{"when-kept": kept, "when-act": "anew"}
    )
    assert "when-kept" not in anew
