"""Importing customers in the shop's portal: bring, name the columns, try, take in, undo."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.importing import planning
from merchants.importing.columns import COLUMNS, custom_code, guess
from merchants.importing.faults import faulty_rows, reasons
from merchants.importing.files import MOST_BYTES, MOST_ROWS
from merchants.importing.merging import ON_KNOWN
from merchants.importing.models import AT_WORK, ImportBatch
from merchants.importing.queries import find_batch, newest_batches, remembered_columns
from merchants.importing.service import bring_file, name_columns, start, undo
from merchants.permissions import CUSTOMERS_WRITE, branches_of
from merchants.profiles.fields import list_fields
from merchants.shops.service import list_branches
from timcheh.calendar import BadDate, DateStyle, format_date, local_date, read_day
from timcheh.errors import Invalid, TimchehError
from timcheh.ids import read_id
from timcheh.money import MoneyUnit
from timcheh.sheets import Cell
from timcheh.text.digits import format_number
from timcheh.web.downloads import workbook
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext
from timcheh.web.reception import TAKES_FILES
from timcheh.web.uploads import chunks_of

_ROOM: Final = 64 * 1024  # of a form around its file
_COUNTS: Final = {
    "checked": ("new", "known", "merged", "faulty"),
    "imported": ("new", "changed", "known", "merged", "faulty"),
    "undone": ("removed", "restored", "kept"),
}
_NOTES: Final = {"merged": "import-merged-note", "kept": "import-kept-note"}


@get("/{mall_slug:str}/shop/customers/import", include_in_schema=False)
async def import_new(shop_page: NamedDependency[PageContext]) -> Html:
    """Where a file is brought, and what became of the earlier ones."""
    return await _new(shop_page, Form())


@post(
    "/{mall_slug:str}/shop/customers/import",
    include_in_schema=False,
    request_max_body_size=MOST_BYTES + _ROOM,
    opt={TAKES_FILES: True},
)
async def import_bring(shop_page: NamedDependency[PageContext]) -> Html:
    """Keeps a file; its columns are named on the next page."""
    branches_of(shop_page.caller, CUSTOMERS_WRITE)
    form = await shop_page.request.form()
    branch = str(form.get("branch") or "")
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise Invalid.field("/file", "file_missing")
        batch_id = await bring_file(
            shop_page.database,
            shop_page.caller,
            file.filename,
            chunks_of(file),
            await _branch(shop_page, branch),
        )
    except TimchehError as error:
        refused = Form.refused({"branch": branch}, error, shop_page.locale)
        return await _new(shop_page, refused, error.status)
    return shop_page.go(shop_page.url(f"customers/import/{batch_id}"))


@get("/{mall_slug:str}/shop/customers/import/{batch_id:uuid}", include_in_schema=False)
async def import_one(shop_page: NamedDependency[PageContext], batch_id: FromPath[UUID]) -> Html:
    """Where an import stands, and its next step."""
    branches_of(shop_page.caller, CUSTOMERS_WRITE)
    caller, query = shop_page.caller, shop_page.request.query_params
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        batch = await find_batch(uow, caller.shop, batch_id)
        fields = await list_fields(uow, caller.shop)
        remembered = await remembered_columns(uow, caller.shop)
    if batch.state == "uploaded" or (batch.state == "checked" and "columns" in query):
        codes = batch.plan.get("columns") or guess(batch.headers, remembered, fields)
        return _columns(shop_page, batch, fields, Form(_chosen(shop_page, batch, codes)))
    if shop_page.htmx:
        return shop_page.render("merchants/importing/_state.html", _state(shop_page, batch))
    return shop_page.render("merchants/importing/one.html", _state(shop_page, batch))


@post("/{mall_slug:str}/shop/customers/import/{batch_id:uuid}", include_in_schema=False)
async def import_try(
    shop_page: NamedDependency[PageContext], batch_id: FromPath[UUID], data: Fields
) -> Html:
    """Names the columns and has the file tried."""
    branches_of(shop_page.caller, CUSTOMERS_WRITE)
    caller = shop_page.caller
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        batch = await find_batch(uow, caller.shop, batch_id)
        fields = await list_fields(uow, caller.shop)
    columns = [data.get(f"column-{n}", "") for n in range(len(batch.headers))]
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            await name_columns(uow, caller, batch_id, columns, _plan(shop_page, data))
    except Invalid as error:
        refused = Form.refused(data, error, shop_page.locale)
        return _columns(shop_page, batch, fields, refused, error.status)
    return shop_page.go(shop_page.url(f"customers/import/{batch_id}"))


@post("/{mall_slug:str}/shop/customers/import/{batch_id:uuid}/start", include_in_schema=False)
async def import_start(shop_page: NamedDependency[PageContext], batch_id: FromPath[UUID]) -> Html:
    """Takes the rows in."""
    branches_of(shop_page.caller, CUSTOMERS_WRITE)
    async with shop_page.database.unit_of_work(shop_page.caller.scope) as uow:
        await start(uow, shop_page.caller, batch_id)
    return shop_page.go(shop_page.url(f"customers/import/{batch_id}"))


@post("/{mall_slug:str}/shop/customers/import/{batch_id:uuid}/undo", include_in_schema=False)
async def import_undo(shop_page: NamedDependency[PageContext], batch_id: FromPath[UUID]) -> Html:
    """Takes back what the batch did."""
    branches_of(shop_page.caller, CUSTOMERS_WRITE)
    async with shop_page.database.unit_of_work(shop_page.caller.scope) as uow:
        await undo(uow, shop_page.caller, batch_id)
    return shop_page.go(shop_page.url(f"customers/import/{batch_id}"))


@get("/{mall_slug:str}/shop/customers/import/{batch_id:uuid}/faults", include_in_schema=False)
async def import_faults(
    shop_page: NamedDependency[PageContext], batch_id: FromPath[UUID]
) -> Response[Any]:
    """The rows at fault as they were, each with its reason: to be mended and brought again."""
    branches_of(shop_page.caller, CUSTOMERS_WRITE)
    caller, locale = shop_page.caller, shop_page.locale
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        batch = await find_batch(uow, caller.shop, batch_id)
        codes = batch.plan.get("columns", [])
        rows: list[list[Cell]] = [
            [fault.row, *_cells(batch, fault.cells), reasons(fault, batch.headers, codes, locale)]
            async for some in faulty_rows(uow, batch)
            for fault in some
        ]
    heading = [
        shop_page.text("import-row-column"),
        *batch.headers,
        shop_page.text("import-fault-column"),
    ]
    title = shop_page.text("import-faults")
    return await workbook("import-mistakes", title, heading, rows, locale)


ROUTES: Final = (
    import_new,
    import_bring,
    import_one,
    import_try,
    import_start,
    import_undo,
    import_faults,
)


async def _new(page: PageContext, form: Form, status: int = 200) -> Html:
    caller = page.caller
    branches_of(caller, CUSTOMERS_WRITE)
    async with page.database.unit_of_work(caller.scope) as uow:
        branches = await list_branches(uow, caller.shop)
        earlier = await newest_batches(uow, caller.shop)
    context = {
        "form": form,
        "branches": [(str(branch.id), branch.name) for branch in branches],
        "size": MOST_BYTES // 1024 // 1024,
        "rows": MOST_ROWS,
        "earlier": [_row(batch) for batch in earlier],
    }
    return page.render("merchants/importing/new.html", context, status=status)


def _row(batch: ImportBatch) -> dict[str, Any]:
    return {
        "id": batch.id,
        "file": batch.file_name,
        "state": batch.state,
        "at": batch.created_at,
        "rows": batch.total or batch.done,
    }


def _columns(
    page: PageContext,
    batch: ImportBatch,
    fields: Any,
    form: Form,
    status: int = 200,
) -> Html:
    context = {
        "form": form,
        "file": batch.file_name,
        "columns": [
            {
                "name": f"column-{number}",
                "heading": heading,
                "number": number + 1,
                "sample": [
                    row[number] for row in batch.sample if number < len(row) and row[number]
                ],
            }
            for number, heading in enumerate(batch.headers)
        ],
        "choices": [(code, column_label(page, code)) for code in COLUMNS]
        + [(custom_code(field.id), field.label) for field in fields],
        "on_known": [(code, page.text(f"import-on-known-{code}")) for code in ON_KNOWN],
        "units": [(unit, page.text(f"unit-{unit}")) for unit in ("toman", "rial")],
        "action": page.url(f"customers/import/{batch.id}"),
    }
    return page.render("merchants/importing/columns.html", context, status=status)


def column_label(page: PageContext, code: str) -> str:
    """What a column is called in the page's language."""
    return page.text(f"column-{code}" if code in _NAMED else f"fact-{code}")


