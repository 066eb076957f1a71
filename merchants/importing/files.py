"""The file of an import: kept in pieces in the database, and read from a copy on the way."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, insert, select

from merchants.importing.models import ImportBatch, ImportPiece
from timcheh.db import UnitOfWork
from timcheh.sheets import open_rows

PIECE: Final = 256 * 1024  # bytes
MOST_BYTES: Final = 32 * 1024 * 1024
MOST_ROWS: Final = 200_000
STRETCH: Final = 1_000
"""Rows that are read, and taken in one transaction."""

_TABLE: Any = ImportPiece.__table__


async def keep_piece(
    uow: UnitOfWork, merchant_id: UUID, batch_id: UUID, number: int, body: bytes
) -> None:
    """Adds a piece; the batch is there already."""
    await uow.session.execute(
        insert(_TABLE).values(
            mall_id=uow.scope.mall_id,
            merchant_id=merchant_id,
            batch_id=batch_id,
            n=number,
            body=body,
        )
    )


async def drop_file(uow: UnitOfWork, batch: ImportBatch) -> None:
    """Lets go of a file that nobody will read again. In the mall's scope."""
    await uow.session.execute(
        delete(ImportPiece).where(
            ImportPiece.mall_id == batch.mall_id,
            ImportPiece.merchant_id == batch.merchant_id,
            ImportPiece.batch_id == batch.id,
        )
    )


async def copy_file(uow: UnitOfWork, batch: ImportBatch, path: Path) -> None:
    """Writes the file's pieces to a path, one at a time. In the mall's scope."""
    pieces = await uow.session.stream_scalars(
        select(ImportPiece.body)
        .where(
            ImportPiece.mall_id == batch.mall_id,
            ImportPiece.merchant_id == batch.merchant_id,
            ImportPiece.batch_id == batch.id,
        )
        .order_by(ImportPiece.n)
        .execution_options(yield_per=4)
    )
    with path.open("wb") as file:
        async for body in pieces:
            await asyncio.to_thread(file.write, body)


class SheetReader:
    """The rows under a file's heading, stretch by stretch, read in threads."""

    def __init__(self, path: Path, kind: Any) -> None:
        self._path, self._kind = path, kind
        self._stack = ExitStack()
        self._rows: Iterator[list[str]] = iter(())
        self.row = 1
        """The number of the row that was read last, as the sheet counts; the heading is 1."""

    def open(self, skip: int) -> None:
        """At the row after the heading and `skip` more. Raises SheetError."""
        self._rows = self._stack.enter_context(open_rows(self._path, self._kind))
        for _ in islice(self._rows, skip + 1):
            pass
        self.row = skip + 1

    def read(self) -> list[tuple[int, list[str]]]:
        """The next rows with their numbers; empty at the end. Raises SheetError."""
        found = []
        for row in islice(self._rows, STRETCH):
            self.row += 1
            found.append((self.row, row))
        return found

    def close(self) -> None:
        self._stack.close()


@asynccontextmanager
async def reading(path: Path, kind: str, skip: int) -> AsyncIterator[SheetReader]:
    """A reader that has been opened. Raises SheetError."""
    reader = SheetReader(path, kind)
    try:
        await asyncio.to_thread(reader.open, skip)
        yield reader
    finally:
        await asyncio.to_thread(reader.close)
