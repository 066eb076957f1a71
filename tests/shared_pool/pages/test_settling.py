"""Settling as a bank does it: what each line became, Paya files, the bank's own answer."""

import io
import re
import zipfile
from dataclasses import dataclass
from html import unescape
from uuid import UUID

import pytest
from openpyxl import load_workbook

from merchants.facade import find_account
from tests.api.conftest import Api
from tests.shared_pool.pages.test_fund import plain, settlement_in
from tests.web_support.portal import Floor, People, Person, text_of
from tests.web_support.visitors import Administrators
from timcheh.db import Database, Scope
from timcheh.ids import new_id

pytestmark = [
    pytest.mark.feature("fund.dual", page="/{mall}/mall/settlements"),
    pytest.mark.feature("net.shared_fund"),
]
OURS, THEIRS = "IR820540102680020817909002", "IR062960000000100324200001"


@dataclass
class Agreed:
    """A settlement that two people agree on: one shop owes 50,000 toman, one is due 49,000."""

    debtor: Api
    creditor: Api
    path: str
    by: Person
    mall_id: UUID


@pytest.fixture
async def agreed(shop_floor: Floor, administrators: Administrators, mobile: str) -> Agreed:
    other = await shop_floor.mall.shop("لاله")
    await shop_floor.mall.partners(shop_floor.shop, other, 200, 10_000)
    await shop_floor.shop.buy(mobile, 10_000_000)
    await other.buy(mobile, 1_000_000, spend={"credit": "max"})
    first = await administrators("administrator", "مریم رستگار")
    second = await administrators("accountant", "کاوه بهرامی")
    path = settlement_in(await first.post("/settlements"))
    await second.post(f"{path}/approve")
    return Agreed(shop_floor.shop, other, path, second, UUID(str(shop_floor.mall.id)))


async def give_account(someone: Person, **more: str) -> str:
    fields = {"holder": "مجتمع تیمچه", "sheba": OURS, "profile": "common", **more}
    return await someone.post("/fund/account", **fields)


async def test_lines_are_marked_and_the_rest_stays(agreed: Agreed) -> None:
    by, results = agreed.by, f"{agreed.path}/results"
    line = f"line-{agreed.creditor.id}"
    refused = await by.post(results, 422, result="refused", note="")
    assert "دست‌کم یک فروشگاه را برگزینید" in text_of(refused)
    assert "بنویسید چرا پرداخت نشد" in text_of(refused)
    shown = text_of(await by.post(results, **{line: "on"}, result="unknown", note="پاسخ نداد"))
    assert "نتیجه ۱ فروشگاه ثبت شد" in shown
    assert "نامعلوم پاسخ نداد" in shown
    assert "نتیجه ۱ پرداخت نامعلوم است" in text_of(await by.post(f"{agreed.path}/complete"))
    assert "لغو تسویه" not in shown
    shown = text_of(await by.post(results, **{line: "on"}, result="refused", note="شبا بسته است"))
    assert "برگشت خورد شبا بسته است" in shown
    debtor = f"line-{agreed.debtor.id}"
    short = text_of(await by.post(results, 409, **{debtor: "on"}, result="collateral"))
    assert "سپرده این فروشگاه" in short
    done = text_of(await by.post(results, **{debtor: "on"}, result="paid", reference="77-1"))
    assert "نتیجه همه روشن است؛ تسویه انجام شد" in done
    assert "دریافت شد شماره پیگیری 77-1" in done
    board = plain(await by.get("/fund"))
    assert "بدهی فروشگاه‌ها ۰ تومان" in board
    assert "طلب فروشگاه‌ها ۴۹,۰۰۰ تومان" in board
    assert "هر" in text_of(await by.get("/proof"))


