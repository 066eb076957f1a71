"""Statements on paper: one as a PDF, or all of a settlement as one archive."""

import io
import re
import zipfile
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

from shared_pool.settlement.pages import shown_result
from shared_pool.statements.service import ShopStatement
from timcheh.printing import pdf
from timcheh.printing.face import logo_of
from timcheh.text.normalise import strip_bidi
from timcheh.web.pages import PageContext

STYLE: Final = "statement"
_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200c]+")


async def statement_pdf(page: PageContext, found: ShopStatement) -> bytes:
    """One shop's statement, A4."""
    return await _printed(page, found, await logo_of(page))


async def _printed(page: PageContext, found: ShopStatement, logo: str) -> bytes:
    context = _context(page, found) | {"logo": logo}
    html = page.render("shared_pool/statements/paper.html", context).content
    return await pdf(str(html), STYLE)


async def archive(page: PageContext, found: Sequence[ShopStatement]) -> AsyncIterator[bytes]:
    """All of them, each made only when those before it are on their way."""
    sink, logo = _Sink(), await logo_of(page)
    with zipfile.ZipFile(sink, "w") as file:  # a PDF is packed already
        for number, each in enumerate(found, start=1):
            name = f"{number:03d}-{_file_name(each.shop)}.pdf"
            file.writestr(name, await _printed(page, each, logo))
            yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """What was written since it was last taken; zipfile needs no more of a file."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _file_name(shop: str) -> str:
    return " ".join(_UNSAFE.sub(" ", strip_bidi(shop)).split())[:60]


def _context(page: PageContext, found: ShopStatement) -> dict[str, Any]:
    previous = found.previous
    return {
        "mall": page.mall.name,
        "shop": found.shop,
        "sheba": found.sheba or "",
        "number": str(found.head.id)[-8:].upper(),
        "from_at": previous.created_at if previous and found.statement else None,
        "until": found.head.created_at,
        "net": found.line.net,
        "statement": found.statement,
        "result": shown_result(found.line),
        "note": found.line.note or "",
        "reference": found.line.reference or "",
        "marked_at": found.line.marked_at,
    }
