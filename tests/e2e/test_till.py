"""A cashier in Chromium, by keyboard alone: what credit can pay, an own discount, the receipt."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from infra.shots import audit, page_at
from tests.e2e.conftest import PASSWORD, World
from timcheh.ids import new_id
from timcheh.text.digits import digits_to_latin

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


@pytest.fixture
def cashier(world: World, browser: Browser) -> Iterator[tuple[Page, str, str]]:
    """The till of a cashier who came in by keyboard, the shop's key, and the cashier's mobile."""
    shop = world.shop("گل‌آرا")
    mobile = world.staff("cashier", shop["id"])
    with page_at(browser, "desktop", "light") as page:
        page.set_viewport_size({"width": 1024, "height": 650})
        page.set_default_timeout(WAIT)
        page.goto(f"{world.base}/{world.slug}/shop/sign-in")
        _sign_in(page, mobile)
        page.wait_for_url("**/shop/till")
        yield page, shop["api_key"], mobile


def _sign_in(page: Page, mobile: str) -> None:
    page.keyboard.type(mobile)
    page.keyboard.press("Tab")
    page.keyboard.insert_text(PASSWORD)
    page.keyboard.press("Enter")


@pytest.mark.feature("sale.order", "sale.spend_credit", "enrol.at_sale", page="/{mall}/shop/till")
@pytest.mark.parametrize("width", [1024, 390])
def test_an_amount_is_a_sale(world: World, cashier: tuple[Page, str, str], width: int) -> None:
    """Member, amount, Enter: by keyboard alone from the door, and however often Enter comes."""
    page, key, _ = cashier
    page.set_viewport_size({"width": width, "height": 650})
    member = f"0912{new_id().int % 10**7:07d}"
    keys, paper = page.keyboard, page.locator("#preview")
    expect(page.locator("#f-member")).to_be_focused(timeout=WAIT)
    keys.type(member)
    keys.press("Enter")
    keys.type("1000")
    keys.press("Enter")  # no good has that code: it is the amount
    expect(page.locator("#f-lines-0-price")).to_be_focused(timeout=WAIT)
    keys.press("+")
    expect(page.locator("#till-words")).to_contain_text("یک میلیون تومان", timeout=WAIT)
    expect(paper).to_contain_text("عضو تازه", timeout=WAIT)
    expect(paper.locator(".outcome__pay")).to_contain_text("۱٬۰۰۰٬۰۰۰", timeout=WAIT)
    button = page.locator("[data-record]")
    before = button.bounding_box()
    keys.press("Enter")
    keys.press("Enter")
    keys.press("Enter")
    receipt = page.locator(".till__receipt")
    expect(receipt).to_contain_text("مشتری تازه", timeout=WAIT)
    assert button.bounding_box() == before  # nothing moved
    assert len(world.call("GET", "/purchases", key=key)["items"]) == 1

    give = {"member": {"mobile": member}, "amount": 400_000, "scope": "own", "reason": "هدیه"}
    world.call("POST", "/credits", give, key)
    expect(page.locator("#f-member")).to_be_focused(timeout=WAIT)
    keys.type("200000")
    keys.press("Enter")  # the amount first, then who
    expect(page.locator("#f-lines-0-price")).to_have_value("۲۰۰٬۰۰۰")
    keys.type(member)
    expect(page.locator("[data-hint=credit]")).to_contain_text("۴۰٬۰۰۰", timeout=WAIT)
    keys.press("F4")
    expect(paper.locator(".outcome__pay")).to_contain_text("۱۶۰٬۰۰۰", timeout=WAIT)
    assert audit(page) == []
    keys.press("Enter")
    expect(receipt).to_contain_text("۱۶۰٬۰۰۰", timeout=WAIT)
    items = world.call("GET", "/purchases", key=key)["items"]
    assert [item["to_pay"] for item in items] == [1_600_000, 10_000_000]

    expect(page.locator("#f-member")).to_be_focused(timeout=WAIT)
    keys.press("?")
    expect(page.locator("#till-help")).to_be_visible()
    assert audit(page) == []
    keys.press("Escape")
    keys.type("123000")
    keys.press("Escape")
    expect(page.locator("#f-member")).to_have_value("")
    page.get_by_role("button", name="برگرداندن", exact=True).press("Enter")
    expect(page.locator("#f-member")).to_have_value("۱۲۳۰۰۰")
    page.reload()  # and it outlives that too
    expect(page.locator("#f-member")).to_have_value("۱۲۳۰۰۰", timeout=WAIT)


def test_nothing_typed_is_lost_and_nothing_is_sold_twice(
    world: World, cashier: tuple[Page, str, str]
) -> None:
    page, key, mine = cashier
    member = f"0912{new_id().int % 10**7:07d}"
    late: list[Route] = []

    def sales() -> list[int]:
        return [item["to_pay"] for item in world.call("GET", "/purchases", key=key)["items"]]

    # The script comes late: what was typed ahead of it goes where it belongs, and records nothing.
    page.route("**/js/till.js*", lambda route: late.append(route))
    page.goto(f"{world.base}/{world.slug}/shop/till", wait_until="commit")
    expect(page.locator("#f-member")).to_be_focused(timeout=WAIT)
    keys = page.keyboard
    keys.type(member)
    keys.press("Enter")
    keys.type("50000")
    keys.press("Enter")
    assert digits_to_latin(page.locator("#f-member").input_value()) == member
    assert len(late) == 1
    late[0].continue_()
    page.unroute("**/js/till.js*")
    expect(page.locator("#f-lines-0-price")).to_have_value("۵۰٬۰۰۰", timeout=WAIT)
    expect(page.locator("#preview")).to_contain_text("عضو تازه", timeout=WAIT)
    assert sales() == []

    # The session has ended: the door opens over the page, and the sale goes on.
    page.context.clear_cookies()
    keys.press("F9")
    expect(page.locator("#door-mobile")).to_be_focused(timeout=WAIT)
    _sign_in(page, mine)
    expect(page.locator(".till__receipt")).to_contain_text("۵۰٬۰۰۰", timeout=WAIT)
    assert sales() == [500_000]

    # The sale is made, but its answer never comes: it is asked for, not sent again.
    def lose(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        route.fetch()
        route.abort()

    page.route("**/shop/till", lose)
    expect(page.locator("#f-member")).to_be_focused(timeout=WAIT)
    page.fill("#f-member", member)
    page.fill("#f-lines-0-price", "70000")
    keys.press("F9")
    expect(page.locator(".till__receipt")).to_contain_text("۷۰٬۰۰۰", timeout=WAIT)
    assert sales() == [700_000, 500_000]
