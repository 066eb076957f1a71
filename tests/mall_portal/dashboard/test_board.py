"""The network's board as administrators see it, and its sheets."""

import io
from datetime import date, timedelta
from itertools import pairwise

import pytest
from openpyxl import load_workbook

from mall_portal.dashboard.board import CHARTS
from tests.web_support.portal import Floor, People, text_of
from tests.web_support.visitors import Administrators
from timcheh.web.steps import Days, fineness, steps


def plain(html: str) -> str:
    return text_of(html).replace("٬", ",")


@pytest.mark.feature("plat.dashboard", page="/{mall}/mall")
async def test_the_board_tells_what_the_network_does(
    shop_floor: Floor, administrators: Administrators, mobile: str
) -> None:
    other = await shop_floor.mall.shop("لاله")
    await shop_floor.mall.partners(shop_floor.shop, other, 200, 10_000)
    await shop_floor.shop.buy(mobile, 10_000_000)
    await other.buy(mobile, 1_000_000, spend={"credit": "max"})
    someone = await administrators("accountant")
    for period in ("", "?period=week", "?period=month", "?period=year", "?from=1405/01/01"):
        page = await someone.get(period)
        said = plain(page)
        assert "فروش همه فروشگاه‌ها ۱,۱۰۰,۰۰۰ تومان" in said
        assert "اعتبار صادرشده ۵۰,۰۰۰ تومان" in said
        assert "اعتبار مصرف‌شده ۵۰,۰۰۰ تومان" in said
        assert "اعضایی که خرید کردند ۱ " in said
        assert "بدهی فروشگاه‌ها به صندوق ۵۰,۰۰۰ تومان" in said
        assert "کارمزد این دوره ۱,۰۰۰ تومان" in said
    assert f"/shops/{other.id}" in page
    assert "فروش همه فروشگاه‌ها ۰ تومان" in plain(await someone.get("?period=last"))
    assert "این تاریخ‌ها خوانده نشد" in text_of(await someone.get("?from=دیروز"))


async def test_before_the_first_sale_it_says_what_comes_next(
    shop_floor: Floor, administrators: Administrators, mobile: str
) -> None:
    someone = await administrators("administrator")
    page = await someone.get()
    assert "هنوز فروشی ثبت نشده است" in text_of(page)
    assert "chart__plot" not in page
    await shop_floor.shop.buy(mobile, 10_000_000)
    page = await someone.get()
    assert "هنوز فروشی ثبت نشده است" not in text_of(page)
    assert "chart__plot" in page


async def test_each_chart_is_a_sheet_too(
    shop_floor: Floor, administrators: Administrators, mobile: str
) -> None:
    await shop_floor.shop.buy(mobile, 10_000_000)
    someone = await administrators("administrator")
    for chart in CHARTS:
        answer = await someone.client.get(f"{someone.root}/dashboard/sheets/{chart}?period=week")
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        rows = list(sheet.iter_rows(values_only=True))
        if chart == "sales":
            assert len(rows) == 8
            assert rows[-1][1] == 10_000_000
        if chart == "shops":
            assert rows[1][:2] == ("گل‌آرا", 10_000_000)
    await someone.get("/dashboard/sheets/nothing", expect=404)


async def test_a_mall_sees_no_other_malls_sales(
    shop_floor: Floor, administrators: Administrators, people: People, mobile: str
) -> None:
    """And a shop nothing of the network's."""
    await shop_floor.shop.buy(mobile, 10_000_000)
    owner = await people(shop_floor.shop)
    answer = await owner.client.get(owner.root.replace("/shop", "/mall"))
    assert answer.status_code == 303
    assert "/mall/sign-in" in answer.headers["location"]


@pytest.mark.parametrize(
    ("days", "most", "step", "count"),
    [(7, 31, "day", 7), (30, 31, "day", 30), (90, 31, "week", 13), (365, 31, "month", 12)],
)
def test_a_stretch_is_walked_in_steps_that_fit(days: int, most: int, step: str, count: int) -> None:
    first = date(2026, 3, 21)
    stretch = Days(first, first + timedelta(days=days - 1))
    found = steps(stretch, fineness(stretch, most))
    assert fineness(stretch, most) == step
    assert len(found) == count
    assert (found[0].first, found[-1].last) == stretch
    assert all(b.first - a.last == timedelta(days=1) for a, b in pairwise(found))
