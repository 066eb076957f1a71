"""An offer for those who activate it: on the phone or at the till, until they change their mind."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

import pytest
from sqlalchemy import select, text

from merchants.activating.models import OfferActivation
from merchants.effects.service import effect
from merchants.programme.book import Wants
from merchants.programme.models import OfferExposure
from merchants.wishes.jobs import JOB
from tests.api.conftest import Json, new_mobile
from tests.web_support.portal import Floor, People, Person, text_of
from tests.web_support.visitors import Members
from timcheh.audit.queries import list_entries
from timcheh.db import Database, Scope
from timcheh.ids import new_id
from timcheh.module import JobContext
from timcheh.rules import held_out, parse_rules
from timcheh.settings import Settings

pytestmark = pytest.mark.feature("member.offers", "offer.conditions", page="/{mall}/club/offers")
TEN = {"effect": "discount_percent", "bps": 1000}
NAME = "هر که بخواهد"
OFFER: Json = {"name": NAME, "needs_activation": True, "then": [TEN]}
LARGE = {"fact": "basket.total", "op": ">=", "value": 50_000_000}


@pytest.fixture
async def offered(shop_floor: Floor) -> None:
    """One offer to be activated, one that isn't, one that a small basket never gets."""
    others = [
        {"name": "هر خرید", "then": [{"effect": "credit_percent", "bps": 100, "scope": "own"}]},
        {"name": "خرید بزرگ", "needs_activation": True, "when": LARGE, "then": [TEN]},
    ]
    await shop_floor.shop.put("/rules", {"rules": [OFFER, *others]})


def ways(page: str, offer: str = NAME) -> dict[str, str]:
    """Where each act on an offer is done, by its verb."""
    found = re.findall(r'action="[^"]*/club(/offers/[^"]+/(\w+)\?[^"]+)"', page)
    return {verb: way for way, verb in found if urlencode({"offer": offer}) in way}


def entry(mobile: str, **more: str) -> dict[str, str]:
    return {"member": mobile, "lines-0-price": "100000", "request_key": "k", **more}


async def discount(floor: Floor, mobile: str, **more: object) -> int:
    return int((await floor.shop.buy(mobile, 1_000_000, **more))["discount"])


async def rows(database: Database, floor: Floor) -> list[OfferActivation]:
    async with database.unit_of_work(floor.scope) as uow:
        return list(await uow.session.scalars(select(OfferActivation)))


async def test_a_member_activates_it_and_changes_their_mind(
    shop_floor: Floor, offered: None, members: Members, people: People, database: Database
) -> None:
    mobile = new_mobile()
    first = await shop_floor.shop.buy(mobile, 1_000_000)
    assert first["discount"] == 0
    (why,) = [each for each in first["reasons"] if each["rule"] == NAME]
    assert (why["outcome"], why["code"]) == ("not_applied", "not_activated")
    member = await members(mobile)
    page = await member.get("/offers")
    assert set(ways(page)) == {"activate"}
    assert set(ways(page, "هر خرید")) == {"wish"}, "what needs no activating is only marked"
    # Two taps, and the same in another tab: once.
    await asyncio.gather(*(member.post(ways(page)["activate"]) for _ in range(2)))
    active = await member.get("/offers")
    assert set(ways(active)) == {"deactivate"}
    assert active.index(NAME) < active.index("هر خرید"), "what is theirs comes first"
    assert len(await rows(database, shop_floor)) == 1
    assert await discount(shop_floor, mobile) == 100_000
    assert await discount(shop_floor, new_mobile()) == 0, "it is this member's alone"
    preview = text_of(
        await (await people(shop_floor.shop)).post("/till/preview", expect=200, **entry(mobile))
    )
    assert f"{NAME} فعال است و به حساب آمد" in preview
    # A tab that still shows it as active, twice.
    for _ in range(2):
        gone = await member.post(ways(active)["deactivate"])
    assert "غیرفعال شد" in text_of(gone)
    assert await discount(shop_floor, mobile) == 0
    undo = ways(gone)["activate"]
    assert "فعال شد" in text_of(await member.post(undo))
    assert await discount(shop_floor, mobile) == 100_000


async def test_what_is_not_offered_looks_absent(
    shop_floor: Floor, offered: None, members: Members
) -> None:
    mobile, shop = new_mobile(), shop_floor.shop.id
    await shop_floor.shop.buy(mobile, 1_000_000)
    member = await members(mobile)
    for verb, where, offer in (
        ("activate", new_id(), NAME),
        ("activate", shop, "هیچ"),
        ("activate", shop, "هر خرید"),
        ("deactivate", new_id(), NAME),
        ("deactivate", shop, NAME),
    ):
        path = f"/offers/{where}/{verb}?{urlencode({'offer': offer})}"
        assert (await member.send(path)).status_code == 404, path