_NAMED: Final = frozenset(
    {"mobile", "name", "first_name", "last_name", "consent", "credit", "points"}
)


def _chosen(page: PageContext, batch: ImportBatch, codes: list[str]) -> dict[str, str]:
    plan: Mapping[str, Any] = batch.plan
    toman = plan.get("money_in_toman", page.unit is MoneyUnit.TOMAN)
    until = plan.get("until")
    return {
        **{f"column-{number}": code for number, code in enumerate(codes)},
        "on_known": plan.get("on_known", ON_KNOWN[0]),
        "unit": "toman" if toman else "rial",
        "until": format_date(date.fromisoformat(until), page.locale, DateStyle.SHORT)
        if until
        else "",
        "consent": "yes" if plan.get("all_consent") else "",
    }


def _plan(page: PageContext, data: Mapping[str, str]) -> dict[str, Any]:
    return planning.kept(
        [],
        on_known=data.get("on_known", ""),
        money_in_toman=data.get("unit") != "rial",
        all_consent=data.get("consent") == "yes",
        until=_until(page, data.get("until", "")),
        reason=page.text("import-reason"),
    )


def _until(page: PageContext, typed: str) -> date | None:
    if not typed.strip():
        return None
    try:
        day = read_day(typed)
    except BadDate:
        raise Invalid.field("/until", "bad_date") from None
    if day < local_date(page.now):
        raise Invalid.field("/until", "not_after_start")
    return day


