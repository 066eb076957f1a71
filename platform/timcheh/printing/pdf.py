"""HTML as PDF. Nothing is fetched: fonts and marks are the product's own, pictures are inline."""

import asyncio
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

_HERE: Final = Path(str(resources.files("timcheh.printing")))
_STATIC: Final = Path(str(resources.files("timcheh.web"))) / "static"
_OWN: Final = "own:"
"""How styles name a file under static/: `url(own:fonts/vazirmatn.woff2)`."""


async def pdf(html: str, style: str) -> bytes:
    """The document, laid out by `styles/<style>.css`; in a thread, as it takes seconds.

    `html` comes from a template: whatever people typed into it is escaped there.
    """
    return await asyncio.to_thread(_write, html, style)


def _write(html: str, style: str) -> bytes:
    # Half a second, and a library of the system: only where something is printed.
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    document = weasyprint.HTML(string=html, url_fetcher=_fetcher())
    sheets = [
        weasyprint.CSS(
            filename=_HERE / "styles" / f"{name}.css", url_fetcher=_fetcher(), font_config=fonts
        )
        for name in ("base", style)
    ]
    written: bytes = document.write_pdf(stylesheets=sheets, font_config=fonts)
    return written


@cache
def _fetcher() -> Any:
    """Lets the product's own files and inline data through, and nothing else."""
    from weasyprint.urls import URLFetcher

    class OwnFiles(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith(_OWN):
                path = (_STATIC / url.removeprefix(_OWN)).resolve()
                if path.is_relative_to(_STATIC):
                    return super().fetch(path.as_uri(), headers)
            if url.startswith("data:"):
                return super().fetch(url, headers)
            raise ValueError("printed matter fetches nothing")

    return OwnFiles(allowed_protocols=("file", "data"))
