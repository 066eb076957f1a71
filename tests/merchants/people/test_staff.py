"""Staff of a shop: who is there, who may invite whom, and that a role ends at once."""

import re
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.api.conftest import new_mobile
from tests.web_support.portal import Floor, People, Person, Web, text_of
from timcheh.access.staff import roles_of
from timcheh.db import Database, Scope
from timcheh.ids import new_id

SENT = text("SELECT text FROM kernel.message WHERE recipient = :mobile ORDER BY created_at")


def invitation(mobile: str, role: str = "cashier", branch: str = "") -> dict[str, str]:
    return {"mobile": mobile, "name": "سارا کیان", "role": role, "branch": branch}


async def messages(floor: Floor, database: Database, mobile: str) -> list[str]:
    async with database.unit_of_work(Scope.mall(UUID(str(floor.mall.id)))) as uow:
        return list(await uow.session.scalars(SENT, {"mobile": mobile}))


def link_to(page: str, name: str) -> str:
    found = re.search(rf'href="[^"]*(/staff/[0-9a-f-]+)"(?:(?!</a>).)*{name}', page, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.feature("net.roles", page="/{mall}/shop/staff")
async def test_somebody_is_invited_comes_in_and_sells(
    shop_floor: Floor, people: People, web: Web, database: Database
) -> None:
    branch = await shop_floor.shop.post("/branches", {"name": "همکف"})
    owner, mobile = await people(shop_floor.shop), new_mobile()
    listed = await owner.post("/staff", **invitation(mobile, branch=branch["id"]))
    assert "دعوت برای سارا کیان پیامک شد" in listed
    assert "صندوق‌دار (همکف)" in text_of(listed)
    assert "هنوز نیامده" in listed
    (sms,) = await messages(shop_floor, database, mobile)
    assert "گل‌آرا" in sms
    way = re.search(r"/[^/\s]+/shop/join/[\w-]+", sms)
    assert way
    async with web.client(headers={"accept": "text/html"}) as stranger:
        words = {"password": "گذرواژه تازهٔ ۱۲۳", "again": "گذرواژه تازهٔ ۱۲۳"}
        come = await stranger.post(way[0], data=words)
        assert come.headers["location"] == owner.root
        assert (await stranger.get(way[0])).status_code == 404  # used up
        till = await stranger.get(f"{owner.root}/till")
        assert till.status_code == 200
        assert branch["id"] in till.text
        at = link_to(await owner.get("/staff"), "سارا کیان")
        one = await owner.get(at)
        role = re.search(rf"{at}(/roles/[0-9a-f-]+/withdraw)", one)
        assert role
        assert "هنوز نیامده" not in one
        await owner.post(at + role[1])
        gone = await stranger.get(f"{owner.root}/till")  # the open session loses it at once
        assert gone.status_code == 303
    assert "سارا کیان" not in (await owner.get("/staff")).replace("پس گرفته شد", "")


@pytest.mark.feature("net.roles", page="/{mall}/shop/staff")
async def test_a_manager_makes_no_managers_and_only_in_their_branch(
    shop_floor: Floor, people: People
) -> None:
    shop = shop_floor.shop
    here = await shop.post("/branches", {"name": "همکف"})
    there = await shop.post("/branches", {"name": "طبقه اول"})
    manager = await people(shop, "manager", branch=here["id"])
    page = await manager.get("/staff")
    assert there["id"] not in page
    assert 'value="manager"' not in page
    await manager.post("/staff", **invitation(new_mobile(), branch=here["id"]))
    for wrong in (
        invitation(new_mobile(), "manager", here["id"]),
        invitation(new_mobile(), "owner"),
    ):
        assert "data-mistakes" in await manager.post("/staff", expect=422, **wrong)
    for elsewhere in (there["id"], ""):
        refused = invitation(new_mobile(), branch=elsewhere)
        assert "فقط در شعبه‌های خودش" in await manager.post("/staff", expect=403, **refused)
    other = await shop_floor.mall.shop("لاله")
    foreign = await other.post("/branches", {"name": "آن‌جا"})
    await manager.post("/staff", expect=404, **invitation(new_mobile(), branch=foreign["id"]))
    for role in ("cashier", "accountant"):
        nobody = await people(shop, role)
        await nobody.get("/staff", expect=403)
        await nobody.post("/staff", expect=403, **invitation(new_mobile()))


async def test_nobody_touches_their_own_role_or_an_owner_as_a_manager(
    shop_floor: Floor, people: People, database: Database
) -> None:
    owner, manager = await people(shop_floor.shop), await people(shop_floor.shop, "manager")
    mine = await _own(owner)
    page = await owner.get(mine)
    assert "/withdraw" not in page
    role = await _role_of(database, shop_floor, mine)
    assert "دیگری تغییر می‌دهد" in await owner.post(f"{mine}/roles/{role}/withdraw", expect=409)
    assert "فقط مالک" in await manager.post(f"{mine}/roles/{role}/withdraw", expect=403)
    theirs = await _own(manager)
    more = {"role": "accountant", "branch": ""}
    assert "نقش تازه برقرار شد" in await owner.post(f"{theirs}/roles", **more)
    again = await owner.post(f"{theirs}/roles", expect=409, **more)
    assert "همین نقش را در همین جا دارد" in again
    await owner.post(f"{theirs}/roles/{new_id()}/withdraw", expect=404)
    stranger = await people(await shop_floor.mall.shop("لاله"))
    await stranger.get(theirs, expect=404)
    await stranger.post(f"{theirs}/roles", expect=404, **more)
    await stranger.post(f"{theirs}/invite", expect=404)


async def test_who_has_an_account_gets_one_more_role(
    shop_floor: Floor, people: People, database: Database
) -> None:
    owner, mobile = await people(shop_floor.shop), new_mobile()
    await owner.post("/staff", **invitation(mobile))
    same = await owner.post("/staff", expect=409, **invitation(mobile))
    assert f'value="{mobile}"' in same  # what was typed is there
    await owner.post("/staff", **invitation(mobile, "accountant"))
    listed = text_of(await owner.get("/staff"))
    assert "صندوق‌دار (همه فروشگاه)" in listed
    assert "حسابدار (همه فروشگاه)" in listed
    at = link_to(await owner.get("/staff"), "سارا کیان")
    await owner.post(f"{at}/invite")
    assert len(await messages(shop_floor, database, mobile)) == 3
    bad = await owner.post("/staff", expect=422, **invitation("0912") | {"name": ""})
    assert 'href="#f-mobile"' in bad
    assert 'href="#f-name"' in bad


async def _own(person: Person) -> str:
    return link_to(await person.get("/staff"), "شما")


async def _role_of(database: Database, floor: Floor, at: str) -> UUID:
    """The id of somebody's role, which their own page doesn't tell."""
    async with database.unit_of_work(Scope.mall(UUID(str(floor.mall.id)))) as uow:
        (role,) = await roles_of(uow, UUID(at.rpartition("/")[2]))
        return role.id
