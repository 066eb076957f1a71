"""What a past sale is asked before its lines are read is what the engine knows of it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchants.backtests.asking import READERS, UNKNOWABLE, Asker
from merchants.backtests.sales import Clientele, Known, PastSale, month_of
from timcheh.calendar import Jalali, local_date
from timcheh.rules import FACTS, BasketLine
from timcheh.rules.facts import SOURCES
from timcheh.rules.rfm import RfmScale
from timcheh.rules.seasons import seasons_of

pytestmark = pytest.mark.feature("offer.backtest")

START = datetime(2026, 3, 18, 20, 0, tzinfo=UTC)  # 23:30 in Tehran, two days before Nowruz
SCALE = RfmScale((1, 2, 5, 20), (1, 2, 3, 9), (100, 9_000, 20_000, 40_000))
GROUPS = ("گل", "نان")
Bought = tuple[int, str, list[tuple[int, int, str | None]], int]


def sale(number: int, minutes: int, bought: Bought) -> tuple[PastSale, tuple[BasketLine, ...]]:
    _, member, rows, discount = bought
    lines = tuple(
        BasketLine.of(n, quantity, price, sku=f"s{price}", group=group)
        for n, (quantity, price, group) in enumerate(rows)
    )
    at, total = START + timedelta(minutes=minutes), sum(line.total for line in lines)
    sold = PastSale(
        number,
        member,
        at,
        local_date(at).toordinal(),
        total,
        sum(line.quantity_milli for line in lines),
        min(discount, total),
        0,
        0,
        frozenset(line.group for line in lines if line.group),
        frozenset(line.sku for line in lines if line.sku),
    )
    return sold, lines


_LINES = st.tuples(
    st.sampled_from([500, 1_000, 2_000]),
    st.integers(0, 9_999),
    st.sampled_from([None, *GROUPS]),
)
_BOUGHT = st.tuples(
    st.sampled_from([0, 1, 40, 1_440, 20_000, 300_000]),
    st.sampled_from("abc"),
    st.lists(_LINES, min_size=1, max_size=3),
    st.sampled_from([0, 5]),
)
_KNOWN = st.builds(
    Known,
    birthday=st.sampled_from([None, date(1990, 3, 21)]),
    groups=st.sampled_from([(), GROUPS]),
    tier=st.sampled_from([None, "نقره‌ای"]),
    customer_of=st.sampled_from([(), ((START + timedelta(days=1), "x"),)]),
    tags=st.sampled_from([(), ("خوش‌حساب",)]),
    tier_progress=st.sampled_from([None, 40]),
    source=st.sampled_from(SOURCES),
    since=st.sampled_from([START, START + timedelta(days=30)]),
    wedding=st.sampled_from([None, date(2015, 8, 1)]),
    person=st.sampled_from([{}, {"city": "تهران", "gender": "female"}]),
)


@given(st.lists(_BOUGHT, max_size=10), st.dictionaries(st.sampled_from("ab"), _KNOWN))
def test_each_fact_is_the_engines_own(history: list[Bought], known: dict[Any, Known]) -> None:
    clientele = Clientele(known, SCALE)
    whole, direct = Asker(FACTS, clientele), Asker(READERS, clientele)
    minutes = 0
    for number, bought in enumerate(history):
        minutes += bought[0]
        sold, lines = sale(number, minutes, bought)
        engine = clientele.told(sold).facts(lines).values
        assert dict(whole.values(sold)) == engine
        assert dict(direct.values(sold)) == {n: v for n, v in engine.items() if n in READERS}
        assert UNKNOWABLE.isdisjoint(engine)
        clientele.note(sold)


@given(st.dates(date(1800, 1, 1), date(2250, 1, 1)))
def test_a_day_has_its_month_and_season(day: date) -> None:
    jalali = Jalali.of(day)
    assert month_of(day.toordinal()) == (jalali.year, jalali.month)
    clientele = Clientele({})
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    clientele.note(PastSale(1, "a", at, day.toordinal(), 1, 1_000, 0, 0, 0))
    (season,) = seasons_of(clientele.bought("a").months)
    assert season == ("spring", "summer", "autumn", "winter")[(jalali.month - 1) // 3]
