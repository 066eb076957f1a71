"""Pictures of pages, and what axe-core finds on them.

    python infra/shots.py OUT_DIR NAME=URL [NAME=URL ...] [--phone] [--desktop] [--light] [--dark]

Each page is taken at phone and desktop width, light and dark (or only those named), and audited.
A URL may be http(s) or a file. Exit status 1 if axe has anything to say.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-quic"]
WIDTHS = {"phone": (390, 844), "desktop": (1280, 800)}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
AXE = Path(__file__).with_name("axe.min.js")
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def audit(page: Page) -> list[str]:
    """axe-core's violations on the page as it is now, one line for each node at fault."""
    # Through the debugger, which the page's policy doesn't bind.
    page.evaluate(AXE.read_text("utf-8"))
    # Only what is at fault: what passes is a hundred times as much to gather and to carry over.
    violations: list[dict[str, Any]] = page.evaluate(
        """async rules => (await axe.run(document, {
            runOnly: {type: 'tag', values: rules}, resultTypes: ['violations'],
        })).violations""",
        AXE_RULES,
    )
    return [
        f"{violation['id']}: {violation['help']} at {' '.join(map(str, node['target']))}"
        f" ({_first_message(node)})"
        for violation in violations
        for node in violation["nodes"]
    ]


def _first_message(node: dict[str, Any]) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return str(checks[0]["message"]) if checks else ""


PATIENCE = 60_000.0
"""Milliseconds to wait for a state, on a machine that has other things to do."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without its own network traffic."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS, headless=True
        )
        yield browser
        browser.close()


@contextmanager
def page_at(
    browser: Browser, width: str, theme: Literal["light", "dark"], *, workers: bool = False
) -> Iterator[Page]:
    """A page of its own at one of WIDTHS, as a phone (touch) or a desktop.

    Without `workers` every answer comes from the server, never from a service worker.
    """
    across, down = WIDTHS[width]
    context = browser.new_context(
        viewport={"width": across, "height": down},
        color_scheme=theme,
        reduced_motion="reduce",
        locale="fa-IR",
        timezone_id="Asia/Tehran",
        has_touch=width == "phone",
        service_workers="allow" if workers else "block",
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def main() -> int:
    """Take the pictures; print what axe found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("pages", nargs="+", help="NAME=URL")
    for option in (*WIDTHS, *THEMES):
        parser.add_argument(f"--{option}", action="store_true")
    parser.add_argument("--screen", action="store_true", help="only the first screenful")
    chosen = parser.parse_args()
    widths = [name for name in WIDTHS if getattr(chosen, name)] or list(WIDTHS)
    themes = [name for name in THEMES if getattr(chosen, name)] or list(THEMES)
    chosen.out.mkdir(parents=True, exist_ok=True)
    faults = 0
    with chromium() as browser:
        for entry in chosen.pages:
            name, _, url = entry.partition("=")
            for width in widths:
                for theme in themes:
                    with page_at(browser, width, theme) as page:
                        faults += _take(page, url, f"{name}-{width}-{theme}", chosen)
    return 1 if faults else 0


def _take(page: Page, url: str, name: str, chosen: argparse.Namespace) -> int:
    problems: list[str] = []
    page.on("console", lambda line: problems.extend([line.text] * (line.type == "error")))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(url if "://" in url else Path(url).resolve().as_uri(), wait_until="networkidle")
    page.screenshot(path=str(chosen.out / f"{name}.png"), full_page=not chosen.screen)
    problems += audit(page)
    for problem in problems:
        sys.stdout.write(f"{name}: {problem}\n")
    return len(problems)


if __name__ == "__main__":
    sys.exit(main())
