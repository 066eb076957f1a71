"""Product codes: ordered, printed, and redeemed once, at the till or on the phone."""

import asyncio
import csv
import io
import re
from uuid import UUID

import pytest

from merchants.codes import guessing
from merchants.codes.digits import CodeBook, read_code
from merchants.codes.sheets import JOB
from tests.web_support.portal import Floor, People, Person, text_of
from tests.web_support.visitors import Members
from timcheh.access.limits import Limit
from timcheh.db import Database
from timcheh.ids import new_id
from timcheh.module import JobContext
from timcheh.settings import Settings

pytestmark = pytest.mark.feature("earn.codes", page="/{mall}/shop/codes")
ORDER = {"name": "چای بهاره", "count": "70", "points": "25", "scope": "own:point"}


@pytest.fixture
async def owner(shop_floor: Floor, people: People) -> Person:
    return await people(shop_floor.shop)


async def order(owner: Person, **more: str) -> str:
    """The path of a new batch, below the shop's root."""
    answer = await owner.send("/codes", **{**ORDER, **more})
    assert answer.status_code == 303, text_of(answer.text)
    return answer.headers["location"].removeprefix(owner.root)


async def codes_of(owner: Person, batch: str) -> list[str]:
    answer = await owner.client.get(f"{owner.root}{batch}/codes.csv")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    return [row[1].strip() for row in rows[1:]]


async def points_of(floor: Floor, mobile: str) -> list[int]:
    member = await floor.shop.buy(mobile, 1000, dry_run=True, enrol=True)
    lots = await floor.mall.lots(member["member"]["id"])
    return [lot["available"] for lot in lots if lot["unit"] == "point"]


async def test_codes_are_many_unique_and_whole(owner: Person) -> None:
    codes = await codes_of(owner, await order(owner, count="2500"))
    assert len(set(codes)) == 2500
    assert all(re.fullmatch(r"\d{10}", code) for code in codes)
    # As good as drawn by lot: every first digit comes, none follows another in order.
    assert {code[0] for code in codes} == set("0123456789")
    assert codes != sorted(codes)


async def test_a_code_pays_once_whoever_brings_it_first(
    shop_floor: Floor, owner: Person, members: Members, mobile: str
) -> None:
    batch = await order(owner)
    first, second, *_ = await codes_of(owner, batch)
    member = await members(mobile)
    said = await member.post("/codes", code=f"http://x/club/codes?code={first}")
    assert "۲۵ امتیاز از گل‌آرا گرفتید" in text_of(said)
    assert await points_of(shop_floor, mobile) == [25]

    again = await member.post("/codes", expect=409, code=first)
    assert "هر کد یک بار شمرده می‌شود" in text_of(again)
    at_till = await owner.post("/codes/redeem", expect=409, member=mobile, code=first)
    assert "هر کد یک بار شمرده می‌شود" in text_of(at_till)

    persian = second.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    said = await owner.post("/codes/redeem", member=mobile, code=persian)
    assert "۲۵ امتیاز به عضو" in text_of(said)
    assert await points_of(shop_floor, mobile) == [25, 25]
    report = text_of(await owner.get(batch))
    assert "۲ از ۷۰" in report
    assert "۵۰" in report
    await shop_floor.mall.prove()


