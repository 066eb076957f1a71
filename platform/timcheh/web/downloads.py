"""Files that a page hands out."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

from litestar import Response
from litestar.response import Stream

from timcheh.sheets import Cell, workbook_bytes
from timcheh.text.locale import Locale
from timcheh.web.charts import Chart, chart_workbook
from timcheh.web.pages import PageContext

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
PDF = "application/pdf"


def attachment(body: bytes, name: str, media_type: str) -> Response[Any]:
    """A whole file that the browser saves under `name` (ASCII, ours)."""
    return Response(body, media_type=media_type, headers=_headers(name))


async def workbook(
    name: str,
    title: str,
    heading: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    locale: Locale,
) -> Response[Any]:
    """Rows at hand as the Excel file `<name>.xlsx`."""
    body = await asyncio.to_thread(workbook_bytes, title, heading, rows, locale)
    return attachment(body, f"{name}.xlsx", XLSX)


async def chart_sheet(page: PageContext, chart: Chart, name: str) -> Response[Any]:
    """A chart's values as the Excel file `<name>.xlsx`; money in rial."""
    unit = page.text("unit-rial") if chart.measure == "money" else ""
    body = await asyncio.to_thread(chart_workbook, chart, page.locale, unit)
    return attachment(body, f"{name}.xlsx", XLSX)


def streamed(body: AsyncIterator[bytes], name: str, media_type: str) -> Response[Any]:
    """A file that goes out while it is made."""
    return Stream(body, media_type=media_type, headers=_headers(name))


def _headers(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
