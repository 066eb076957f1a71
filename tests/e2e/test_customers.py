"""A shop's owner brings customers along in Chromium, and takes it back."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.shots import audit, page_at
from merchants.importing.work import work_imports
from tests.e2e.conftest import PASSWORD, World, in_a_thread
from tests.merchants.importing.desk import sheet_of
from timcheh.db import Database, Role
from timcheh.ids import new_id
from timcheh.module import JobContext

pytestmark = pytest.mark.browser

WAIT = 30_000.0


@pytest.fixture
def owner(world: World, browser: Browser) -> Iterator[Page]:
    """The owner's browser, signed in, at the customers."""
    mobile = world.staff("owner", world.shop("گل‌آرا")["id"])
    with page_at(browser, "desktop", "light") as page:
        page.set_default_timeout(WAIT)
        page.goto(f"{world.base}/{world.slug}/shop/sign-in?next=/{world.slug}/shop/customers")
        page.fill("[name=mobile]", mobile)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{world.slug}/shop/customers")
        yield page


async def work(world: World) -> None:
    """The worker's part."""
    database = Database({role: world.settings.dsn(role) for role in Role})
    try:
        now = datetime.now(UTC)
        await work_imports(JobContext(database, world.settings, world.mall_id, now))
    finally:
        await database.stop()


@pytest.mark.feature("enrol.import")
def test_customers_come_from_excel_and_go_back(world: World, owner: Page) -> None:
    mobile = f"0912{new_id().int % 10**7:07d}"
    content = sheet_of(("شماره موبایل", "نام مشتری"), (mobile, "نرگس احمدی"), ("12", "کسی"))
    owner.get_by_role("link", name="ورود از اکسل").first.click()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    owner.set_input_files(
        "[name=file]", {"name": "مشتریان.xlsx", "mimeType": kind, "buffer": content}
    )
    owner.get_by_role("button", name="فرستادن فایل").click()
    expect(owner.locator("#f-column-0")).to_have_value("mobile")
    expect(owner.locator("#f-column-1")).to_have_value("name")
    assert audit(owner) == []
    owner.get_by_role("button", name="بررسی فایل").click()
    expect(owner.locator("#import-state")).to_contain_text("در حال بررسی")
    in_a_thread(work(world))
    # The page asks again by itself.
    expect(owner.locator("#import-state")).to_contain_text("آماده ثبت", timeout=WAIT)
    expect(owner.get_by_role("link", name="ردیف‌های نادرست با دلیل")).to_be_visible()
    owner.get_by_role("button", name="ثبت مشتریان").click()
    in_a_thread(work(world))
    owner.get_by_role("link", name="دیدن مشتریان").click(timeout=WAIT)
    expect(owner.get_by_role("link", name="نرگس احمدی")).to_be_visible()
    owner.go_back()
    owner.get_by_role("button", name="برگرداندن این ورود").click()
    owner.get_by_role("dialog").get_by_role("button", name="برگرداندن این ورود").click()
    in_a_thread(work(world))
    expect(owner.locator("#import-state")).to_contain_text("برگردانده شد", timeout=WAIT)
