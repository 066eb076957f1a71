"""Imports as a shop does them, without the browser."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from openpyxl import Workbook

from merchants.importing import planning
from merchants.importing.models import ImportBatch
from merchants.importing.queries import find_batch
from merchants.importing.service import bring_file, name_columns, start, undo
from merchants.importing.work import work_imports
from tests.web_support.portal import Floor
from timcheh.access.caller import Caller
from timcheh.db import Database, Scope
from timcheh.ids import new_id
from timcheh.module import JobContext
from timcheh.settings import Settings

ABSENT: Any = None


class ImportDesk:
    """One shop's imports; jobs run when asked to."""

    def __init__(self, database: Database, settings: Settings, floor: Floor) -> None:
        self.database, self.settings = database, settings
        self.mall_id, self.shop_id = UUID(str(floor.mall.id)), UUID(floor.shop.id)
        self.caller = Caller(
            self.mall_id, "merchant", new_id(), "سامان", frozenset(), merchant_id=self.shop_id
        )
        self.batch_id = new_id()

    async def bring(self, content: bytes, name: str = "مشتریان.csv") -> ImportBatch:
        async def chunks() -> AsyncIterator[bytes]:
            for at in range(0, len(content), 1000):
                yield content[at : at + 1000]

        self.batch_id = await bring_file(self.database, self.caller, name, chunks(), None)
        return await self.batch()

    async def check(self, columns: Sequence[str], **more: Any) -> ImportBatch:
        plan = planning.kept(
            [],
            on_known=more.get("on_known", "fill"),
            money_in_toman=more.get("toman", True),
            all_consent=more.get("all_consent", False),
            until=more.get("until", date(2030, 1, 1)),
            reason="مانده پیشین",
        )
        async with self.database.unit_of_work(self.caller.scope) as uow:
            await name_columns(uow, self.caller, self.batch_id, columns, plan)
        return await self.work()

    async def take(self) -> ImportBatch:
        async with self.database.unit_of_work(self.caller.scope) as uow:
            await start(uow, self.caller, self.batch_id)
        return await self.work()

    async def undo(self) -> ImportBatch:
        async with self.database.unit_of_work(self.caller.scope) as uow:
            await undo(uow, self.caller, self.batch_id)
        return await self.work()

    async def work(self) -> ImportBatch:
        now = datetime.now(UTC)
        await work_imports(JobContext(self.database, self.settings, self.mall_id, now))
        return await self.batch()

    async def batch(self) -> ImportBatch:
        async with self.database.unit_of_work(self.caller.scope) as uow:
            return await find_batch(uow, self.shop_id, self.batch_id)

    @property
    def mall_scope(self) -> Scope:
        return Scope.mall(self.mall_id)


def sheet_of(*rows: Sequence[Any]) -> bytes:
    """An Excel file."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def csv_of(*rows: Sequence[Any]) -> bytes:
    """A CSV file as Excel writes it."""
    return ("\ufeff" + "\r\n".join(",".join(map(str, row)) for row in rows)).encode()
