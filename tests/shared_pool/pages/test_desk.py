"""The mall's desk: a member is found, what they hold is told, a lost number is blocked."""

import re
from uuid import UUID

import pytest

from shared_pool.erasing.service import erase_everybody
from tests.api.conftest import new_mobile
from tests.shared_pool.pages.test_club import plain
from tests.web_support.portal import Floor, Person, text_of
from tests.web_support.visitors import Administrators
from timcheh.audit.queries import list_entries
from timcheh.db import Database, Scope
from timcheh.ids import new_id


def member_in(html: str) -> str:
    (found,) = set(re.findall(r"/mall(/members/[0-9a-f-]{36})", html))
    return found


async def found(someone: Person, typed: str) -> str:
    """What the palette says."""
    return plain(await someone.get(f"/find?q={typed}"))


async def test_an_empty_club_says_what_comes_next(administrators: Administrators) -> None:
    someone = await administrators("administrator")
    assert "هنوز عضوی نیست" in plain(await someone.get("/members"))


async def test_what_a_member_holds_is_told_as_the_member_reads_it(
    shop_floor: Floor, administrators: Administrators, mobile: str, database: Database
) -> None:
    mall, a = shop_floor.mall, shop_floor.shop
    b = await mall.shop("لاله")
    await mall.partners(a, b, 200, 3000)
    bought = await a.buy(mobile, 20_000_000)
    await b.buy(mobile, 1_000_000, spend={"credit": "max"})
    await a.buy(new_mobile(), 1_000_000)
    someone = await administrators("administrator")
    listed = await someone.get(f"/members?q={mobile}")
    page = await someone.get(member_in(listed))
    said = plain(page)
    assert "اعتبار ۷۰,۰۰۰ تومان" in said
    assert "عضو شده در گل‌آرا" in said
    assert "خرید در لاله" in said
    behind = re.findall(r"/mall(/purchases/[0-9a-f-]{36})", page)
    why = plain(await someone.get(behind[0]))
    assert "خرید از لاله" in why
    assert "لاله از صندوق ۲۹,۴۰۰ تومان می‌گیرد و کارمزد مجتمع ۶۰۰ تومان است" in why
    async with database.unit_of_work(_mall(shop_floor)) as uow:
        seen = await list_entries(uow, object_type="member", object_id=UUID(bought["member"]["id"]))
    assert "member.seen" in [each.action for each in seen]


async def test_the_palette_knows_members_and_purchases(
    shop_floor: Floor, administrators: Administrators, mobile: str
) -> None:
    bought = await shop_floor.shop.buy(mobile, 1_000_000)
    someone = await administrators("administrator")
    assert "بی‌نام" in await found(someone, mobile[2:9])
    assert "خرید ۱۰۰,۰۰۰ تومان از گل‌آرا" in await found(someone, bought["id"])
    assert "پیدا نشد" in await found(someone, str(new_id()))


async def test_only_whom_members_are_entrusted_to_sees_them(
    shop_floor: Floor, administrators: Administrators, mobile: str
) -> None:
    bought = await shop_floor.shop.buy(mobile, 1_000_000)
    accountant = await administrators("accountant")
    for path in ("/members", f"/members/{bought['member']['id']}", f"/purchases/{bought['id']}"):
        await accountant.get(path, expect=403)
    assert "پیدا نشد" in await found(accountant, mobile)
    assert "پیدا نشد" in await found(accountant, bought["id"])
    for path in (f"/members/{new_id()}", f"/purchases/{new_id()}"):
        await (await administrators("administrator")).get(path, expect=404)


@pytest.mark.feature("card.reissue", page="/{mall}/mall/members")
async def test_a_lost_number_is_blocked_and_what_is_held_stays(
    shop_floor: Floor, administrators: Administrators, mobile: str
) -> None:
    bought = await shop_floor.shop.buy(mobile, 10_000_000)
    here = f"/members/{bought['member']['id']}"
    someone = await administrators("administrator")
    before = re.findall(r"(?:[۰-۹]{4} ){3}[۰-۹]{4}", text_of(await someone.get(here)))
    after = plain(await someone.post(f"{here}/cards/lost"))
    assert "شماره مسدود شد" in after
    assert before[0] not in after
    assert "اعتبار ۵۰,۰۰۰ تومان" in after
    assert "کارت چاپی" in text_of(await someone.post(f"{here}/cards/renew"))
    await someone.post(f"/members/{new_id()}/cards/lost", expect=404)


async def test_of_who_was_erased_nothing_is_told(
    shop_floor: Floor, administrators: Administrators, mobile: str, database: Database
) -> None:
    bought = await shop_floor.shop.buy(mobile, 10_000_000)
    member_id = bought["member"]["id"]
    async with database.unit_of_work(_mall(shop_floor)) as uow:
        await erase_everybody(uow, [UUID(member_id)])
    someone = await administrators("administrator")
    page = await someone.get(f"/members/{member_id}")
    assert "عضو پاک‌شده" in page
    assert "مسدود کردن" not in page
    assert not re.search(r"(?:[۰-۹]{4} ){3}[۰-۹]{4}", text_of(page))
    await someone.post(f"/members/{member_id}/cards/lost", expect=404)
    await shop_floor.mall.call("POST", f"/members/{member_id}/cards/lost", expect=404)


def _mall(floor: Floor) -> Scope:
    return Scope.mall(floor.scope.mall_id)
