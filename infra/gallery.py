"""docs/gallery.md and its pictures, taken of a running `timcheh demo`.

    python -m infra.gallery http://127.0.0.1:8000 [DATA_DIR]

Signs in as the people that the demo printed (kept in DATA_DIR/secrets/demo.json) and looks at what
each of them works with: at a desk, on a phone, light and dark.
"""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from infra.demo_people import HOME, first_of_each, signed_in
from infra.shots import PATIENCE, chromium

DOCS = Path(__file__).parents[1] / "docs"
OUT = DOCS / "pictures"
_SIZES = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
_QUALITY = 78
_HEADS = {"mall": "The mall", "shop": "A shop", "club": "A member", "": "The design system"}


def _nothing(page: Page) -> None:
    """The page as it opens."""


def _palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.locator("#palette [role=option]").first).to_be_visible(timeout=PATIENCE)


def _calendar(page: Page) -> None:
    page.locator("[data-day-open]").first.click()
    expect(page.locator("dialog.calendar")).to_be_visible(timeout=PATIENCE)


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
    Shot("mall-board", "mall", "", "The network: sales, credit, fund, beside the days before"),
    Shot("mall-health", "mall", "/health", "How each shop does beside its own past", theme="dark"),
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
    Shot("club-offers", "club", "/offers", "What is open to a member, and what lacks", "phone"),
    Shot("club-history", "club", "/history", "Every movement with its reason", "phone", "dark"),
    Shot("charts", "", "/styleguide", "Charts, told apart without colour", act=_to("#charts")),
    Shot("calendar", "", "/styleguide", "The Jalali calendar", "phone", act=_calendar),
)


def main() -> None:
    """Takes every picture, then writes the page that shows them."""
    url = sys.argv[1].rstrip("/")
    people = first_of_each(Path(sys.argv[2]) if len(sys.argv) > 2 else HOME)
    OUT.mkdir(exist_ok=True)
    with chromium() as browser:
        for who in _HEADS:
            _take(browser, url, who, people.get(who))
    (DOCS / "gallery.md").write_text(_page(), encoding="utf-8")


def _take(browser: Browser, url: str, who: str, person: Any) -> None:
    """All pictures of one person, who signs in once."""
    state, home = signed_in(browser, url, person) if person else (None, url)
    for shot in SHOTS:
        if shot.who == who:
            with _opened(browser, shot, state) as page:
                page.goto(home + shot.path, wait_until="networkidle", timeout=PATIENCE)
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


def _keep(picture: bytes, name: str) -> None:
    with Image.open(io.BytesIO(picture)) as taken:
        taken.convert("RGB").save(OUT / f"{name}.webp", "WEBP", quality=_QUALITY, method=6)


def _page() -> str:
    """docs/gallery.md. A person's pictures under their name, phones side by side."""
    parts = [
        "# Gallery\n\nEverything here was taken of a running `make demo` by "
        "`python -m infra.gallery URL`; nothing is drawn.\n"
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
