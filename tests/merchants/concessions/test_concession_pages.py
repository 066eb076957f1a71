"""Discounts by the seller at the till, who may give them, and the report of them."""

import re
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from tests.web_support.portal import Floor, People, Person, Web, text_of
from timcheh.access.models import Staff, StaffRole
from timcheh.db import Database, Scope

pytestmark = pytest.mark.feature("offer.manual", page="/{mall}/shop/concessions")
WHY = "مشتری قدیمی است"


def sale(member: str, price: str, key: str = "k-1", **more: str) -> dict[str, str]:
    return {
        "member": member,
        "request_key": key,
        "lines-0-name": "کیف",
        "lines-0-quantity": "1",
        "lines-0-price": price,
        **more,
    }


async def staff_id(database: Database, floor: Floor, role: str) -> UUID:
    async with database.unit_of_work(Scope.mall(floor.scope.mall_id)) as uow:
        found = await uow.session.scalar(
            select(StaffRole.staff_id).where(
                StaffRole.mall_id == floor.scope.mall_id, StaffRole.role == role
            )
        )
    assert found is not None
    return found


@pytest.fixture
async def owner(shop_floor: Floor, people: People) -> Person:
    """Has let cashiers take ten per cent off a line and 200,000 toman off a day."""
    person = await people(shop_floor.shop)
    said = await person.post(
        "/concessions/limits",
        **{"may-cashier": "yes", "line-cashier": "۱۰", "day-cashier": "200000"},
    )
    assert "اجازه‌های تخفیف ثبت شد" in text_of(said)
    return person


async def test_a_cashier_gives_one_and_everyone_reads_why(
    shop_floor: Floor, owner: Person, people: People, mobile: str
) -> None:
    cashier = await people(shop_floor.shop, "cashier")
    page = await cashier.get("/till")
    assert "۱۰٪ هر ردیف" in text_of(page)
    fields = sale(mobile, "1000000", **{"lines-0-off": "5٪"})
    seen = text_of(await cashier.post("/till/preview", expect=200, **fields))
    assert "۹۵۰٬۰۰۰" in seen.replace(",", "٬")
    missing = await cashier.post("/till", expect=422, **fields)
    assert "دلیل تخفیف را بنویسید" in text_of(missing)
    assert 'value="5٪"' in missing
    receipt = text_of(await cashier.post("/till", off_reason=WHY, **fields))
    assert "از آن، تخفیف دستی" in receipt
    report = await owner.get("/concessions")
    assert WHY in report
    assert "۵۰٬۰۰۰" in text_of(report).replace(",", "٬")
    bought = re.search(r"/purchases/([0-9a-f-]{36})", report)
    assert bought
    one = text_of(await owner.get(f"/purchases/{bought[1]}"))
    assert f"فروشنده این تخفیف را داد: {WHY}" in one
    invoice = text_of(await owner.post(f"/purchases/{bought[1]}/invoice"))
    assert "از آن، تخفیف دستی" in invoice
    await cashier.get("/concessions", expect=403)


async def test_a_manager_agrees_at_the_same_till(
    shop_floor: Floor, owner: Person, people: People, mobile: str, web: Web, database: Database
) -> None:
    cashier = await people(shop_floor.shop, "cashier")
    fields = sale(mobile, "1000000", off="300000", off_reason=WHY)
    refused = await cashier.post("/till", expect=422, **fields)
    assert "تأیید مدیر" in text_of(refused)
    assert "حداکثر ۱۰٪" in text_of(refused)
    agreed = await staff_id(database, shop_floor, "owner")
    hashed = await web.services.passwords.hash("رمز بلند مالک ۱۲۳")
    async with database.unit_of_work(Scope.mall(shop_floor.scope.mall_id)) as uow:
        await uow.session.execute(
            update(Staff).where(Staff.id == agreed).values(password_hash=hashed)
        )
        number = await uow.session.scalar(select(Staff.mobile).where(Staff.id == agreed))
    with_name = fields | {"agree_mobile": str(number)}
    wrong = await cashier.post("/till", expect=401, agree_password="نه", **with_name)
    assert "گذرواژه" in text_of(wrong)
    await cashier.post("/till", agree_password="رمز بلند مالک ۱۲۳", **with_name)
    (bought,) = (await shop_floor.shop.get("/purchases"))["items"]
    assert bought["to_pay"] == 7_000_000
    report = text_of(await owner.get("/concessions?period=week"))
    assert "فروشنده: سامان کریمی" in report


async def test_who_may_not_sees_no_field_and_is_refused(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    cashier = await people(shop_floor.shop, "cashier")
    assert "lines-0-off" not in await cashier.get("/till")
    fields: dict[str, Any] = sale(mobile, "1000000", off="1000", off_reason=WHY)
    refused = await cashier.post("/till", expect=422, **fields)
    assert "فروشگاه برای شما تخفیف دستی نگذاشته است" in text_of(refused)
    owner = await people(shop_floor.shop)
    assert "هنوز به کسی اجازه تخفیف نداده‌اید" in text_of(await owner.get("/concessions"))
    typed = {"may-cashier": "yes", "line-cashier": "120", "invoice-cashier": "0"}
    kept = await owner.post("/concessions/limits", expect=422, **typed)
    assert 'value="120"' in kept
    assert kept.count('aria-invalid="true"') == 2
