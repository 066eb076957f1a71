"""A shop takes its own customers and purchases along, as CSV or Excel."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.exporting.sheets import Rows, Terms, customer_sheet, purchase_sheet
from merchants.permissions import CUSTOMERS_WRITE, PURCHASES, branches_of
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.sheets import WorkbookWriter, csv_rows
from timcheh.web.downloads import CSV, XLSX, streamed
from timcheh.web.pages import PageContext

Sheet = Callable[[UnitOfWork, Terms], Awaitable[tuple[list[str], Rows]]]
_BLOCK: Final = 256 * 1024


@get("/{mall_slug:str}/shop/customers/export/{kind:str}", include_in_schema=False)
async def customers_export(
    shop_page: NamedDependency[PageContext], kind: FromPath[str]
) -> Response[Any]:
    """The shop's customers with all that it knows of them."""
    caller = shop_page.caller
    branches_of(caller, CUSTOMERS_WRITE)

    async def sheet(uow: UnitOfWork, terms: Terms) -> tuple[list[str], Rows]:
        return await customer_sheet(uow, caller, terms)

    return await send_sheet(shop_page, "customers", kind, sheet)


@get("/{mall_slug:str}/shop/purchases/export/{kind:str}", include_in_schema=False)
async def purchases_export(
    shop_page: NamedDependency[PageContext], kind: FromPath[str]
) -> Response[Any]:
    """The purchases of the branches that the person may see."""
    caller = shop_page.caller
    branches_of(caller, CUSTOMERS_WRITE)  # who buys is in them
    branches = branches_of(caller, PURCHASES)

    async def sheet(uow: UnitOfWork, terms: Terms) -> tuple[list[str], Rows]:
        return await purchase_sheet(uow, caller, branches, terms)

    return await send_sheet(shop_page, "purchases", kind, sheet)


ROUTES: Final = (customers_export, purchases_export)


async def send_sheet(page: PageContext, what: str, kind: str, sheet: Sheet) -> Response[Any]:
    """A sheet as `csv` or `xlsx`; who takes it along is noted. Raises NotFound for other kinds."""
    if kind not in ("csv", "xlsx"):
        raise NotFound
    async with page.database.unit_of_work(page.caller.scope) as uow:
        await record(uow, page.caller, f"{what}.exported", "export", after={"kind": kind})
    if kind == "csv":
        return streamed(_csv(page, sheet), f"{what}.csv", CSV)
    return streamed(_workbook(page, what, sheet), f"{what}.xlsx", XLSX)


def _terms(page: PageContext) -> Terms:
    return Terms(page.locale, page.unit)


async def _csv(page: PageContext, sheet: Sheet) -> AsyncIterator[bytes]:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        heading, rows = await sheet(uow, _terms(page))
        async for piece in csv_rows(heading, rows, page.locale):
            yield piece


async def _workbook(page: PageContext, what: str, sheet: Sheet) -> AsyncIterator[bytes]:
    """A workbook can only be sent when it is whole: it is written to the disk first."""
    with TemporaryDirectory(prefix="timcheh-sheet-") as directory:
        path = Path(directory) / "sheet.xlsx"
        async with page.database.unit_of_work(page.caller.scope) as uow:
            heading, rows = await sheet(uow, _terms(page))
            title = page.text(f"export-{what}")
            writer = WorkbookWriter(path, title, heading, page.locale)
            async for some in rows:
                await asyncio.to_thread(writer.add, some)
        await asyncio.to_thread(writer.close)
        with path.open("rb") as file:
            while block := await asyncio.to_thread(file.read, _BLOCK):
                yield block
