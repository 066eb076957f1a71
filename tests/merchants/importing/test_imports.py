"""Importing customers: what becomes of each row, what comes back, and undoing it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from members.facade import Witness, decide
from merchants.customers.models import Customer
from merchants.importing.faults import faulty_rows, reasons
from merchants.profiles.fields import add_field
from merchants.profiles.models import CustomerProfile
from merchants.purchases.proofs import PROOFS
from tests.api.conftest import new_mobile
from tests.merchants.importing.desk import ImportDesk, csv_of, sheet_of
from tests.web_support.portal import Floor, People
from timcheh.db import Database
from timcheh.ledger.queries import lots_of, proof
from timcheh.settings import Settings
from timcheh.text.digits import persian_digits
from timcheh.text.locale import Locale

pytestmark = pytest.mark.feature("enrol.import")
HEADING = ("موبایل", "نام", "نام خانوادگی", "تاریخ تولد", "شهر", "اعتبار", "امتیاز")
COLUMNS = ("mobile", "first_name", "last_name", "birthday", "city", "credit", "points")


@pytest.fixture
def desk(database: Database, settings: Settings, shop_floor: Floor) -> ImportDesk:
    return ImportDesk(database, settings, shop_floor)


async def customers(desk: ImportDesk) -> dict[str, Customer]:
    async with desk.database.unit_of_work(desk.caller.scope) as uow:
        found = await uow.session.scalars(
            select(Customer).where(Customer.merchant_id == desk.shop_id)
        )
        return {row.mobile: row for row in found}


async def profile(desk: ImportDesk, member_id: UUID) -> CustomerProfile:
    async with desk.database.unit_of_work(desk.caller.scope) as uow:
        row = await uow.session.get(CustomerProfile, (desk.mall_id, desk.shop_id, member_id))
        assert row is not None
        return row


async def balances(desk: ImportDesk, member_id: UUID) -> dict[str, int]:
    async with desk.database.unit_of_work(desk.mall_scope) as uow:
        return {lot.unit: lot.available for lot in await lots_of(uow, [member_id])}


async def proved(desk: ImportDesk) -> bool:
    async with desk.database.unit_of_work(desk.mall_scope) as uow:
        assert PROOFS
        return all(check.ok for check in await proof(uow))


async def brought(desk: ImportDesk, *rows: Sequence[Any], **more: Any) -> dict[str, Any]:
    """The rows under the usual heading, taken in; the counts."""
    await desk.bring(csv_of(HEADING, *rows))
    assert (await desk.check(COLUMNS, **more)).state == "checked"
    done = await desk.take()
    assert done.state == "imported"
    return done.counts


async def test_a_sheet_becomes_customers_with_balances(desk: ImportDesk) -> None:
    first, second = new_mobile(), new_mobile()
    typed = persian_digits("+98" + first[1:])
    content = sheet_of(
        HEADING,
        (typed, "نرگس", "كريمي", "۱۳۶۲/۳/۵", "شیراز", "۲۵٬۰۰۰", 40),
        (int(second), "آرش", "راد", date(1990, 5, 1), None, None, None),
    )
    batch = await desk.bring(content, "مشتریان.xlsx")
    assert batch.kind == "xlsx"
    assert batch.headers == list(HEADING)
    assert batch.sample[0][1] == "نرگس"
    forecast = await desk.check(COLUMNS)
    assert forecast.state == "checked"
    assert forecast.counts == {"new": 2, "credit": 250_000, "points": 40}
    assert await customers(desk) == {}  # it was only tried
    done = await desk.take()
    assert done.counts == forecast.counts
    found = await customers(desk)
    narges = found[first]
    assert narges.name == "نرگس کریمی"
    assert narges.birthday == date(1983, 5, 26)
    assert (narges.source, narges.batch_id) == ("import", desk.batch_id)
    assert found[second].birthday == date(1990, 5, 1)
    assert (await profile(desk, narges.member_id)).city == "شیراز"
    assert await balances(desk, narges.member_id) == {"rial": 250_000, "point": 40}
    assert await proved(desk)


async def test_rows_at_fault_come_back_with_their_reasons(desk: ImportDesk) -> None:
    good = new_mobile()
    await desk.bring(
        csv_of(
            HEADING,
            (good, "نرگس", "", "", "", "", ""),
            ("12", "بی‌موبایل", "", "1362/13/5", "", "", ""),
            ("", "", "", "", "", "", ""),
            ("", "کسی", "", "", "", "ده", ""),
        )
    )
    forecast = await desk.check(COLUMNS)
    assert forecast.counts["faulty"] == 2
    assert forecast.counts["new"] == 1
    async with desk.database.unit_of_work(desk.caller.scope) as uow:
        batch = await desk.batch()
        rows = [row async for some in faulty_rows(uow, batch) for row in some]
    assert [row.row for row in rows] == [3, 5]
    assert rows[0].cells[1] == "بی‌موبایل"
    why = reasons(rows[0], batch.headers, batch.plan["columns"], Locale.FA)
    assert "شماره موبایل باید با ۰۹ شروع شود" in why
    assert "تاریخ تولد" in why
    assert (await desk.take()).counts["new"] == 1
    assert set(await customers(desk)) == {good}


async def test_one_mobile_is_one_customer(desk: ImportDesk) -> None:
    mobile = new_mobile()
    counts = await brought(
        desk,
        (mobile, "نرگس", "", "", "", "1000", ""),
        ("0098" + mobile[1:], "دیگری", "", "", "یزد", "1000", "5"),
    )
    assert (counts["new"], counts["merged"]) == (1, 1)
    customer = (await customers(desk))[mobile]
    assert customer.name == "نرگس"
    assert (await profile(desk, customer.member_id)).city == "یزد"
    # A line that was copied doesn't double what she has.
    assert (await balances(desk, customer.member_id))["rial"] == 10_000


@pytest.mark.parametrize(
    ("on_known", "name", "city"),
    [
        ("fill", "نرگس", "یزد"),
        ("overwrite", "نرگس تازه", "یزد"),
        ("skip", "نرگس", None),
    ],
)
async def test_known_customers_follow_the_chosen_rule(
    desk: ImportDesk, on_known: str, name: str, city: str | None
) -> None:
    mobile = new_mobile()
    await brought(desk, (mobile, "نرگس", "", "", "", "", ""))
    await brought(desk, (mobile, "نرگس تازه", "", "", "یزد", "", ""), on_known=on_known)
    customer = (await customers(desk))[mobile]
    assert customer.name == name
    assert (await profile(desk, customer.member_id)).city == city


async def test_undoing_takes_back_what_nobody_used(desk: ImportDesk, shop_floor: Floor) -> None:
    idle, buyer, known = new_mobile(), new_mobile(), new_mobile()
    await brought(desk, (known, "پیشین", "", "", "", "", ""))
    await brought(
        desk,
        (idle, "خاموش", "", "", "", "1000", "7"),
        (buyer, "خریدار", "", "", "", "2000", ""),
        (known, "دیگر", "", "", "یزد", "", ""),
        on_known="overwrite",
    )
    before = await customers(desk)
    await shop_floor.shop.buy(buyer, 1_000_000)
    undone = await desk.undo()
    assert undone.state == "undone"
    assert {name: undone.counts[name] for name in ("removed", "restored", "kept")} == {
        "removed": 1,
        "restored": 1,
        "kept": 1,
    }
    after = await customers(desk)
    assert set(after) == {buyer, known}
    assert after[known].name == "پیشین"
    assert (await profile(desk, after[known].member_id)).city is None
    assert await balances(desk, before[idle].member_id) == {}
    assert await proved(desk)


async def test_a_list_does_not_overrule_a_person(desk: ImportDesk) -> None:
    mobile, other = new_mobile(), new_mobile()
    await brought(desk, (mobile, "نرگس", "", "", "", "", ""))
    member_id = (await customers(desk))[mobile].member_id
    witness = Witness("member", member_id, "phone")
    async with desk.database.unit_of_work(desk.mall_scope) as uow:
        await decide(uow, member_id, desk.shop_id, {"promotion": True}, witness)
        await decide(uow, member_id, desk.shop_id, {"promotion": False}, witness)
    await desk.bring(csv_of(("موبایل",), (mobile,), (other,)))
    await desk.check(("mobile",), all_consent=True)
    await desk.take()
    from members.facade import allowed

    async with desk.database.unit_of_work(desk.mall_scope) as uow:
        assert not await allowed(uow, member_id, desk.shop_id, "promotion")
        newcomer = (await customers(desk))[other].member_id
        assert await allowed(uow, newcomer, desk.shop_id, "promotion")


async def test_own_fields_are_columns_too(desk: ImportDesk) -> None:
    async with desk.database.unit_of_work(desk.caller.scope) as uow:
        field = await add_field(uow, desk.shop_id, "سایز کفش", "number", ())
    mobile = new_mobile()
    await desk.bring(csv_of(("موبایل", "سایز کفش"), (mobile, "۴۲")))
    await desk.check(("mobile", f"custom:{field.id}"))
    await desk.take()
    customer = (await customers(desk))[mobile]
    assert (await profile(desk, customer.member_id)).custom == {str(field.id): 42}


@pytest.mark.feature("net.own_customers")
async def test_a_list_tells_the_shop_nothing_it_did_not_bring(
    desk: ImportDesk, shop_floor: Floor, people: People
) -> None:
    mobile, other = new_mobile(), await shop_floor.mall.shop("لاله")
    await shop_floor.mall.partners(other, shop_floor.shop, 200, 10_000)
    effect = {"effect": "credit_percent", "bps": 1_000, "scope": "partners"}
    await other.put("/rules", {"rules": [{"name": "۱۰٪", "then": [effect]}]})
    await other.buy(mobile, 5_000_000)
    await brought(desk, (mobile, "", "", "", "", "", ""))
    member = (await customers(desk))[mobile].member_id
    owner = await people(shop_floor.shop)
    balances = f"/customers/{member}/balances"
    assert (await shop_floor.shop.get(balances))["lots"] == []
    assert "لاله" not in await owner.get(f"/customers/{member}")
    await shop_floor.shop.buy(mobile, 100_000)
    assert (await shop_floor.shop.get(balances))["lots"] != []
    assert "لاله" in await owner.get(f"/customers/{member}")
