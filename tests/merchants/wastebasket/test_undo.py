"""What can be taken back is done at once, and its toast takes it back."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from merchants.alerts.finding import Finding
from merchants.alerts.models import BURST, Alert
from merchants.alerts.service import raise_alert
from merchants.offers.models import OfferDraft
from merchants.segments.models import Segment
from merchants.segments.service import add_segment
from merchants.wastebasket.models import Discarded
from merchants.wastebasket.service import KEPT, empty
from tests.api.conftest import new_mobile
from tests.web_support.forms import form_of
from tests.web_support.portal import Floor, People, Person, text_of
from timcheh.db import Database
from timcheh.ids import new_id

UNDO = re.compile(r'data-toast="done".*?<form method="post" action="[^"]*?/shop(/[^"]+)"', re.S)


@pytest.fixture
async def owner(shop_floor: Floor, people: People) -> Person:
    return await people(shop_floor.shop)


def undo_of(page: str) -> str:
    """Where the toast's button leads."""
    found = UNDO.search(page)
    assert found, text_of(page)[-400:]
    return found[1]


async def test_a_segment_comes_back_as_it_was(
    shop_floor: Floor, owner: Person, database: Database
) -> None:
    shop = UUID(shop_floor.shop.id)
    async with database.unit_of_work(shop_floor.scope) as uow:
        row = await add_segment(uow, shop, "خانم‌های پرخرید", None)
        before = {name: getattr(row, name) for name in Segment.__table__.columns.keys()}  # noqa: SIM118
    here = f"/segments/{row.id}"
    gone = await owner.post(f"{here}/delete")
    assert "مشتریان و برچسب‌هایشان می‌مانند" in text_of(gone)
    await owner.get(here, expect=404)
    undo = undo_of(gone)
    assert "برگشت" in text_of(await owner.post(undo))
    async with database.unit_of_work(shop_floor.scope) as uow:
        back = await uow.session.get_one(Segment, (uow.scope.mall_id, row.id))
        assert {name: getattr(back, name) for name in before} == before
    await owner.post(undo, expect=404)  # once
    # A name that somebody has taken meanwhile is not taken from them.
    undo = undo_of(await owner.post(f"{here}/delete"))
    async with database.unit_of_work(shop_floor.scope) as uow:
        await add_segment(uow, shop, "خانم‌های پرخرید", None)
    refused = await owner.post(undo)
    assert 'data-toast="bad"' in refused


async def test_a_draft_comes_back_without_its_time(
    shop_floor: Floor, owner: Person, database: Database
) -> None:
    begun = await owner.send("/offers")
    async with database.unit_of_work(shop_floor.scope) as uow:
        draft = await uow.session.scalar(
            select(OfferDraft).where(OfferDraft.merchant_id == UUID(shop_floor.shop.id))
        )
        assert draft, begun.text
        draft.publish_at, rule = uow.now + timedelta(days=1), draft.rule
    undo = undo_of(await owner.post(f"/offers/{draft.id}/drop"))
    await owner.post(undo)
    async with database.unit_of_work(shop_floor.scope) as uow:
        key = (uow.scope.mall_id, UUID(shop_floor.shop.id), draft.id)
        back = await uow.session.get_one(OfferDraft, key)
        assert (back.rule, back.publish_at) == (rule, None)


async def test_what_is_switched_is_switched_back(shop_floor: Floor, owner: Person) -> None:
    reward = {"name": "قهوه", "kind": "service", "points": 10}
    batch = {"name": "شیشه مربا", "points": 5, "count": 3}
    made = await shop_floor.shop.post("/rewards", reward)
    card = await shop_floor.shop.post("/gift-cards", {"amount": 100_000})
    codes = await shop_floor.shop.post("/code-batches", batch)
    for here, state, said, back in (
        (f"/rewards/{made['id']}", "draft", "برداشته شد", "پیشنهاد"),
        (f"/gift-cards/{card['id']}", "blocked", "مسدود شد", "دوباره قابل مصرف"),
        (f"/codes/{codes['id']}", "stopped", "متوقف شد", "دوباره فعال"),
    ):
        done = await owner.post(f"{here}/state", state=state)
        assert said in text_of(done)
        undone = await owner.post(undo_of(done))
        assert said not in text_of(undone)
        assert undo_of(undone)  # and back again, if that was the mistake
        assert back in text_of(undone) or "rewards" in here


