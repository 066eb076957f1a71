"""Reading ahead: the database has a processor of its own, and works while this one does."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

T = TypeVar("T")


async def ahead(chunks: AsyncIterator[T]) -> AsyncGenerator[T]:
    """The same, each asked for while the one before it is worked on: PostgreSQL has a processor of
    its own."""
    asked = aiter(chunks)
    coming: Awaitable[T | None] = anext(asked, None)
    while (chunk := await coming) is not None:
        async with meanwhile(anext(asked, None)) as following:
            yield chunk
            coming = following


@asynccontextmanager
async def meanwhile(work: Awaitable[T]) -> AsyncIterator[asyncio.Future[T]]:
    """Has something begin that the block may wait for; whatever ends the block ends it too."""
    begun = asyncio.ensure_future(work)
    await asyncio.sleep(0)  # to its first question, before the block takes the processor
    try:
        yield begun
    except BaseException:
        begun.cancel()
        with suppress(asyncio.CancelledError):
            await begun
        raise
