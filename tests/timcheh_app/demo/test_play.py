"""Playing visits: order per member, days as barriers, what is counted, what is shown."""

import asyncio
import io
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice

import pytest

from timcheh_app.demo.play import Sold, midnight_after, play
from timcheh_app.demo.progress import progress
from timcheh_app.demo.purchases import History, Visit, newest

TODAY = date(2026, 11, 21)


class RecordingTill:
    """Takes its time, so that whatever could overtake would."""

    def __init__(self) -> None:
        self.order: dict[str, list[datetime]] = defaultdict(list)
        self.open: set[str] = set()
        self.days: list[datetime] = []
        self.most = 0
        self.expected: set[str] = set()

    async def begin_day(self, visits: Sequence[Visit]) -> None:
        assert not self.open
        self.expected.update(visit.person.mobile for visit in visits)

    async def purchase(self, visit: Visit) -> Sold:
        mobile = visit.person.mobile
        assert mobile in self.expected
        assert mobile not in self.open
        assert not self.days or visit.occurred_at >= self.days[-1]
        self.open.add(mobile)
        self.most = max(self.most, len(self.open))
        await asyncio.sleep(hash(visit.key) % 3 / 1000)
        self.open.remove(mobile)
        self.order[mobile].append(visit.occurred_at)
        if visit.shop.slug == "nasim":
            return Sold(refused="limit_exceeded")
        return Sold(total=sum(line.quantity * line.unit_price for line in visit.lines), spent=1)

    async def end_day(self, at: datetime) -> None:
        assert not self.open
        self.days.append(at)


@pytest.fixture(scope="module")
def visits() -> list[Visit]:
    return list(islice(History(newest(1, TODAY)).visits(), 3_000))


async def test_members_keep_their_order_and_days_are_whole(visits: list[Visit]) -> None:
    till, shown = RecordingTill(), io.StringIO()
    with progress("خرید", len(visits), shown) as bar:
        tally = await play(visits, till, bar)
    assert all(times == sorted(times) for times in till.order.values())
    assert sum(map(len, till.order.values())) == len(visits)
    assert till.most > 8
    assert till.days == sorted(set(till.days))
    # The stores were shut on the 25th of December, the first day of the last week.
    assert till.days[0] == midnight_after(date(2026, 11, 15))
    refused = sum(visit.shop.slug == "nasim" for visit in visits)
    assert tally.refused == {"limit_exceeded": refused}
    assert tally.purchases == tally.spent == len(visits) - refused
    assert f"{len(visits):,} of {len(visits):,} (100 %)" in shown.getvalue()


async def test_an_unexpected_error_ends_the_play(visits: list[Visit]) -> None:
    class Broken(RecordingTill):
        async def purchase(self, visit: Visit) -> Sold:
            raise ConnectionError

    with pytest.raises(ExceptionGroup), progress("x", 1, io.StringIO()) as bar:
        await play(visits, Broken(), bar)
