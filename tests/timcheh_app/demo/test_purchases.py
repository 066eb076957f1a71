"""The real year as visits to shops."""

import tracemalloc
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise

import pytest

from tests.hypotheses import rounds, seldom
from timcheh.calendar import TEHRAN
from timcheh_app.demo import source
from timcheh_app.demo.purchases import History, Visit, mall_minute, newest, so_far

pytestmark = pytest.mark.feature("plat.demo")
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def fortnight() -> History:
    return History(newest(2, TODAY))


@pytest.fixture(scope="module")
def visits(fortnight: History) -> list[Visit]:
    return list(fortnight.visits())


@seldom
def test_the_files_hold_what_is_known_of_them() -> None:
    products = source.products()
    baskets = lines = 0
    people = set()
    last = (source.FIRST_DAY, 0)
    for basket in source.baskets():
        baskets, lines = baskets + 1, lines + len(basket.lines)
        people.add(basket.household_id)
        assert last <= (basket.day, basket.minute)
        last = (basket.day, basket.minute)
    # Of 1,469,307 lines and 155,848 baskets, those with a quantity and a price.
    assert (lines, baskets, len(people)) == (1_458_032, 155_368, 2_469)
    assert len(products) == 92_331
    assert source.households() == sorted(people)


@seldom
def test_the_year_is_some_386_000_purchases() -> None:
    assert History(newest(52, TODAY)).count() == 386_489


def test_a_window_ends_yesterday() -> None:
    two = newest(2, TODAY)
    assert (two.starts_on, two.ends_on) == (date(2026, 11, 7), date(2026, 11, 20))
    year = newest(52, TODAY)
    assert (year.first, year.last) == (source.FIRST_DAY, source.LAST_DAY)


def test_visits_come_in_order_within_opening_hours(visits: list[Visit]) -> None:
    assert all(a.occurred_at <= b.occurred_at for a, b in pairwise(visits))
    for visit in visits:
        local = visit.occurred_at.astimezone(TEHRAN)
        assert date(2026, 11, 7) <= local.date() <= date(2026, 11, 20)
        assert 10 <= local.hour <= 23
    assert {v.occurred_at.astimezone(TEHRAN).date() for v in visits} >= {
        date(2026, 11, 7),
        date(2026, 11, 20),
    }


def test_a_member_is_at_one_till_at_a_time(visits: list[Visit]) -> None:
    seen: dict[str, datetime] = {}
    for visit in visits:
        before = seen.get(visit.person.mobile, datetime.min.replace(tzinfo=UTC))
        assert visit.occurred_at - before >= timedelta(minutes=1)
        seen[visit.person.mobile] = visit.occurred_at


def test_each_basket_is_one_purchase_per_shop(visits: list[Visit], fortnight: History) -> None:
    assert len({visit.key for visit in visits}) == len(visits) == fortnight.count()
    assert all(visit.lines for visit in visits)


def test_prices_and_quantities_are_positive(visits: list[Visit]) -> None:
    for visit in visits:
        for line in visit.lines:
            assert line.quantity >= 1
            assert line.unit_price >= 10_000
            assert line.unit_price % 1000 == 0
            assert line.name
            assert line.sku


def test_some_pay_with_what_they_earned(visits: list[Visit]) -> None:
    asked = Counter((visit.credit, visit.points) for visit in visits)
    assert len(asked) == 4
    assert 0.35 < sum(v.credit for v in visits) / len(visits) < 0.45


def test_the_same_day_gives_the_same_visits(visits: list[Visit]) -> None:
    again = History(newest(2, TODAY))
    assert list(islice(again.visits(), 500)) == visits[:500]
    assert next(History(newest(2, TODAY), seed=7).visits()).person != visits[0].person


def test_the_dates_move_and_the_purchases_stay(visits: list[Visit]) -> None:
    tomorrow = History(newest(2, TODAY + timedelta(days=1)))
    for before, after in zip(visits, islice(tomorrow.visits(), 200), strict=False):
        assert after.key == before.key
        assert after.lines == before.lines
        assert after.occurred_at - before.occurred_at == timedelta(days=1)


def test_today_has_its_trade_so_far() -> None:
    week = newest(1, TODAY)
    noon = datetime(2026, 11, 21, 13, tzinfo=TEHRAN)
    history = History(week, so_far(week, noon))
    today = [v for v in history.visits() if v.occurred_at.astimezone(TEHRAN).date() == TODAY]
    assert 50 < len(today) < 500
    assert max(visit.occurred_at for visit in today) <= noon
    every = [visit.key for visit in history.visits()]
    assert len(set(every)) == len(every) == history.count()
    early = so_far(week, datetime(2026, 11, 21, 9, tzinfo=TEHRAN))
    assert list(History(early).visits()) == []


def test_the_mall_s_day_keeps_the_order_of_the_store_s_day() -> None:
    minutes = [mall_minute(minute) for minute in range(24 * 60)]
    assert minutes == sorted(minutes)
    assert (minutes[0], minutes[-1] // 60) == (10 * 60, 21)


@seldom
def test_memory_doesn_t_grow_with_the_weeks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python's own allocations: the last third costs no more than the two before did."""
    weeks = rounds(ci=3, nightly=6)
    monkeypatch.setattr(source, "_CHUNK", 7 * weeks * 2 // 3)
    history = History(newest(weeks, TODAY))
    visits = history.visits()
    tracemalloc.start()
    try:
        for _ in islice(visits, weeks * 2 // 3 * 7_000):
            pass
        early = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        for _ in visits:
            pass
        late = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert late < early * 1.25
    assert late < 60_000_000
