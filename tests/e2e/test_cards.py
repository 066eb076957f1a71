"""Cards at the till in Chromium: swiped, read by the camera; a bank card is dropped unseen."""

from collections.abc import Iterator

import pytest
import segno
from playwright.sync_api import Browser, Page, Request, expect

from infra.shots import audit, page_at
from tests.e2e.conftest import PASSWORD, World
from timcheh.ids import new_id

pytestmark = pytest.mark.browser

WAIT = 30_000.0
BANK_CARD = "6037997512345670"
_BETWEEN_KEYS = 4.0  # milliseconds, as a reader types
# The camera sees a canvas on which the code is drawn; Chromium here has no detector of its own,
# so it is the vendored one that reads it.
_CAMERA = """
address => {
  navigator.mediaDevices.getUserMedia = async () => {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [480, 360];
    const pen = canvas.getContext("2d");
    const draw = () => {
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, 480, 360);
      pen.drawImage(picture, 120, 60, 240, 240);
    };
    draw();
    setInterval(draw, 50);
    return canvas.captureStream(20);
  };
}
"""


@pytest.fixture
def till(world: World, browser: Browser) -> Iterator[tuple[Page, str]]:
    """The till, open, and the number of a customer of the shop."""
    shop = world.shop("گل‌آرا")
    bought = world.call(
        "POST",
        "/purchases",
        {
            "member": {"mobile": f"0912{new_id().int % 10**7:07d}"},
            "enrol": True,
            "lines": [{"name": "کالا", "quantity": 1, "unit_price": 10_000}],
        },
        shop["api_key"],
    )
    mobile = world.staff("owner", shop["id"])
    with page_at(browser, "desktop", "light") as page:
        page.set_default_timeout(WAIT)
        page.goto(f"{world.base}/{world.slug}/shop/sign-in")
        page.fill("[name=mobile]", mobile)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{world.slug}/shop")
        page.goto(f"{world.base}/{world.slug}/shop/till")
        yield page, bought["member"]["number"]


@pytest.mark.feature("card.swipe", page="/{mall}/shop/till")
def test_a_swipe_opens_the_member_and_a_bank_card_is_dropped(till: tuple[Page, str]) -> None:
    page, number = till
    sent: list[str] = []

    def keep(request: Request) -> None:
        sent.append(f"{request.url} {request.post_data or ''}")

    page.on("request", keep)
    page.locator("#f-lines-0-name").focus()
    page.keyboard.type(f";{BANK_CARD}=99121010000012300?", delay=_BETWEEN_KEYS)
    page.keyboard.press("Enter")
    expect(page.locator("#swipe-said")).to_be_visible()
    page.keyboard.type(f"%B{BANK_CARD}^ALI/REZA^9912101?", delay=_BETWEEN_KEYS)
    page.keyboard.press("Enter")
    page.wait_for_timeout(900)  # longer than the preview and the reader's rest
    fields = page.evaluate("[...document.querySelectorAll('input')].map(i => i.value).join('|')")
    for seen in (fields, page.content(), *sent):
        assert BANK_CARD not in seen
        assert BANK_CARD[4:12] not in seen
    page.keyboard.type(f";{number}=0000?", delay=_BETWEEN_KEYS)
    page.keyboard.press("Enter")
    expect(page.locator("#preview")).to_contain_text("مشتری شما", timeout=WAIT)
    expect(page.locator("#swipe-said")).to_be_hidden()
    expect(page.locator("#f-lines-0-name")).to_have_value("")


@pytest.mark.feature("card.qr", page="/{mall}/shop/till")
def test_the_camera_reads_the_members_code(till: tuple[Page, str]) -> None:
    page, number = till
    page.evaluate(
        _CAMERA, segno.make(number, error="m", micro=False).png_data_uri(scale=8, border=4)
    )
    page.get_by_role("button", name="اسکن با دوربین").first.click()
    expect(page.locator("#preview")).to_contain_text("مشتری شما", timeout=WAIT)
    expect(page.locator("#scanner")).to_be_hidden()
    assert audit(page) == []
