"""A member asks to be erased, changes their mind, asks again, and is nobody after some days."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from members.facade import find_member
from shared_pool.erasing.jobs import JOBS
from shared_pool.erasing.service import GRACE, WalletLeft, ask_erasure, find_erasure
from tests.api.conftest import new_mobile
from tests.shared_pool.pages.test_club import plain
from tests.web_support.portal import Floor, People, Person, text_of
from tests.web_support.visitors import Members
from timcheh.db import Database, Scope
from timcheh.ledger import postings
from timcheh.ledger.contracts import ScopeKind, Unit
from timcheh.module import JobContext
from timcheh.notify import queue_message
from timcheh.settings import Settings

LATER = GRACE + timedelta(minutes=1)


@pytest.mark.feature("member.data", page="/{mall}/club/erase")
async def test_a_member_is_told_confirms_changes_their_mind_and_goes(
    shop_floor: Floor,
    members: Members,
    people: People,
    mobile: str,
    database: Database,
    settings: Settings,
) -> None:
    mall_id, shop = UUID(str(shop_floor.mall.id)), shop_floor.shop
    bought = await shop.buy(mobile, 20_000_000)
    member = await members(mobile)
    told = plain(await member.get("/erase"))
    assert "۱۰۰,۰۰۰ تومان" in told
    assert "حذف عضویت" in text_of(await member.get("/me"))
    await _confirm(member, database, mall_id, mobile, wrong_first=True)
    assert "منصرف شدم" in await member.get("/erase")
    assert "حذف می‌شود" in text_of(await member.get())
    assert "سر جایش است" in text_of(await member.post("/erase/withdrawn"))
    await _run(database, settings, mall_id, LATER)
    assert (await _member(database, mall_id, mobile)).state == "active"

    await _confirm(member, database, mall_id, mobile)
    person = (await _member(database, mall_id, mobile)).id
    await _run(database, settings, mall_id, timedelta(0))
    assert (await _member(database, mall_id, mobile)).state == "active"
    await _run(database, settings, mall_id, LATER)

    answer = await member.client.get(member.root)
    assert answer.status_code == 303, "signed out everywhere"
    staff = await people(shop)
    for path in ("/customers", f"/customers/{person}", f"/purchases/{bought['id']}"):
        said = text_of(await staff.get(path))
        assert "عضو حذف‌شده" in said, path
        assert mobile not in said
    # A return finds nobody to give back to: what came back goes on to who owes it.
    returned = {"lines": [{"line": 0, "quantity": 1}]}
    await shop.post(f"/purchases/{bought['id']}/returns", returned)
    await _run(database, settings, mall_id, LATER)
    proof = await shop_floor.mall.get("/fund/proof")
    assert [each for each in proof["checks"] if not each["ok"]] == []
    # Who comes back is somebody new.
    again = await members(mobile)
    assert "۱۰۰,۰۰۰" not in plain(await again.get())
    assert (await _member(database, mall_id, mobile)).id != person


async def test_what_comes_back_to_an_erased_member_ends_at_once(
    shop_floor: Floor, mobile: str, database: Database, settings: Settings
) -> None:
    mall_id, shop = UUID(str(shop_floor.mall.id)), shop_floor.shop
    await shop.buy(mobile, 20_000_000)
    spent = await shop.buy(mobile, 5_000_000, spend={"credit": 400_000})
    scope = Scope.mall(mall_id)
    async with database.unit_of_work(scope) as uow:
        person = (await find_member(uow, mobile=mobile)).id
        await ask_erasure(uow, person)
    await _run(database, settings, mall_id, LATER)
    await shop.post(f"/purchases/{spent['id']}/returns", {"lines": [{"line": 0, "quantity": 1}]})
    assert await _held(database, mall_id, person) == 400_000
    await _run(database, settings, mall_id, LATER)
    assert await _held(database, mall_id, person) == 0
    proof = await shop_floor.mall.get("/fund/proof")
    assert [each for each in proof["checks"] if not each["ok"]] == []


async def test_wallet_money_is_the_members_own_and_has_to_be_spent_first(
    shop_floor: Floor, members: Members, mobile: str, database: Database, settings: Settings
) -> None:
    mall_id = UUID(str(shop_floor.mall.id))
    member = await members(mobile)
    person = (await _member(database, mall_id, mobile)).id
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        await ask_erasure(uow, person)
        wallet = await postings.open_scope(uow, ScopeKind.WALLET, Unit.WALLET)
        await postings.top_up(uow, postings.transfer(uow, "top_up"), wallet, person, 500_000)
    await _run(database, settings, mall_id, LATER)
    assert (await _member(database, mall_id, mobile)).state == "active"
    await member.post("/erase/withdrawn")
    assert "۵۰,۰۰۰ تومان در کیف پول شماست" in plain(await member.get("/erase"))
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        with pytest.raises(WalletLeft):
            await ask_erasure(uow, person)


async def test_nothing_is_sent_to_an_erased_member(
    shop_floor: Floor, members: Members, database: Database, settings: Settings
) -> None:
    mall_id, mobile = UUID(str(shop_floor.mall.id)), new_mobile()
    await members(mobile)
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        person = (await find_member(uow, mobile=mobile)).id
        await ask_erasure(uow, person)
    await _run(database, settings, mall_id, LATER)
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        nobody = await find_member(uow, id=person)
        assert (await find_erasure(uow, person)) is not None
        sent = await queue_message(uow, nobody.mobile, "sign-in-code", {"code": "1"})
    assert sent is None


async def _confirm(
    member: Person, database: Database, mall_id: UUID, mobile: str, *, wrong_first: bool = False
) -> None:
    await member.post("/erase")
    code = await _code(database, mall_id, mobile)
    if wrong_first:
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        assert "کد" in await member.post("/erase/code", expect=422, code=wrong)
    assert "عضویت شما" in text_of(await member.post("/erase/code", code=code))


async def _code(database: Database, mall_id: UUID, mobile: str) -> str:
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        said = await uow.session.scalar(
            text(
                "SELECT text FROM kernel.message WHERE mall_id = :mall AND recipient = :mobile"
                " AND template = 'erasure-code' ORDER BY id DESC LIMIT 1"
            ),
            {"mall": mall_id, "mobile": mobile},
        )
    (code,) = re.findall(r"\d{6}", str(said))
    return str(code)


async def _run(database: Database, settings: Settings, mall_id: UUID, after: timedelta) -> None:
    (job,) = JOBS
    await job.run(JobContext(database, settings, mall_id, datetime.now(UTC) + after))


async def _member(database: Database, mall_id: UUID, mobile: str):  # type: ignore[no-untyped-def]
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        return await find_member(uow, mobile=mobile)


async def _held(database: Database, mall_id: UUID, person: UUID) -> int:
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        found = await uow.session.scalar(
            text(
                "SELECT coalesce(sum(remaining), 0)::bigint FROM ledger.lot"
                " WHERE mall_id = :mall AND holder_id = :member"
            ),
            {"mall": mall_id, "member": person},
        )
    return int(found or 0)
