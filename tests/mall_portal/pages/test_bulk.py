"""Many shops from one sheet: tried row by row, opened once, what is wrong handed back."""

from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import httpx
import pytest
from openpyxl import Workbook, load_workbook

from mall_portal.bulk.jobs import open_sheets
from tests.api.conftest import MallApi
from tests.web_support.portal import Person, Web, text_of
from tests.web_support.visitors import Administrators
from timcheh.db import Database
from timcheh.module import JobContext

HEAD = ["نام فروشگاه", "رسته", "نام مالک", "موبایل مالک", "شبا", "سقف اعتبار", "شعبه‌ها"]
GOOD = ["کتاب پرستو", "کتاب و لوازم تحریر", "ژاله رستمی", "9123456789", "", "", "همکف؛ سوم"]
SHEBA = "IR820540102680020817909002"


def workbook(*rows: list[str], head: list[str] = HEAD) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (head, *rows):
        sheet.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


async def bring(someone: Person, body: bytes) -> httpx.Response:
    return await someone.client.post(
        f"{someone.root}/shops/sheets",
        data={"_csrf_token": someone.csrf},
        files={"file": ("shops.xlsx", body)},
    )


@pytest.mark.feature("net.onboard", page="/{mall}/mall/shops/sheets")
async def test_what_is_right_is_opened_and_the_rest_handed_back(
    web: Web, administrators: Administrators, mall_api: MallApi, database: Database
) -> None:
    someone = await administrators("administrator")
    brought = await bring(
        someone,
        workbook(
            GOOD,
            ["نان سحر", "نان", "", "0912", SHEBA[:-1] + "3", "زیاد", ""],
            ["", "", "", "", "", "", ""],
            ["چای لاهیجان", "خواربار", "بهرام ادیب", "09121112233", SHEBA, "500000", ""],
            ["کتاب پرستو", "", "ژاله رستمی", "09123456789", "", "", ""],
        ),
    )
    path = brought.headers["location"].removeprefix(someone.root)
    tried = text_of(await someone.get(path))
    assert "۲ فروشگاه آماده گشایش" in tried
    assert "۲ سطر اصلاح می‌خواهد" in tried
    for said in ("رسته: این رسته شناخته نشد", "نام مالک", "موبایل مالک", "شبا", "سقف اعتبار"):
        assert said in tried, said
    assert "فروشگاهی با همین نام" in tried
    assert "هنوز فروشگاهی نیست" in text_of(await someone.get("/shops"))

    faults = await someone.client.get(f"{someone.root}{path}/faults")
    sheet = load_workbook(BytesIO(faults.content)).active
    assert sheet is not None
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[0][:-1] == HEAD
    assert [row[0] for row in rows[1:]] == ["نان سحر", "کتاب پرستو"]
    assert "۱۱ رقم" in rows[1][-1]

    assert "در حال گشایش" in text_of(await someone.post(f"{path}/open"))
    assert (await someone.send(f"{path}/open")).status_code == 409
    context = JobContext(database, web.services.settings, UUID(str(mall_api.id)), datetime.now(UTC))
    for _ in range(2):  # a job may come twice
        await open_sheets(context)
    done = text_of(await someone.get(path))
    assert "۲ از ۲" in done
    listed = text_of(await someone.get("/shops"))
    assert "چای لاهیجان" in listed
    assert "کتاب پرستو" in listed
    again = await bring(someone, workbook(GOOD))
    page = text_of(await someone.get(again.headers["location"].removeprefix(someone.root)))
    assert "فروشگاهی با همین نام" in page  # the same file twice opens nothing twice


async def test_files_that_are_no_sheet_of_shops(administrators: Administrators) -> None:
    someone = await administrators("administrator")
    for body, said in (
        (workbook(GOOD, head=["نام فروشگاه", *["؟"] * 6]), "نام مالک، موبایل مالک"),
        (workbook(), "فروشگاهی ندارد"),
        (b"\xd0\xcf\x11\xe0 old", "قدیمی xls"),
        (b"", "فایل"),
    ):
        answer = await bring(someone, body)
        assert answer.status_code == 422, said
        assert said in text_of(answer.text), said


async def test_the_template_can_be_brought_as_it_is(administrators: Administrators) -> None:
    someone = await administrators("administrator")
    template = await someone.client.get(f"{someone.root}/shops/sheets/template")
    brought = await bring(someone, template.content)
    page = text_of(await someone.get(brought.headers["location"].removeprefix(someone.root)))
    assert "۱ فروشگاه آماده گشایش" in page
    assert "اصلاح می‌خواهد" not in page


async def test_an_accountant_brings_no_shops(administrators: Administrators) -> None:
    someone = await administrators("accountant")
    await someone.get("/shops/sheets", expect=403)
    assert (await bring(someone, workbook(GOOD))).status_code == 403
