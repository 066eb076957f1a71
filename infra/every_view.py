"""Every page of a running `timcheh demo` as people see it: on a phone and at a desk, light and
dark, Persian and English; with what a machine finds amiss, and sheets to look through.

    python -m infra.every_view URL OUT [--data-dir D] [--portal shop] [--view desk-en] [--match RE]

Pages are found by their links (infra/places.py). OUT/notes.txt says what was found, which pages lie
far and which no link leads to; OUT/sheets/ holds the contact sheets.
"""

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

from playwright.sync_api import APIRequestContext, Browser, Error, Page

from infra.assets import ROOT
from infra.demo_people import HOME, first_of_each, signed_in
from infra.places import PORTALS, Answer, Place, explore, kinds
from infra.sheets import DESK, GLANCE, PHONE, sheets
from infra.shots import PATIENCE, audit, chromium

_NOBODY: Any = {"cookies": [], "origins": []}
_PHONE = 600  # CSS pixels across, at most
_FAR = 2
_LONGEST = 4_000  # CSS pixels of a page that a picture shows
_PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_FAULTS = (Path(__file__).parent / "faults.js").read_text("utf-8")


class View(NamedTuple):
    """How a page is looked at; one loading serves all its themes."""

    name: str
    width: int
    height: int
    themes: Sequence[Literal["light", "dark"]] = ("light", "dark")
    language: str = "fa"


VIEWS = (
    View("phone", 390, 844),
    View("desk", 1366, 768),
    View("desk-en", 1366, 768, ("light",), "en"),
    View("large", 683, 384, ("light",)),  # a desk at 200 %
    View("phone-en", 390, 844, ("dark",), "en"),
)


def main() -> None:
    """Goes over everything, then writes notes and sheets."""
    parser = ArgumentParser(prog="python -m infra.every_view", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("out", type=Path)
    parser.add_argument("--data-dir", type=Path, default=HOME, help="of the demo")
    parser.add_argument("--portal", action="append", choices=PORTALS)
    parser.add_argument("--view", action="append", choices=[view.name for view in VIEWS])
    parser.add_argument("--match", default="", help="only pages whose name fits this expression")
    parser.add_argument("--axe", action="store_true", help="audit each page too")
    chosen = parser.parse_args()
    chosen.url = chosen.url.rstrip("/")
    chosen.out.mkdir(parents=True, exist_ok=True)
    people = first_of_each(chosen.data_dir)
    views = [view for view in VIEWS if not chosen.view or view.name in chosen.view]
    notes: list[str] = []
    with chromium() as browser:
        for portal in chosen.portal or PORTALS:
            state, begin = (
                _NOBODY,
                ["/", "/styleguide", *(each["path"] for each in people.values())],
            )
            if portal in people:
                state, home = signed_in(browser, chosen.url, people[portal])
                begin = [home.removeprefix(chosen.url)]
            notes += _portal(browser, chosen, portal, (state, begin), views)
    (chosen.out / "notes.txt").write_text("\n".join(notes) + "\n", "utf-8")
    for view in views:
        for theme in view.themes:
            layout = PHONE if view.width < _PHONE else DESK if theme == "light" else GLANCE
            sheets(chosen.out, f"{view.name}-{theme}", layout)


def _portal(
    browser: Browser,
    chosen: Namespace,
    portal: str,
    who: tuple[Any, list[str]],
    views: Sequence[View],
) -> Iterator[str]:
    """Pictures of one portal, and what is to be said of it."""
    state, begin = who
    with _opened(browser, chosen.url, VIEWS[1], state) as page:
        places = list(_places(page.context.request, chosen.url, portal, begin))
    missing = sorted(set(kinds(portal)) - {place.kind for place in places})
    yield f"== {portal}: {len(places)} pages"
    yield from (f"no link leads to a page: {kind}" for kind in missing)
    yield from (f"{p.clicks} clicks away: {p.address}" for p in places if p.clicks > _FAR)
    wanted = [place for place in places if re.search(chosen.match, place.name)]
    for view in views:
        titles: dict[str, str] = {}
        with _opened(browser, chosen.url, view, state) as page:
            for place in wanted:
                for fault in _look(page, chosen, view, place):
                    yield f"{place.name} [{view.name}] {fault}"
                first = titles.setdefault(page.title(), place.kind)
                if first != place.kind:
                    yield f"{place.name} [{view.name}] its title is that of {first}"


def _places(
    request: APIRequestContext, url: str, portal: str, begin: Sequence[str]
) -> Iterator[Place]:
    def ask(address: str) -> Answer:
        try:
            answer = request.get(url + address, timeout=PATIENCE, headers={"accept": "text/html"})
            html = "html" in answer.headers.get("content-type", "")
            whole = html and "<html" in (text := answer.text())
        except Error:  # what is too large or no text is no page
            return Answer(page=False, text="")
        return Answer(bool(whole) and answer.ok, text if html else "")

    return explore(portal, begin, ask)


@contextmanager
def _opened(browser: Browser, url: str, view: View, state: Any) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height},
        locale="fa-IR",
        timezone_id="Asia/Tehran",
        reduced_motion="reduce",
        storage_state=state,
        has_touch=view.width < _PHONE,
        service_workers="block",
    )
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "lang", "value": view.language, "url": url}])
    yield context.new_page()
    context.close()


def _look(page: Page, chosen: Namespace, view: View, place: Place) -> Iterator[str]:
    """A picture for each theme; answers what is wrong with the page."""
    page.emulate_media(color_scheme=view.themes[0])
    page.goto(chosen.url + place.address, wait_until="load")
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    for theme in view.themes:
        page.emulate_media(color_scheme=theme)
        page.evaluate(_PAINTED)
        folder = chosen.out / f"{view.name}-{theme}"
        folder.mkdir(exist_ok=True)
        height = min(page.evaluate("document.documentElement.scrollHeight"), _LONGEST)
        page.screenshot(
            path=str(folder / f"{place.name}.jpg"),
            type="jpeg",
            quality=80,
            full_page=True,
            clip={"x": 0, "y": 0, "width": view.width, "height": max(height, view.height)},
        )
        if chosen.axe:
            yield from audit(page)
    yield from page.evaluate(_FAULTS, {"language": view.language, "texts": _persian_texts()})


def _persian_texts() -> list[str]:
    """The catalogue's own Persian sentences: in an English page none of them may stand."""
    if not hasattr(_persian_texts, "kept"):
        found = set()
        for path in ROOT.glob("**/locale/fa.ftl"):
            for line in path.read_text("utf-8").splitlines():
                _, equals, text = line.partition(" = ")
                if equals and "{" not in text and len(text) > 2:
                    found.add(text.strip())
        _persian_texts.kept = sorted(found)  # type: ignore[attr-defined]
    return _persian_texts.kept  # type: ignore[attr-defined,no-any-return]


if __name__ == "__main__":
    main()
