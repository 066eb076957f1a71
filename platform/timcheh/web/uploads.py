"""Files that a page's form brings."""

from collections.abc import AsyncIterator
from typing import Final

from litestar.datastructures import UploadFile

_CHUNK: Final = 256 * 1024  # bytes


async def chunks_of(file: UploadFile) -> AsyncIterator[bytes]:
    """The file piece by piece: it never stands in memory whole."""
    while chunk := await file.read(_CHUNK):
        yield chunk
