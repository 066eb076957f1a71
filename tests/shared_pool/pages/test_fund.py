"""The fund's board, what a sum of it is made of, settlements by two people, the proof."""

import asyncio
import io
import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from openpyxl import load_workbook

from shared_pool.fund.closing import close_day, closings
from shared_pool.fund.jobs import seal
from shared_pool.fund.queries import newest_seal
from tests.api.conftest import Api
from tests.web_support.portal import Floor, Person, text_of
from tests.web_support.visitors import Administrators
from timcheh.db import Database, Scope
from timcheh.ids import new_id
from timcheh.module import JobContext
from timcheh.settings import Settings


def plain(html: str) -> str:
    return text_of(html).replace("٬", ",")


def settlement_in(html: str) -> str:
    found = re.search(r"/mall(/settlements/[0-9a-f-]{36})", html)
    assert found
    return found[1]


@pytest.fixture
async def neighbour(shop_floor: Floor, mobile: str) -> Api:
    """A shop that took 50,000 toman of the other's credit, at a fee of two per cent."""
    other = await shop_floor.mall.shop("لاله")
    await shop_floor.mall.partners(shop_floor.shop, other, 200, 10_000)
    await shop_floor.shop.buy(mobile, 10_000_000)
    await other.buy(mobile, 1_000_000, spend={"credit": "max"})
    return other


async def test_an_empty_fund_says_what_comes_next(administrators: Administrators) -> None:
    someone = await administrators("administrator")
    board = plain(await someone.get("/fund"))
    assert "هنوز اعتباری نزد فروشگاه دیگر خرج نشده است" in board
    assert "هنوز تسویه‌ای نیست" in plain(await someone.get("/settlements"))
    assert "هنوز سندی مهر نشده است" in plain(await someone.get("/proof"))


@pytest.mark.feature("fund.netting", page="/{mall}/mall/fund")
async def test_the_matrix_opens_into_its_purchases(
    shop_floor: Floor, neighbour: Api, administrators: Administrators, mobile: str
) -> None:
    someone = await administrators("accountant")
    board = plain(await someone.get("/fund"))
    assert "بدهی فروشگاه‌ها ۵۰,۰۰۰ تومان" in board
    assert "طلب فروشگاه‌ها ۴۹,۰۰۰ تومان" in board
    assert "کارمزد مجتمع ۱,۰۰۰ تومان" in board
    page = await someone.get(f"/fund/{shop_floor.shop.id}/{neighbour.id}")
    cell = plain(page)
    assert "جمع خرج‌شده ۵۰,۰۰۰ تومان" in cell
    assert cell.count("خرید ۵۰,۰۰۰ تومان") == 1
    behind = re.search(r"/mall(/fund/[0-9a-f-]{36}/[0-9a-f-]{36}/[0-9a-f-]{36})", page)
    assert behind
    why = plain(await someone.get(behind[1]))
    assert "لاله از صندوق ۴۹,۰۰۰ تومان می‌گیرد و کارمزد مجتمع ۱,۰۰۰ تومان است" in why
    assert mobile not in why
    await someone.get(behind[1].replace(neighbour.id, shop_floor.shop.id), expect=404)
    other_way = plain(await someone.get(f"/fund/{neighbour.id}/{shop_floor.shop.id}"))
    assert "جمع خرج‌شده ۰ تومان" in other_way
    await someone.get(f"/fund/{shop_floor.shop.id}/{new_id()}", expect=404)