async def test_many_at_once_give_one_grant(
    shop_floor: Floor, owner: Person, members: Members, mobile: str
) -> None:
    code = (await codes_of(owner, await order(owner)))[0]
    member = await members(mobile)
    answers = await asyncio.gather(*(member.send("/codes", code=code) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [303, *[409] * 7]
    assert await points_of(shop_floor, mobile) == [25]
    await shop_floor.mall.prove()


async def test_another_shops_till_does_not_know_a_code(
    shop_floor: Floor, owner: Person, people: People, mobile: str
) -> None:
    code = (await codes_of(owner, await order(owner)))[0]
    other = await people(await shop_floor.mall.shop("لاله"), "cashier")
    foreign = await other.post("/codes/redeem", expect=422, member=mobile, code=code)
    absent = await other.post("/codes/redeem", expect=422, member=mobile, code="0000000000")
    assert "چنین کدی نیست" in text_of(foreign)
    assert text_of(foreign).replace(code, "") == text_of(absent).replace("0000000000", "")
    # A refused code enrols nobody.
    page = await other.post("/till/preview", expect=200, member=mobile)
    assert "عضو تازه" in text_of(page)


async def test_guessing_is_stopped_and_hides_what_is_right(
    owner: Person, members: Members, mobile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Limit(f"test-{new_id()}", count=3, window=600)
    monkeypatch.setattr(guessing, "OF_MEMBER", few)
    code = (await codes_of(owner, await order(owner)))[0]
    member = await members(mobile)
    await member.post("/codes", expect=422, code="123")  # no code at all: a slip, no guess
    for guess in ("1111111111", "2222222222", "3333333333"):
        await member.post("/codes", expect=422, code=guess)
    await member.post("/codes", expect=429, code=code)


async def test_a_stopped_or_finished_batch_pays_nothing(
    owner: Person, members: Members, mobile: str
) -> None:
    batch = await order(owner)
    code = (await codes_of(owner, batch))[0]
    await owner.post(f"{batch}/state", state="stopped")
    member = await members(mobile)
    refusal = await member.post("/codes", expect=409, code=code)
    assert "فروشگاه آن را متوقف کرده است" in text_of(refusal)
    await owner.post(f"{batch}/state", state="active")
    await member.post("/codes", code=code)
    early = (await codes_of(owner, await order(owner, starts_at="1490/01/01")))[0]
    await member.post("/codes", expect=409, code=early)


async def test_the_table_does_not_tell_the_codes(
    shop_floor: Floor, owner: Person, database: Database
) -> None:
    codes = await codes_of(owner, await order(owner))
    async with database.unit_of_work(shop_floor.scope) as uow:
        driver = await uow.driver()
        rows = await driver.fetch("SELECT p::text AS line FROM merchants.product_code p")
    assert len(rows) == 70
    assert not [code for code in codes for row in rows if code in row["line"]]


async def test_sheets_are_printed_by_the_job(
    shop_floor: Floor, owner: Person, database: Database, settings: Settings
) -> None:
    batch = await order(owner)
    page = await owner.get(batch)
    assert "در حال آماده‌سازی" in page
    assert (await owner.client.get(f"{owner.root}{batch}/sheets?part=1")).status_code == 404
    mall_id = UUID(str(shop_floor.mall.id))
    async with database.unit_of_work(shop_floor.scope) as uow:
        now = uow.now
    await JOB.run(JobContext(database, settings, mall_id, now))
    answer = await owner.client.get(f"{owner.root}{batch}/sheets?part=1")
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-type"] == "application/pdf"
    assert "در حال آماده‌سازی" not in await owner.get(batch)


async def test_a_faulty_order_comes_back_as_it_was_typed(owner: Person) -> None:
    page = await owner.post(
        "/codes", expect=422, **{**ORDER, "count": "۲۰۰۰۰۰", "points": "0", "ends_at": "فردا"}
    )
    said = text_of(page)
    assert "۱۰۰٬۰۰۰ وارد کنید" in said
    assert "تاریخ را مانند" in said
    assert 'value="چای بهاره"' in page
    assert 'value="۲۰۰۰۰۰"' in page


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12345 67890", "1234567890"),
        ("۱۲۳۴۵-۶۷۸۹۰", "1234567890"),
        ("https://x.ir/m/club/codes?code=0000000001", "0000000001"),
        ("123456789", None),
        ("12345678901", None),
        ("", None),
        ("?code=12345678901", None),
    ],
)
def test_a_code_is_read_as_people_write_it(typed: str, read: str | None) -> None:
    assert read_code(typed) == read


def test_another_key_makes_other_codes() -> None:
    one, other, batch = CodeBook("a" * 32), CodeBook("b" * 32), new_id()
    assert one.code(batch, 1) == CodeBook("a" * 32).code(batch, 1)
    assert one.code(batch, 1) != other.code(batch, 1)
    assert one.digest(batch, "1" * 10) != other.digest(batch, "1" * 10)
