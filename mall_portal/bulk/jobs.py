"""Opening the shops of a sheet, each in a transaction of its own: a worker that dies half-way
leaves a sheet that goes on with the next row, and no shop is opened twice."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from mall_portal.bulk.columns import read_row
from mall_portal.bulk.models import DONE, OPENING, ShopSheet, ShopSheetRow
from mall_portal.bulk.service import ASKED, find_sheet, kept_fault
from mall_portal.onboarding.opening import open_intake
from timcheh.access.caller import Caller
from timcheh.access.inviting import Inviter
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import TimchehError
from timcheh.malls import read_mall
from timcheh.module import JobContext, RecurringJob
from timcheh.money import MoneyUnit
from timcheh.text.locale import Locale


async def open_sheets(context: JobContext) -> None:
    """Opens all that waits in the mall."""
    scope = Scope.mall(context.mall_id)
    async with context.database.unit_of_work(scope) as uow:
        waiting = await uow.session.scalars(
            select(ShopSheet.id)
            .where(ShopSheet.mall_id == context.mall_id, ShopSheet.state == OPENING)
            .order_by(ShopSheet.id)
        )
        sheets = list(waiting)
    for sheet_id in sheets:
        while await _open_next(context, scope, sheet_id):
            pass


async def _open_next(context: JobContext, scope: Scope, sheet_id: UUID) -> bool:
    """One row more; False when none is left."""
    try:
        async with context.database.unit_of_work(scope) as uow:
            sheet = await find_sheet(uow, sheet_id, lock=True)
            row = await _next_row(uow, sheet_id)
            if row is None or sheet.state != OPENING:
                sheet.state, sheet.changed_at = DONE, uow.now
                return False
            number = row.row
            await _open(uow, context, sheet, row)
            return True
    except TimchehError as error:
        await _note(context, scope, sheet_id, number, error)
        return True


async def _open(uow: UnitOfWork, context: JobContext, sheet: ShopSheet, row: ShopSheetRow) -> None:
    mall, locale = await read_mall(uow), Locale(sheet.locale)
    inviter = Inviter.of_mall(context.settings, mall.slug, mall.name, locale)
    unit = MoneyUnit(mall.display_unit)
    intake = read_row(row.cells, sheet.columns, unit, mall.default_credit_limit)
    made = await open_intake(uow, _caller(sheet), intake, inviter)
    row.merchant_id, sheet.changed_at = made.merchant.id, uow.now


async def _note(
    context: JobContext, scope: Scope, sheet_id: UUID, number: int, error: TimchehError
) -> None:
    """A row that can't be opened any more says why, and the others go on."""
    faults = [kept_fault(each) for each in error.errors]
    async with context.database.unit_of_work(scope) as uow:
        row = await uow.session.get(ShopSheetRow, (scope.mall_id, sheet_id, number))
        if row is not None:
            row.faults = faults or [["name", "shop_not_opened", {}]]


async def _next_row(uow: UnitOfWork, sheet_id: UUID) -> ShopSheetRow | None:
    found: ShopSheetRow | None = await uow.session.scalar(
        select(ShopSheetRow)
        .where(
            ShopSheetRow.mall_id == uow.scope.mall_id,
            ShopSheetRow.sheet_id == sheet_id,
            ShopSheetRow.merchant_id.is_(None),
            func.jsonb_array_length(ShopSheetRow.faults) == 0,
        )
        .order_by(ShopSheetRow.row)
        .limit(1)
    )
    return found


def _caller(sheet: ShopSheet) -> Caller:
    """Whoever brought the sheet: the shops are opened in their name."""
    return Caller(
        mall_id=sheet.mall_id,
        kind="mall",
        id=sheet.created_by,
        name="",
        permissions=frozenset(),
        person=True,
    )


OPEN_SHEETS: Final = RecurringJob(
    "mall_portal.open_sheets", open_sheets, every=timedelta(minutes=1), wake_on=(ASKED,)
)