def _state(page: PageContext, batch: ImportBatch) -> dict[str, Any]:
    counts = batch.counts
    shown = _COUNTS.get(batch.state, ())
    return {
        "file": batch.file_name,
        "state": batch.state,
        "working": batch.state in AT_WORK,
        "done": batch.done,
        "total": max(batch.total, batch.done),
        "known_total": batch.total > 0 and batch.state != "undoing",
        "progress": page.text(
            "import-done-of" if batch.total else "import-done-n",
            done=format_number(batch.done, page.locale),
            total=format_number(max(batch.total, batch.done), page.locale),
        ),
        "counts": [
            (
                page.text(f"import-{name}"),
                counts.get(name, 0),
                page.text(_NOTES[name]) if name in _NOTES else "",
            )
            for name in shown
        ],
        "credit": counts.get("credit", 0) if batch.state in ("checked", "imported") else 0,
        "points": counts.get("points", 0) if batch.state in ("checked", "imported") else 0,
        "faulty": counts.get("faulty", 0) if batch.state in ("checked", "imported") else 0,
        "takes": batch.failure is not None or counts.get("new", 0) + counts.get("known", 0) > 0,
        "failure": page.text(f"error-{batch.failure}.detail") if batch.failure else "",
        "here": page.url(f"customers/import/{batch.id}"),
        "customers": page.url("customers"),
    }


def _cells(batch: ImportBatch, cells: list[str]) -> list[str]:
    wide = len(batch.headers)
    return [*cells[:wide], *[""] * (wide - len(cells))]


async def _branch(page: PageContext, typed: str) -> UUID | None:
    if not typed:
        return None
    wanted = read_id(typed)
    async with page.database.unit_of_work(page.caller.scope) as uow:
        branches: list[UUID] = [one.id for one in await list_branches(uow, page.caller.shop)]
    if wanted not in branches:
        raise Invalid.field("/branch", "invalid")
    return wanted
