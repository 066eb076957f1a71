"""What has to happen in a running demo before some pictures of the gallery can be taken.

Each scene gives the path of the page to look at, and puts back what it changed.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, expect

from infra.demo_people import Person, signed_in
from infra.shots import PATIENCE


class Stage:
    """The demo and its people (`mall`, `second` of the mall, `shop`, `club`), who sign in once."""

    def __init__(self, browser: Browser, url: str, people: dict[str, Person]) -> None:
        self.browser, self.url, self.people = browser, url, people
        self._visits: dict[str, tuple[Any, str]] = {}

    def visit(self, who: str) -> tuple[Any, str]:
        """Somebody's cookies, and where their pages begin."""
        if who not in self._visits:
            self._visits[who] = signed_in(self.browser, self.url, self.people[who])
        return self._visits[who]

    @contextmanager
    def desk(self, who: str) -> Iterator[tuple[Page, str]]:
        """A page of somebody's own, and where theirs begin."""
        state, home = self.visit(who)
        context = self.browser.new_context(storage_state=state, locale="fa-IR")
        context.set_default_timeout(PATIENCE)
        yield context.new_page(), home
        context.close()


Scene = Callable[[Stage], AbstractContextManager[str]]


@contextmanager
def asked_to_approve(stage: Stage) -> Iterator[str]:
    """The shop's till waits for the member's word, on their phone."""
    with stage.desk("shop") as (page, home):
        _approve_above(page, home, "0")
        page.goto(f"{home}/till")
        sell(page, stage.people["club"]["mobile"])
        page.locator("[name=spend_credit]").check(force=True)
        expect(page.locator("#preview")).to_contain_text("تأیید")
        page.keyboard.press("F9")
        request = page.locator("[data-approval]")
        expect(request).to_be_visible()
        yield f"/approvals/{request.get_attribute('data-approval')}"
        _approve_above(page, home, "")


@contextmanager
def drafted_settlement(stage: Stage) -> Iterator[str]:
    """One of the mall has drafted a settlement; another looks at it."""
    with stage.desk("mall") as (page, home):
        page.goto(f"{home}/settlements")
        page.locator("[data-opens=draft]").first.click()
        page.locator("#draft .btn--primary").click()
        page.wait_for_url("**/settlements/*")
        yield page.url.removeprefix(home)
        page.locator("[data-opens=cancel]").click()
        page.locator("#cancel .btn--danger, #cancel .btn--primary").click()
        page.wait_for_load_state("load")


def sell(page: Page, mobile: str) -> None:
    """A sale at the till as far as its answer: what is earned, what can be spent."""
    page.locator("[name=member]").fill(mobile)
    page.locator("[name=lines-0-price]").first.fill("480000")
    page.keyboard.press("Tab")
    answer = page.locator("#preview [data-outcome][data-member]")
    expect(answer.locator(".outcome__pay")).to_contain_text("۴۸۰", timeout=PATIENCE)


def _approve_above(page: Page, home: str, amount: str) -> None:
    page.goto(f"{home}/selling")
    page.locator("[name=approve_above]").fill(amount)
    page.locator("form .btn--primary").click()
    page.wait_for_load_state("load")
