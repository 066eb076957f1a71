"""Spending above a shop's limit needs the member's word: by code, by phone, once, for one sale."""

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from merchants.alerts.models import REFUSED_SPEND
from merchants.alerts.service import list_alerts
from merchants.approving.service import ASKS, ATTEMPTS, OPEN_FOR, Approvals, Asked, answer
from tests.api.conftest import Json
from tests.web_support.portal import Floor, People, Person, Web, text_of
from tests.web_support.visitors import Members
from timcheh.access.caller import Caller
from timcheh.audit.queries import list_entries
from timcheh.db import Database, Scope
from timcheh.ids import new_id
from timcheh.notify.models import Message

pytestmark = pytest.mark.feature("sale.spend_credit", page="/{mall}/shop/till")
LINES = [{"name": "کیف", "quantity": 1, "unit_price": 1_000_000}]


@dataclass
class Counter:
    """A shop that asks above 200,000 rial, and a member with 500,000 rial of its credit."""

    floor: Floor
    owner: Person
    cashier: Person
    database: Database
    mobile: str
    member_id: UUID

    def sale(self, key: str = "k-1", **more: str) -> dict[str, str]:
        return {
            "member": self.mobile,
            "request_key": key,
            "lines-0-name": "کیف",
            "lines-0-quantity": "1",
            "lines-0-price": "100000",
            "spend_credit": "max",
            **more,
        }

    def body(self, credit: Any = 500_000) -> Json:
        return {"member": {"mobile": self.mobile}, "lines": LINES, "spend": {"credit": credit}}

    async def purchases(self) -> list[Json]:
        """Those that spent."""
        items = (await self.floor.shop.get("/purchases"))["items"]
        return [each for each in items if each["spent_value"]]

    async def code(self) -> str:
        """Of the last message."""
        async with self.database.unit_of_work(Scope.mall(self.floor.scope.mall_id)) as uow:
            body = await uow.session.scalar(
                select(Message.text)
                .where(
                    Message.mall_id == uow.scope.mall_id,
                    Message.member_id == self.member_id,
                    Message.template == "spend-code",
                )
                .order_by(Message.id.desc())
                .limit(1)
            )
        found = re.search(r"\b\d{6}\b", body or "")
        assert found, body
        return found[0]

    async def ask(self, key: str, amount: int = 500_000) -> Json:
        body = {"member": {"mobile": self.mobile}, "idempotency_key": key, "amount": amount}
        return await self.floor.shop.post("/approvals", body)

    async def approve(self, key: str, amount: int = 500_000) -> Json:
        """Asks with the shop's key, and the member agrees."""
        asked = await self.ask(key, amount)
        await self.answer(UUID(asked["id"]), approves=True)
        return asked

    async def answer(self, approval_id: UUID, *, approves: bool) -> None:
        """As the member does on the phone."""
        mall_id = self.floor.scope.mall_id
        caller = Caller(mall_id, "member", self.member_id, "", frozenset())
        async with self.database.unit_of_work(Scope.mall(mall_id)) as uow:
            await answer(uow, caller, approval_id, approves=approves)

    async def buy(self, key: str, credit: Any = 500_000) -> Any:
        return await self.floor.shop.call(
            "POST", "/purchases", self.body(credit), Idempotency_Key=key
        )


@pytest.fixture
async def counter(shop_floor: Floor, people: People, database: Database, mobile: str) -> Counter:
    owner = await people(shop_floor.shop)
    cashier = await people(shop_floor.shop, "cashier")
    said = await owner.post("/selling", approve_above="20000")
    assert "ذخیره شد" in text_of(said)
    bought = await shop_floor.shop.buy(mobile, 10_000)
    gift = {"member": {"mobile": mobile}, "amount": 500_000, "scope": "own", "reason": "هدیه"}
    await shop_floor.shop.post("/credits", gift)
    member_id = UUID(bought["member"]["id"])
    return Counter(shop_floor, owner, cashier, database, mobile, member_id)


