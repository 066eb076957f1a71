"""How many examples a test of many looks at: few where everybody waits, many at night."""

import os

from hypothesis import HealthCheck, Phase, settings

NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
# A mutant is killed by the first example that fails; nobody reads the smallest one.
MUTANTS = os.environ.get("HYPOTHESIS_PROFILE") == "mutants"
_NEEDLESS = {Phase.explain, Phase.shrink} if MUTANTS else {Phase.explain}
_ENOUGH = tuple(phase for phase in Phase if phase not in _NEEDLESS)


def rounds(ci: int, nightly: int) -> int:
    """How often a test that is no property repeats: kills, seconds of load, random histories.

    A quarter where it is done again for every mutant.
    """
    return nightly if NIGHTLY else ci // 4 if MUTANTS else ci


def sized(ci: int, nightly: int, **more: object) -> settings:
    """Settings with so many examples by profile (`HYPOTHESIS_PROFILE`, `ci` unless `nightly`).

    `ci` looks at the same examples every time, so that a change is what breaks it.
    """
    return settings(
        max_examples=nightly if NIGHTLY else ci,
        derandomize=not NIGHTLY,
        database=None,
        deadline=None,
        phases=_ENOUGH,
        suppress_health_check=list(HealthCheck),
        **more,  # type: ignore[arg-type]
    )
