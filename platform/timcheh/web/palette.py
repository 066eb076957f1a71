"""The palette (Ctrl-K): pages, actions, and what the modules find of a portal's own things.

One address for each portal answers what is typed with options, as a part of a page. Each module
brings its `Finder`s; what the caller may not do, or has no access to, none of them gives.
"""

from collections.abc import Sequence
from typing import Any, Final

from litestar import get
from litestar.di import NamedDependency

from timcheh.module import MOST_FOUND, Found
from timcheh.text.normalise import normalise, search_key
from timcheh.web.frame import nav_links
from timcheh.web.pages import Html, PageContext

_LONGEST: Final = 100
_TEMPLATE: Final = "palette.html"


@get("/{mall_slug:str}/mall/find", include_in_schema=False)
async def mall_find(mall_page: NamedDependency[PageContext]) -> Html:
    """Options for what was typed, in the mall's portal."""
    return await _answer(mall_page)


@get("/{mall_slug:str}/shop/find", include_in_schema=False)
async def shop_find(shop_page: NamedDependency[PageContext]) -> Html:
    """The same in a shop's portal."""
    return await _answer(shop_page)


ROUTES: Final = (mall_find, shop_find)


async def _answer(page: PageContext) -> Html:
    typed = normalise(page.request.query_params.get("q", "")[:_LONGEST])
    groups: list[dict[str, Any]] = [
        _group(page, "palette-actions", _actions(page, typed)),
        _group(page, "palette-pages", _pages(page, typed)),
    ]
    if typed:
        for finder in page.services.finders:
            if finder.audience == page.audience:
                found = await finder.find(page, typed)
                groups.insert(0, _group(page, finder.heading, found))
    shown = [group for group in groups if group["found"]]
    return page.render(_TEMPLATE, {"groups": shown, "typed": typed})


def _group(page: PageContext, heading: str, found: Sequence[Found]) -> dict[str, Any]:
    return {"heading": page.text(heading), "found": found[:MOST_FOUND]}


def _pages(page: PageContext, typed: str) -> list[Found]:
    """The menu's places, without those that the caller may not go to."""
    assert page.audience is not None
    links = nav_links(
        page.services.menu,
        audience=page.audience,
        mall_slug=page.mall.slug,
        path="",
        permissions=page.permissions,
        text=page.text,
    )
    return [
        Found(link.label, link.href, link.icon, link.section)
        for link in links
        if _in(typed, link.label)
    ]


def _actions(page: PageContext, typed: str) -> list[Found]:
    return [
        Found(page.text(each.label), page.url(each.path), each.icon)
        for each in page.services.actions
        if each.audience == page.audience
        and each.permission in page.permissions
        and _in(typed, page.text(each.label))
    ]


def _in(typed: str, text: str) -> bool:
    """Whether each typed word begins somewhere in a text; letters and half-spaces folded."""
    return all(search_key(word) in search_key(text) for word in typed.split())
