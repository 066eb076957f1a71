"""Tables of the fund as Excel files; money in rial, as accountants book it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from litestar import Response

from timcheh.sheets import Cell, write_workbook
from timcheh.web.downloads import XLSX, attachment
from timcheh.web.pages import PageContext


async def send_workbook(
    page: PageContext, name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> Response[Any]:
    """Rows at hand as a file of that name; a column's heading is the text `<name>-<column>`."""
    heading = [page.text(f"{name}-{column}") for column in columns]
    body = await asyncio.to_thread(_written, page, name, heading, rows)
    return attachment(body, f"{name}.xlsx", XLSX)


def _written(
    page: PageContext, name: str, heading: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> bytes:
    with TemporaryDirectory(prefix="timcheh-sheet-") as directory:
        path = Path(directory) / "sheet.xlsx"
        write_workbook(path, page.text(f"{name}-sheet"), heading, rows, page.locale)
        return path.read_bytes()
