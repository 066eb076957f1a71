"""What a shop takes along: its own rows, in sheets that open well and do no harm."""

import csv
import io
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook

from tests.api.conftest import new_mobile
from tests.web_support.portal import Floor, People, Person

pytestmark = pytest.mark.feature("enrol.import")
FORMULA = '=HYPERLINK("http://x","y")'


async def table(person: Person, path: str) -> list[list[str]]:
    answer = await person.client.get(person.root + path)
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
async def owner(people: People, shop_floor: Floor) -> Person:
    return await people(shop_floor.shop)


async def test_customers_go_out_as_they_are_known(
    owner: Person, shop_floor: Floor, mobile: str
) -> None:
    member = UUID((await shop_floor.shop.buy(mobile, 500_000))["member"]["id"])
    facts = {"name": FORMULA, "birthday": "1362/3/5", "city": "شیراز", "gender": "female"}
    await owner.post(f"/customers/{member}/profile", **facts)
    await owner.post("/customers/fields", label="سلیقه", kind="text", choices="")
    other = await shop_floor.mall.shop("لاله")
    await other.buy(new_mobile(), 100_000)
    heading, *rows = await table(owner, "/customers/export/csv")
    assert len(rows) == 1
    row = dict(zip(heading, rows[0], strict=True))
    assert row["موبایل"] == mobile
    assert row["نام"] == f"'{FORMULA}"  # no formula
    assert row["تاریخ تولد"] == "۱۳۶۲/۰۳/۰۵"
    assert (row["شهر"], row["جنسیت"], row["سلیقه"]) == ("شیراز", "زن", "")
    assert row["جمع خرید (تومان)"] == "50000"
    answer = await owner.client.get(f"{owner.root}/customers/export/xlsx")
    sheet: Any = load_workbook(io.BytesIO(answer.content)).active
    assert sheet.sheet_view.rightToLeft
    assert [cell.value for cell in sheet[1]] == heading
    assert sheet.cell(2, 3).value == f"'{FORMULA}"
    assert sheet.cell(2, heading.index("جمع خرید (تومان)") + 1).value == 50_000


async def test_purchases_go_out_too(owner: Person, shop_floor: Floor, mobile: str) -> None:
    await shop_floor.shop.buy(mobile, 500_000)
    heading, row = await table(owner, "/purchases/export/csv")
    told = dict(zip(heading, row, strict=True))
    assert (told["موبایل"], told["پرداختی (تومان)"]) == (mobile, "50000")
    await owner.get("/purchases/export/pdf", expect=404)


async def test_a_cashier_takes_nothing_along(people: People, shop_floor: Floor) -> None:
    cashier = await people(shop_floor.shop, "cashier")
    await cashier.get("/customers/export/csv", expect=403)
    await cashier.get("/purchases/export/xlsx", expect=403)
