"""The member's app on a phone whose network comes and goes."""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError, expect

from infra.shots import audit, page_at
from tests.e2e.conftest import World
from tests.e2e.test_member import WAIT, new_mobile, sign_in

pytestmark = pytest.mark.browser
expect.set_options(timeout=WAIT)

_KEPT = """async root => {
    const keys = await (await caches.open(`timcheh ${root} own`)).keys();
    return keys.map(each => new URL(each.url).pathname).sort();
}"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with page_at(browser, "phone", "light", workers=True) as page:
        page.set_default_timeout(WAIT)
        yield page


def _keeps(page: Page, root: str, pages: list[str]) -> None:
    """Waits until the phone keeps just these pages."""
    until = time.monotonic() + WAIT / 1000
    while (kept := page.evaluate(_KEPT, root)) != pages:
        assert time.monotonic() < until, kept
        page.wait_for_timeout(100)


def _until(act: Callable[[], object], seen: Callable[[], object]) -> None:
    """A busy Chromium sometimes says late that it is online again, and the page, which looks again
    then, undoes what a member has just begun: they begin it again."""
    for _ in range(2):
        act()
        try:
            seen()
        except (TimeoutError, AssertionError):
            continue
        return
    act()
    seen()


@pytest.mark.feature("member.app", page="/{mall}/club")
@pytest.mark.feature("member.card_view", page="/{mall}/club/card")
def test_the_card_is_there_without_a_network_and_gone_after_signing_out(
    world: World, phone: Page
) -> None:
    root, away = f"/{world.slug}/club", phone.locator(".club__away")
    network: BrowserContext = phone.context
    sign_in(phone, world, new_mobile())
    number = phone.locator(".cardnumber").inner_text()
    expect(away).to_be_hidden()
    _keeps(phone, root, [root, f"{root}/card"])

    network.set_offline(True)
    phone.reload()
    expect(away).to_contain_text("اینترنت نیست")
    assert audit(phone) == []
    tap = phone.locator(".niche__code").click
    _until(tap, lambda: phone.wait_for_url(f"**{root}/card", timeout=WAIT / 3))
    expect(phone.locator(".held .cardnumber")).to_have_text(number)
    assert audit(phone) == []
    told = expect(phone.get_by_role("heading"))
    _until(
        lambda: phone.goto(f"{world.base}{root}/history"),
        lambda: told.to_have_text("اینترنت نیست", timeout=WAIT / 3),
    )
    assert audit(phone) == []

    network.set_offline(False)  # the page looks again by itself
    expect(phone.get_by_role("heading", name="گردش حساب")).to_be_visible()
    phone.goto(f"{world.base}{root}")
    expect(away).to_be_hidden()
    phone.goto(f"{world.base}{root}/me")
    phone.get_by_role("button", name="خروج").click()
    expect(phone).to_have_url(re.compile("/club/sign-in$"))
    _keeps(phone, root, [])
    network.set_offline(True)
    phone.goto(f"{world.base}{root}/card")
    expect(phone.get_by_role("heading")).to_have_text("اینترنت نیست")
    expect(phone.get_by_role("link", name="کارت من")).to_be_hidden()
