"""Sheets of shops: brought and tried at once, opened by a job once somebody has said so."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from mall_portal.bulk.columns import NEEDED, meanings, read_row
from mall_portal.bulk.errors import ColumnsMissing, SheetMoved, SheetRefused
from mall_portal.bulk.models import CHECKED, OPENING, ShopSheet, ShopSheetRow
from merchants.facade import shop_names
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import Database, UnitOfWork
from timcheh.errors import FieldError, Invalid, NotFound
from timcheh.ids import new_id
from timcheh.malls import MallInfo
from timcheh.money import MoneyUnit
from timcheh.outbox import emit
from timcheh.sheets import SheetError, open_rows, receive, scratch
from timcheh.text.locale import Locale
from timcheh.text.normalise import search_key

ASKED: Final = "mall_portal.shops_asked"
MOST_BYTES: Final = 4 * 1024 * 1024
MOST_ROWS: Final = 2_000
_LONGEST_NAME: Final = 120
_LONGEST_CELL: Final = 500
_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f/\\]")
Row = tuple[int, list[str]]


async def bring_sheet(
    database: Database,
    caller: Caller,
    mall: MallInfo,
    locale: Locale,
    file_name: str,
    chunks: AsyncIterator[bytes],
) -> UUID:
    """Keeps a file's rows with what is wrong with each; answers the sheet's id. Nothing is opened.

    Raises Invalid at `/file`, SheetRefused, ColumnsMissing.
    """
    async with scratch() as path:
        try:
            _, kind = await receive(chunks, path, MOST_BYTES)
            headings, rows = await asyncio.to_thread(_read, path, kind)
        except SheetError as error:
            raise SheetRefused(error.code) from None
    columns = meanings(headings)
    lacking = [column for column in NEEDED if column not in columns]
    if lacking:
        raise ColumnsMissing(lacking, locale)
    async with database.unit_of_work(caller.scope) as uow:
        taken = {search_key(name) for name in (await shop_names(uow)).values()}
        sheet = ShopSheet(
            mall_id=uow.scope.mall_id,
            id=new_id(),
            state=CHECKED,
            file_name=_UNSAFE.sub("", file_name)[-_LONGEST_NAME:] or "?",
            headers=headings,
            columns=columns,
            total=len(rows),
            locale=locale.value,
            created_by=caller.id,
            created_at=uow.now,
            changed_at=uow.now,
        )
        uow.session.add(sheet)
        await uow.session.flush()
        tried = await asyncio.to_thread(lambda: list(_tried(rows, columns, mall, taken)))
        uow.session.add_all(
            ShopSheetRow(
                mall_id=sheet.mall_id, sheet_id=sheet.id, row=number, cells=cells, faults=faults
            )
            for number, cells, faults in tried
        )
        after = {"rows": len(rows)}
        await record(uow, caller, "shop_sheet.brought", "shop_sheet", sheet.id, after=after)
        return sheet.id


async def find_sheet(uow: UnitOfWork, sheet_id: UUID, *, lock: bool = False) -> ShopSheet:
    """Raises NotFound."""
    query = select(ShopSheet).where(
        ShopSheet.mall_id == uow.scope.mall_id, ShopSheet.id == sheet_id
    )
    sheet = await uow.session.scalar(query.with_for_update() if lock else query)
    if sheet is None:
        raise NotFound
    return sheet


async def newest_sheets(uow: UnitOfWork, most: int = 10) -> Sequence[ShopSheet]:
    """The latest first."""
    rows = await uow.session.scalars(
        select(ShopSheet)
        .where(ShopSheet.mall_id == uow.scope.mall_id)
        .order_by(ShopSheet.id.desc())
        .limit(most)
    )
    return rows.all()


async def counts_of(uow: UnitOfWork, sheet_id: UUID) -> dict[str, int]:
    """Rows by what they are: `good`, `faulty`, and of the good ones those `opened`."""
    faulty = func.jsonb_array_length(ShopSheetRow.faults) > 0
    found = await uow.session.execute(
        select(
            func.count().filter(~faulty),
            func.count().filter(faulty),
            func.count(ShopSheetRow.merchant_id),
        ).where(ShopSheetRow.mall_id == uow.scope.mall_id, ShopSheetRow.sheet_id == sheet_id)
    )
    return dict(zip(("good", "faulty", "opened"), found.one(), strict=True))


async def rows_of(
    uow: UnitOfWork, sheet_id: UUID, *, faulty: bool, most: int
) -> Sequence[ShopSheetRow]:
    """Rows with faults, or shops that were opened, in the file's order."""
    which = (
        func.jsonb_array_length(ShopSheetRow.faults) > 0
        if faulty
        else ShopSheetRow.merchant_id.is_not(None)
    )
    rows = await uow.session.scalars(
        select(ShopSheetRow)
        .where(ShopSheetRow.mall_id == uow.scope.mall_id, ShopSheetRow.sheet_id == sheet_id, which)
        .order_by(ShopSheetRow.row)
        .limit(most)
    )
    return rows.all()


async def open_sheet(uow: UnitOfWork, caller: Caller, sheet_id: UUID) -> None:
    """Has the rows that are right opened. Raises NotFound, and SheetMoved for a second time."""
    sheet = await find_sheet(uow, sheet_id, lock=True)
    if sheet.state != CHECKED:
        raise SheetMoved
    sheet.state, sheet.changed_at = OPENING, uow.now
    await record(uow, caller, "shop_sheet.opened", "shop_sheet", sheet.id)
    await emit(uow, ASKED, {"sheet_id": str(sheet.id)}, urgent=True)


def kept_fault(fault: FieldError) -> list[Any]:
    """A fault as a row keeps it. A trade is told by its name, not by the code that it isn't."""
    column = fault.pointer.strip("/")
    if column == "trade":
        return [column, "trade_unknown", {}]
    return [column, fault.code, dict(fault.params)]


def _read(path: Path, kind: Any) -> tuple[list[str], list[Row]]:
    with open_rows(path, kind) as rows:
        headings = [cell.strip() for cell in next(rows, [])]
        while headings and not headings[-1]:
            headings.pop()
        found = [
            (number, [cell[:_LONGEST_CELL] for cell in row[: len(headings)]])
            for number, row in enumerate(islice(rows, MOST_ROWS + 1), 2)
        ]
    if len(found) > MOST_ROWS:
        raise SheetError("shop_sheet_too_long")
    filled = [(number, row) for number, row in found if any(cell.strip() for cell in row)]
    if not headings or not filled:
        raise SheetError("shop_sheet_empty")
    return headings, filled


def _tried(
    rows: Sequence[Row], columns: Sequence[str], mall: MallInfo, taken: set[str]
) -> Iterator[tuple[int, list[str], list[list[Any]]]]:
    """Each row with its faults. A shop that is there already, here or in the mall, is one."""
    names = set(taken)
    unit = MoneyUnit(mall.display_unit)
    for number, cells in rows:
        faults: list[FieldError] = []
        try:
            intake = read_row(cells, columns, unit, mall.default_credit_limit)
            name = search_key(intake.identity.name)
            if name in names:
                faults = [FieldError("/name", "shop_named_twice")]
            names.add(name)
        except Invalid as error:
            faults = error.errors
        yield number, cells, [kept_fault(fault) for fault in faults]
