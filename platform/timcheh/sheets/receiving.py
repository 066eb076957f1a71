"""Taking a sheet that somebody brings: a copy on the way, bounded, and what kind of file it is."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from timcheh.errors import Invalid
from timcheh.sheets.reading import Kind, SheetError

_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_MEGABYTE: Final = 1024 * 1024


@asynccontextmanager
async def scratch() -> AsyncIterator[Path]:
    """A path for a copy, gone after the block."""
    with tempfile.TemporaryDirectory(prefix="timcheh-sheet-") as directory:
        yield Path(directory) / "sheet"


async def receive(chunks: AsyncIterator[bytes], path: Path, most: int) -> tuple[int, Kind]:
    """Writes a file of at most `most` bytes to `path`; answers its size and kind.

    Raises Invalid at `/file` for none or one that is too large, SheetError for an old workbook.
    """
    size = 0
    with path.open("wb") as file:
        async for chunk in chunks:
            size += len(chunk)
            if size > most:
                raise Invalid.field("/file", "file_too_large", maximum=most // _MEGABYTE)
            file.write(chunk)
    if not size:
        raise Invalid.field("/file", "file_missing")
    return size, await asyncio.to_thread(_kind_of, path)


def _kind_of(path: Path) -> Kind:
    with path.open("rb") as file:
        start = file.read(4)
    if start == _OLD_EXCEL:
        raise SheetError("sheet_old_excel")
    return "xlsx" if start == _ZIP else "csv"