async def test_the_member_approves_on_the_phone(counter: Counter, members: Members) -> None:
    ahead = await counter.cashier.post("/till/preview", expect=200, **counter.sale())
    assert "تأیید عضو را می‌خواهد" in text_of(ahead)
    asked = await counter.cashier.post("/till", expect=409, **counter.sale())
    assert "با تأیید خود اوست" in text_of(asked)
    assert f'value="{counter.mobile}"' in asked
    assert 'name="request_key" value="k-1"' in asked
    assert await counter.purchases() == []
    waits = await counter.cashier.get("/till/approval?key=k-1")
    assert waits == '{"state":"open"}'
    phone = await members(counter.mobile)
    home = await phone.get()
    link = re.search(r"/club(/approvals/[0-9a-f-]{36})", home)
    assert link
    assert "۵۰,۰۵۰" in text_of(await phone.get(link[1])).replace("٬", ",")
    agreed = await phone.post(link[1], answer="approve")
    assert "تأیید کردید" in text_of(agreed)
    assert await counter.cashier.get("/till/approval?key=k-1") == '{"state":"approved"}'
    receipt = await counter.cashier.post("/till", **counter.sale())
    assert "خرید ثبت شد" in text_of(receipt)
    (bought,) = await counter.purchases()
    assert bought["spent_value"] == 500_500
    # The same form again is the same sale; another one has to ask anew.
    await counter.cashier.post("/till", **counter.sale())
    assert len(await counter.purchases()) == 1
    late = await phone.post(link[1], answer="refuse")
    assert "زمان این درخواست گذشته است" in text_of(late) or "پیش‌تر" in text_of(late)


async def test_the_member_reads_a_code_out(counter: Counter) -> None:
    till, sale = counter.cashier, counter.sale()
    sent = await till.post("/till", expect=409, approval_send="yes", **sale)
    assert 'name="approval_code"' in sent
    wrong = await till.post("/till", expect=422, approval_code="۰۰۰۰۰۰", **sale)
    assert "این کد درست نیست" in text_of(wrong)
    assert 'name="approval_code" type="text" value=""' in wrong
    # A code is for its amount: a sale that spends more asks again.
    await till.post("/till", approval_code=await counter.code(), **sale)
    (bought,) = await counter.purchases()
    assert bought["spent_value"] == 500_500


async def test_below_the_limit_nobody_is_asked(counter: Counter) -> None:
    at_limit = await counter.buy("small", 200_000)
    assert at_limit.status_code == 201, at_limit.text
    above = await counter.buy("big", 200_001)
    assert (above.status_code, above.json()["code"]) == (409, "approval_required")


async def test_a_gift_card_is_whoevers_who_holds_it(counter: Counter) -> None:
    made = await counter.floor.shop.post("/gift-cards", {"amount": 400_000})
    body = counter.body() | {"spend": {"gift_card": made["number"]}}
    await counter.floor.shop.post("/purchases", body)


async def test_an_approval_is_for_one_key_member_amount_and_shop(
    counter: Counter, web: Web
) -> None:
    await counter.approve("k-2", 300_000)
    assert (await counter.buy("k-2", 300_001)).status_code == 409
    assert (await counter.buy("k-3", 300_000)).status_code == 409
    assert (await counter.purchases()) == []
    done = await counter.buy("k-2", 300_000)
    assert done.status_code == 201, done.text
    again = await counter.buy("k-2", 300_000)
    assert (again.status_code, again.content) == (201, done.content)
    assert again.headers["Idempotent-Replayed"] == "true"
    # It is used up: whoever takes the key for something else is told so, and nothing is spent.
    await counter.approve("k-4", 200_100)
    other = await counter.floor.mall.shop("لاله")
    stranger = {"member": {"mobile": "09129999999"}, "idempotency_key": "k", "amount": 1}
    await other.post("/approvals", stranger, expect=404)
    asked = await counter.ask("k-5")
    await other.get(f"/approvals/{asked['id']}", expect=404)
    await other.post(f"/approvals/{asked['id']}/send", expect=404)
    assert len(await counter.purchases()) == 1


async def test_a_code_over_the_api(counter: Counter) -> None:
    shop, asked = counter.floor.shop, await counter.ask("api")
    assert (asked["state"], asked["amount"]) == ("open", 500_000)
    assert (await counter.ask("api"))["id"] == asked["id"]
    here = f"/approvals/{asked['id']}"
    unsent = await shop.call("POST", f"{here}/code", {"code": "000000"}, expect=422)
    assert unsent.json()["errors"][0]["code"] == "approval_code_wrong"
    await shop.post(f"{here}/send", expect=200)
    code = await counter.code()
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(ATTEMPTS):
        await shop.call("POST", f"{here}/code", {"code": wrong}, expect=422)
    await shop.call("POST", f"{here}/code", {"code": code}, expect=422)  # tried out
    await shop.post(f"{here}/send", expect=200)
    fresh = await shop.post(f"{here}/code", {"code": await counter.code()}, expect=200)
    assert fresh["state"] == "approved"
    done = await counter.buy("api")
    assert done.status_code == 201, done.text
    assert (await shop.get(here))["state"] == "used"
    await shop.post(f"{here}/send", expect=409)


