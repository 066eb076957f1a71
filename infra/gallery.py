"""docs/gallery.md and its pictures, taken of a running `timcheh demo`.

    python infra/gallery.py http://127.0.0.1:8000 [DATA_DIR]

Signs in as the people that the demo printed (kept in DATA_DIR/secrets/demo.json) and looks at what
each of them works with: at a desk, on a phone, light and dark.
"""

import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright
from shots import CHROMIUM, CHROMIUM_ARGUMENTS

DOCS = Path(__file__).parents[1] / "docs"
OUT = DOCS / "pictures"
_SIZES = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
_QUALITY = 78
_PATIENCE = 60_000  # milliseconds: a machine may be busy
_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
_HEADS = {"mall": "The mall", "shop": "A shop", "club": "A member", "": "The design system"}


def _nothing(page: Page) -> None:
    """The page as it opens."""


def _palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.locator("#palette [role=option]").first).to_be_visible(timeout=_PATIENCE)


def _calendar(page: Page) -> None:
    page.locator("[data-day-open]").first.click()
    expect(page.locator("dialog.calendar")).to_be_visible(timeout=_PATIENCE)


def _till(page: Page) -> None:
    page.locator("[name=lines-0-price]").first.fill("480000")
    page.keyboard.press("Tab")


def _to(selector: str) -> Callable[[Page], None]:
    return lambda page: page.locator(selector).first.scroll_into_view_if_needed()


@dataclass(frozen=True)
class Shot:
    """One picture: whose page, where (continues the portal's address), and what is done there."""

    name: str
    who: str
    path: str
    caption: str
    size: Literal["desk", "phone"] = "desk"
    theme: Literal["light", "dark"] = "light"
    act: Callable[[Page], None] = _nothing


SHOTS = (
    Shot("mall-shops", "mall", "/shops", "Every shop, what it lacks, and where it stands"),
    Shot("mall-new-shop", "mall", "/shops/new", "Bringing a shop on board, step by step"),
    Shot("mall-fund", "mall", "/fund", "Who issued credit and where it was spent", theme="dark"),
    Shot("mall-proof", "mall", "/proof", "The closing proof: every invariant, checked now"),
    Shot("mall-settings", "mall", "/settings", "The mall's own name, logo and colour"),
    Shot("mall-palette", "mall", "/shops", "Ctrl-K: everything two keys away", act=_palette),
    Shot("shop-today", "shop", "", "A shop's day"),
    Shot("shop-till", "shop", "/till", "The till", theme="dark", act=_till),
    Shot("shop-till-phone", "shop", "/till", "The till on a phone", "phone", act=_till),
    Shot("shop-customers", "shop", "/customers", "A shop's own customers"),
    Shot("shop-offers", "shop", "/offers", "Offers in plain sentences", theme="dark"),
    Shot("shop-partners", "shop", "/partners", "Partners and their agreements"),
    Shot("club-home", "club", "", "The card, and what it holds", "phone"),
    Shot("club-history", "club", "/history", "Every movement with its reason", "phone", "dark"),
    Shot("charts", "", "/styleguide", "Charts, told apart without colour", act=_to("#charts")),
    Shot("calendar", "", "/styleguide", "The Jalali calendar", "phone", act=_calendar),
)


def main() -> None:
    """Takes every picture, then writes the page that shows them."""
    url = sys.argv[1].rstrip("/")
    data_dir = Path(sys.argv[2]) if len(sys.argv) > 2 else Path.home() / ".local/share/timcheh"
    told = json.loads((data_dir / "secrets" / "demo.json").read_text("utf-8"))
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS, headless=True
        )
        for who in _HEADS:
            person = _first(told["people"], f"/{who}/") if who else None
            _take(browser, url, who, person)
        browser.close()
    (DOCS / "gallery.md").write_text(_page(), encoding="utf-8")


def _first(people: list[Any], path: str) -> Any:
    return next(person for person in people if path in person["path"])


def _take(browser: Browser, url: str, who: str, person: Any) -> None:
    """All pictures of one person, who signs in once."""
    state, home = _signed_in(browser, url, who, person) if who else (None, url)
    for shot in SHOTS:
        if shot.who == who:
            with _opened(browser, shot, state) as page:
                page.goto(home + shot.path, wait_until="networkidle", timeout=_PATIENCE)
                shot.act(page)
                page.evaluate("document.fonts.ready")
                _keep(page.screenshot(), shot.name)


@contextmanager
def _opened(browser: Browser, shot: Shot, state: Any) -> Iterator[Page]:
    context = browser.new_context(
        viewport=_SIZES[shot.size],  # type: ignore[arg-type]  # width and height
        color_scheme=shot.theme,
        locale="fa-IR",
        timezone_id="Asia/Tehran",
        reduced_motion="reduce",
        storage_state=state,
        device_scale_factor=2 if shot.size == "phone" else 1,
    )
    yield context.new_page()
    context.close()


def _signed_in(browser: Browser, url: str, who: str, person: Any) -> tuple[Any, str]:
    """The cookies of somebody who has just signed in, and where their pages begin."""
    context = browser.new_context(locale="fa-IR")
    page = context.new_page()
    page.goto(url + person["path"], timeout=_PATIENCE)
    page.fill("[name=mobile]", person["mobile"])
    if who != "club":
        page.fill("[name=password]", person["password"])
    page.click("form .btn--primary")
    if who == "club":
        page.wait_for_url("**/sign-in/code*", timeout=_PATIENCE)
        page.fill("[name=code]", _code(browser, url))  # goes by itself with its last digit
    page.wait_for_url(lambda now: "sign-in" not in now, timeout=_PATIENCE)
    state = context.storage_state()
    context.close()
    return state, (url + person["path"]).removesuffix("/sign-in")


def _code(browser: Browser, url: str) -> str:
    inbox = browser.new_page()
    inbox.goto(f"{url}/dev/inbox", timeout=_PATIENCE)
    found = re.search(r"\b(\d{5,6})\b", inbox.inner_text("main").translate(_LATIN))
    assert found is not None
    inbox.close()
    return found[1]


def _keep(picture: bytes, name: str) -> None:
    with Image.open(io.BytesIO(picture)) as taken:
        taken.convert("RGB").save(OUT / f"{name}.webp", "WEBP", quality=_QUALITY, method=6)


def _page() -> str:
    """docs/gallery.md. A person's pictures under their name, phones side by side."""
    parts = [
        "# Gallery\n\nEverything here was taken of a running `make demo` by "
        "`python infra/gallery.py URL`; nothing is drawn.\n"
    ]
    for who, head in _HEADS.items():
        parts.append(f"\n## {head}\n")
        for shot in (shot for shot in SHOTS if shot.who == who):
            width = ' width="300"' if shot.size == "phone" else ""
            parts.append(
                f"\n**{shot.caption}**\n\n"
                f'<img src="pictures/{shot.name}.webp" alt="{shot.caption}"{width}>\n'
            )
    return "".join(parts)


if __name__ == "__main__":
    main()
