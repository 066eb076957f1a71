"""What surrounds a page: whose it is, where one can go from it, what was just done."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from timcheh.module import Audience, MenuItem
from timcheh.money import MoneyUnit
from timcheh.text.locale import Locale

Theme = Literal["system", "light", "dark"]
ToastKind = Literal["done", "bad"]

AUDIENCE_PATH: dict[Audience, str] = {"mall": "mall", "merchant": "shop", "member": "club"}
_PLACES_IN_TABBAR = 4
_PLACES_OF_A_MEMBER = 5
"""The member's app has no other menu, so that all of its places are in the bar."""


@dataclass(frozen=True, slots=True)
class NavLink:
    """A place one can go to. `label` and the heading `section` are already translated text."""

    label: str
    href: str
    icon: str
    current: bool = False
    count: int | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class Toast:
    """What has just happened. `undo` is where to POST to take it back, if that can be."""

    text: str
    kind: ToastKind = "done"
    undo: str | None = None


@dataclass(frozen=True, slots=True)
class Brand:
    """A mall's own face: its colour as `#rrggbb` and where its logo is, if it has them."""

    accent: str | None = None
    logo: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """The shell of a signed-in page.

    `place` is the shop in a merchant's portal, empty elsewhere; `role` is translated text; `who`
    tells people apart, and one person's shops, and says nothing else.
    """

    audience: Audience
    mall_name: str
    mall_slug: str
    links: Sequence[NavLink] = ()
    place: str = ""
    person: str = ""
    role: str = ""
    who: str = "someone"

    @property
    def root(self) -> str:
        """Where this audience's pages begin: `/{mall_slug}/{mall|shop|club}`."""
        return f"/{self.mall_slug}/{AUDIENCE_PATH[self.audience]}"

    @property
    def home(self) -> str:
        return self.root

    @property
    def sign_out(self) -> str:
        """Where to POST to leave."""
        return f"{self.root}/sign-out"

    @property
    def sections(self) -> Mapping[str, Sequence[NavLink]]:
        """The places by their headings, both in the menu's order."""
        found: dict[str, list[NavLink]] = {}
        for link in self.links:
            found.setdefault(link.section, []).append(link)
        return found

    @property
    def tabs(self) -> Sequence[NavLink]:
        """The places that a thumb reaches at the bottom of a phone."""
        member = self.audience == "member"
        return self.links[: _PLACES_OF_A_MEMBER if member else _PLACES_IN_TABBAR]

    @property
    def has_more(self) -> bool:
        return len(self.links) > _PLACES_IN_TABBAR


@dataclass(frozen=True, slots=True)
class View:
    """How one page is shown to one person: language, theme, secrets of this response, shell.

    `trial`: these are samples; the slug of the mall where the shop really is.
    """

    locale: Locale = Locale.FA
    theme: Theme = "system"
    nonce: str = ""
    csrf_token: str = ""
    path: str = "/"
    unit: MoneyUnit = MoneyUnit.TOMAN
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    frame: Frame | None = None
    brand: Brand = Brand()
    toasts: Sequence[Toast] = ()
    trial: str | None = None


def nav_links(
    menu: Iterable[MenuItem],
    *,
    audience: Audience,
    mall_slug: str,
    path: str,
    permissions: Collection[str],
    text: Callable[[str], str],
) -> list[NavLink]:
    """The menu of one audience as links, in order, without what this person may not do.

    The current place is the link with the longest path that `path` begins with; the home's is its
    own page only.
    """
    root = f"/{mall_slug}/{AUDIENCE_PATH[audience]}"
    mine = [
        item
        for item in sorted(menu, key=lambda item: item.order)
        if item.audience == audience and (item.permission is None or item.permission in permissions)
    ]
    hrefs = [_href(root, item.path) for item in mine]
    # By the address of an entry, or of what else is found there; the home is only itself.
    ways = {
        _href(root, way): href
        for item, href in zip(mine, hrefs, strict=True)
        for way in (item.path, *item.also)
    }
    here = ways.get(max((way for way in ways if _leads_to(way, path, root)), key=len, default=""))
    return [
        NavLink(
            text(item.label),
            href,
            item.icon,
            current=href == here,
            section=text(f"section-{item.section}") if item.section else "",
        )
        for item, href in zip(mine, hrefs, strict=True)
    ]


def _href(root: str, path: str) -> str:
    return f"{root}/{path.strip('/')}".rstrip("/")


def _leads_to(way: str, path: str, root: str) -> bool:
    return path.rstrip("/") == way or (way != root and path.startswith(f"{way}/"))
