"""Which lots pay and how much: the order, the bounds, exact sums."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchants.purchases.command import SpendAsked
from merchants.purchases.errors import GiftCardNotSpendable, InsufficientValue
from merchants.purchases.spending import (
    Draw,
    SpendableLot,
    plan_spending,
    share_over_lines,
    spending_order,
)
from tests.hypotheses import sized
from tests.merchants.purchases.naive import spend_by_units, unit_of

HERE, THERE, MALL = UUID(int=1), UUID(int=2), UUID(int=3)
T = datetime(2026, 3, 21, tzinfo=UTC)
LOT = SpendableLot(
    id=UUID(int=100), unit="rial", is_gift=False, issuer_id=THERE, scope_id=UUID(int=50),
    scope_kind="partners", available=1_000, expires_at=None, created_at=T, price=1, fee_bps=0,
    max_share_bps=None, width=2,
)  # fmt: skip


def lot(n: int, **more: Any) -> SpendableLot:
    return replace(LOT, id=UUID(int=100 + n), **more)


def plan(lots: list[SpendableLot], net: int, own: int | None = None, **asked: Any) -> list[Draw]:
    return plan_spending(lots, SpendAsked(**asked), net, HERE, own)


def drawn(draws: list[Draw]) -> list[tuple[int, int]]:
    return [(draw.lot.id.int - 100, draw.amount) for draw in draws]


pytestmark = pytest.mark.feature("sale.spend_credit")


def test_soonest_expiry_first_then_the_narrowest_scope_then_the_oldest() -> None:
    day = timedelta(days=1)
    ordered = [
        lot(5, expires_at=T + day, width=9, created_at=T),
        lot(4, expires_at=T + 2 * day, width=1, created_at=T + day),
        lot(3, expires_at=T + 2 * day, width=2, created_at=T - day),
        lot(2, expires_at=T + 2 * day, width=2, created_at=T),
        lot(1, expires_at=None, width=1, created_at=T - 9 * day),
    ]
    assert spending_order(reversed(ordered)) == ordered


def test_units_are_spent_in_their_order() -> None:
    lots = [
        lot(4, unit="wallet", available=100),
        lot(3, unit="point", price=10, available=10),
        lot(2, available=100),
        lot(1, is_gift=True, available=100),
    ]
    asked: dict[str, Any] = {
        "wallet": "max",
        "points": "max",
        "credit": "max",
        "gift_card": "1234567890123456",
    }
    assert drawn(plan(lots, 350, **asked)) == [(1, 100), (2, 100), (3, 10), (4, 50)]


def test_only_what_is_asked_for_is_spent() -> None:
    lots = [lot(1, unit="wallet"), lot(2), lot(3, is_gift=True)]
    assert plan(lots, 350) == []
    assert plan(lots, 350, credit=0) == []
    assert drawn(plan(lots, 350, wallet=20)) == [(1, 20)]


@pytest.mark.feature("sale.caps")
def test_a_bound_counts_all_lots_of_its_scope_and_rounds_down() -> None:
    lots = [lot(1, available=20, max_share_bps=3_333), lot(2, max_share_bps=3_333)]
    assert drawn(plan(lots, 101, credit="max")) == [(1, 20), (2, 13)]  # 33.66 of 101
    thirds = [replace(lots[0], id=UUID(int=100 + n), available=10) for n in (1, 2, 3, 4)]
    assert drawn(plan(thirds, 101, credit="max")) == [(1, 10), (2, 10), (3, 10), (4, 3)]
    apart = [lots[0], replace(lots[1], scope_id=UUID(int=51))]
    assert drawn(plan(apart, 101, credit="max")) == [(1, 20), (2, 33)]


@pytest.mark.feature("sale.caps")
def test_own_credit_is_bounded_only_where_the_shop_says_so() -> None:
    own = [lot(1, issuer_id=HERE, max_share_bps=100)]
    assert drawn(plan(own, 500, credit="max")) == [(1, 500)]
    assert drawn(plan(own, 500, own=2_000, credit="max")) == [(1, 100)]
    assert plan(own, 500, own=0, credit="max") == []


@pytest.mark.feature("net.pooled_points")
def test_a_pools_points_are_bounded_everywhere_and_whole() -> None:
    points = [lot(1, unit="point", price=7, issuer_id=HERE, max_share_bps=5_000)]
    draws = plan(points, 101, points="max")
    assert [(d.amount, d.value) for d in draws] == [(7, 49)]  # 50 rial may be, 7 points fit


def test_a_number_is_met_in_full_or_refused_with_what_there_is() -> None:
    lots = [lot(1, available=60), lot(2, unit="point", price=10, available=3)]
    assert drawn(plan(lots, 100, credit=60, points=3)) == [(1, 60), (2, 3)]
    for net, asked, unit, available in (
        (100, {"credit": 61}, "credit", 60),  # there is less
        (50, {"credit": 51}, "credit", 50),  # the basket is smaller
        (80, {"credit": 60, "points": 3}, "points", 2),  # credit took the room
    ):
        with pytest.raises(InsufficientValue) as refused:
            plan(lots, net, **asked)
        assert refused.value.params == {
            "unit": unit, "asked": asked[unit], "available": available,
        }  # fmt: skip


def test_the_fee_is_floored_for_each_lot_and_free_at_the_issuer() -> None:
    lots = [
        lot(1, available=99, fee_bps=200, width=1),
        lot(2, available=99, fee_bps=200),
        lot(3, available=99, fee_bps=200, issuer_id=HERE, width=3),
        lot(4, unit="point", price=10, available=9, fee_bps=200, issuer_id=HERE),
    ]
    assert [d.fee for d in plan(lots, 10_000, credit="max", points="max")] == [1, 1, 0, 1]


lots_of_all_kinds = st.lists(
    st.builds(
        lambda n, kind, issuer, scope, available, ends, made, price, bps, fee, width: replace(
            LOT,
            id=UUID(int=n),
            unit="rial" if kind == "gift_card" else kind,
            is_gift=kind == "gift_card",
            issuer_id=issuer,
            scope_id=UUID(int=900 + scope),
            available=available,
            expires_at=T + timedelta(days=ends) if ends else None,
            created_at=T - timedelta(days=made),
            price=price if kind == "point" else 1,
            max_share_bps=bps,
            fee_bps=fee,
            width=width,
        ),
        st.integers(1, 10**6),
        st.sampled_from(["rial", "rial", "point", "wallet", "gift_card"]),
        st.sampled_from([HERE, THERE, MALL]),
        st.integers(0, 2),
        st.integers(1, 80),
        st.sampled_from([0, 1, 1, 2]),
        st.integers(0, 2),
        st.sampled_from([1, 3, 10]),
        st.sampled_from([None, 0, 3_333, 10_000]),
        st.sampled_from([0, 150, 10_000]),
        st.integers(1, 3),
    ),
    max_size=7,
    unique_by=lambda lot: lot.id,
)
asks = st.one_of(st.none(), st.just("max"), st.integers(1, 60))


def test_a_card_without_anything_to_spend_here_is_refused() -> None:
    with pytest.raises(GiftCardNotSpendable):
        plan([lot(1)], 1_000, None, gift_card="1" * 16)


@given(
    lots_of_all_kinds, asks, asks, asks, st.booleans(), st.integers(0, 200),
    st.sampled_from([None, 0, 5_000]),
)  # fmt: skip
@sized(ci=400, nightly=20_000)
def test_spending_agrees_with_unit_by_unit(
    lots: list[SpendableLot],
    credit: Any,
    points: Any,
    wallet: Any,
    gift: bool,
    net: int,
    own: int | None,
) -> None:
    gift = gift and any(lot.is_gift for lot in lots)  # another card is refused: its own test
    asked = {"credit": credit, "points": points, "wallet": wallet}
    expected = spend_by_units(lots, asked | {"gift_card": "max" if gift else None}, net, HERE, own)
    asked["gift_card"] = "1" * 16 if gift else None
    if isinstance(expected, str):
        with pytest.raises(InsufficientValue) as refused:
            plan(lots, net, own, **asked)
        assert refused.value.params["unit"] == expected
        return
    draws = plan(lots, net, own, **asked)
    assert {draw.lot.id: draw.amount for draw in draws} == expected
    assert sum(draw.value for draw in draws) <= net
    for draw in draws:
        own_credit = draw.lot.unit == "rial" and draw.lot.issuer_id == HERE
        assert draw.value == draw.amount * draw.lot.price
        assert draw.fee == (0 if own_credit else draw.value * draw.lot.fee_bps // 10_000)
    units = [unit_of(draw.lot) for draw in draws]
    assert units == sorted(units, key=["gift_card", "credit", "points", "wallet"].index)


@st.composite
def draws_and_lines(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Two ways to cut the same value."""
    lines = draw(st.lists(st.integers(0, 500), min_size=1, max_size=6))
    left, values = sum(lines), []
    while left:
        values.append(draw(st.integers(1, left)))
        left -= values[-1]
    return values, lines


@given(draws_and_lines())
@sized(ci=300, nightly=20_000)
def test_shares_add_up_both_ways_and_none_is_negative(cut: tuple[list[int], list[int]]) -> None:
    values, lines = cut
    shares = share_over_lines(values, lines)
    assert [sum(part) for part in shares] == values
    if shares:
        assert [sum(column) for column in zip(*shares, strict=True)] == lines
    assert all(part >= 0 for row in shares for part in row)


def test_what_pays_nothing_has_no_share_of_any_line() -> None:
    assert share_over_lines([0, 2], [1, 1]) == [[0, 0], [1, 1]]
    assert share_over_lines([0], [0, 0]) == [[0, 0]]


def test_shares_that_cannot_add_up_are_a_fault() -> None:
    with pytest.raises(ValueError, match="add up"):
        share_over_lines([5], [2, 2])
