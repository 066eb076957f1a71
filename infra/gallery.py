"""docs/gallery.md and its pictures, taken of a running `timcheh demo`.

    python -m infra.gallery http://127.0.0.1:8000 [DATA_DIR [NAME …]]

Signs in as the people that the demo printed (kept in DATA_DIR/secrets/demo.json) and looks at what
each of them works with: at a desk, on a phone, light and dark.
"""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from infra.demo_people import HOME, everybody
from infra.gallery_scenes import Scene, Stage, asked_to_approve, drafted_settlement, sell
from infra.shots import PATIENCE, chromium

DOCS = Path(__file__).parents[1] / "docs"
OUT = DOCS / "pictures"
_SIZES = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
_QUALITY = 78
_HEADS = {"mall": "The mall", "shop": "A shop", "club": "A member", "": "The design system"}
Act = Callable[[Page, Stage], None]


def _nothing(_page: Page, _stage: Stage) -> None:
    """The page as it opens."""


def _palette(page: Page, _stage: Stage) -> None:
    page.keyboard.press("Control+k")
    expect(page.locator("#palette [role=option]").first).to_be_visible(timeout=PATIENCE)


def _calendar(page: Page, _stage: Stage) -> None:
    page.locator("[data-day-open]").first.click()
    expect(page.locator("dialog.calendar")).to_be_visible(timeout=PATIENCE)


def _till(page: Page, stage: Stage) -> None:
    sell(page, stage.people["club"]["mobile"])


def _opens(selector: str, shown: str) -> Act:
    def act(page: Page, _stage: Stage) -> None:
        page.locator(selector).first.click()
        expect(page.locator(shown).first).to_be_visible(timeout=PATIENCE)

    return act


def _to(selector: str) -> Act:
    def act(page: Page, _stage: Stage) -> None:
        page.evaluate("document.querySelectorAll('[data-toast-close]').forEach(e => e.click())")
        page.locator(selector).first.evaluate("each => each.scrollIntoView({block: 'start'})")

    return act


@contextmanager
def _as_it_is(_stage: Stage) -> Iterator[str]:
    yield ""


@dataclass(frozen=True)
class Shot:
    """One picture: whose page, where (continues the portal's address), and what is done there.

    `scene` happens before, and gives the rest of the path. `who` may be the `second` of the mall.
    """

    name: str
    who: str
    path: str
    caption: str
    size: Literal["desk", "phone"] = "desk"
    theme: Literal["light", "dark"] = "light"
    act: Act = _nothing
    scene: Scene = _as_it_is


SHOTS = (
    Shot("mall-board", "mall", "", "The network: sales, credit, fund, beside the days before"),
    Shot("mall-health", "mall", "/health", "How each shop does beside its own past", theme="dark"),
    Shot("mall-shops", "mall", "/shops", "Every shop, what it lacks, and where it stands"),
    Shot("mall-new-shop", "mall", "/shops/new", "Bringing a shop on board, step by step"),
    Shot("mall-fund", "mall", "/fund", "Who issued credit and where it was spent", theme="dark"),
    Shot(
        *("mall-settlement", "second", "", "A settlement is drafted by one, approved by another"),
        act=_opens("[data-opens=approve]", "#approve"),
        scene=drafted_settlement,
    ),
    Shot("mall-proof", "mall", "/proof", "The closing proof: every invariant, checked now"),
    Shot("mall-settings", "mall", "/settings", "The mall's own name, logo and colour"),
    Shot("mall-palette", "mall", "/shops", "Ctrl-K: everything two keys away", act=_palette),
    Shot("shop-today", "shop", "", "A shop's day"),
    Shot("shop-till", "shop", "/till", "The till", theme="dark", act=_till),
    Shot("shop-till-phone", "shop", "/till", "The till on a phone", "phone", act=_till),
    Shot("shop-customers", "shop", "/customers", "A shop's own customers"),
    Shot("shop-offers", "shop", "/offers", "Offers in plain sentences", theme="dark"),
    Shot("shop-proposal", "shop", "/partners", "What a proposal means, in plain words"),
    Shot(
        *("shop-partners", "shop", "/partners", "Partners, and what each of them brought"),
        act=_to("#worth"),
    ),
    Shot("shop-fund", "shop", "/fund", "What a shop is due, and from whom", "phone", "dark"),
    Shot("club-home", "club", "", "The card, and what it holds", "phone"),
    Shot(
        *("club-by-shop", "club", "", "By shop: each lot, where it is spent, until when", "phone"),
        act=_opens("#by-shop ~ * summary", "#by-shop ~ * details[open] .list--inner"),
    ),
    Shot("club-shops", "club", "/shops", "Where to spend it", "phone", "dark"),
    Shot("club-offers", "club", "/offers", "What is open to a member, and what lacks", "phone"),
    Shot(
        *("club-approval", "club", "", "A shop asks; the member decides", "phone"),
        scene=asked_to_approve,
    ),
    Shot("club-history", "club", "/history", "Every movement with its reason", "phone", "dark"),
    Shot("charts", "", "/styleguide", "Charts, told apart without colour", act=_to("#charts")),
    Shot("calendar", "", "/styleguide", "The Jalali calendar", "phone", act=_calendar),
)
_THEIRS = {"second": "mall"}


def main() -> None:
    """Takes every picture (or only those named), then writes the page that shows them."""
    url = sys.argv[1].rstrip("/")
    people = everybody(Path(sys.argv[2]) if len(sys.argv) > 2 else HOME)
    OUT.mkdir(exist_ok=True)
    with chromium() as browser:
        stage = Stage(
            browser,
            url,
            {who: found[0] for who, found in people.items()} | {"second": people["mall"][1]},
        )
        for shot in SHOTS:
            if shot.name in sys.argv[3:] or not sys.argv[3:]:
                _take(stage, shot)
    (DOCS / "gallery.md").write_text(_page(), encoding="utf-8")


def _take(stage: Stage, shot: Shot) -> None:
    state, home = stage.visit(shot.who) if shot.who else (None, stage.url)
    with shot.scene(stage) as path, _opened(stage.browser, shot, state) as page:
        page.goto(home + shot.path + path, wait_until="networkidle", timeout=PATIENCE)
        shot.act(page, stage)
        page.evaluate("document.fonts.ready")
        _keep(page.screenshot(), shot.name)


@contextmanager
def _opened(browser: Browser, shot: Shot, state: object) -> Iterator[Page]:
    context = browser.new_context(
        viewport=_SIZES[shot.size],  # type: ignore[arg-type]  # width and height
        color_scheme=shot.theme,
        locale="fa-IR",
        timezone_id="Asia/Tehran",
        reduced_motion="reduce",
        storage_state=state,  # type: ignore[arg-type]  # as Playwright gave it
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
        for shot in (shot for shot in SHOTS if _THEIRS.get(shot.who, shot.who) == who):
            width = ' width="300"' if shot.size == "phone" else ""
            parts.append(
                f"\n**{shot.caption}**\n\n"
                f'<img src="pictures/{shot.name}.webp" alt="{shot.caption}"{width}>\n'
            )
    return "".join(parts)


if __name__ == "__main__":
    main()
