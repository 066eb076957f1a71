"""The lift of an offer over those held out, against worlds whose truth is known."""

from random import Random
from typing import Final

import pytest

from merchants.effects.lift import FEWEST, Arm, estimate

pytestmark = pytest.mark.feature("offer.lift")

_WORLDS: Final = 300
_UNIT: Final = 1_000_000


def world(seed: int, members: int, held_bps: int, effect: float) -> tuple[Arm, Arm, int]:
    """Few spend much, most spend little, a fifth nothing; and what the offer truly added."""
    rng = Random(seed)
    given, held_out, true = Arm(), Arm(), 0
    for _ in range(members):
        taste = rng.lognormvariate(0, 1)
        before = _spend(rng, taste)
        without = _spend(rng, taste)
        if rng.random() * 10_000 < held_bps:
            held_out.add(without, before)
        else:
            added = int(without * effect)
            true += added
            given.add(without + added, before)
    return given, held_out, true


def _spend(rng: Random, taste: float) -> int:
    return int(_UNIT * taste * rng.gammavariate(2, 0.5)) if rng.random() < 0.8 else 0


@pytest.mark.parametrize(("held_bps", "effect"), [(1_000, 0.15), (3_000, 0.0)])
def test_the_interval_holds_the_truth_as_often_as_it_says(held_bps: int, effect: float) -> None:
    held = 0
    for seed in range(_WORLDS):
        given, held_out, true = world(seed, 600, held_bps, effect)
        lift = estimate(given, held_out)
        assert lift is not None
        held += lift.low <= true <= lift.high
    # 95 % of 300 within what chance allows (four standard errors below).
    assert held / _WORLDS >= 0.90


def test_a_clear_effect_is_found_and_none_is_not_invented() -> None:
    given, held_out, true = world(7, 6_000, 3_000, 0.5)
    lift = estimate(given, held_out)
    assert lift is not None
    assert lift.is_certain
    assert lift.low <= true <= lift.high
    assert lift.members == given.members
    nothing = estimate(*world(7, 6_000, 3_000, 0.0)[:2])
    assert nothing is not None
    assert not nothing.is_certain


def test_what_was_bought_before_narrows_the_interval() -> None:
    given, held_out, _ = world(3, 3_000, 2_000, 0.1)
    with_before = estimate(given, held_out)
    blind = [Arm(a.members, a.outcome, 0, a.outcome_squared) for a in (given, held_out)]
    for arm, source in zip(blind, (given, held_out), strict=True):
        arm.cubes = (source.cubes[0], 0, 0, 0)
    without = estimate(blind[0], blind[1])
    assert with_before is not None
    assert without is not None
    assert with_before.high - with_before.low < without.high - without.low


def test_members_who_all_do_the_same_leave_no_doubt() -> None:
    given, held_out = Arm(), Arm()
    for _ in range(50):
        given.add(300, 100)
        held_out.add(200, 100)
    lift = estimate(given, held_out)
    assert lift is not None
    assert (lift.low, lift.total, lift.high) == (5_000, 5_000, 5_000)


def test_nothing_is_said_of_a_handful() -> None:
    given, held_out = Arm(), Arm()
    for number in range(FEWEST):
        given.add(number, number)
        if number:
            held_out.add(number, number)
    assert estimate(given, held_out) is None
