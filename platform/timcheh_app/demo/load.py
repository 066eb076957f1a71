"""Loads a window of the history: purchases, the nights between them, and settlements on the way."""

from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from uuid import UUID
from zlib import crc32

from timcheh.calendar import TEHRAN
from timcheh_app.demo.gateway import DemoMall, Purchased
from timcheh_app.demo.play import Sold, Tally, play
from timcheh_app.demo.progress import progress
from timcheh_app.demo.purchases import History, Visit, Window
from timcheh_app.demo.rulebook import CLUB, CLUB_OF

# The newest week stays unsettled, so that every shop has an open position to look at.
_OPEN_DAYS = 7
_SETTLEMENT_EVERY = timedelta(days=28)
_REMEMBERED = 400
_OF_WHOM = 3


def settlement_days(window: Window) -> set[date]:
    """The days that end with a settlement: a week before the last, and every fourth week before."""
    days = set()
    day = window.ends_on - timedelta(days=_OPEN_DAYS)
    while day > window.starts_on:
        days.add(day)
        day -= _SETTLEMENT_EVERY
    return days


@dataclass(slots=True)
class Trade:
    """The mall's till in simulated time. Remembers the newest purchases and who buys most."""

    mall: DemoMall
    settle_on: Collection[date]
    now: datetime
    newest: deque[tuple[Visit, UUID]] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    visits: dict[str, int] = field(default_factory=dict)
    joined: set[str] = field(default_factory=set)

    async def begin_day(self, visits: Sequence[Visit]) -> None:
        await self.mall.enrol(visits)
        joining = {v.person.mobile: v for v in reversed(visits) if self._joins(v)}
        if joining:
            await self.mall.activate(CLUB_OF, CLUB, list(joining.values()))
            self.joined.update(joining)

    def _joins(self, visit: Visit) -> bool:
        """A third of those who come to the shop join its club, when they first do."""
        mobile = visit.person.mobile
        chosen = crc32(mobile.encode()) % _OF_WHOM == 0
        return visit.shop.slug == CLUB_OF and chosen and mobile not in self.joined

    async def purchase(self, visit: Visit) -> Sold:
        outcome = await self.mall.purchase(visit)
        if isinstance(outcome, Purchased):
            self.newest.append((visit, outcome.id))
            mobile = visit.person.mobile
            self.visits[mobile] = self.visits.get(mobile, 0) + 1
            return Sold(outcome.total, outcome.spent)
        return Sold(refused=outcome)

    async def end_day(self, at: datetime) -> None:
        await self.mall.end_day(min(at, self.now))
        if (at - timedelta(seconds=1)).astimezone(TEHRAN).date() in self.settle_on:
            await self.mall.settle(at)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load came to."""

    tally: Tally
    seconds: float
    newest: list[tuple[Visit, UUID]]
    regulars: list[str]  # mobiles, the most frequent first

    @property
    def per_second(self) -> float:
        return self.tally.purchases / self.seconds if self.seconds else 0.0


async def load(mall: DemoMall, history: History) -> Loaded:
    """Plays the whole window and says how fast it went (purchases alone, not the preparations)."""
    trade = Trade(mall, settlement_days(history.window), datetime.now(UTC))
    with progress("purchases", history.count()) as bar:
        began = perf_counter()
        tally = await play(history.visits(), trade, bar)
        seconds = perf_counter() - began
    regulars = sorted(trade.visits, key=lambda mobile: (-trade.visits[mobile], mobile))
    return Loaded(tally, seconds, list(trade.newest), regulars)
