"""Long prints: planned where something is ordered, made by a job, fetched part by part."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import select, update

from timcheh.db import Scope, UnitOfWork
from timcheh.errors import Invalid, NotFound
from timcheh.module import JobContext
from timcheh.printing.models import PrintPart
from timcheh.printing.pdf import pdf
from timcheh.web.numbers import read_count

MOST_PARTS: Final = 10_000
MOST_AT_ONCE: Final = 200
"""Parts that one run of the job makes; what is left waits for its next."""

Layout = Callable[[UnitOfWork, PrintPart], Awaitable[str]]
"""A part's HTML."""


def plan_parts(
    uow: UnitOfWork, kind: str, subject_id: UUID, merchant_id: UUID | None, items: int, each: int
) -> None:
    """Orders the print of items 1 to `items`, `each` to a part."""
    for number, first in enumerate(range(1, items + 1, each), start=1):
        part = PrintPart(
            mall_id=uow.scope.mall_id,
            subject_id=subject_id,
            number=number,
            kind=kind,
            merchant_id=merchant_id,
            first=first,
            last=min(first + each - 1, items),
            made_at=None,
            content=None,
        )
        uow.session.add(part)


async def parts_of(uow: UnitOfWork, subject_id: UUID) -> Sequence[PrintPart]:
    """The parts of a subject in order, without their content."""
    found = await uow.session.scalars(
        select(PrintPart)
        .where(PrintPart.mall_id == uow.scope.mall_id, PrintPart.subject_id == subject_id)
        .order_by(PrintPart.number)
    )
    return found.all()


def read_part(query: Mapping[str, str]) -> int:
    """The part that an address asks for. Raises NotFound for what is no number."""
    try:
        return read_count(query.get("part", ""), "/part", MOST_PARTS)
    except Invalid:
        raise NotFound from None


async def part_of(uow: UnitOfWork, subject_id: UUID, number: int) -> bytes:
    """A part's PDF. Raises NotFound for one that isn't there or isn't made yet."""
    content = await uow.session.scalar(
        select(PrintPart.content).where(
            PrintPart.mall_id == uow.scope.mall_id,
            PrintPart.subject_id == subject_id,
            PrintPart.number == number,
        )
    )
    if content is None:
        raise NotFound
    return content


async def print_waiting(context: JobContext, kind: str, style: str, layout: Layout) -> int:
    """Makes the parts of a kind that wait, each kept as soon as it is made; answers how many.

    No transaction is open while a part is laid out: it takes seconds.
    """
    mall = Scope.mall(context.mall_id)
    for done in range(MOST_AT_ONCE):
        async with context.database.unit_of_work(mall) as uow:
            part = await _next(uow, kind)
            if part is None:
                return done
            html = await layout(uow, part)
        content = await pdf(html, style)
        async with context.database.unit_of_work(mall) as uow:
            await _keep(uow, part, content)
    return MOST_AT_ONCE


async def _next(uow: UnitOfWork, kind: str) -> PrintPart | None:
    found: PrintPart | None = await uow.session.scalar(
        select(PrintPart)
        .where(
            PrintPart.mall_id == uow.scope.mall_id,
            PrintPart.kind == kind,
            PrintPart.made_at.is_(None),
        )
        .order_by(PrintPart.subject_id, PrintPart.number)
        .limit(1)
    )
    return found


async def _keep(uow: UnitOfWork, part: PrintPart, content: bytes) -> None:
    await uow.session.execute(
        update(PrintPart)
        .where(
            PrintPart.mall_id == part.mall_id,
            PrintPart.subject_id == part.subject_id,
            PrintPart.number == part.number,
        )
        .values(content=content, made_at=uow.now)
    )
