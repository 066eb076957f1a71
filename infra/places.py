"""Where one can go in a running `timcheh demo`: its pages as links lead to them, and the others.

Addresses are found as a person finds them, by following links from the page where one begins; so
the ids in them are real, and a page that no link leads to is known as such.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from litestar.handlers import HTTPRouteHandler

from timcheh.web import join, sign_in
from timcheh_app.modules import modules

PORTALS = ("mall", "shop", "club", "door")
"""Where people are signed in, and the pages before that."""
_LINK = re.compile(r'<(?:a|link)\b[^>]*?\shref="(/[^"#]+)', re.DOTALL)
_HOLES = {"uuid": r"[0-9a-f]{8}-[0-9a-f-]{27}", "int": r"\d+", "str": r"[^/]+", "path": ".+"}
_HOLE = re.compile(r"\{\w+:(\w+)\}")
_MALL = "/{mall_slug:str}"
_ALIKE = 2
"""Links of so many pages of one kind are followed: one may be empty, two seldom are."""


@dataclass(frozen=True)
class Place:
    """A page of a portal: its kind (the route), a real address, clicks from where one begins."""

    kind: str
    address: str
    clicks: int

    @property
    def name(self) -> str:
        """For a file: `shop-offers-ID-edit`, with what is asked for after it."""
        path = self.kind.removeprefix(_MALL).strip("/") or "home"
        named = _HOLE.sub(lambda hole: "ID" if hole[1] == "uuid" else "X", path)
        asked = "".join(f"-{key}" for key, _ in parse_qsl(urlsplit(self.address).query))
        return named.replace("/", "-") + asked


class Answer(NamedTuple):
    """What came of asking for an address: is it a page to look at, and what it says."""

    page: bool
    text: str


def kinds(portal: str) -> list[str]:
    """The routes of a portal that a browser may ask for."""
    routes = [route for module in modules() for route in module.routes]
    found = {
        path
        for route in (*sign_in.ROUTES, *join.ROUTES, *routes)
        if isinstance(route, HTTPRouteHandler) and "GET" in route.http_methods
        for path in route.paths
    }
    return sorted(path for path in found if _portal(path) == portal)


def _portal(path: str) -> str:
    parts = path.split("/")
    if parts[1] in ("api", "static"):
        return ""
    within = len(parts) > 2 and parts[2] in PORTALS
    return parts[2] if within and not {"sign-in", "join"} & set(parts) else "door"


def explore(portal: str, begin: Sequence[str], ask: Callable[[str], Answer]) -> Iterator[Place]:
    """Each kind of page once, and once more for each set of questions in its address."""
    shapes = {kind: _shape(kind) for kind in kinds(portal)}
    waiting: deque[tuple[str, int]] = deque((address, 0) for address in begin)
    met, told = set(begin), set[tuple[str, frozenset[str]]]()
    seen: dict[str, int] = {}
    while waiting:
        address, clicks = waiting.popleft()
        parts = urlsplit(address)
        # The route with the fewest holes is the one that the server takes.
        fits = [kind for kind, shape in shapes.items() if shape.fullmatch(parts.path)]
        kind = min(fits, key=lambda each: each.count("{"), default="")
        about = (kind, frozenset(dict(parse_qsl(parts.query))))
        if not kind or (about in told and (parts.query or seen.get(kind, 0) >= _ALIKE)):
            continue
        seen[kind] = seen.get(kind, 0) + 1
        answer = ask(address)
        if not answer.page:
            continue
        if about not in told:
            yield Place(kind, address, clicks)
        told.add(about)
        for link in dict.fromkeys(_LINK.findall(answer.text)):
            link = link.replace("&amp;", "&")
            if link not in met:
                met.add(link)
                waiting.append((link, clicks + 1))


def _shape(kind: str) -> re.Pattern[str]:
    pieces = re.split(r"(\{\w+:\w+\})", kind)
    return re.compile(
        "".join(
            _HOLES[hole[1]] if (hole := _HOLE.fullmatch(piece)) else re.escape(piece)
            for piece in pieces
        )
    )
