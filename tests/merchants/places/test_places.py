"""Offers for members near a branch: placed, told once by phone, given at the till for a while."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text, update

from merchants.places import pages
from merchants.places.jobs import JOB
from merchants.places.models import Nearness
from tests.api.conftest import Api, new_mobile
from tests.web_support.portal import Floor, People, Person, Web, text_of
from tests.web_support.visitors import Members
from timcheh.access.limits import Limit
from timcheh.db import Database, Scope
from timcheh.ids import new_id
from timcheh.module import JobContext

pytestmark = pytest.mark.feature("offer.geo", page="/{mall}/club/near")
HERE = {"latitude": "35.6997", "longitude": "51.3379"}
CLOSE = {"latitude": "35.7020", "longitude": "51.3380"}  # 256 m to the north
FAR = {"latitude": "35.7448", "longitude": "51.3753"}  # 6 km
OFFER = {
    "name": "نزدیک ما",
    "when": {"fact": "customer.near_metres", "op": "<=", "value": 500},
    "then": [{"effect": "discount_percent", "bps": 1000}],
}


class Street:
    """A shop with a branch on the map and an offer for who is near, and members with phones."""

    def __init__(self, floor: Floor, owner: Person, members: Members, database: Database) -> None:
        self.floor, self.owner, self.members, self.database = floor, owner, members, database
        self.scope = Scope.mall(UUID(str(floor.mall.id)))

    async def branch(self, shop: Api, name: str = "مرکزی") -> str:
        return str((await shop.post("/branches", {"name": name}))["id"])

    async def place(self, branch: str, radius: str = "1000", **at: str) -> None:
        await self.owner.post(f"/places/{branch}", **{**HERE, **at}, radius=radius)

    async def discount(self, mobile: str, shop: Api | None = None) -> int:
        bought = await (shop or self.floor.shop).buy(mobile, 100_000)
        return int(bought["discount"])

    async def passes(self, minutes: int) -> None:
        """So long ago is what members have said now."""
        async with self.database.unit_of_work(self.scope) as uow:
            await uow.session.execute(
                update(Nearness)
                .where(Nearness.mall_id == uow.scope.mall_id)
                .values(seen_at=Nearness.seen_at - timedelta(minutes=minutes))
                .execution_options(synchronize_session=False)
            )

    async def kept(self) -> list[dict[str, Any]]:
        async with self.database.unit_of_work(self.scope) as uow:
            rows = await uow.session.execute(
                text("SELECT n.* FROM merchants.nearness n WHERE n.mall_id = :mall"),
                {"mall": uow.scope.mall_id},
            )
            return [dict(row) for row in rows.mappings()]


@pytest.fixture
async def street(shop_floor: Floor, people: People, members: Members, database: Database) -> Street:
    await shop_floor.shop.put("/rules", {"rules": [OFFER]})
    found = Street(shop_floor, await people(shop_floor.shop), members, database)
    await found.place(await found.branch(shop_floor.shop))
    return found


async def test_who_is_near_gets_the_offer_while_it_counts(street: Street, mobile: str) -> None:
    member = await street.members(mobile)
    assert await street.discount(mobile) == 0
    said = text_of(await member.post("/near", **CLOSE))
    assert "نزدیک ۱ فروشگاه" in said
    assert "تا ۳۰۰ متر" in said
    assert "۱۰٪ تخفیف" in said
    assert "حداکثر ۵۰۰ متر" in said
    assert await street.discount(mobile) == 10_000
    assert await street.discount(new_mobile()) == 0
    await street.passes(119)
    assert await street.discount(mobile) == 10_000
    await street.passes(1)
    assert await street.discount(mobile) == 0
    assert "تا ۳۰۰ متر" not in text_of(await member.get("/near"))


async def test_the_till_says_what_is_missing(street: Street, mobile: str) -> None:
    bought = await street.floor.shop.buy(mobile, 100_000)
    (reason,) = [each for each in bought["reasons"] if each["rule"] == OFFER["name"]]
    assert (reason["outcome"], reason["code"]) == ("not_applied", "fact_unknown")
    page = text_of(await street.owner.get(f"/purchases/{bought['id']}"))
    assert "نگفته است که نزدیک شعبه است" in page


async def test_no_more_is_kept_than_branch_distance_and_time(street: Street, mobile: str) -> None:
    member = await street.members(mobile)
    await member.post("/near", **CLOSE)
    (row,) = await street.kept()
    assert set(row) == {"mall_id", "merchant_id", "member_id", "branch_id", "metres", "seen_at"}
    assert row["metres"] == 300
    await member.post("/near/forget")
    assert await street.kept() == []
    assert await street.discount(mobile) == 0
    await member.post("/near", **CLOSE)
    await member.post("/near", **FAR)  # what was known before is replaced
    assert await street.kept() == []


async def test_the_job_removes_what_counts_no_longer(street: Street, web: Web) -> None:
    one, other = new_mobile(), new_mobile()
    await (await street.members(one)).post("/near", **CLOSE)
    await street.passes(120)
    await (await street.members(other)).post("/near", **CLOSE)
    context = JobContext(
        street.database, web.services.settings, street.scope.mall_id, datetime.now(UTC)
    )
    await JOB.run(context)
    (row,) = await street.kept()
    assert row["seen_at"] > datetime.now(UTC) - timedelta(minutes=1)


async def test_the_nearest_branch_within_its_radius_counts(street: Street, mobile: str) -> None:
    shop = street.floor.shop
    north = await street.branch(shop, "شمال")
    await street.place(north, latitude="35.7021", longitude="51.3380")
    other = await street.floor.mall.shop("لاله")
    await other.put("/rules", {"rules": [OFFER]})
    member = await street.members(mobile)
    said = text_of(await member.post("/near", **CLOSE))
    assert "شمال، در صندوق" in said
    assert "تا ۱۰۰ متر" in said
    assert await street.discount(mobile, other) == 0  # near one shop is not near another
    await street.owner.post(f"/places/{north}/remove")
    await street.place(north, radius="100", **FAR)
    said = text_of(await member.post("/near", **CLOSE))
    assert "تا ۳۰۰ متر" in said
    await street.floor.mall.call("PATCH", f"/merchants/{shop.id}", {"state": "suspended"})
    said = text_of(await member.post("/near", **CLOSE))
    assert "نزدیک شعبه‌ای نیستید" in said


async def test_a_shop_counts_its_own_who_are_near_and_keeps_no_list(
    street: Street, mobile: str
) -> None:
    stranger = new_mobile()
    await street.floor.shop.buy(mobile, 1_000)
    for each in (mobile, stranger):
        await (await street.members(each)).post("/near", **CLOSE)
    built = {
        "when-0-join": "all",
        "when-0-0-fact": "customer.near_minutes",
        "when-0-0-op": "<=",
        "when-0-0-value": "30",
    }
    count = text_of(await street.owner.post("/segments/count", expect=200, **built))
    assert "۱ مشتری" in count
    refused = text_of(await street.owner.post("/groups/new", expect=422, name="نزدیکان", **built))
    assert "نمی‌توان پرسید" in refused


async def test_a_place_is_typed_with_its_mend(street: Street, people: People) -> None:
    branch = await street.branch(street.floor.shop, "شرق")
    for change, pointer in (
        ({"latitude": "شمال"}, "latitude"),
        ({"longitude": "190"}, "longitude"),
        ({"radius": "5"}, "radius"),
    ):
        typed = {**HERE, "radius": "1000", **change}
        page = await street.owner.post(f"/places/{branch}", expect=422, **typed)
        assert f'href="#f-{pointer}"' in page
    assert "نوشته نشده" in text_of(await street.owner.get("/places"))
    await street.place(branch)
    assert 'value="35.6997"' in await street.owner.get(f"/places/{branch}")
    stranger = await people(await street.floor.mall.shop("لاله"))
    await stranger.get(f"/places/{branch}", expect=404)
    await stranger.post(f"/places/{branch}", expect=404, **HERE, radius="1000")
    cashier = await people(street.floor.shop, "cashier")
    await cashier.get("/places", expect=403)


async def test_nobody_draws_a_map_by_asking(
    street: Street, mobile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Limit(f"test-{new_id()}", count=2, window=600)
    monkeypatch.setattr(pages, "ASKS", few)
    member = await street.members(mobile)
    await member.post("/near", expect=422, latitude="", longitude="")  # nothing was told
    for _ in range(2):
        await member.post("/near", **FAR)
    await member.post("/near", expect=429, **CLOSE)
