"""Two malls with two shops and two members each, in which every tenant table has rows.

What has a public path is made through it; what the product makes in the background or at a door
that is not the API is written here in the mall's own scope.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from exchange.ending.models import EndingNotice
from mall_portal.facade import create_mall
from members.facade import find_member, set_quota
from merchants.alerts.models import AlertWatch
from merchants.giftcards.models import GiftCard
from merchants.invoices.service import issue, put_seller
from merchants.offers.service import begin_draft
from tests.api.conftest import Api, MallApi, new_mobile
from tests.isolation.asking_rows import asking_rows
from tests.isolation.gifts import gift_rows
from tests.isolation.onboarding_rows import onboarding_rows
from tests.isolation.people_rows import people_rows
from tests.isolation.reminder_rows import reminder_rows
from tests.isolation.reward_rows import reward_rows
from tests.isolation.second_factor_rows import second_factor_rows
from tests.isolation.settling_rows import settling_rows
from tests.isolation.sorting_rows import sorting_rows
from tests.isolation.trial_rows import trial_rows
from timcheh.access.models import OtpChallenge, Session
from timcheh.access.staff import create_staff, grant_role
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.ids import new_id
from timcheh.jobs.models import RecurringRun
from timcheh.ledger import postings
from timcheh.notify.service import queue_message
from timcheh.outbox.models import OutboxDone
from timcheh.text.cards import random_member_number
from timcheh.web.models import Idempotency
from timcheh.webhook.models import WebhookDelivery, WebhookEndpoint

Json = dict[str, Any]


@dataclass
class Shop:
    """A shop with its key, a branch and a terminal with a key of its own."""

    id: UUID
    api: Api
    branch_id: UUID
    terminal_id: UUID
    till: Api
    purchase: Json = field(default_factory=dict)
    open_purchase: Json = field(default_factory=dict)
    goods: dict[str, str] = field(default_factory=dict)


@dataclass
class Town:
    """One mall of the world. `members[i]` is the customer of `shops[i]`."""

    mall_id: UUID
    api: MallApi
    second: Api
    shops: list[Shop] = field(default_factory=list)
    members: list[UUID] = field(default_factory=list)
    mobiles: list[str] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    """Ids of things by their kind, for whoever needs one that exists: pool, settlement, …"""

    @property
    def ids_of_goods(self) -> dict[str, str]:
        """By parameter: what the first shop sells, at which prices, by whom and where."""
        shop = self.shops[0]
        return shop.goods | {
            "terminal_id": str(shop.terminal_id),
            "document_id": shop.purchase["id"],
            "return_id": shop.purchase["id"],
        }


async def make_town(client: httpx.AsyncClient, database: Database, mobiles: list[str]) -> Town:
    """A mall that lives: trade, a pool, agreements, a settlement, and what stands behind it."""
    slug = f"w-{new_id().hex}"
    made = await create_mall(database, "تیمچه", slug)
    api = MallApi(client, made.api_key, {"id": made.mall_id}, slug)
    key = await api.post("/keys", {"name": "second"})
    town = Town(made.mall_id, api, Api(client, key["api_key"], key), mobiles=mobiles)
    town.ids["key"] = key["id"]
    for number in range(2):
        town.shops.append(await _open_shop(api, number))
    await _set_terms(town)
    for number, shop in enumerate(town.shops):
        await _trade(town, number, shop)
    await _settle(town)
    async with database.unit_of_work(Scope.mall(town.mall_id)) as uow:
        for mobile in mobiles:
            town.members.append((await find_member(uow, mobile=mobile)).id)
        await _background(uow, town)
    await _roll_up(database, town.mall_id)
    return town


async def _open_shop(mall: MallApi, number: int) -> Shop:
    api = await mall.shop(f"فروشگاه {number}", national_id="0012345679")
    branch = await api.post("/branches", {"name": "مرکزی"})
    terminal = await api.post("/terminals", {"branch_id": branch["id"], "name": "صندوق"})
    await api.post("/products", {"sku": "s-1", "name": "چای", "price": 90_000, "group": "tea"})
    await mall.post(f"/merchants/{api.id}/deposits", {"amount": 1_000_000})
    return Shop(
        UUID(api.id),
        api,
        UUID(branch["id"]),
        UUID(terminal["id"]),
        Api(mall.client, terminal["api_key"], terminal),
    )


async def _set_terms(town: Town) -> None:
    first, second = town.shops
    pool = await town.api.post("/pools", {"name": "امتیاز", "issue_price": 10, "redeem_price": 8})
    town.ids |= {"pool": pool["id"], "scope": pool["scope_id"]}
    for shop in town.shops:
        path = f"/pools/{pool['id']}/participants"
        await town.api.post(path, {"merchant_id": str(shop.id), "fee_bps": 100})
    for issuer, acceptor in ((first, second), (second, first)):
        agreement = await town.api.partners(issuer.api, acceptor.api, 200, 10_000)
        town.ids["agreement"] = agreement["id"]
    credit = {"effect": "credit_percent", "bps": 1000, "scope": "partners"}
    points = {"effect": "points_per", "amount": 10_000, "points": 1, "scope": pool["scope_id"]}
    rules = [
        {"name": "credit", "then": [credit], "budget": 10**9},
        {"name": "points", "then": [points]},
        {"name": "once", "then": [credit], "once": {"within_days": 7}, "holdout_bps": 5000},
    ]
    for shop in town.shops:
        await shop.api.put("/rules", {"rules": rules})


async def _trade(town: Town, number: int, shop: Shop) -> None:
    """The shop's own member earns here, spends at the neighbour's, returns, and leaves one open."""
    mobile, other = town.mobiles[number], town.shops[1 - number]
    shop.purchase = await shop.api.buy(mobile, 2_000_000)
    await other.till.buy(mobile, 300_000, spend={"credit": 50_000, "points": 10})
    extra = await shop.api.buy(mobile, 100_000, spend={"credit": 10_000})
    await shop.api.post(
        f"/purchases/{extra['id']}/returns", {"lines": [{"line": 0, "quantity": 1}]}
    )
    shop.open_purchase = await shop.api.buy(
        mobile, 200_000, spend={"credit": 20_000}, capture="manual"
    )
    await _sell_goods(shop, mobile)
    gift = {"member": {"mobile": mobile}, "amount": 5_000, "scope": "own", "reason": "تولد"}
    await shop.api.post("/credits", gift)


async def _sell_goods(shop: Shop, mobile: str) -> None:
    """By a colleague, to a group with a price list, under a daily cap on credit."""
    items = [{"sku": "s-1", "price": 80_000}]
    prices = {"name": "همکار", "groups": ["همکار"], "items": items}
    made = await shop.api.put("/price-lists", prices)
    mina = await shop.api.post("/colleagues", {"name": "مینا", "terms": [{"bps": 1000}]})
    limits = [{"role": "program"}, {"role": "cashier", "line_bps": 1000}]
    await shop.api.put("/concession-limits", {"limits": limits})
    await shop.api.put("/credit-caps", {"caps": [{"per_day": 10**9}]})
    line = {"sku": "s-1", "quantity": 1, "colleague_id": mina["id"]}
    sale = {"member": {"mobile": mobile}, "lines": [line], "spend": {"credit": 100}}
    sale["concession"] = {"amount": 1, "reason": "آسیب دیده"}
    await shop.api.post("/purchases", sale)
    (good,) = (await shop.api.get("/products"))["items"]
    shop.goods = {"product_id": good["id"], "list_id": made["id"], "colleague_id": mina["id"]}


async def _settle(town: Town) -> None:
    done = await town.api.post("/settlements", {})
    await town.second.post(f"/settlements/{done['id']}/approve", expect=200)
    await town.api.post(f"/settlements/{done['id']}/complete", expect=200)
    town.ids["settlement"] = done["id"]


async def _background(uow: UnitOfWork, town: Town) -> None:
    """What jobs and the doors of people leave behind."""
    mall, now, later = town.mall_id, uow.now, uow.now + timedelta(hours=1)
    staff = await create_staff(uow, new_mobile(), "کارمند", None)
    await grant_role(uow, staff, "administrator")
    uow.session.add(RecurringRun(mall_id=mall, name="x", due_at=later, failures=0))
    uow.session.add(AlertWatch(mall_id=mall, seen_until=now))
    uow.session.add(OutboxDone(mall_id=mall, event_id=new_id(), handler="x", done_at=now))
    code = {"code": "123456"}
    for shop in town.shops:
        rule = {"name": "x", "then": [{"effect": "discount_amount", "amount": 1}]}
        draft = await begin_draft(uow, shop.id, rule, staff)
        town.ids.setdefault("draft_id", str(draft.id))
    for shop, member, mobile in zip(town.shops, town.members, town.mobiles, strict=True):
        role = await grant_role(uow, staff, "owner", merchant_id=shop.id)
        town.ids.setdefault("role_id", str(role))
        await queue_message(
            uow, mobile, "sign-in-code", code, member_id=member, merchant_id=shop.id
        )
        endpoint = WebhookEndpoint(
            mall_id=mall,
            id=new_id(),
            merchant_id=shop.id,
            url="https://example.com",
            topics=["*"],
            secret="s",
            state="active",
            created_at=now,
        )
        uow.session.add(endpoint)
        await uow.session.flush()
        town.ids["webhook"] = str(endpoint.id)
        await issue(uow, shop.id, "invoice", UUID(shop.purchase["id"]), staff)
        await put_seller(uow, shop.id, {"address": "x"})
        uow.session.add_all(_rows_of(mall, shop.id, member, mobile, endpoint.id, staff, uow))
        for row in (*people_rows(uow, shop.id, member), *trial_rows(uow, shop.id, member)):
            uow.session.add(row)
            await uow.session.flush()
            if hasattr(row, "id"):  # the first shop's: it is the one that others ask for
                town.ids.setdefault(row.__tablename__, str(row.id))
        uow.session.add_all(sorting_rows(uow, shop.id, town.ids))
        uow.session.add_all(asking_rows(uow, shop.id, member, town.ids))
        uow.session.add_all(gift_rows(town.ids, mall, shop.id, member, now))
        uow.session.add_all(reward_rows(town.ids, mall, shop.id, member, now))
        uow.session.add_all(reminder_rows(mall, shop.id, member, now))
        uow.session.add_all(onboarding_rows(town.ids, mall, shop.id, staff, now))
    uow.session.add_all(second_factor_rows(mall, staff, now))
    agreement = UUID(town.ids["agreement"])
    uow.session.add(EndingNotice(mall_id=mall, agreement_id=agreement, days=7))
    for row in settling_rows(town.ids, mall, town.shops[0].id, now):
        uow.session.add(row)
        await uow.session.flush()
    await set_quota(uow, 1_000)
    await uow.session.flush()


def _rows_of(
    mall: UUID,
    shop: UUID,
    member: UUID,
    mobile: str,
    endpoint: UUID,
    staff: UUID,
    uow: UnitOfWork,
) -> list[Any]:
    now, later = uow.now, uow.now + timedelta(hours=1)
    person = {"display_name": "x", "csrf_token": "x", "created_at": now, "seen_at": now}
    own = {"mall_id": mall, "id": new_id()}
    return [
        GiftCard(**own, merchant_id=shop, number=random_member_number(), created_at=now),
        OtpChallenge(
            **own,
            mobile=mobile,
            code_hash=b"x",
            attempts=0,
            created_at=now,
            expires_at=later,
        ),
        Session(
            **own,
            token_hash=new_id().bytes,
            audience="merchant",
            staff_id=staff,
            merchant_id=shop,
            expires_at=later,
            **person,
        ),
        Session(
            mall_id=mall,
            id=new_id(),
            token_hash=new_id().bytes,
            audience="member",
            member_id=member,
            expires_at=later,
            **person,
        ),
        Idempotency(
            mall_id=mall,
            principal_id=member,
            key="m",
            merchant_id=None,
            fingerprint=b"x",
            status=200,
            body=b"{}",
            created_at=now,
        ),
        Idempotency(
            mall_id=mall,
            principal_id=new_id(),
            key="s",
            merchant_id=shop,
            fingerprint=b"x",
            status=200,
            body=b"{}",
            created_at=now,
        ),
        WebhookDelivery(
            **own,
            endpoint_id=endpoint,
            merchant_id=shop,
            event_id=new_id(),
            topic="x",
            payload={},
            state="pending",
            attempts=0,
            due_at=later,
            created_at=now,
        ),
    ]


async def _roll_up(database: Database, mall_id: UUID) -> None:
    """The cut is at the oldest transaction that runs anywhere on the server, so it may take a
    few turns while other tests work.
    """
    for _ in range(100):
        async with database.unit_of_work(Scope.mall(mall_id)) as uow:
            await postings.roll_up(uow)
            sealed = await postings.seal(uow)
        if sealed:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("nothing could be sealed: a transaction stays open")