async def test_the_cashier_activates_it_at_the_members_word(
    shop_floor: Floor, offered: None, people: People, members: Members, database: Database
) -> None:
    mobile = new_mobile()
    owner = await people(shop_floor.shop)
    cashier = await people(shop_floor.shop, "cashier")
    newcomer = await owner.post("/till/preview", expect=200, **entry(mobile))
    assert "data-activate" not in newcomer, "nobody to activate it for before the first purchase"
    assert "هنوز فعال نشده است" in text_of(newcomer)
    sold = await shop_floor.shop.buy(mobile, 1_000_000)
    asked = await cashier.post("/till/preview", expect=200, **entry(mobile))
    assert asked.count("data-activate") == 1, "only what lacks nothing else"
    for name in ("خرید بزرگ", "هیچ", "هر خرید"):
        await cashier.post("/till/activation", expect=200, **entry(mobile, activate=name))
    assert await rows(database, shop_floor) == []
    for _ in range(2):  # a double press
        done = await cashier.post("/till/activation", expect=200, **entry(mobile, activate=NAME))
        assert "data-activate" not in done
        assert "۱۰٬۰۰۰" in text_of(done), "the discount is in the preview at once"
    (row,) = await rows(database, shop_floor)
    assert str(row.member_id) == sold["member"]["id"]
    assert row.staff_id is not None
    assert await discount(shop_floor, mobile) == 100_000
    assert set(ways(await (await members(mobile)).get("/offers"))) == {"deactivate"}
    await cashier.post("/till/activation", expect=200, **entry(mobile, deactivate=NAME))
    assert await discount(shop_floor, mobile) == 0
    async with database.unit_of_work(shop_floor.scope) as uow:
        noted = [e for e in await list_entries(uow) if e.action.startswith("offer.")]
    assert sorted(e.action for e in noted) == ["offer.activated", "offer.deactivated"]
    assert all(e.actor_id == row.staff_id and e.after == {"offer": NAME} for e in noted)


async def test_it_is_looked_up_only_where_an_offer_needs_it() -> None:
    assert Wants.of(parse_rules([OFFER])).activations
    assert not Wants.of(parse_rules([OFFER | {"needs_activation": False}])).activations


async def test_whoever_is_held_out_is_never_asked_and_stands_beside_all_who_could(
    shop_floor: Floor, members: Members, people: People, database: Database
) -> None:
    shop = shop_floor.shop
    await shop.put("/rules", {"rules": [OFFER | {"holdout_bps": 5_000}]})
    sides: dict[bool, str] = {}
    while len(sides) < 2:
        mobile = new_mobile()
        sold = await shop.buy(mobile, 1_000_000)
        sides[held_out(f"{shop.id}{sold['member']['id']}", NAME, 5_000)] = mobile
    held = await members(sides[True])
    assert NAME not in await held.get("/offers")
    way = f"/offers/{shop.id}/activate?{urlencode({'offer': NAME})}"
    assert (await held.send(way)).status_code == 404
    given = await members(sides[False])
    await given.post(ways(await given.get("/offers"))["activate"])
    assert await discount(shop_floor, sides[False]) == 100_000
    async with database.unit_of_work(shop_floor.scope) as uow:
        seen = set(await uow.session.scalars(select(OfferExposure.held_out)))
        found = await effect(uow, UUID(shop.id), NAME)
    assert seen == {True, False}
    assert found.activations == (1, 0)
    assert found.customers >= 1
    page = text_of(await (await people(shop)).get(f"/effects/{NAME}"))
    assert "فعال کرده‌اند ۱" in page


async def test_it_is_told_in_the_offers_words_its_form_and_its_trial(
    shop_floor: Floor, offered: None, people: People
) -> None:
    owner = await people(shop_floor.shop)
    only = "فقط برای اعضایی که فعالش کنند"
    assert only in text_of(await owner.get("/offers"))
    draft = await owner.post("/offers", starter="opt_in")
    assert only in text_of(draft)
    (id,) = set(re.findall(r"/shop/offers/([0-9a-f-]{36})/edit", draft))
    form = await owner.get(f"/offers/{id}/edit")
    assert re.search(r'name="needs_activation"[^>]*checked', form)
    basket = {"member": new_mobile(), "lines-0-price": "600000"}
    tried = text_of(await owner.post(f"/offers/{id}/try", expect=200, **basket))
    assert "۶۰٬۰۰۰" in tried
    assert "فرض شد مشتری این پیشنهاد را فعال کرده است" in tried


async def test_who_activated_it_is_reminded_before_it_ends_and_keeps_it(
    shop_floor: Floor, members: Members, database: Database, settings: Settings
) -> None:
    ends = datetime.now(UTC) + timedelta(days=2)
    await shop_floor.shop.put("/rules", {"rules": [OFFER | {"ends_at": ends.isoformat()}]})
    mobile, mall_id = new_mobile(), shop_floor.scope.mall_id
    await shop_floor.shop.buy(mobile, 1_000_000)
    member: Person = await members(mobile)
    await member.post(ways(await member.get("/offers"))["activate"])
    for at in (datetime.now(UTC), datetime.now(UTC), ends + timedelta(hours=1)):
        await JOB.run(JobContext(database, settings, mall_id, at))
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        sent = await uow.session.scalars(
            text("SELECT template FROM kernel.message WHERE mall_id = :mall AND recipient = :to"),
            {"mall": mall_id, "to": mobile},
        )
        assert list(sent).count("wish-ends") == 1
    (row,) = await rows(database, shop_floor)
    assert row.ended_at is None, "what an offer did is told after it has ended too"
