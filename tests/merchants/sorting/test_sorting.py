"""Segments, groups, tags and tiers: over the API, in the portal, and as purchases come and go."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from merchants.audience.scale import measure
from merchants.profiles.models import CustomerProfile
from merchants.tiers.following import after_purchases, each_night
from tests.api.conftest import Api
from tests.web_support.portal import Floor, People, Web
from timcheh.db import Database, Scope
from timcheh.module import Event, JobContext
from timcheh.notify.models import Message

Json = dict[str, Any]
PAGE = "/{mall}/shop/segments"


def is_(fact: str, op: str, value: object) -> Json:
    return {"fact": fact, "op": op, "value": value}


def ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


async def buy(shop: Api, mobile: str, price: int, **more: Any) -> Json:
    line = {"quantity": 1, "unit_price": price, "group": more.pop("group", "گل")}
    return await shop.buy(mobile, 0, lines=[line], **more)


async def happened(floor: Floor, database: Database, topic: str, bought: Json) -> None:
    """What the relay does with the event of a purchase."""
    mall = UUID(str(floor.mall.id))
    payload = {"merchant_id": floor.shop.id, "member_id": bought["member"]["id"]}
    async with database.unit_of_work(Scope.mall(mall)) as uow:
        await after_purchases(uow, [Event(uuid4(), mall, topic, payload, uow.now)])


async def night(web: Web, floor: Floor, database: Database, days: int) -> None:
    now = datetime.now(UTC) + timedelta(days=days)
    await each_night(JobContext(database, web.services.settings, UUID(str(floor.mall.id)), now))


@pytest.mark.feature("segment.builder", page=PAGE)
@pytest.mark.feature("segment.behaviour")
async def test_a_segment_is_built_counted_saved_and_changed(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    await buy(shop_floor.shop, mobile, 10_000, group="ناخن")
    await buy(shop_floor.shop, f"0935{mobile[4:]}", 10_000, group="رنگ")
    owner = await people(shop_floor.shop)
    built = {
        "when-0-join": "all",
        "when-0-0-fact": "customer.product_groups",
        "when-0-0-op": "any_of",
        "when-0-0-value": "ناخن",
        "when-0-1-fact": "customer.product_groups",
        "when-0-1-op": "none_of",
        "when-0-1-value": "رنگ",
    }
    assert "when-0-0-fact" in await owner.get("/segments/new")
    live = await owner.post("/segments/count", 200, **built)
    assert ">۱<" in live
    assert "هیچ‌گاه از گروه «رنگ» نخریده" in live
    assert "کامل کنید" in await owner.post("/segments/count", 200, **built | {"when-0-0-value": ""})
    refused = await owner.post("/segments/new", 422, name=" ", **built)
    assert 'value="ناخن"' in refused
    page = await owner.post("/segments/new", name="ناخن بی رنگ", **built)
    assert mobile[-4:].translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) in page
    assert "۱ مشتری" in page
    (saved,) = (await shop_floor.shop.get("/segments"))["items"]
    path = f"/segments/{saved['id']}"
    assert "ناخن بی رنگ" in await owner.get("/segments")
    await owner.post(f"{path}/edit", name="نو", **built)
    assert "نو" in await owner.get(path)
    tagged = await owner.post(f"{path}/tag", tag="نوروز")
    assert "۱ مشتری برچسب گرفت" in tagged
    found = (await shop_floor.shop.get(f"{path}/customers"))["items"]
    assert [row["tags"] for row in found] == [["نوروز"]]
    await owner.post(f"{path}/delete")
    assert (await shop_floor.shop.get("/segments"))["items"] == []


@pytest.mark.feature("segment.inactive", page=PAGE)
@pytest.mark.feature("segment.season", page=PAGE)
@pytest.mark.feature("segment.rfm", page=PAGE)
async def test_what_is_made_ready_finds_them(
    shop_floor: Floor, people: People, database: Database, mobile: str
) -> None:
    shop = shop_floor.shop
    await buy(shop, mobile, 5_000, occurred_at=ago(95))
    for n in range(5):
        await buy(shop, f"0936{mobile[4:]}", 900_000, occurred_at=ago(n))
        await buy(shop, f"093{n}{mobile[4:]}", 1_000 * (n + 1), occurred_at=ago(10 * n + 20))
    await buy(shop, f"0938{mobile[4:]}", 9_000, occurred_at="2025-05-01T08:00:00Z")  # spring
    async with database.unit_of_work(Scope.mall(UUID(str(shop_floor.mall.id)))) as uow:
        await measure(uow, UUID(shop.id))
    owner = await people(shop)

    async def count(when: Json) -> int:
        return int((await shop.call("POST", "/segments/count", {"when": when})).json()["count"])

    assert await count(is_("customer.days_since_last", ">=", 90)) == 2
    assert await count(is_("rfm.segment", "in", ["champions"])) == 1
    assert await count(is_("rfm.recency", "==", 1)) >= 1
    spring = {
        "all": [
            is_("customer.seasons", "in", ["spring"]),
            {"not": is_("customer.seasons", "in", ["summer", "autumn", "winter"])},
        ]
    }
    assert await count(spring) == 1
    for key in ("inactive-90", "rfm-champions", "season-spring", "points-100"):
        assert "when-0-0-fact" in await owner.get(f"/segments/new?ready={key}")


@pytest.mark.feature("group.unlimited", page="/{mall}/shop/groups")
@pytest.mark.feature("group.tags")
async def test_groups_by_hand_and_by_condition(
    shop_floor: Floor, people: People, database: Database, mobile: str
) -> None:
    shop = shop_floor.shop
    bought = await buy(shop, mobile, 600_000)
    owner = await people(shop)
    page = await owner.post("/groups/new", name="همکاران")
    assert "کسی در این گروه نیست" in page
    group = (await shop.get("/groups"))["items"][0]
    page = await owner.post(f"/groups/{group['id']}/add", who=mobile)
    assert "۱ مشتری" in page
    assert "مشتری‌ای با این موبایل" in await owner.post(
        f"/groups/{group['id']}/add", 422, who="09120000000"
    )
    # Rules look at the group at once.
    when = is_("customer.groups", "contains", "همکاران")
    rule = {"name": "r", "when": when, "then": [{"effect": "discount_amount", "amount": 77}]}
    await shop.put("/rules", {"rules": [rule]})
    assert (await buy(shop, mobile, 1_000, dry_run=True))["discount"] == 77
    assert "کسی در این گروه نیست" in await owner.post(f"/groups/{group['id']}/remove", who=mobile)
    # An automatic one has its people at once, and follows each purchase.
    big = await shop.post(
        "/groups", {"name": "خریداران بزرگ", "when": is_("customer.spend", ">=", 500_000)}
    )
    member = f"/customers/{bought['member']['id']}"
    assert (await shop.get(member))["groups"] == ["خریداران بزرگ"]
    await shop.post(f"/purchases/{bought['id']}/returns", {"lines": [{"line": 0, "quantity": 1}]})
    await happened(shop_floor, database, "merchants.purchase_returned", bought)
    assert (await shop.get(member))["groups"] == []
    again = await buy(shop, mobile, 700_000)
    await happened(shop_floor, database, "merchants.purchase_confirmed", again)
    assert (await shop.get(member))["groups"] == ["خریداران بزرگ"]
    await shop.call("PUT", f"/groups/{big['id']}{member}", expect=409)
    await shop.put(f"{member}/tags", {"tags": ["درگاه زرین", "درگاه زرين"]})
    assert (await shop.get(member))["tags"] == ["درگاه زرین"]
    await owner.post(f"/groups/{big['id']}/delete")
    assert (await shop.get(member))["groups"] == []
    itself = {"name": "x", "when": is_("customer.groups", "contains", "y")}
    await shop.post("/groups", itself, expect=422)


@pytest.mark.feature("group.unlimited", page="/{mall}/shop/groups")
async def test_what_a_group_follows_can_be_changed(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    shop = shop_floor.shop
    bought = await buy(shop, mobile, 600_000)
    member = f"/customers/{bought['member']['id']}"
    owner = await people(shop)
    made = await shop.post("/groups", {"name": "بزرگ", "when": is_("customer.spend", ">=", 10**6)})
    here = f"/groups/{made['id']}"
    assert 'value="100000"' in await owner.get(f"{here}/edit")
    row = {"when-0-0-fact": "customer.spend", "when-0-0-op": ">=", "when-0-0-value": "۶۰٬۰۰۰"}
    page = await owner.post(f"{here}/edit", **row)
    assert "۱ مشتری" in page
    assert (await shop.get(member))["groups"] == ["بزرگ"]
    faulty = await owner.post(f"{here}/edit", 422, **(row | {"when-0-0-value": "زیاد"}))
    assert 'value="زیاد"' in faulty
    basket = row | {"when-0-0-fact": "basket.total"}
    assert "basket.total" in await owner.post(f"{here}/edit", 422, **basket)
    # Without a condition its people stay, and others can be put in.
    changed = (await shop.call("PATCH", here, {"when": None}, expect=200)).json()
    assert (changed["when"], changed["customers"]) == (None, 1)
    assert "افزودن به گروه" in await owner.get(here)
    again = {"when": is_("customer.spend", ">", 600_000)}
    changed = (await shop.call("PATCH", here, again, expect=200)).json()
    assert (changed["when"], changed["customers"]) == (again["when"], 0)
    other = await shop_floor.mall.shop("لاله")
    await other.call("PATCH", here, again, expect=404)


@pytest.mark.feature("group.tags", page="/{mall}/shop/customers")
async def test_a_customers_tags_are_written_on_their_page(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    member = f"/customers/{(await buy(shop_floor.shop, mobile, 1_000))['member']['id']}"
    owner = await people(shop_floor.shop)
    await owner.post(f"{member}/tags", tags="خوش‌حساب، خرید سازمانی، خوش‌حساب")
    kept = ["خوش‌حساب", "خرید سازمانی"]
    assert (await shop_floor.shop.get(member))["tags"] == kept
    long = "ب" * 61
    assert long in await owner.post(f"{member}/tags", 422, tags=long)
    assert (await shop_floor.shop.get(member))["tags"] == kept


@pytest.mark.feature("group.geo")
@pytest.mark.feature("group.guild")
async def test_a_group_of_a_place_and_of_a_guild(
    shop_floor: Floor, database: Database, mobile: str
) -> None:
    shop = shop_floor.shop
    bought = await buy(shop, mobile, 1_000)
    async with database.unit_of_work(shop_floor.scope) as uow:
        uow.session.add(
            CustomerProfile(
                mall_id=shop_floor.scope.mall_id,
                merchant_id=UUID(shop.id),
                member_id=UUID(bought["member"]["id"]),
                province="تهران",
                neighbourhood="ونک",
                guild="طلافروش",
                custom={},
                shared=[],
                updated_at=uow.now,
            )
        )
    near = is_("member.neighbourhood", "in", ["ونک"])
    place = {"all": [is_("member.province", "==", "تهران"), near]}
    made = await shop.post("/groups", {"name": "محله", "when": place})
    assert made["customers"] == 1
    made = await shop.post("/groups", {"name": "صنف", "when": is_("member.guild", "==", "طلافروش")})
    assert made["customers"] == 1
    other = await shop.post("/groups", {"name": "دیگر", "when": is_("member.city", "==", "قم")})
    assert other["customers"] == 0


@pytest.mark.feature("tier.ladder", page="/{mall}/shop/tiers")
@pytest.mark.feature("tier.auto")
async def test_tiers_rise_at_the_purchase_and_fall_by_night(
    web: Web, shop_floor: Floor, people: People, database: Database, mobile: str
) -> None:
    shop = shop_floor.shop
    owner = await people(shop)
    assert "برنزی" in await owner.get("/tiers")
    fields = {
        "measure": "spend",
        "period": "90",
        "name-0": "نقره‌ای",
        "threshold-0": "۱۰۰",
        "name-2": "طلایی",
        "threshold-2": "۵۰",
    }
    refused = await owner.post("/tiers", 422, **fields)
    assert "با مقدار بیشتری آغاز شود" in refused
    await owner.post("/tiers", **fields | {"threshold-2": "۵۰۰"})  # 1,000 and 5,000 rial
    first = await buy(shop, mobile, 2_000)
    await happened(shop_floor, database, "merchants.purchase_confirmed", first)
    member = f"/customers/{first['member']['id']}"
    assert (await shop.get(member))["tier"] == "نقره‌ای"
    second = await buy(shop, mobile, 4_000)
    await happened(shop_floor, database, "merchants.purchase_confirmed", second)
    assert (await shop.get(member))["tier"] == "طلایی"
    # A return lowers nobody at the till, and nothing falls before a whole period is over.
    await shop.post(f"/purchases/{second['id']}/returns", {"lines": [{"line": 0, "quantity": 1}]})
    await happened(shop_floor, database, "merchants.purchase_returned", second)
    await night(web, shop_floor, database, 60)
    assert (await shop.get(member))["tier"] == "طلایی"
    await night(web, shop_floor, database, 91)
    assert (await shop.get(member))["tier"] is None
    async with database.unit_of_work(Scope.mall(UUID(str(shop_floor.mall.id)))) as uow:
        told = await uow.session.scalars(
            select(Message.template)
            .where(Message.merchant_id == UUID(shop.id), Message.template.startswith("tier-"))
            .order_by(Message.id)
        )
        assert list(told) == ["tier-reached", "tier-reached", "tier-lost"]
    await owner.post("/tiers/delete")
    await shop.call("GET", "/tiers", expect=404)


@pytest.mark.feature("tier.auto")
@pytest.mark.parametrize(
    ("measure_", "threshold", "expected"),
    [("purchases", 2, "ب"), ("spend", 3_000, "ب"), ("credit", 151, None), ("points", 1, None)],
)
async def test_a_ladder_counts_what_it_is_told(
    shop_floor: Floor, mobile: str, measure_: str, threshold: int, expected: str | None
) -> None:
    shop = shop_floor.shop  # five per cent of credit: 150 of 3,000
    bought = await buy(shop, mobile, 1_000)
    await buy(shop, mobile, 2_000)
    body = {"measure": measure_, "rungs": [{"name": "ب", "threshold": threshold}]}
    await shop.put("/tiers", body)
    found = await shop.get(f"/customers/{bought['member']['id']}")
    assert found["tier"] == expected