async def test_whatever_stands_in_the_way_of_a_file_is_told(
    agreed: Agreed, database: Database
) -> None:
    by, bank = agreed.by, f"{agreed.path}/bank"
    assert "حساب صندوق هنوز ثبت نشده است" in text_of(await by.get(bank))
    assert "نخست شبا و نام صاحب حسابی" in text_of(await by.post(f"{bank}/files"))
    refused = await by.post("/fund/account", 422, holder="", sheba="IR12", profile="x")
    assert 'id="f-holder-error"' in refused
    assert 'id="f-sheba-error"' in refused
    assert 'value="IR12"' in refused
    await give_account(by, most_amount="۴۸٬۹۹۹")
    assert "شبا ندارد" in text_of(await by.get(bank))
    await give_sheba(database, agreed, THEIRS)
    assert "از سقف پایا بیشتر است" in text_of(await by.get(bank))
    assert "پرداخت‌ها در فایل آمده یا نتیجه گرفته‌اند" in text_of(await by.post(f"{bank}/files"))
    await give_account(by, most_amount="۴۹٬۰۰۰")
    assert "آماده پرداخت با فایل ۴۹,۰۰۰ تومان" in plain(await by.get(bank))


async def test_a_file_is_made_once_fetched_and_answered(agreed: Agreed, database: Database) -> None:
    by, bank = agreed.by, f"{agreed.path}/bank"
    await give_sheba(database, agreed, THEIRS)
    await give_account(by)
    made = await by.post(f"{bank}/files")
    assert "فایل با ۱ پرداخت ساخته شد" in text_of(made)
    assert OURS + "000000001.ccti" in made
    first = re.search(rf"{bank}/files/[0-9a-f-]{{36}}", made)
    assert first
    fetched = await by.client.get(by.root + first[0])
    assert fetched.headers["content-disposition"].endswith(f'{OURS}000000001.ccti"')
    assert b'<InstdAmt Ccy="IRR">490000</InstdAmt>' in fetched.content
    assert (await by.client.get(by.root + first[0])).content == fetched.content
    assert "پرداختی برای فایل" not in text_of(await by.get(agreed.path))
    assert "لغو تسویه" not in text_of(await by.get(agreed.path))  # the bank may have it
    assert "پرداخت‌ها در فایل آمده" in text_of(await by.post(f"{bank}/files"))
    assert "پس گرفته شد" in text_of(await by.post(f"{first[0]}/withdraw"))
    await by.get(first[0], expect=404)
    again = await by.post(f"{bank}/files")
    assert OURS + "000000002.ccti" in again

    rows = f"شماره شبا,مبلغ,وضعیت,کد رهگیری\n{THEIRS},490000,انجام شده,77-9\n{OURS},1,موفق,\n"
    tried = await upload(by, f"{bank}/answers", rows.encode())
    assert "در این تسویه پرداختی به این شبا نیست" in text_of(tried)
    assert "در فایل بانک پرداخت شد" in text_of(tried)
    assert "هنوز چیزی ثبت نشده است" in text_of(tried)
    marks = re.search(r'name="marks" value=\'?"?(\[.*?\])["\']>', tried)
    assert marks
    done = text_of(await by.post(f"{bank}/answers/apply", marks=marks[1]))
    assert "پرداخت شد شماره پیگیری 77-9" in done
    newest = re.findall(rf"{bank}/files/[0-9a-f-]{{36}}", again)[0]
    in_use = text_of(await by.post(f"{newest}/withdraw"))
    assert "برای بخشی از این فایل نتیجه ثبت شده است" in in_use
    assert "طلب فروشگاه‌ها ۰ تومان" in plain(await by.get("/fund"))
    assert (await by.send(f"{bank}/answers/apply", marks="x")).status_code == 400


async def test_a_file_of_results_that_cannot_be_read_says_so(agreed: Agreed) -> None:
    for content, said in (
        (b"PK\x03\x04 no zip", "این فایل خوانده نشد"),
        ("نام,سن\nعلی,۳".encode(), "این فایل خوانده نشد"),
        (b"", "یک فایل انتخاب کنید"),
    ):
        answer = await upload(agreed.by, f"{agreed.path}/bank/answers", content, 422)
        assert said in text_of(answer)