async def test_shops_that_accept_each_other_do_not_cancel_out(
    shop_floor: Floor, neighbour: Api, administrators: Administrators, mobile: str
) -> None:
    a, b = shop_floor.shop, neighbour
    rule = {"effect": "credit_percent", "bps": 1_000, "scope": "partners"}
    await b.put("/rules", {"rules": [{"name": "۱۰٪", "then": [rule]}]})
    await shop_floor.mall.partners(b, a, 0, 10_000)
    await b.buy(mobile, 3_000_000)
    bought = await a.buy(mobile, 600_000, spend={"credit": "max"})
    assert bought["spent_value"] == 300_000
    someone = await administrators("administrator")
    for issuer, acceptor, spent in ((a, b, "۵۰,۰۰۰"), (b, a, "۳۰,۰۰۰")):
        cell = plain(await someone.get(f"/fund/{issuer.id}/{acceptor.id}"))
        assert f"جمع خرج‌شده {spent} تومان" in cell
    await a.post(f"/purchases/{bought['id']}/returns", {"lines": [{"line": 0, "quantity": 1}]})
    cell = plain(await someone.get(f"/fund/{b.id}/{a.id}"))
    assert "جمع خرج‌شده ۰ تومان" in cell
    assert "مرجوعی" in cell


async def test_a_settlement_takes_two(
    shop_floor: Floor, neighbour: Api, administrators: Administrators
) -> None:
    first = await administrators("administrator", "مریم رستگار")
    second = await administrators("accountant", "کاوه بهرامی")
    draft = await first.post("/settlements")
    assert "تأیید آن با شخص دیگری است" in text_of(draft)
    path = settlement_in(draft)
    refused = text_of(await first.post(f"{path}/approve"))
    assert "این تسویه را خودتان نوشته‌اید" in refused
    assert "تسویه هنوز پیش‌نویس است" in text_of(await second.post(f"{path}/complete"))
    assert "کاوه بهرامی" in text_of(await second.post(f"{path}/approve"))
    done = plain(await second.post(f"{path}/complete"))
    assert "انجام تسویه ثبت شد" in done
    assert "مریم رستگار" in done
    assert "فروشگاه‌ها می‌پردازند ۵۰,۰۰۰ تومان" in done
    assert "شبا ندارد" in done
    assert "بدهی فروشگاه‌ها ۰ تومان" in plain(await first.get("/fund"))
    assert "تسویه انجام شده است" in text_of(await first.post(f"{path}/cancel"))
    await _all_right(first)


async def test_a_draft_is_given_up_and_another_may_follow(
    neighbour: Api, administrators: Administrators
) -> None:
    someone = await administrators("administrator")
    path = settlement_in(await someone.post("/settlements"))
    assert "تسویه در جریان" in text_of(await someone.get("/fund"))
    cancelled = text_of(await someone.post(f"{path}/cancel"))
    assert "لغو شده" in cancelled
    await someone.post("/settlements")
    listed = text_of(await someone.get("/settlements"))
    assert "پیش‌نویس" in listed
    assert "لغو شده" in listed


async def test_settlements_go_on_page_by_page(
    neighbour: Api, administrators: Administrators
) -> None:
    someone = await administrators("administrator")
    for _ in range(32):
        await someone.send("/settlements")
    first = await someone.get("/settlements")
    on = re.search(r'/settlements(\?after=[0-9a-f-]{36})"', first)
    assert on
    rest = await someone.get(f"/settlements{on[1]}")
    assert "?after=" not in rest
    assert "قبلی" in text_of(rest)
    await someone.get("/settlements?after=no-id")


async def test_another_malls_settlement_is_not_there(administrators: Administrators) -> None:
    someone = await administrators("administrator")
    for step in ("", "/approve", "/complete", "/cancel"):
        path = f"/settlements/{new_id()}{step}"
        if step:
            assert (await someone.send(path)).status_code == 404
        else:
            await someone.get(path, expect=404)


async def test_the_proof_is_green(neighbour: Api, administrators: Administrators) -> None:
    await _all_right(await administrators("accountant"))


async def _all_right(someone: Person) -> None:
    proof = text_of(await someone.get("/proof"))
    assert re.search("هر [۰-۹]+ بررسی درست است", proof)
    assert "نادرست" not in proof


