"""Importing through the portal: the whole journey, and what is refused on the way."""

import io
import re
import zipfile
from typing import Any
from uuid import UUID

import httpx
import pytest
from openpyxl import load_workbook

from merchants.importing.work import work_imports
from tests.api.conftest import new_mobile
from tests.merchants.importing.desk import csv_of, sheet_of
from tests.web_support.portal import Floor, People, Person, text_of
from timcheh.db import Database
from timcheh.module import JobContext
from timcheh.settings import Settings
from timcheh.text.identifiers import mobile as read_mobile

pytestmark = pytest.mark.feature("enrol.import")
CHOICES = {"on_known": "fill", "unit": "toman", "until": "", "consent": "yes"}


@pytest.fixture
async def owner(people: People, shop_floor: Floor) -> Person:
    return await people(shop_floor.shop)


async def send(person: Person, content: bytes, name: str = "list.csv") -> httpx.Response:
    return await person.client.post(
        f"{person.root}/customers/import",
        data={"_csrf_token": person.csrf},
        files={"file": (name, content)},
    )


async def work(database: Database, settings: Settings, floor: Floor) -> None:
    from datetime import UTC, datetime

    mall_id = UUID(str(floor.mall.id))
    await work_imports(JobContext(database, settings, mall_id, datetime.now(UTC)))


async def test_a_list_is_brought_tried_and_taken_in(
    owner: Person, shop_floor: Floor, database: Database, settings: Settings
) -> None:
    mobile = new_mobile()
    content = sheet_of(
        ("شماره موبایل", "نام مشتری", "سلیقه"), (mobile, "نرگس کریمی", "گل"), ("0", "بی‌شماره", "")
    )
    sent = await send(owner, content, "مشتریان.xlsx")
    assert sent.status_code == 303, text_of(sent.text)
    place = sent.headers["location"].removeprefix(owner.root)
    columns = await owner.get(place)
    assert re.search(r'name="column-0".*?<option value="mobile" selected>', columns, re.S)
    assert re.search(r'name="column-1".*?<option value="name" selected>', columns, re.S)
    again = await owner.post(place, expect=422, **{"column-0": "", "column-1": "name"}, **CHOICES)
    assert "موبایل در کدام ستون" in text_of(again)
    named = {"column-0": "mobile", "column-1": "name", "column-2": "note"}
    assert "در حال بررسی" in text_of(await owner.post(place, **named, **CHOICES))
    await work(database, settings, shop_floor)
    tried = text_of(await owner.get(place))
    assert "آماده ثبت" in tried
    assert "مشتری تازه ۱" in tried
    faults = await owner.client.get(f"{owner.root}{place}/faults")
    sheet: Any = load_workbook(io.BytesIO(faults.content)).active
    assert sheet.sheet_view.rightToLeft
    assert "شماره موبایل باید با ۰۹ شروع شود" in str(sheet.cell(2, 5).value)
    await owner.post(f"{place}/start")
    await work(database, settings, shop_floor)
    assert "ثبت شد" in text_of(await owner.get(place))
    assert "نرگس کریمی" in await owner.get(f"/customers?q={read_mobile(mobile)}")
    # What was said of a heading is remembered for the next file.
    other = await send(owner, csv_of(("سلیقه", "همراه"), ("گل", mobile)))
    columns = await owner.get(other.headers["location"].removeprefix(owner.root))
    assert re.search(r'name="column-0".*?<option value="note" selected>', columns, re.S)
    await owner.post(f"{place}/undo")
    await work(database, settings, shop_floor)
    assert "برگردانده شد" in text_of(await owner.get(place))
    assert "نرگس کریمی" not in await owner.get("/customers")


def bomb() -> bytes:
    """A workbook of a few kilobytes that would fill the memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "یک فایل انتخاب کنید"),
        (b"\xd0\xcf\x11\xe0 old", "قالب قدیمی xls"),
        (b"PK\x03\x04 broken", "این فایل خوانده نمی‌شود"),
        (bomb(), "بیش از اندازه است"),
        ("موبایل\n".encode(), "ردیفی ندارد"),
        (b"a,b\n\0,1", "این فایل خوانده نمی‌شود"),
    ],
    ids=["empty", "old", "broken", "bomb", "no rows", "binary"],
)
async def test_what_is_no_sheet_is_refused_in_words(
    owner: Person, content: bytes, why: str
) -> None:
    answer = await send(owner, content)
    assert answer.status_code == 422
    assert why in text_of(answer.text)


async def test_another_shops_import_looks_absent(
    owner: Person, people: People, shop_floor: Floor
) -> None:
    sent = await send(owner, csv_of(("موبایل",), (new_mobile(),)))
    place = sent.headers["location"].removeprefix(owner.root)
    stranger = await people(await shop_floor.mall.shop("لاله"))
    await stranger.get(place, expect=404)
    await stranger.get(f"{place}/faults", expect=404)
    cashier = await people(shop_floor.shop, "cashier")
    await cashier.get("/customers/import", expect=403)
