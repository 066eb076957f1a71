"""Tables of the fund as Excel files; money in rial, as accountants book it."""

from collections.abc import Sequence
from typing import Any

from litestar import Response

from timcheh.sheets import Cell
from timcheh.web.downloads import workbook
from timcheh.web.pages import PageContext


async def send_workbook(
    page: PageContext, name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> Response[Any]:
    """Rows at hand as a file of that name; a column's heading is the text `<name>-<column>`."""
    heading = [page.text(f"{name}-{column}") for column in columns]
    return await workbook(name, page.text(f"{name}-sheet"), heading, rows, page.locale)
