"""What a browser asks for to install a mall's club and to run it without a network.

Nothing here is anybody's own: all of it is for whoever knows the mall's address.
"""

import hashlib
import json
from functools import cache
from importlib import resources
from typing import Any, Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from timcheh.errors import NotFound
from timcheh.malls import MallInfo
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale
from timcheh.web.frame import AUDIENCE_PATH
from timcheh.web.installing.mark import SIZES, ground, icon
from timcheh.web.pages import Html, PageContext
from timcheh.web.render import WEB_PACKAGE, asset

CLUB: Final = "/{mall_slug:str}/club"
_A_WHILE: Final = {"Cache-Control": "public, max-age=600"}
_FOREVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
# A worker has a policy of its own: it may fetch from here, and nothing else.
_WORKER_POLICY: Final = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"
_GROUND: Final = "#fbfaf8"
"""`--ground` of the light theme, behind the icon while the app starts."""
# What a page imports (templates/base.html), and what the club's own pages add to it.
_SCRIPTS: Final = (
    *("app", "theme", "dialog", "rows", "digits", "money", "words", "forms", "toasts", "steps"),
    "typed",
    *("club", "card"),
)
_ASSETS: Final = (
    "app.css",
    "fonts/vazirmatn.woff2",
    "icons.svg",
    "arch-top.svg",
    "arch-sign.svg",
    "favicon.svg",
    *(f"js/{name}.js" for name in _SCRIPTS),
)


@get(f"{CLUB}/manifest.webmanifest", include_in_schema=False)
async def manifest(front_page: NamedDependency[PageContext]) -> Response[bytes]:
    """What the club is called on a home screen, and how it looks there."""
    mall = front_page.mall
    body = json.dumps(_manifest(mall), ensure_ascii=False).encode()
    return Response(body, media_type="application/manifest+json", headers=_A_WHILE)


@get(f"{CLUB}/icons/{{name:str}}", include_in_schema=False)
async def picture(front_page: NamedDependency[PageContext], name: FromPath[str]) -> Response[bytes]:
    """The mark in the mall's colour: `192.png`, `maskable-512.png`."""
    colour = ground(front_page.mall.primary_colour)
    for size in SIZES:
        if name in (f"{size}.png", f"maskable-{size}.png"):
            drawn = icon(size, colour, maskable=name.startswith("maskable"))
            caching = _FOREVER if "v" in front_page.request.query_params else _A_WHILE
            return Response(drawn, media_type="image/png", headers=caching)
    raise NotFound


@get(f"{CLUB}/worker.js", include_in_schema=False)
async def worker(front_page: NamedDependency[PageContext]) -> Response[bytes]:
    """The service worker of this mall's club, which answers where the network does not."""
    root = _root(front_page.mall)
    settings = {"root": root, "assets": _assets(), "version": _version()}
    body = f"const SETTINGS = {json.dumps(settings)};\n{_worker()}".encode()
    headers = {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": _WORKER_POLICY,
        # The home page's own address has no slash at its end, so it isn't under the worker's.
        "Service-Worker-Allowed": root,
    }
    return Response(body, media_type="text/javascript", headers=headers)


@get(f"{CLUB}/offline", include_in_schema=False)
async def offline(front_page: NamedDependency[PageContext]) -> Html:
    """What is shown where there is no network and nothing was kept."""
    mall = front_page.mall
    context = {"mall_name": mall.name, "home": _root(mall)}
    return front_page.render("installing/offline.html", context)


ROUTES: Final = (manifest, picture, worker, offline)


def _root(mall: MallInfo) -> str:
    return f"/{mall.slug}/{AUDIENCE_PATH['member']}"


def _manifest(mall: MallInfo) -> dict[str, Any]:
    root, locale = _root(mall), Locale(mall.locale)
    colour = ground(mall.primary_colour)
    sizes = [(size, kind) for size in SIZES[1:] for kind in ("any", "maskable")]
    return {
        "id": root,
        "name": mall.name,
        "short_name": mall.name,
        "description": translate(locale, "install-about", mall=mall.name),
        "lang": locale.value,
        "dir": locale.direction,
        "start_url": root,
        "scope": root,
        "display": "standalone",
        "orientation": "portrait",
        "theme_color": colour,
        "background_color": _GROUND,
        "icons": [
            {
                "src": icon_address(mall, size, maskable=kind == "maskable"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": kind,
            }
            for size, kind in sizes
        ],
        "shortcuts": [
            {"name": translate(locale, "install-card"), "url": f"{root}/card"},
            {"name": translate(locale, "install-history"), "url": f"{root}/history"},
        ],
    }


def icon_address(mall: MallInfo, size: int, *, maskable: bool = False) -> str:
    """The icon's address; another colour has another address."""
    name = f"maskable-{size}.png" if maskable else f"{size}.png"
    return f"{_root(mall)}/icons/{name}?v={ground(mall.primary_colour)[1:]}"


@cache
def _worker() -> str:
    return (resources.files(WEB_PACKAGE) / "installing" / "worker.js").read_text("utf-8")


@cache
def _assets() -> list[str]:
    return [asset(path) for path in _ASSETS]


@cache
def _version() -> str:
    """Changes with the worker and with anything that it keeps."""
    return hashlib.sha256("\n".join([_worker(), *_assets()]).encode()).hexdigest()[:12]
