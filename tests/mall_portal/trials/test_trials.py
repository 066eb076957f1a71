"""A shop looks around among samples: apart from everything real, marked, and gone in one click."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import select, text

from mall_portal.trials.models import Trial
from mall_portal.trials.samples import PURCHASES
from mall_portal.trials.service import clear_trial, make_trial
from members.facade import list_members
from tests.web_support.portal import Floor, People, Person, Web, text_of
from tests.web_support.preview import renderer
from timcheh.audit.queries import list_entries
from timcheh.db import Database, Role, Scope
from timcheh.malls import MallDirectory, read_mall
from timcheh.module import JobContext
from timcheh.notify import queue_message
from timcheh.notify.delivery import deliver
from timcheh.notify.models import Message
from timcheh.settings import Settings
from timcheh.web.cookies import TRIAL_COOKIE
from timcheh.web.frame import View

pytestmark = pytest.mark.feature("plat.demo", page="/{mall}/shop/trial")


@pytest.fixture
async def owner(shop_floor: Floor, people: People) -> Person:
    return await people(shop_floor.shop)


async def begun(owner: Person) -> Person:
    """Whoever has gone into the trial; the same browser, so the same cookies."""
    answer = await owner.send("/trial")
    assert answer.status_code == 303, answer.text
    root = answer.headers["location"]
    home = await owner.client.get(root)
    assert home.status_code == 200, home.text
    csrf = home.text.split('name="csrf-token" content="')[1].split('"')[0]
    return Person(owner.client, root, csrf)


async def trial_of(database: Database, floor: Floor) -> Trial:
    async with database.unit_of_work(Scope.mall(floor.scope.mall_id)) as uow:
        found = await uow.session.scalar(
            select(Trial).where(Trial.merchant_id == UUID(floor.shop.id))
        )
    assert found
    return found


async def test_a_trial_is_full_and_the_real_shop_stays_empty(
    shop_floor: Floor, owner: Person, people: People
) -> None:
    assert "پیش از شروع، فروشگاه‌تان را" in text_of(await owner.get())
    assert "ساختن نمونه و ورود" in text_of(await owner.get("/trial"))
    inside = await begun(owner)
    today = text_of(await inside.get())
    assert "این فروشگاه نمونه است" in today
    assert "گل‌آرا" in today
    assert "نرگس نمونه" in text_of(await inside.get("/customers"))
    assert "کیف پارچه‌ای" in text_of(await inside.get("/goods"))
    sale = {
        "member": "09123334455",
        "request_key": "k-1",
        "lines-0-name": "کیف",
        "lines-0-quantity": "1",
        "lines-0-price": "100000",
    }
    assert "خرید ثبت شد" in text_of(await inside.post("/till", **sale))
    # Nothing of it is in the real shop, its mall or its fund; and one is still signed in there.
    assert (await shop_floor.shop.get("/purchases"))["items"] == []
    assert (await shop_floor.shop.get("/customers"))["items"] == []
    position = (await shop_floor.mall.positions())[shop_floor.shop.id]
    assert (position["outstanding"], position["clearing"]) == (0, 0)
    real = text_of(await owner.get())
    assert "این فروشگاه نمونه است" not in real
    assert "پاک کردن نمونه" in text_of(await owner.get("/trial"))
    back = await inside.client.get(f"{inside.root}/trial")
    assert back.headers["location"] == f"{owner.root}/trial"
    cashier = await people(shop_floor.shop, "cashier")
    await cashier.get("/trial", expect=403)


async def test_it_is_cleared_in_one_click(
    shop_floor: Floor, owner: Person, database: Database, web: Web
) -> None:
    inside = await begun(owner)
    trial = await trial_of(database, shop_floor)
    said = text_of(await owner.post("/trial/clear"))
    assert "نمونه پاک شد" in said
    web.services.malls = MallDirectory(database)  # what a process remembers ends by itself
    for path in ("", "/customers", "/sign-in"):
        gone = await inside.client.get(inside.root + path)
        assert gone.status_code == 404, path
    scope = Scope.mall(trial.trial_mall_id)
    async with database.unit_of_work(scope) as uow:
        people = await list_members(uow, None, 100)
        assert {each.state for each in people} == {"erased"}
        assert {each.name for each in people} == {None}
        names = {each.actor_name for each in await list_entries(uow, limit=200)}
        assert "سامان کریمی" not in names
    async with database.engine(Role.APP).begin() as connection:
        ids = set((await connection.execute(text("SELECT kernel.mall_ids()"))).scalars())
    assert trial.trial_mall_id not in ids
    assert shop_floor.scope.mall_id in ids
    # And begun anew it is another.
    again = await begun(owner)
    assert again.root != inside.root
    await owner.post("/trial/clear")
    await owner.post("/trial/clear")  # nothing to clear is no fault


async def test_of_two_at_once_both_get_the_same(shop_floor: Floor, database: Database) -> None:
    scope = Scope.mall(shop_floor.scope.mall_id)
    async with database.unit_of_work(scope) as uow:
        mall = await read_mall(uow)
    shop = UUID(shop_floor.shop.id)
    one, two = await asyncio.gather(
        make_trial(database, mall, shop), make_trial(database, mall, shop)
    )
    assert one.slug == two.slug
    async with database.unit_of_work(Scope.mall(one.trial_mall_id)) as uow:
        count = await uow.session.scalar(text("SELECT count(*) FROM merchants.purchase"))
    assert count == PURCHASES
    assert await clear_trial(database, scope, shop)
    assert not await clear_trial(database, scope, shop)


async def test_a_trial_writes_to_nobody(
    shop_floor: Floor, owner: Person, database: Database, settings: Settings
) -> None:
    await begun(owner)
    trial = await trial_of(database, shop_floor)
    scope = Scope.mall(trial.trial_mall_id)
    async with database.unit_of_work(scope) as uow:
        await queue_message(uow, "09121234567", "sign-in-code", {"code": "123456"})
        now = uow.now
    await deliver(JobContext(database, settings, trial.trial_mall_id, now))
    async with database.unit_of_work(scope) as uow:
        sent = list(await uow.session.scalars(select(Message)))
    assert {(each.state, each.provider) for each in sent} == {("sent", "trial")}
    file = settings.data_dir / "messages.jsonl"
    assert not file.exists() or str(sent[0].id) not in file.read_text()


async def test_leaving_the_trial_leaves_the_real_shop_alone(owner: Person) -> None:
    inside = await begun(owner)
    left = await inside.send("/sign-out")
    assert left.status_code == 303
    assert TRIAL_COOKIE in left.headers["set-cookie"]
    await owner.get()


def test_its_papers_are_marked() -> None:
    papers = renderer()
    mark = papers.render("components/trial_mark.html", {}, View(trial="noor"))
    assert "نمونه" in mark
    assert papers.render("components/trial_mark.html", {}, View()).strip() == ""
