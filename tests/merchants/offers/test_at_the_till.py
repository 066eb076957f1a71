"""Offers over the API, under concurrency: what bounds them holds to the rial and to the time."""

import asyncio
from collections import Counter
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from merchants.offers.starters import starter
from merchants.programme.models import Entitlement, OfferExposure
from merchants.purchases import guessing
from tests.api.conftest import new_mobile
from tests.web_support.portal import Floor, People, Web, text_of
from timcheh.access.limits import Limit
from timcheh.rules import held_out
from timcheh.text.locale import Locale

TEN = {"effect": "discount_percent", "bps": 1000}


async def publish(floor: Floor, **rule: object) -> None:
    await floor.shop.put("/rules", {"rules": [{"name": "پیشنهاد", "then": [TEN], **rule}]})


@pytest.mark.feature("offer.caps")
async def test_times_and_a_days_budget_hold_under_concurrency(shop_floor: Floor) -> None:
    mobile = new_mobile()
    await publish(shop_floor, per_member_uses=3)
    done = await asyncio.gather(*(shop_floor.shop.buy(mobile, 100_000) for _ in range(6)))
    assert Counter(each["discount"] for each in done) == {10_000: 3, 0: 3}
    left_out = next(each for each in done if not each["discount"])
    assert left_out["reasons"][0]["code"] == "used_up"

    await publish(shop_floor, daily_budget=45_000, name="روز")
    many = [shop_floor.shop.buy(new_mobile(), 200_000) for _ in range(4)]
    given = sorted(each["discount"] for each in await asyncio.gather(*many))
    assert given == [0, 5_000, 20_000, 20_000]


@pytest.mark.feature("earn.cashback", "earn.campaign")
async def test_cashback_ends_with_its_cap_and_a_campaign_with_its_window(
    shop_floor: Floor,
) -> None:
    cashback = starter("cashback", Locale.FA)
    assert cashback is not None
    over = {"starts_at": "2025-01-01T00:00:00Z", "ends_at": "2025-02-01T00:00:00Z"}
    rules = [cashback, {"name": "کمپین", "then": [TEN], **over}]
    await shop_floor.shop.put("/rules", {"rules": rules})
    mobile = new_mobile()
    first = await shop_floor.shop.buy(mobile, 60_000_000)
    assert [each["amount"] for each in first["earned"]] == [3_000_000]
    assert [each["code"] for each in first["reasons"]] == ["applied", "ended"]
    second = await shop_floor.shop.buy(mobile, 60_000_000)
    assert [each["amount"] for each in second["earned"]] == [2_000_000]
    assert second["reasons"][0]["outcome"] == "capped"


@pytest.mark.feature("offer.caps")
async def test_what_is_given_up_can_be_given_again(shop_floor: Floor) -> None:
    mobile = new_mobile()
    await publish(shop_floor, per_member_uses=1, daily_budget=10_000, once={"within_days": 7})
    held = await shop_floor.shop.buy(mobile, 100_000, capture="manual")
    assert held["discount"] == 10_000
    assert (await shop_floor.shop.buy(mobile, 100_000))["discount"] == 0
    await shop_floor.shop.post(f"/purchases/{held['id']}/cancel", expect=200)
    assert (await shop_floor.shop.buy(mobile, 100_000))["discount"] == 10_000


@pytest.mark.feature("offer.one_time")
async def test_a_one_time_offer_is_used_once_and_ends_with_its_day(
    shop_floor: Floor, web: Web
) -> None:
    mobile = new_mobile()
    asked = {"fact": "customer.purchases", "op": ">=", "value": 1}
    await publish(
        shop_floor,
        once={"within_days": 7, "when": asked},
        when={"fact": "basket.total", "op": ">=", "value": 500_000},
    )
    first = await shop_floor.shop.buy(mobile, 900_000)
    assert (first["discount"], first["reasons"][0]["code"]) == (0, "fact")
    # The condition holds now: time runs, though this basket is too small to use it.
    small = await shop_floor.shop.buy(mobile, 480_000)
    assert small["discount"] == 0
    assert "at least 500,000 rial; it is 480,000" in small["reasons"][0]["because"]
    async with web.services.database.unit_of_work(shop_floor.scope) as uow:
        held = (await uow.session.scalars(select(Entitlement))).one()
        assert held.used_at is None
        assert 7 <= (held.expires_at - held.opened_at).days < 8
    done = await asyncio.gather(*(shop_floor.shop.buy(mobile, 500_000) for _ in range(4)))
    assert Counter(each["discount"] for each in done) == {50_000: 1, 0: 3}
    async with web.services.database.unit_of_work(shop_floor.scope) as uow:
        held = (await uow.session.scalars(select(Entitlement))).one()
        assert str(held.purchase_id) == next(x["id"] for x in done if x["discount"])


