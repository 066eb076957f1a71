"""Many shops from one sheet: the template, the trial with each row's faults, and the opening."""

from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath

from mall_portal.bulk.columns import COLUMNS, NEEDED, heading
from mall_portal.bulk.models import OPENING, ShopSheet, ShopSheetRow
from mall_portal.bulk.service import (
    MOST_BYTES,
    MOST_ROWS,
    bring_sheet,
    counts_of,
    find_sheet,
    newest_sheets,
    open_sheet,
    rows_of,
)
from mall_portal.permissions import MANAGE
from merchants.facade import TRADES
from timcheh.errors import FieldError, Invalid, TimchehError
from timcheh.errors.texts import field_message
from timcheh.text.digits import format_number
from timcheh.web.downloads import workbook
from timcheh.web.form import Form
from timcheh.web.pages import Html, PageContext
from timcheh.web.reception import TAKES_FILES
from timcheh.web.uploads import chunks_of

_HERE: Final = "/{mall_slug:str}/mall/shops/sheets"
_ONE: Final = _HERE + "/{sheet_id:uuid}"
_ROOM: Final = 64 * 1024  # of a form around its file
_SHOWN: Final = 100


@get(_HERE, include_in_schema=False)
async def sheets(mall_page: NamedDependency[PageContext]) -> Html:
    """Where a sheet is brought, and the earlier ones."""
    return await _new(mall_page, Form())


@get(_HERE + "/template", include_in_schema=False)
async def template(mall_page: NamedDependency[PageContext]) -> Response[Any]:
    """An empty sheet with a heading for each column and one shop for an example."""
    mall_page.caller.require(MANAGE)
    locale = mall_page.locale
    example = [mall_page.text(f"bulk-example-{column.replace('_', '-')}") for column in COLUMNS]
    headings = [heading(column, locale) for column in COLUMNS]
    return await workbook("shops", mall_page.text("bulk-title"), headings, [example], locale)


@post(
    _HERE,
    include_in_schema=False,
    request_max_body_size=MOST_BYTES + _ROOM,
    opt={TAKES_FILES: True},
)
async def sheet_brought(mall_page: NamedDependency[PageContext]) -> Html:
    """Tries a sheet; nothing is opened yet."""
    mall_page.caller.require(MANAGE)
    file = (await mall_page.request.form()).get("file")
    try:
        if not isinstance(file, UploadFile):
            raise Invalid.field("/file", "file_missing")
        sheet_id = await bring_sheet(
            mall_page.database,
            mall_page.caller,
            mall_page.mall,
            mall_page.locale,
            file.filename,
            chunks_of(file),
        )
    except TimchehError as error:
        return await _new(mall_page, Form.refused({}, error, mall_page.locale), error.status)
    return mall_page.go(mall_page.url(f"shops/sheets/{sheet_id}"))


@get(_ONE, include_in_schema=False)
async def sheet(mall_page: NamedDependency[PageContext], sheet_id: FromPath[UUID]) -> Html:
    """What the trial has found, how far the opening is, and what it has opened."""
    mall_page.caller.require(MANAGE)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        found = await find_sheet(uow, sheet_id)
        counts = await counts_of(uow, sheet_id)
        faulty = await rows_of(uow, sheet_id, faulty=True, most=_SHOWN)
        opened = await rows_of(uow, sheet_id, faulty=False, most=_SHOWN)
    name = "_state.html" if mall_page.htmx else "one.html"
    context = _shown(mall_page, found, counts) | {
        "faults": [_fault(mall_page, found, row) for row in faulty],
        "shops": [
            {
                "name": _cell(found, row, "name"),
                "href": mall_page.url(f"shops/{row.merchant_id}/handover"),
            }
            for row in opened
        ],
    }
    return mall_page.render(f"mall_portal/bulk/{name}", context)


@post(_ONE + "/open", include_in_schema=False)
async def sheet_opened(mall_page: NamedDependency[PageContext], sheet_id: FromPath[UUID]) -> Html:
    """Has the shops opened that are right."""
    mall_page.caller.require(MANAGE)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        await open_sheet(uow, mall_page.caller, sheet_id)
    return mall_page.go(mall_page.url(f"shops/sheets/{sheet_id}"))


@get(_ONE + "/faults", include_in_schema=False)
async def sheet_faults(
    mall_page: NamedDependency[PageContext], sheet_id: FromPath[UUID]
) -> Response[Any]:
    """The rows at fault as they stood, each with its reasons: mended, the file comes again."""
    mall_page.caller.require(MANAGE)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        found = await find_sheet(uow, sheet_id)
        rows = await rows_of(uow, sheet_id, faulty=True, most=MOST_ROWS)
    wide = len(found.headers)
    cells = [
        [*row.cells, *[""] * (wide - len(row.cells)), " ".join(_reasons(mall_page, found, row))]
        for row in rows
    ]
    headings = [*found.headers, mall_page.text("bulk-faults-column")]
    title = mall_page.text("bulk-faults")
    return await workbook("shops-mistakes", title, headings, cells, mall_page.locale)


ROUTES: Final = (sheets, template, sheet_brought, sheet, sheet_opened, sheet_faults)


async def _new(page: PageContext, form: Form, status: int = 200) -> Html:
    page.caller.require(MANAGE)
    async with page.database.unit_of_work(page.caller.scope) as uow:
        earlier = await newest_sheets(uow)
    context = {
        "form": form,
        "size": MOST_BYTES // 1024 // 1024,
        "rows": MOST_ROWS,
        "columns": [(heading(each, page.locale), each in NEEDED) for each in COLUMNS],
        "trades": [page.text(f"category-{code}") for code in TRADES],
        "earlier": [
            {
                "href": page.url(f"shops/sheets/{each.id}"),
                "file": each.file_name,
                "state": each.state,
                "at": each.created_at,
                "rows": each.total,
            }
            for each in earlier
        ],
    }
    return page.render("mall_portal/bulk/new.html", context, status=status)


def _shown(page: PageContext, sheet: ShopSheet, counts: dict[str, int]) -> dict[str, Any]:
    done, whole = counts["opened"], counts["good"]
    return {
        "file": sheet.file_name,
        "state": sheet.state,
        "working": sheet.state == OPENING,
        "counts": counts,
        "progress": page.text(
            "bulk-opened-of",
            done=format_number(done, page.locale),
            whole=format_number(whole, page.locale),
        ),
        "here": page.url(f"shops/sheets/{sheet.id}"),
    }


def _fault(page: PageContext, sheet: ShopSheet, row: ShopSheetRow) -> dict[str, Any]:
    return {
        "row": row.row,
        "name": _cell(sheet, row, "name"),
        "reasons": _reasons(page, sheet, row),
    }


def _reasons(page: PageContext, sheet: ShopSheet, row: ShopSheetRow) -> list[str]:
    """What is wrong and how it is mended, under each column's own heading."""
    said = []
    for column, code, params in row.faults:
        message = field_message(FieldError(f"/{column}", code, params), page.locale)
        at = sheet.columns.index(column) if column in sheet.columns else None
        named = heading(column, page.locale) if at is None else sheet.headers[at]
        said.append(page.text("bulk-fault", column=named, message=message))
    return said


def _cell(sheet: ShopSheet, row: ShopSheetRow, column: str) -> str:
    at = sheet.columns.index(column)
    return row.cells[at] if at < len(row.cells) else ""
