"""HTML as a PDF of one page that is as long as what is on it, for printers with a roll."""

import asyncio
from typing import Any, Final

from timcheh.printing.pdf import _HERE, _fetcher

_LONGEST: Final = 3000.0  # mm; what is longer goes on a second page
_PX_PER_MM: Final = 96 / 25.4


async def roll(html: str, style: str, width: int, margin: int) -> bytes:
    """The document by `styles/<style>.css`, on a page `width` mm wide; in a thread."""
    return await asyncio.to_thread(_write, html, style, width, margin)


def _write(html: str, style: str, width: int, margin: int) -> bytes:
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

    def laid_out(height: float) -> Any:
        page = weasyprint.CSS(string=f"@page {{ size: {width}mm {height}mm; margin: {margin}mm }}")
        return document.render(stylesheets=[*sheets, page], font_config=fonts)

    # Only laid out does one know how long it is.
    first = laid_out(_LONGEST)
    if len(first.pages) > 1:
        long: bytes = first.write_pdf()
        return long
    body = first.pages[0]._page_box.children[0].children[0]
    written: bytes = laid_out(body.margin_height() / _PX_PER_MM + 2 * margin + 1).write_pdf()
    return written