async def test_what_is_ended_goes_on(shop_floor: Floor, owner: Person) -> None:
    branch = (await shop_floor.shop.post("/branches", {"name": "شمال"}))["id"]
    place = f"/places/{branch}"
    at = {"latitude": "35.7021", "longitude": "51.338", "radius": "120"}
    terms = {"title": "چطور بود؟", "way": "link", "open_days": "7", "reward": "none"}
    survey = (await owner.send("/surveys", **terms)).headers["location"].removeprefix(owner.root)
    await owner.post(f"{survey}/questions", kind="text", text="چرا؟")
    await owner.post(f"{survey}/state", state="open")
    door = (await owner.send("/customers/doors", name="ویترین", source="poster")).headers
    (door_id,) = re.findall("[0-9a-f-]{36}$", door["location"])
    field = await owner.post("/customers/fields", label="سایز کفش", kind="number")
    (ends,) = re.findall(r'/shop(/customers/fields/[0-9a-f-]{36}/end)"', field)
    await owner.post(place, **at)
    for _ in range(2):  # also where it was taken back before
        await owner.post(undo_of(await owner.post(f"{place}/remove")))
        shown = form_of(await owner.get(place), owner.root + place)
        assert shown
        assert {name: shown[name] for name in at} == at
    for act, fields, there in (
        (f"{survey}/state", {"state": "closed"}, survey),
        (f"/customers/doors/{door_id}/end", {}, f"/customers/doors/{door_id}"),
        (ends, {}, "/customers/fields"),
    ):
        before = _content(await owner.get(there))
        done = await owner.post(act, **fields)
        assert _content(await owner.get(there)) != before
        undo = undo_of(done)
        await owner.post(undo)
        assert _content(await owner.get(there)) == before
    refused = await owner.post(f"{survey}/reopen")  # it is open
    assert 'data-toast="bad"' in refused


async def test_an_offer_that_was_ended_is_in_force_again(shop_floor: Floor, owner: Person) -> None:
    name = "۵٪ هر خرید"
    before = (await shop_floor.shop.get("/rules"))["rules"]
    ended = await owner.post("/offers/end", name=name)
    assert (await shop_floor.shop.get("/rules"))["rules"] != before
    back = await owner.post(undo_of(ended))
    assert (await shop_floor.shop.get("/rules"))["rules"] == before
    # Taking back is taken back, too; but not what has changed meanwhile.
    stale = undo_of(back)
    await owner.post("/offers/end", name=name)
    await owner.post(stale, expect=409)


async def test_a_role_is_given_back_where_it_was(
    shop_floor: Floor, owner: Person, people: People
) -> None:
    branch = (await shop_floor.shop.post("/branches", {"name": "شمال"}))["id"]
    await owner.post("/staff", name="مینا", mobile=new_mobile(), role="cashier", branch=branch)
    people_of = (await owner.get("/staff")).partition("مینا")[0]
    their = re.findall(r'/shop(/staff/[0-9a-f-]{36})"', people_of)[-1]
    assert "withdraw-" in await owner.get(their)  # their only one: then they leave the shop
    await owner.post(f"{their}/roles", role="accountant")
    page = await owner.get(their)
    roles = _content(page)
    (first, _) = re.findall(r"/shop(/staff/[0-9a-f-]{36}/roles/[0-9a-f-]{36}/withdraw)", page)
    undo = undo_of(await owner.post(first))
    assert _content(await owner.get(their)) != roles
    stranger = await people(shop_floor.shop, "cashier")
    await stranger.post(undo, expect=403)
    await owner.post(undo)
    assert sorted(_content(await owner.get(their)).split()) == sorted(roles.split())


def _content(page: str) -> str:
    return text_of(page.partition("<main")[2])


async def test_an_alert_is_open_again_for_who_closed_it(
    shop_floor: Floor, owner: Person, people: People, database: Database
) -> None:
    now, shop = datetime.now(UTC), UUID(shop_floor.shop.id)
    finding = Finding(BURST, shop, new_id(), None, now, now, [], {"count": 5}, crosses=False)
    async with database.unit_of_work(type(shop_floor.scope).mall(shop_floor.scope.mall_id)) as uow:
        alert = await raise_alert(uow, finding)
        assert alert
    closed = await owner.post(f"/alerts/{alert.id}/close", outcome="harmless", note="خانواده‌اند")
    undo = undo_of(closed)
    other = await people(shop_floor.shop, "manager")
    assert 'data-toast="bad"' in await other.post(undo)
    await owner.post(undo)
    async with database.unit_of_work(shop_floor.scope) as uow:
        found = await uow.session.get_one(Alert, (uow.scope.mall_id, alert.id))
        assert (found.state, found.closing_note) == ("open", None)


async def test_the_wastebasket_empties_itself(shop_floor: Floor, database: Database) -> None:
    scope = shop_floor.scope
    async with database.unit_of_work(scope) as uow:
        for age in (KEPT - timedelta(hours=1), KEPT + timedelta(hours=1)):
            uow.session.add(
                Discarded(
                    mall_id=scope.mall_id,
                    merchant_id=scope.merchant_id,
                    kind="segment",
                    id=new_id(),
                    content={},
                    at=uow.now - age,
                )
            )
    async with database.unit_of_work(type(scope).mall(scope.mall_id)) as uow:
        await empty(uow)
        assert len(list(await uow.session.scalars(select(Discarded)))) == 1
