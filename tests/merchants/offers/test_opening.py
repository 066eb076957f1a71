"""One-time offers that begin by themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from merchants.customers.models import Customer
from merchants.offers.opening import OPENED, open_offers
from merchants.programme.models import Entitlement
from tests.api.conftest import new_mobile
from tests.web_support.portal import Floor, Web
from timcheh.db import Scope
from timcheh.module import JobContext
from timcheh.outbox.models import OutboxEvent
from timcheh.rules import held_out

AWAY = {
    "all": [
        {"fact": "customer.purchases", "op": ">", "value": 4},
        {"fact": "customer.days_since_last", "op": ">", "value": 90},
    ]
}


@pytest.mark.feature("offer.win_back", "offer.one_time")
async def test_who_stays_away_is_given_seven_days_and_told(shop_floor: Floor, web: Web) -> None:
    mobiles = [new_mobile() for _ in range(4)]
    members = [str((await shop_floor.shop.buy(m, 100_000))["member"]["id"]) for m in mobiles]
    credit = {"effect": "credit_percent", "bps": 3500, "scope": "own"}
    back = {"name": "بازگشت", "then": [credit], "once": {"within_days": 7, "when": AWAY}}
    await shop_floor.shop.put("/rules", {"rules": [back | {"holdout_bps": 5000}]})
    database, now = web.services.database, datetime.now(UTC)
    scope = Scope.mall(shop_floor.scope.mall_id)
    async with database.unit_of_work(scope) as uow:
        for member, purchases, days in zip(members, (5, 5, 4, 5), (91, 120, 91, 90), strict=True):
            known = {"purchases": purchases, "last_at": now - timedelta(days=days)}
            await uow.session.execute(
                update(Customer).where(Customer.member_id == member).values(**known)
            )
    context = JobContext(database, web.services.settings, shop_floor.scope.mall_id, now)
    for _ in range(2):  # a job may run twice
        await open_offers(context)
    async with database.unit_of_work(scope) as uow:
        opened = {str(e.member_id): e for e in await uow.session.scalars(select(Entitlement))}
        events = list(
            await uow.session.scalars(select(OutboxEvent).where(OutboxEvent.topic == OPENED))
        )
    assert set(opened) == set(members[:2])
    out = {m for m in opened if held_out(f"{shop_floor.shop.id}{m}", "بازگشت", 5000)}
    assert {m for m, each in opened.items() if each.held_out} == out
    assert {event.payload["member_id"] for event in events} == set(opened) - out
    assert {event.payload["rule"] for event in events} <= {"بازگشت"}

    # Coming back in time they get it, once; who is held out does not, and the shop sees why.
    for member, mobile in zip(members[:2], mobiles[:2], strict=True):
        made = await shop_floor.shop.buy(mobile, 1_000_000)
        code = "held_out" if member in out else "applied"
        assert made["reasons"][0]["code"] == code
        assert sum(each["amount"] for each in made["earned"]) == (0 if member in out else 350_000)
        again = await shop_floor.shop.buy(mobile, 1_000_000)
        assert not again["earned"]


@pytest.mark.feature("offer.cross_sell", "offer.one_time")
async def test_whatever_is_known_of_a_customer_can_open_an_offer(
    shop_floor: Floor, web: Web
) -> None:
    """Who bought one group of goods and never the other; who stands high among all customers."""
    mobiles = [new_mobile() for _ in range(3)]
    members = []
    for mobile, groups in zip(mobiles, (["ناخن"], ["ناخن", "رنگ"], ["رنگ"]), strict=True):
        lines = [{"name": "x", "group": g, "quantity": 1, "unit_price": 90_000} for g in groups]
        made = await shop_floor.shop.post(
            "/purchases", {"member": {"mobile": mobile}, "enrol": True, "lines": lines}
        )
        members.append(made["member"]["id"])
    never = {"not": {"fact": "customer.product_groups", "op": "in", "value": ["رنگ"]}}
    bought = {"fact": "customer.product_groups", "op": "in", "value": ["ناخن"]}
    best = {"fact": "rfm.monetary", "op": ">=", "value": 3}
    gift = [{"effect": "discount_percent", "bps": 2_000}]
    rules = [
        {
            "name": "رنگ",
            "then": gift,
            "once": {"within_days": 30, "when": {"all": [bought, never]}},
        },
        {"name": "برترین", "then": gift, "once": {"within_days": 30, "when": best}},
    ]
    await shop_floor.shop.put("/rules", {"rules": rules})
    database, mall_id = web.services.database, shop_floor.scope.mall_id
    await open_offers(JobContext(database, web.services.settings, mall_id, datetime.now(UTC)))
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        opened = {
            (e.rule, str(e.member_id)) for e in await uow.session.scalars(select(Entitlement))
        }
    assert opened == {("رنگ", members[0]), ("برترین", members[1])}
