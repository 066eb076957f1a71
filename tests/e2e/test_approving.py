"""At a till in Chromium: the member approves, by a code that is read out and on their own phone."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from infra.shots import audit, page_at
from merchants.approvals.models import SpendApproval
from merchants.approving.service import answer
from tests.e2e.conftest import PASSWORD, World, in_a_thread
from timcheh.access.caller import Caller
from timcheh.db import Database, Role, Scope
from timcheh.ids import new_id
from timcheh.notify.models import Message

pytestmark = [pytest.mark.browser, pytest.mark.feature("sale.spend_credit")]
WAIT = 30_000.0


def test_a_member_approves_what_is_spent(world: World, browser: Browser) -> None:
    shop = world.shop("گل‌آرا")
    member = f"0912{new_id().int % 10**7:07d}"
    line = {"name": "گل", "quantity": 1, "unit_price": 10_000}
    sale = {"member": {"mobile": member}, "enrol": True, "lines": [line]}
    bought = world.call("POST", "/purchases", sale, shop["api_key"])
    give = {"member": {"mobile": member}, "amount": 900_000, "scope": "own", "reason": "هدیه"}
    world.call("POST", "/credits", give, shop["api_key"])
    with page_at(browser, "desktop", "light") as page:
        page.set_default_timeout(WAIT)
        page.goto(f"{world.base}/{world.slug}/shop/sign-in")
        page.fill("[name=mobile]", world.staff("owner", shop["id"]))
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)
        page.goto(f"{world.base}/{world.slug}/shop/selling")
        page.fill("[name=approve_above]", "20000")
        page.locator("form.form button.btn--primary").click()
        expect(page.locator("[data-toast=done]")).to_be_visible(timeout=WAIT)
        # By keyboard alone: the sale, the code's message, the code.
        _sell(page, world, member, "40000")
        send = page.locator("[data-approval-send]")
        expect(send).to_be_focused(timeout=WAIT)
        assert audit(page) == []
        expect(page.locator("#f-lines-0-price")).to_have_value("۴۰٬۰۰۰")
        page.keyboard.press("Enter")
        expect(page.locator("[data-approval-code]")).to_be_focused(timeout=WAIT)
        page.keyboard.type(in_a_thread(_code(world, bought["member"]["id"])))
        expect(page.locator(".till__receipt")).to_contain_text("خرید ثبت شد", timeout=WAIT)
        # On the phone: the till finds out by itself.
        _sell(page, world, member, "30000")
        expect(page.locator("[data-approval] .qrbox")).to_be_visible(timeout=WAIT)
        in_a_thread(_approve(world, bought["member"]["id"]))
        page.wait_for_url(lambda url: "done=" in url)
        expect(page.locator(".till__receipt")).to_contain_text("خرید ثبت شد", timeout=WAIT)


def _sell(page: Page, world: World, member: str, price: str) -> None:
    page.goto(f"{world.base}/{world.slug}/shop/till")
    page.fill("#f-member", member)
    page.fill("#f-lines-0-price", price)
    page.keyboard.press("F4")
    outcome = page.locator("#preview [data-outcome]")
    expect(outcome).to_contain_text("تأیید عضو را می‌خواهد", timeout=WAIT)
    page.keyboard.press("F9")


async def _code(world: World, member_id: str) -> str:
    database = Database({role: world.settings.dsn(role) for role in Role})
    async with database.unit_of_work(Scope.mall(world.mall_id)) as uow:
        text = await uow.session.scalar(
            select(Message.text)
            .where(Message.mall_id == world.mall_id, Message.member_id == UUID(member_id))
            .where(Message.template == "spend-code")
            .order_by(Message.id.desc())
            .limit(1)
        )
    await database.stop()
    found = re.search(r"\b[0-9]{6}\b", text or "", re.ASCII)
    assert found, text
    return found[0]


async def _approve(world: World, member_id: str) -> None:
    database = Database({role: world.settings.dsn(role) for role in Role})
    caller = Caller(world.mall_id, "member", UUID(member_id), "", frozenset())
    async with database.unit_of_work(Scope.mall(world.mall_id)) as uow:
        (asked,) = await uow.session.scalars(
            select(SpendApproval.id).where(
                SpendApproval.mall_id == world.mall_id, SpendApproval.state == "open"
            )
        )
        await answer(uow, caller, asked, approves=True)
    await database.stop()