async def test_the_sheet_has_every_line(agreed: Agreed, database: Database) -> None:
    await give_sheba(database, agreed, THEIRS)
    answer = await agreed.by.client.get(f"{agreed.by.root}{agreed.path}/bank/lines.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    (_, *rows) = sheet.iter_rows(values_only=True)
    assert [(row[0], row[1], row[3], row[4]) for row in rows] == [
        ("گل‌آرا", None, 500_000, 0), ("لاله", THEIRS, 0, 490_000),
    ]  # fmt: skip


async def upload(someone: Person, path: str, content: bytes, expect: int = 200) -> str:
    answer = await someone.client.post(
        someone.root + path,
        data={"_csrf_token": someone.csrf},
        files={"file": ("results.csv", content)},
    )
    assert answer.status_code == expect, text_of(answer.text)[:600]
    return unescape(answer.text)


async def give_sheba(database: Database, agreed: Agreed, number: str) -> None:
    """As whoever brings the shop on board does."""
    async with database.unit_of_work(Scope.mall(agreed.mall_id)) as uow:
        account = await find_account(uow, UUID(agreed.creditor.id))
        account.sheba = number


async def test_every_shop_has_its_statement(agreed: Agreed, database: Database) -> None:
    by, path = agreed.by, f"{agreed.path}/statements"
    listed = plain(await by.get(path))
    assert "گل‌آرا ۵۰,۰۰۰ تومان بدهکار" in listed
    answer = await by.client.get(f"{by.root}{path}/{agreed.creditor.id}/pdf")
    assert answer.content.startswith(b"%PDF")
    assert (await by.client.get(f"{by.root}{path}/{new_id()}/pdf")).status_code == 404
    whole = await by.client.get(f"{by.root}{path}/all.zip")
    with zipfile.ZipFile(io.BytesIO(whole.content)) as archive:
        assert archive.namelist() == ["001-گل آرا.pdf", "002-لاله.pdf"]
        assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())
    draft = settlement_in(await by.post("/settlements"))
    await by.get(f"{draft}/statements", expect=404)


@pytest.mark.feature("net.issued_used", page="/{mall}/shop/fund")
@pytest.mark.feature("fund.limits")
async def test_a_shop_sees_its_own_fund_and_nobody_elses(agreed: Agreed, people: People) -> None:
    debtor = await people(agreed.debtor, "owner")
    own = plain(await debtor.get("/fund"))
    assert "جایگاه شما اکنون ۵۰,۰۰۰ تومان بدهکار" in own
    assert "تسویه در راه ۵۰,۰۰۰ تومان" in own
    assert "هنوز چیزی میان شما و دیگران خرج نشده" in own  # since the settlement
    credit = plain(await debtor.get("/fund/credit"))
    assert "داده‌شده ۵۰,۰۰۰ تومان" in credit
    assert "مصرف‌شده ۵۰,۰۰۰ تومان" in credit
    settlement = agreed.path.removeprefix("/settlements/")
    paper = await debtor.client.get(f"{debtor.root}/fund/statements/{settlement}/pdf")
    assert paper.content.startswith(b"%PDF")
    line = f"line-{agreed.creditor.id}"
    await agreed.by.post(
        f"{agreed.path}/results", **{line: "on"}, result="refused", note="شبا بسته است"
    )
    creditor = await people(agreed.creditor, "accountant")
    assert "برگشت خورد شبا بسته است" in text_of(await creditor.get("/fund"))
    assert "شبا بسته است" not in text_of(await debtor.get("/fund"))
    await (await people(agreed.creditor, "cashier")).get("/fund", expect=403)


async def test_a_statement_of_a_settlement_without_the_shop_is_absent(
    agreed: Agreed, shop_floor: Floor, people: People
) -> None:
    stranger = await people(await shop_floor.mall.shop("نان سحر"), "owner")
    settlement = agreed.path.removeprefix("/settlements/")
    await stranger.get(f"/fund/statements/{settlement}/pdf", expect=404)
    fund = text_of(await stranger.get("/fund"))
    assert "هنوز تسویه‌ای نداشته‌اید" in fund
