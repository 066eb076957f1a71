"""Each audience's own journey by keyboard alone: what has the focus is in sight and not covered."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from infra.shots import page_at
from tests.e2e.conftest import PASSWORD, Town
from tests.e2e.test_member import code_of
from timcheh.ids import new_id

pytestmark = pytest.mark.browser

_FARTHEST = 90  # presses of Tab
# WCAG 2.4.7 and 2.4.11: the focus is shown, in the window, and under nothing that stays in place.
_IN_SIGHT = """() => {
    const each = document.activeElement;
    if (each === document.body) return "";
    const stays = at => /fixed|sticky/.test(getComputedStyle(at).position);
    const fixed = at => at && (stays(at) ? at : fixed(at.parentElement));
    const { left, right, top, bottom } = each.getBoundingClientRect();
    const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const other = at && !each.contains(at) && !at.contains(each);
    const covered = other && fixed(at) && !fixed(at).contains(each);
    const away = bottom <= 0 || top >= innerHeight;
    return each.matches(":focus-visible") && !covered && !away ? "" : each.outerHTML.slice(0, 200);
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with page_at(browser, "desktop", "light") as page:
        yield page


def reach(page: Page, target: Locator) -> None:
    """Tab, until the target has the focus."""
    expect(target).to_be_visible()
    for _ in range(_FARTHEST):
        page.keyboard.press("Tab")
        assert page.evaluate(_IN_SIGHT) == ""
        if target.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError("Tab doesn't lead there")


def press(page: Page, target: Locator) -> None:
    reach(page, target)
    page.keyboard.press("Enter")


def write(page: Page, field: str, text: str) -> None:
    reach(page, page.locator(f"main [name={field}], dialog [name={field}]").first)
    page.keyboard.insert_text(text)


def come_in(page: Page, town: Town, door: str) -> None:
    page.goto(f"{town.root(door)}/sign-in")
    expect(page.locator("[name=mobile]")).to_be_focused()
    page.keyboard.type(town.mobiles[door])
    if door == "club":
        page.keyboard.press("Enter")
        expect(page.locator("[name=code]")).to_be_focused()
        page.keyboard.type(code_of(page, town.world.base, town.mobiles[door]))
    else:
        page.keyboard.press("Tab")
        page.keyboard.insert_text(PASSWORD)
        page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/{door}(?!/sign-in)"))
    page.wait_for_load_state()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_shop_comes_on_board(page: Page, town: Town) -> None:
    come_in(page, town, "mall")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.insert_text("افزودن فروشگاه")
    expect(page.get_by_role("option", selected=True)).to_contain_text("افزودن فروشگاه")
    page.keyboard.press("Enter")
    page.wait_for_url("**/shops/new")
    page.wait_for_load_state()
    expect(page.locator("[name=name]")).to_be_focused()
    page.keyboard.insert_text("نان سحر")
    onward(page, "owner")
    expect(page.locator("[name=owner_name]")).to_be_focused()
    page.keyboard.insert_text("ژاله رستمی")
    write(page, "owner_mobile", f"0912{new_id().int % 10**7:07d}")
    for step in ("terms", "rules", "team", "review"):
        onward(page, step)
    press(page, page.get_by_role("button", name="گشایش فروشگاه"))
    page.wait_for_url("**/handover")


def onward(page: Page, step: str) -> None:
    press(page, page.get_by_role("button", name="ادامه"))
    page.wait_for_url(re.compile(f"/{step}$"))
    page.wait_for_load_state()


def test_a_partner_is_proposed_to(page: Page, town: Town) -> None:
    other = town.world.shop("لاله")
    come_in(page, town, "shop")
    press(page, page.locator("#places").get_by_role("link", name="فروشگاه‌های همکار"))
    page.wait_for_url("**/partners")
    opener = page.get_by_role("button", name="پیشنهاد همکاری").first
    press(page, opener)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    chosen = dialog.locator("[name=acceptor_id]")
    if not chosen.evaluate("each => each === document.activeElement"):
        reach(page, chosen)
    page.keyboard.press("ArrowDown")
    expect(chosen).to_have_value(other["id"])
    write(page, "max_share_percent", "30")
    write(page, "fee_percent", "2")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("لاله")


def test_a_member_reads_where_their_credit_is_from(page: Page, town: Town) -> None:
    key = town.shop["api_key"]
    line = {"name": "گل", "quantity": 1, "unit_price": 2_000_000}
    member = {"mobile": town.mobiles["club"]}
    town.world.call("POST", "/purchases", {"member": member, "enrol": True, "lines": [line]}, key)
    gift = {"member": member, "amount": 90_000, "scope": "own", "reason": "زادروز"}
    town.world.call("POST", "/credits", gift, key)
    page.set_viewport_size({"width": 390, "height": 844})
    come_in(page, town, "club")
    press(page, page.locator("main summary").filter(has_text="گل‌آرا"))
    press(page, page.locator("main details[open] a").first)
    page.wait_for_url("**/club/lots/*")
    expect(page.locator("main")).to_contain_text("زادروز")
    press(page, page.get_by_role("link", name="گردش", exact=True))
    page.wait_for_url("**/club/history")
    press(page, page.locator("main").get_by_role("link", name="دریافتی"))
    page.wait_for_url("**/club/history?kind=earned")
    press(page, page.get_by_role("link", name="من", exact=True))
    page.wait_for_url("**/club/me")
    press(page, page.get_by_role("button", name="خروج"))
    page.wait_for_url("**/club/sign-in")
