"""What is remarkable about a shop, beside its own past."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mall_portal.days.queries import Sold
from mall_portal.health.judging import Finding, Heard, Watched, findings_of
from timcheh.ids import NIL

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
USUAL = Sold(purchases=10, sales=10_000, spent=500, returns=0, returned=100)


def shop(days: dict[date, Sold], **more: Any) -> Watched:
    known: dict[str, Any] = {
        "opened_at": NOW - 200 * DAY,
        "last_sale": max((day for day, row in days.items() if row.purchases), default=None),
        "terminals": [],
        "contract_ends": None,
    }
    return Watched(NIL, "گل‌آرا", "", days=days, **known | more)


def week(back: int, row: Sold, but: Iterable[int] = ()) -> dict[date, Sold]:
    """Seven days up to `back` weeks before yesterday, without some of them (0: the last)."""
    last = TODAY - DAY - back * 7 * DAY
    return {last - at * DAY: row for at in range(7) if at not in but}


def weeks(first: int = 0, row: Sold = USUAL, but: Iterable[int] = ()) -> dict[date, Sold]:
    return {day: sold for back in range(first, 13) for day, sold in week(back, row, but).items()}


def found(watched: Watched) -> list[Finding]:
    return findings_of(watched, TODAY, NOW)


@pytest.mark.feature("plat.dashboard")
def test_a_shop_that_goes_on_as_ever_is_not_remarkable() -> None:
    assert found(shop(weeks())) == []
    assert found(shop(weeks(but=[1]))) == []  # closed a day of each week


@pytest.mark.parametrize(("pause", "idle"), [(1, False), (2, False), (3, True), (9, True)])
def test_idle_is_longer_without_a_sale_than_ever(pause: int, idle: bool) -> None:
    days = {day: row for day, row in weeks().items() if day <= TODAY - pause * DAY}
    assert (Finding("idle", pause, 1) in found(shop(days))) is idle


def test_one_that_pauses_often_may_pause() -> None:
    days = {TODAY - at * DAY: USUAL for at in range(6, 91, 6)}
    assert all(each.kind != "idle" for each in found(shop(days)))


def test_a_shop_that_never_sold_has_a_week_for_it() -> None:
    assert found(shop({}, opened_at=NOW - 6 * DAY)) == []
    assert found(shop({}, opened_at=NOW - 8 * DAY)) == [Finding("silent", 8)]
    assert found(shop({}, last_sale=TODAY - 200 * DAY)) == [Finding("idle", 200, 91)]


def test_a_terminal_in_use_that_falls_silent() -> None:
    terminals = [
        Heard("صندوق ۱", NOW - 3 * DAY),
        Heard("صندوق ۲", NOW - DAY),
        Heard("کهنه", NOW - 40 * DAY),
        Heard("نو", None),
    ]
    assert found(shop(weeks(), terminals=terminals)) == [Finding("offline", 72, terminal="صندوق ۱")]


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        (Sold(4, 4_000, 200, 0, 40), Finding("sales_low", 28_000, 70_000)),
        (Sold(20, 20_000, 1_000, 0, 200), Finding("sales_high", 140_000, 70_000)),
        (Sold(10, 10_000, 500, 5, 3_000), Finding("returns", 3_000, 100)),
        (Sold(10, 10_000, 6_000, 0, 100), Finding("spending", 6_000, 500)),
    ],
)
def test_a_week_far_from_the_usual_one(row: Sold, finding: Finding) -> None:
    assert found(shop(weeks(1) | week(0, row))) == [finding]


def test_what_swings_anyway_must_swing_further() -> None:
    days = {}
    for back in range(1, 13):
        days |= week(back, Sold(10, 4_000 if back % 2 else 16_000))
    assert found(shop(days | week(0, Sold(10, 3_000)))) == []


def test_a_short_past_says_nothing() -> None:
    days = {day: row for day, row in weeks().items() if day > TODAY - 25 * DAY}
    assert found(shop(days | week(0, Sold(10, 100)))) == []


@pytest.mark.parametrize(("left", "told"), [(31, False), (30, True), (0, True), (-3, True)])
def test_a_contract_that_ends_is_told_before(left: int, told: bool) -> None:
    judged = found(shop(weeks(), contract_ends=TODAY + left * DAY))
    assert judged == ([Finding("contract", left)] if told else [])


@given(
    st.dictionaries(
        st.integers(0, 91).map(lambda back: TODAY - back * DAY),
        st.builds(Sold, *[st.integers(0, 10**12)] * 5),
    )
)
def test_whatever_was_sold_is_judged(days: dict[date, Sold]) -> None:
    assert len(found(shop(days))) <= 4
