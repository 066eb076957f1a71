"""A sample of mutants is drawn fairly, again and again the same, and says how sure it is."""

import pytest

from infra.mutants.sample import Sample, wilson
from infra.mutants.verdicts import Mutant, Outcome, table


def test_a_sample_is_the_same_each_time_and_another_with_another_seed() -> None:
    first, again, other = Sample(20, 1), Sample(20, 1), Sample(20, 2)
    chosen = first.of(range(1000))
    assert chosen == again.of(range(1000)) == sorted(set(chosen))
    assert chosen != other.of(range(1000))
    assert str(first) == "sampled 20 of 1000, seed 1"


def test_each_is_as_likely_as_any_other() -> None:
    times = [0] * 10
    for seed in range(2000):
        for each in Sample(3, seed).of(range(10)):
            times[each] += 1
    assert all(500 < each < 700 for each in times)


@pytest.mark.parametrize("size", [None, 3, 9])
def test_without_a_size_or_with_too_large_a_one_all_are_taken(size: int | None) -> None:
    sample = Sample(size)
    assert sample.of("abc") == ["a", "b", "c"]
    assert str(sample) == "all 3 tried"


def test_the_interval_is_wilsons() -> None:
    # 81 of 263: the example of Newcombe, Statistics in Medicine 17 (1998), page 861.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert wilson(20, 20)[1] == pytest.approx(1)


def test_only_what_a_test_noticed_counts_as_killed() -> None:
    counts = {
        Outcome.KILLED: 5, Outcome.TIMEOUT: 1, Outcome.SURVIVED: 2, Outcome.BROKEN: 1,
        Outcome.EXPLAINED: 1, Outcome.INVALID: 4,
    }  # fmt: skip
    mutant = Mutant("a.sql", "f", 1, "x", "y")
    lines = table((mutant, each) for each, times in counts.items() for _ in range(times))
    *_, row, _, whole, rest = lines.splitlines()
    assert row == "| `all` | 10 | 5 (50.0 %) | 1 | 3 | 1 | 4 |"
    assert whole == "killed 50.0 %, 95 % interval 23.7% to 76.3%"
    assert rest.startswith("killed without those explained 55.6 %")
