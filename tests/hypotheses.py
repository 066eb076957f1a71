"""How many examples a test of many looks at: few where somebody waits, many at night.

`HYPOTHESIS_PROFILE` is `quick` (`make test`), `ci` (where CI is set, as in `.ci/run`), `nightly`
or `mutants`.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings

_PROFILE = os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "quick")
QUICK, NIGHTLY = _PROFILE == "quick", _PROFILE == "nightly"
# What a change hardly ever breaks and takes many seconds to see: in CI and at night.
seldom = pytest.mark.skipif(QUICK, reason="CI=true or make nightly")
# A mutant is killed by the first example that fails; nobody reads the smallest one.
MUTANTS = _PROFILE == "mutants"
_NEEDLESS = {Phase.explain, Phase.shrink} if MUTANTS else {Phase.explain}
_ENOUGH = tuple(phase for phase in Phase if phase not in _NEEDLESS)

# Of every test with examples. None fails because the machine is busy, and all but the nightly ones
# look at the same examples every time, so that a change is what breaks them.
settings.register_profile(
    "timcheh",
    max_examples=1_000 if NIGHTLY else 50 if QUICK else 100,
    derandomize=not NIGHTLY,
    database=None,
    deadline=None,
    phases=_ENOUGH,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("timcheh")


def rounds(ci: int, nightly: int, quick: int | None = None) -> int:
    """How often a test that is no property repeats: kills, seconds of load, random histories.

    `quick` is for what takes a minute in CI. A quarter, and at least
    one, where it is done again for every mutant.
    """
    if MUTANTS:
        return max(1, ci // 4)
    if QUICK and quick is not None:
        return quick
    return nightly if NIGHTLY else ci


def sized(ci: int, nightly: int, quick: int | None = None, **more: object) -> settings:
    """Settings with so many examples by profile; `quick` is half of `ci` unless said."""
    few = max(1, ci // 2) if quick is None else quick
    examples = nightly if NIGHTLY else few if QUICK else ci
    return settings(max_examples=examples, **more)  # type: ignore[arg-type]
