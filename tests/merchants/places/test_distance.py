"""Distances against another formula for the same sphere, and positions as people type them."""

from math import acos, cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchants.places.distance import (
    MILLION,
    Position,
    metres_between,
    read_degrees,
    stepped,
    written,
)
from tests.hypotheses import sized
from timcheh.errors import Invalid

pytestmark = pytest.mark.feature("offer.geo")
AZADI = Position(35_699_700, 51_337_900)
MILAD = Position(35_744_800, 51_375_300)
positions = st.builds(
    Position, st.integers(25_000_000, 40_000_000), st.integers(44_000_000, 63_000_000)
)


def by_cosines(one: Position, other: Position) -> float:
    lat_1, lon_1, lat_2, lon_2 = (radians(each / MILLION) for each in (*one, *other))
    angle = sin(lat_1) * sin(lat_2) + cos(lat_1) * cos(lat_2) * cos(lon_1 - lon_2)
    return 6_371_000 * acos(min(angle, 1))


@sized(ci=100, nightly=10_000)
@given(positions, positions)
def test_a_distance_is_that_of_the_sphere(one: Position, other: Position) -> None:
    found = metres_between(one, other)
    assert found == metres_between(other, one)
    assert found == pytest.approx(by_cosines(one, other), rel=1e-4, abs=2)


@sized(ci=100, nightly=10_000)
@given(positions)
def test_a_coarse_position_is_a_hundred_metres_off_at_most(at: Position) -> None:
    coarse = at.coarse()
    assert metres_between(at, coarse) <= 80
    assert all(each % 1_000 == 0 for each in coarse)
    assert coarse.coarse() == coarse


@sized(ci=100, nightly=10_000)
@given(st.integers(0, 50_000))
def test_nobody_is_told_nearer_than_they_are(metres: int) -> None:
    assert metres <= stepped(metres) < metres + 100
    assert stepped(metres) % 100 == 0


def test_a_known_way() -> None:
    assert metres_between(AZADI, AZADI) == 0
    assert metres_between(AZADI, MILAD) == pytest.approx(6_050, abs=50)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("35.7219", 35_721_900),
        ("۳۵٫۷۲۱۹", 35_721_900),
        (" 35/7219 ", 35_721_900),
        ("-35,5", -35_500_000),
        ("35.721912345678", 35_721_912),
        ("90", 90_000_000),
    ],
)
def test_degrees_are_read_as_people_type_them(typed: str, found: int) -> None:
    assert read_degrees(typed, "/latitude", 90) == found
    assert read_degrees(written(found), "/latitude", 90) == found


@pytest.mark.parametrize("typed", ["", "شمال", "90.1", "1e1", "35.72.19", "nan", "35,7,2"])
def test_what_is_no_degree_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        read_degrees(typed, "/latitude", 90)
