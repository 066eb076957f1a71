"""The pictures in docs/pictures, taken of a running `timcheh demo`.

    python infra/pictures.py http://127.0.0.1:8000 [DATA_DIR]

Signs in as the people that the demo printed (kept in DATA_DIR/secrets/demo.json), looks at one page
of each audience, and writes the PNGs that README.md shows.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from shots import CHROMIUM, CHROMIUM_ARGUMENTS

OUT = Path(__file__).parents[1] / "docs" / "pictures"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


def main() -> None:
    """Takes every picture."""
    url = sys.argv[1].rstrip("/")
    data_dir = Path(sys.argv[2]) if len(sys.argv) > 2 else Path.home() / ".local/share/timcheh"
    told = json.loads((data_dir / "secrets" / "demo.json").read_text("utf-8"))
    people = {audience: _first(told["people"], f"/{audience}/") for audience in _AUDIENCES}
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS, headless=True
        )
        fund(browser, url, people)
        till(browser, url, people)
        member(browser, url, people)
        browser.close()


def staff(browser: Browser, url: str, person: Any) -> tuple[Page, str]:
    """A page that is signed in at a staff door, and the address of its portal."""
    page = browser.new_page(viewport=DESK, locale="fa-IR")
    page.goto(url + person["path"])
    page.fill("[name=mobile]", person["mobile"])
    page.fill("[name=password]", person["password"])
    page.click("form .btn--primary")
    page.wait_for_url(lambda now: "sign-in" not in now)
    return page, (url + person["path"]).removesuffix("/sign-in")


def _first(people: list[Any], path: str) -> Any:
    return next(person for person in people if path in person["path"])


def fund(browser: Browser, url: str, people: Any) -> None:
    """The shared fund, as an administrator sees it."""
    page, home = staff(browser, url, people["mall"])
    page.goto(f"{home}/fund")
    page.screenshot(path=OUT / "fund.png")


def till(browser: Browser, url: str, people: Any) -> None:
    """The till, with a known member and a line."""
    page, home = staff(browser, url, people["shop"])
    page.goto(f"{home}/till")
    page.fill("[name=member]", people["club"]["mobile"])
    page.fill("[name=lines-0-name]", "کرم مرطوب‌کننده")
    page.fill("[name=lines-0-price]", "480000")
    page.keyboard.press("F4")  # spend credit
    page.wait_for_timeout(2_500)  # the preview follows what is typed
    page.screenshot(path=OUT / "till.png")


def member(browser: Browser, url: str, people: Any) -> None:
    """A member's phone: the card, and what it holds."""
    person = people["club"]
    page = browser.new_page(viewport=PHONE, locale="fa-IR", device_scale_factor=2)
    page.goto(url + person["path"])
    page.fill("[name=mobile]", person["mobile"])
    page.click("form .btn--primary")
    page.wait_for_url("**/sign-in/code*")
    inbox = browser.new_page()
    inbox.goto(f"{url}/dev/inbox")
    found = re.search(r"\b(\d{5,6})\b", inbox.inner_text("main").translate(_LATIN))
    assert found is not None
    page.fill("[name=code]", found[1])  # the form goes by itself with its last digit
    page.wait_for_url(lambda now: "sign-in" not in now)
    page.screenshot(path=OUT / "member.png")


_AUDIENCES = ("mall", "shop", "club")
_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")

if __name__ == "__main__":
    main()
