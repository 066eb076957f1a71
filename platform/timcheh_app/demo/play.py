"""Plays visits through a till: many members at once, each in order, one simulated day at a time."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Protocol
from zlib import crc32

from timcheh.calendar import TEHRAN
from timcheh_app.demo.progress import Progress
from timcheh_app.demo.purchases import Visit

# Members served at the same time: enough that the purchase path can fill its batches.
_TILLS = 64
_WAITING = 8


@dataclass(frozen=True, slots=True)
class Sold:
    """What a purchase came to, in rial; `refused` is the error's code when it was not made."""

    total: int = 0
    spent: int = 0
    refused: str = ""


class Till(Protocol):
    """Whatever makes purchases and lets simulated time pass."""

    async def begin_day(self, visits: Sequence[Visit]) -> None:
        """What must be there before these visits, all of one day."""

    async def purchase(self, visit: Visit) -> Sold: ...

    async def end_day(self, at: datetime) -> None:
        """The nightly work as of `at`: what has expired goes, balances are rolled up."""


@dataclass(slots=True)
class Tally:
    """Sums of what was played."""

    purchases: int = 0
    total: int = 0
    spent: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    def add(self, sold: Sold) -> None:
        if sold.refused:
            self.refused[sold.refused] = self.refused.get(sold.refused, 0) + 1
            return
        self.purchases += 1
        self.total += sold.total
        self.spent += sold.spent


async def play(visits: Iterable[Visit], till: Till, progress: Progress) -> Tally:
    """Plays all visits (in order of time) and returns their sums.

    A day's purchases run at once, but those of one member one after another; the next day begins
    when all are made. The first unexpected error ends everything.
    """
    tally = Tally()
    by_day = groupby(visits, key=lambda visit: visit.occurred_at.astimezone(TEHRAN).date())
    for day, of_day in by_day:
        today = list(of_day)
        await till.begin_day(today)
        await _play_day(today, till, progress, tally)
        await till.end_day(midnight_after(day))
    return tally


def midnight_after(day: date) -> datetime:
    """The moment at which a day of the mall ends, UTC."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=TEHRAN).astimezone(UTC)


async def _play_day(visits: Iterable[Visit], till: Till, progress: Progress, tally: Tally) -> None:
    queues = [asyncio.Queue[Visit | None](_WAITING) for _ in range(_TILLS)]

    async def serve(queue: asyncio.Queue[Visit | None]) -> None:
        while (visit := await queue.get()) is not None:
            tally.add(await till.purchase(visit))
            progress.advance()

    async with asyncio.TaskGroup() as tasks:
        for queue in queues:
            tasks.create_task(serve(queue))
        for visit in visits:
            await queues[crc32(visit.person.mobile.encode()) % _TILLS].put(visit)
        for queue in queues:
            await queue.put(None)
