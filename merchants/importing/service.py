"""The steps of an import that people take: bring a file, name its columns, start it, undo it."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from merchants.importing.columns import COLUMNS, MOBILE, NAMES, custom_code
from merchants.importing.errors import ImportMoved, SheetRefused
from merchants.importing.files import MOST_BYTES, keep_piece
from merchants.importing.merging import ON_KNOWN
from merchants.importing.models import ImportBatch
from merchants.importing.queries import find_batch, remember_columns
from merchants.profiles.fields import list_fields
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import Database, UnitOfWork
from timcheh.errors import FieldError, Invalid
from timcheh.ids import new_id
from timcheh.outbox import emit
from timcheh.sheets import SheetError, open_rows, receive, scratch

SAMPLE: Final = 5
"""Rows that are shown under each heading."""
_LONGEST_NAME: Final = 120
_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f/\\]")


async def bring_file(
    database: Database,
    caller: Caller,
    file_name: str,
    chunks: AsyncIterator[bytes],
    branch_id: UUID | None,
) -> UUID:
    """Keeps a file and answers the id of its batch, whose columns are to be named next.

    It is looked at before anything is kept. Raises SheetRefused; Invalid at `/file`.
    """
    async with scratch() as path:
        try:
            size, kind = await receive(chunks, path, MOST_BYTES)
            headings, sample, total = await asyncio.to_thread(_look, path, kind)
        except SheetError as error:
            raise SheetRefused(error.code) from None
        async with database.unit_of_work(caller.scope) as uow:
            batch = ImportBatch(
                mall_id=uow.scope.mall_id,
                merchant_id=caller.shop,
                id=new_id(),
                state="uploaded",
                kind=kind,
                file_name=_UNSAFE.sub("", file_name)[-_LONGEST_NAME:] or "?",
                size=size,
                headers=headings,
                sample=sample,
                plan={},
                total=total,
                done=0,
                counts={},
                failure=None,
                branch_id=branch_id,
                created_by=caller.id,
                created_at=uow.now,
                changed_at=uow.now,
            )
            uow.session.add(batch)
            await uow.session.flush()
            with path.open("rb") as file:
                number = 0
                while body := file.read(256 * 1024):
                    await keep_piece(uow, caller.shop, batch.id, number, body)
                    number += 1
            await record(uow, caller, "import.brought", "import", batch.id, after={"size": size})
            return batch.id


async def name_columns(
    uow: UnitOfWork, caller: Caller, batch_id: UUID, columns: Sequence[str], plan: dict[str, Any]
) -> None:
    """Says what each column is and has the file tried. Raises Invalid, NotFound, ImportMoved."""
    batch = await find_batch(uow, caller.shop, batch_id)
    if batch.state not in ("uploaded", "checked"):
        raise ImportMoved
    fields = await list_fields(uow, caller.shop)
    allowed = {"", *COLUMNS, *(custom_code(field.id) for field in fields)}
    faults = []
    if len(columns) != len(batch.headers) or not set(columns) <= allowed:
        faults.append(FieldError("/columns", "invalid"))
    chosen = [column for column in columns if column]
    if MOBILE not in chosen:
        faults.append(FieldError("/columns", "mobile_column_missing"))
    for number, column in enumerate(columns):
        if column and column in columns[:number]:
            faults.append(FieldError(f"/column-{number}", "column_twice"))
        if column in NAMES[1:] and NAMES[0] in chosen:
            faults.append(FieldError(f"/column-{number}", "name_twice"))
    if plan["on_known"] not in ON_KNOWN:
        faults.append(FieldError("/on_known", "invalid"))
    if faults:
        raise Invalid(errors=faults)
    await remember_columns(uow, caller.shop, batch.headers, columns)
    batch.done = 0
    plan = {**plan, "columns": list(columns)}
    await _go_on(uow, batch, "checking", plan=plan, counts={}, failure=None)


async def start(uow: UnitOfWork, caller: Caller, batch_id: UUID) -> None:
    """Takes the rows in that were tried; what had stopped half-way goes on where it stood.

    Raises NotFound, ImportMoved.
    """
    batch = await find_batch(uow, caller.shop, batch_id)
    if batch.state != "checked":
        raise ImportMoved
    await record(uow, caller, "import.started", "import", batch.id, after={"rows": batch.total})
    if batch.failure is None:
        batch.done, batch.counts = 0, {}
    await _go_on(uow, batch, "importing", failure=None)


async def undo(uow: UnitOfWork, caller: Caller, batch_id: UUID) -> None:
    """Takes back what the batch did, as far as nobody used it since. Raises as `start`."""
    batch = await find_batch(uow, caller.shop, batch_id)
    if batch.state != "imported":
        raise ImportMoved
    await record(uow, caller, "import.undone", "import", batch.id)
    batch.done = 0
    await _go_on(uow, batch, "undoing")


async def _go_on(uow: UnitOfWork, batch: ImportBatch, state: str, **values: Any) -> None:
    batch.state, batch.changed_at = state, uow.now
    for name, value in values.items():
        setattr(batch, name, value)
    await uow.session.flush()
    await emit(uow, "merchants.import_asked", {"batch_id": str(batch.id)}, urgent=True)


def _look(path: Path, kind: Any) -> tuple[list[str], list[list[str]], int]:
    """The headings, the first rows, and about how many rows there are (0: unknown)."""
    with open_rows(path, kind) as rows:
        headings = next(rows, [])
        while headings and not headings[-1].strip():
            headings.pop()
        if not headings:
            raise SheetError("sheet_empty")
        sample = [row[: len(headings)] for row in islice(rows, SAMPLE)]
    if not sample:
        raise SheetError("sheet_empty")
    return headings, sample, _lines(path) if kind == "csv" else 0


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        ends = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    return max(0, ends - 1)