async def test_a_refusal_is_told_and_nothing_is_spent(counter: Counter, members: Members) -> None:
    await counter.cashier.post("/till", expect=409, **counter.sale())
    phone = await members(counter.mobile)
    link = re.search(r"/club(/approvals/[0-9a-f-]{36})", await phone.get())
    assert link
    said = await phone.post(link[1], answer="refuse")
    assert "نپذیرفتید" in text_of(said)
    assert await counter.cashier.get("/till/approval?key=k-1") == '{"state":"refused"}'
    async with counter.database.unit_of_work(counter.floor.scope) as uow:
        (alert,) = await list_alerts(uow, counter.floor.scope.merchant_id, "open", 10)
        log = await list_entries(uow)
    assert (alert.kind, alert.figures["total"]) == (REFUSED_SPEND, 500_500)
    refused = next(each for each in log if each.action == "spend.refused")
    assert refused.actor_name == ""
    page = text_of(await counter.owner.get(f"/alerts/{alert.id}"))
    assert "درخواست تأیید" in page
    assert "سامان کریمی" in page
    assert await counter.purchases() == []


async def test_one_approval_is_one_purchase_however_many_come_at_once(counter: Counter) -> None:
    await counter.approve("rush", 250_000)
    answers = await asyncio.gather(*(counter.buy("rush", 250_000) for _ in range(6)))
    bodies = {each.content for each in answers if each.status_code == 201}
    assert len(bodies) == 1
    assert {each.status_code for each in answers} <= {201, 409}
    # The other half is still there, and no approval for it.
    rest = await asyncio.gather(*(counter.buy(f"rest-{n}", 250_000) for n in range(4)))
    assert {each.json()["code"] for each in rest} == {"approval_required"}
    (bought,) = await counter.purchases()
    assert bought["spent_value"] == 250_000
    await counter.floor.mall.prove()


async def test_yes_and_no_at_once_is_one_of_them(counter: Counter) -> None:
    asked = UUID((await counter.ask("race"))["id"])

    async def say(yes: bool) -> bool:
        try:
            await counter.answer(asked, approves=yes)
        except Exception:  # whoever was second: it is over, or was decided meanwhile
            return False
        return True

    said = await asyncio.gather(say(True), say(False), say(True), say(False))
    state = (await counter.floor.shop.get(f"/approvals/{asked}"))["state"]
    yes, no = said[0] or said[2], said[1] or said[3]
    assert yes != no
    assert state == ("approved" if yes else "refused")
    assert (await counter.buy("race")).status_code == (201 if yes else 409)


async def test_it_lasts_minutes(counter: Counter, web: Web) -> None:
    """What was asked is over after a while, and a new request takes its place."""
    mall_id, approvals = counter.floor.scope.mall_id, Approvals(web.services.limiter, "x")
    shop = counter.floor.scope.merchant_id
    assert shop is not None
    asked = Asked(shop, new_id(), "old", counter.member_id, 300_000)
    long_ago = datetime.now(UTC) - OPEN_FOR - timedelta(seconds=1)
    async with counter.database.unit_of_work(Scope.mall(mall_id), now=long_ago) as uow:
        first = (await approvals.ask(uow, asked)).id
    with pytest.raises(Exception, match="approval_over"):
        await counter.answer(first, approves=True)
    async with counter.database.unit_of_work(Scope.mall(mall_id)) as uow:
        second = (await approvals.ask(uow, asked)).id
    assert second != first


async def test_a_member_is_not_worn_down(counter: Counter) -> None:
    answers = [
        await counter.floor.shop.call(
            "POST",
            "/approvals",
            {"member": {"mobile": counter.mobile}, "idempotency_key": f"n-{n}", "amount": 1},
        )
        for n in range(2 * ASKS.count + 1)  # more than two windows of time let through
    ]
    assert 429 in {each.status_code for each in answers}
