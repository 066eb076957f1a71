"""Pages of sample contexts, served under the product's own policy, without a database.

python -m tests.web_support.preview [PORT]
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from timcheh.text import catalogue
from timcheh.text.locale import Locale
from timcheh.web import styleguide
from timcheh.web.frame import View
from timcheh.web.render import Renderer

WEB = Path(styleguide.__file__).parent
NOW = datetime(2025, 12, 21, 10, 12, tzinfo=UTC)
NONCE = "preview"
POLICY = (  # timcheh.web.security's, for pages
    f"default-src 'none'; script-src 'self' 'nonce-{NONCE}'; style-src 'self' 'nonce-{NONCE}'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PACKAGES = ("mall_portal", "merchants", "exchange", "shared_pool", "members")


def renderer(*, reload: bool = False) -> Renderer:
    """The product's renderer over all packages that have templates."""
    catalogue.install(PACKAGES)
    return Renderer(PACKAGES, reload=reload)


class _Handler(SimpleHTTPRequestHandler):
    def __init__(
        self, pages: dict[Locale, dict[str, Any]], made: Renderer, *arguments: Any
    ) -> None:
        self.pages = pages
        self.renderer = made
        super().__init__(*arguments, directory=str(WEB))

    def do_POST(self) -> None:
        """What a page asks for by itself: nothing new, so the sample stays as it is."""
        self.send_response(HTTPStatus.NO_CONTENT)
        self.end_headers()

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        name = parts.path.strip("/")
        locale = Locale(parse_qs(parts.query).get("lang", ["fa"])[0])
        if name not in self.pages[locale]:
            if "HX-Request" in self.headers:  # a part that would come by itself
                self.do_POST()
            else:
                super().do_GET()
            return
        template, context, frame = self.pages[locale][name]
        view = View(
            locale=locale,
            nonce=NONCE,
            csrf_token="preview",
            path=f"/{name}",
            now=NOW,
            frame=frame,
        )
        body = self.renderer.render(template, context, view).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet: the tests speak for themselves."""


@contextmanager
def served(port: int = 0, *, reload: bool = False) -> Iterator[str]:
    """The base URL of a server with every sample page, while the block runs."""
    from tests.web_support.samples import pages

    made = renderer(reload=reload)
    handler = partial(_Handler, {locale: pages(NOW, locale) for locale in Locale}, made)
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    with served(int(sys.argv[1]) if len(sys.argv) > 1 else 8099, reload=True) as base:
        sys.stdout.write(f"{base}/styleguide\n")
        threading.Event().wait()