async def test_the_matrix_of_a_period_is_the_sum_of_its_entries(
    shop_floor: Floor, neighbour: Api, administrators: Administrators
) -> None:
    someone = await administrators("accountant")
    cell = f"/fund/{shop_floor.shop.id}/{neighbour.id}"
    for choice in ("?period=month", "?period=quarter", "?from=1404/01/01"):
        assert "۵۰,۰۰۰" in plain(await someone.get(f"/fund{choice}"))
        assert "جمع خرج‌شده ۵۰,۰۰۰ تومان" in plain(await someone.get(cell + choice))
    for choice in ("?period=last", "?to=1404/01/01"):
        assert "چیزی با این فیلترها پیدا نشد" in text_of(await someone.get(f"/fund{choice}"))
        assert "جمع خرج‌شده ۰ تومان" in plain(await someone.get(cell + choice))
    for wrong in ("?from=دیروز", "?from=1405/02/01&to=1405/01/01"):
        assert "این تاریخ‌ها خوانده نشد" in text_of(await someone.get(f"/fund{wrong}"))


async def test_a_cell_goes_on_page_by_page(
    shop_floor: Floor,
    neighbour: Api,
    administrators: Administrators,
    mobile: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shared_pool.fund.pages._ROWS", 2)
    await shop_floor.shop.buy(mobile, 10_000_000)
    for _ in range(2):
        await neighbour.buy(mobile, 1_000_000, spend={"credit": 1_000})
    someone = await administrators("accountant")
    first = await someone.get(f"/fund/{shop_floor.shop.id}/{neighbour.id}?period=month")
    on = re.search(r'/mall(/fund/[^"]*after=[0-9a-f-]{36})"', first)
    assert on
    assert "period=month" in on[1]
    assert plain(await someone.get(on[1])).count("خرید ۵۰,۰۰۰ تومان") == 1


async def test_each_table_of_the_fund_is_a_sheet_too(
    shop_floor: Floor, neighbour: Api, administrators: Administrators
) -> None:
    someone = await administrators("accountant")
    pair = f"/fund/{shop_floor.shop.id}/{neighbour.id}"
    expected: dict[str, tuple[object, ...]] = {
        "/fund/matrix.xlsx": ("گل‌آرا", "لاله", 500_000),
        "/fund/positions.xlsx": ("گل‌آرا", 0, 500_000, -500_000),
        f"{pair}/entries.xlsx": ("خرید", 500_000),
    }
    for path, row in expected.items():
        answer = await someone.client.get(someone.root + path)
        sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
        _, first, *_rest = sheet.iter_rows(values_only=True)
        start = 1 if path.startswith(pair) else 0
        assert first[start : start + len(row)] == row, path


async def _sealed(context: JobContext) -> None:
    """What a transaction anywhere on the server may still come before isn't sealed yet."""
    for _ in range(300):
        await seal(context)
        async with context.database.unit_of_work(Scope.mall(context.mall_id)) as uow:
            if await newest_seal(uow) is not None:
                return
        await asyncio.sleep(0.1)
    raise AssertionError("nothing could be sealed: a transaction stays open")


@pytest.mark.feature("fund.proof", page="/{mall}/mall/proof")
async def test_each_closed_day_keeps_its_proof(
    shop_floor: Floor,
    neighbour: Api,
    administrators: Administrators,
    database: Database,
    settings: Settings,
) -> None:
    mall_id = UUID(str(shop_floor.mall.id))
    context = JobContext(database, settings, mall_id, datetime(2026, 11, 22, 21, 0, tzinfo=UTC))
    await _sealed(context)
    for _ in range(2):  # a second time is the same day's
        await close_day(context)
    page = await (await administrators("accountant")).get("/proof")
    assert "گواه تراز روزها" in page
    assert text_of(page).count("۱ آذر ۱۴۰۵") == 1
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        (kept,) = await closings(uow, 10)
    assert kept.failed == []
    assert kept.hash is not None
    assert kept.hash.hex()[:16] in page