@pytest.mark.feature("offer.coupon")
async def test_codes_are_taken_and_guessing_is_stopped(
    shop_floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guessing, "COUPON_MISSES", Limit("coupon-miss", 2, 60))
    await publish(shop_floor, coupon="یلدا ۱۴۰۴", per_member_uses=1)
    mobile = new_mobile()
    assert (await shop_floor.shop.buy(mobile, 100_000))["reasons"][0]["code"] == "no_coupon"
    assert (await shop_floor.shop.buy(mobile, 100_000, coupon="یلدا1404"))["discount"] == 10_000
    again = await shop_floor.shop.buy(mobile, 100_000, coupon="یلدا 1404")
    assert again["reasons"][0]["code"] == "used_up"
    for guess in ("نوروز", "مهر"):
        refused = await shop_floor.shop.buy(mobile, 100_000, coupon=guess, dry_run=True, expect=422)
        assert refused["code"] == "coupon_unknown"
    full = await shop_floor.shop.buy(mobile, 100_000, coupon="یلدا 1404", expect=429)
    assert full["code"] == "rate_limited"  # a right guess learns no more than a wrong one
    await shop_floor.shop.buy(mobile, 100_000)


@pytest.mark.feature("offer.lift")
async def test_who_is_held_out_is_the_same_in_sql_and_recorded(shop_floor: Floor, web: Web) -> None:
    shop = UUID(shop_floor.shop.id)
    people = [uuid4() for _ in range(300)]
    asked = text(
        "SELECT m, merchants.held_out(:shop, m, :rule, 2500) FROM unnest(CAST(:them AS uuid[])) m"
    )
    async with web.services.database.unit_of_work(
        shop_floor.scope.mall(shop_floor.scope.mall_id)
    ) as uow:
        rows = await uow.session.execute(asked, {"shop": shop, "rule": "پیشنهاد ۱", "them": people})
        found = dict(rows.fetchall())
    assert found == {each: held_out(f"{shop}{each}", "پیشنهاد ۱", 2500) for each in people}
    assert 40 < sum(found.values()) < 110

    await publish(shop_floor, holdout_bps=5000)
    done = await asyncio.gather(*(shop_floor.shop.buy(new_mobile(), 100_000) for _ in range(12)))
    async with web.services.database.unit_of_work(shop_floor.scope) as uow:
        rows = await uow.session.scalars(select(OfferExposure))
        recorded = {str(each.purchase_id): each for each in rows}
    for each in done:
        row = recorded[each["id"]]
        assert row.held_out == held_out(f"{shop}{each['member']['id']}", "پیشنهاد", 5000)
        assert (row.value, each["discount"]) == ((0, 0) if row.held_out else (10_000, 10_000))
        assert (each["reasons"][0]["code"] == "held_out") == row.held_out


@pytest.mark.feature("offer.dry_run", "earn.product", "earn.product_group")
async def test_each_rial_is_explained_on_the_purchase(shop_floor: Floor, people: People) -> None:
    credit = {"effect": "credit_percent", "bps": 1000, "scope": "partners", "group": "گل"}
    at_least = {"fact": "basket.total", "op": ">=", "value": 6_000_000}
    rules = [
        {"name": "گل", "then": [credit | {"expires_in_days": 30}, TEN | {"sku": "k-1"}]},
        {"name": "سبد بزرگ", "when": at_least, "then": [TEN]},
    ]
    await shop_floor.shop.put("/rules", {"rules": rules})
    lines = [
        {"name": "رز", "group": "گل", "quantity": 2, "unit_price": 1_000_000},
        {"name": "میخک", "group": "گل", "quantity": 1, "unit_price": 800_000},
        {"name": "گلدان", "sku": "k-1", "quantity": 1, "unit_price": 2_000_000},
    ]
    made = await shop_floor.shop.buy(new_mobile(), 0, lines=lines)
    owner = await people(shop_floor.shop)
    said = text_of(await owner.get(f"/purchases/{made['id']}"))
    assert "۲۰٬۰۰۰ تومان تخفیف («گلدان» ۲۰٬۰۰۰ تومان). تخفیف را فروشگاه شما می‌دهد." in said
    assert "۲۸٬۰۰۰ تومان اعتبار نزد همکاران، تا" in said
    assert "«رز» ۲۰٬۰۰۰ تومان، «میخک» ۸٬۰۰۰ تومان" in said
    assert "فروشگاه شما آن را با صندوق تسویه می‌کند" in said
    assert "جمع خرید ۴۸۰٬۰۰۰ تومان است و باید دست‌کم ۶۰۰٬۰۰۰ تومان باشد." in said
    assert "با ۱۲۰٬۰۰۰ تومان بیشتر در همین فاکتور، این پیشنهاد برقرار می‌شود." in said
    assert f"نسخه {'۲'} الگوها" in said
    preview = {
        "member": "09121230000",
        "lines-0-name": "گلدان",
        "lines-0-price": "۴۸۰٬۰۰۰",
        "lines-0-quantity": "1",
    }
    said = text_of(await owner.post("/till/preview", 200, **preview))
    assert "با ۱۲۰٬۰۰۰ تومان بیشتر" in said
    assert "چرا؟" in said
