"""A cashier in Chromium, by keyboard alone: what credit can pay, an own discount, the receipt."""

import httpx
import pytest
from playwright.sync_api import Browser, expect

from infra.shots import audit, page_at
from tests.e2e.conftest import PASSWORD, World
from timcheh.ids import new_id

pytestmark = pytest.mark.browser

WAIT = 30_000.0


@pytest.mark.feature(
    "offer.manual", "sale.current_withdrawable", "sale.order", page="/{mall}/shop/till"
)
def test_a_sale_by_keyboard(world: World, browser: Browser) -> None:
    shop = world.shop("گل‌آرا")
    member = f"0912{new_id().int % 10**7:07d}"
    api = httpx.Client(
        base_url=f"{world.base}/api/v1", headers={"Authorization": f"Bearer {shop['api_key']}"}
    )
    give = {"member": {"mobile": member}, "amount": 400_000, "scope": "own", "reason": "هدیه"}
    line = {"name": "گل", "quantity": 1, "unit_price": 10_000}
    sale = {"member": {"mobile": member}, "enrol": True, "lines": [line]}
    for path, body in (("/purchases", sale), ("/credits", give)):
        made = api.post(path, json=body, headers={"Idempotency-Key": str(new_id())})
        assert made.status_code == 201, made.text
    caps = {"caps": [{"per_invoice": 300_000}]}
    assert api.put("/credit-caps", json=caps).status_code == 200
    limits = {"limits": [{"role": "cashier", "line_bps": 1000}]}
    assert api.put("/concession-limits", json=limits).status_code == 200
    mobile = world.staff("cashier", shop["id"])
    with page_at(browser, "desktop", "light") as page:
        page.set_default_timeout(WAIT)
        page.goto(f"{world.base}/{world.slug}/shop/sign-in")
        page.fill("[name=mobile]", mobile)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)
        page.goto(f"{world.base}/{world.slug}/shop/till")
        keys = page.keyboard
        keys.press("F2")
        keys.type(member)
        paper = page.locator("#preview")
        expect(paper).to_contain_text("اعتبار جاری", timeout=WAIT)
        expect(paper).to_contain_text("۱۰٬۰۰۰ تومان بیش از سقف هر خرید", timeout=WAIT)
        keys.press("Enter")
        keys.type("دسته رز")
        keys.press("Enter")  # the quantity stays one
        keys.press("Enter")
        keys.type("200000")
        keys.press("F7")
        keys.type("20%")
        keys.press("Tab")
        keys.type("برگ‌هایش ریخته")
        expect(paper).to_contain_text("از هر ردیف حداکثر ۱۰٪", timeout=WAIT)
        keys.press("F7")
        keys.type("10%")
        keys.press("F4")
        expect(paper.locator(".outcome__pay")).to_contain_text("۱۵۰٬۰۰۰", timeout=WAIT)
        assert audit(page) == []
        keys.press("F9")
        receipt = page.locator(".till__receipt")
        expect(receipt).to_contain_text("از آن، تخفیف دستی", timeout=WAIT)
        expect(receipt).to_contain_text("۲۰٬۰۰۰")
        expect(receipt).to_contain_text("۱۵۰٬۰۰۰")
        page.get_by_role("link", name="دیدن خرید").press("Enter")
        expect(page.locator("main")).to_contain_text("برگ‌هایش ریخته")
        assert audit(page) == []
