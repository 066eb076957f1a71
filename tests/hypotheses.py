"""How many examples a test of many looks at: few where somebody waits, many at night.

`HYPOTHESIS_PROFILE` is `quick` (`make test`), `ci` (where CI is set, as in `.ci/run`), `nightly`
or `mutants`.
"""

import os

from hypothesis import HealthCheck, Phase, settings

_PROFILE = os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "quick")
NIGHTLY = _PROFILE == "nightly"
# A mutant is killed by the first example that fails; nobody reads the smallest one.
MUTANTS = _PROFILE == "mutants"
_NEEDLESS = {Phase.explain, Phase.shrink} if MUTANTS else {Phase.explain}
_ENOUGH = tuple(phase for phase in Phase if phase not in _NEEDLESS)

# Of every test with examples. None fails because the machine is busy, and all but the nightly ones
# look at the same examples every time, so that a change is what breaks them.
settings.register_profile(
    "timcheh",
    derandomize=not NIGHTLY,
    database=None,
    deadline=None,
    phases=_ENOUGH,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("timcheh")


def rounds(ci: int, nightly: int, quick: int | None = None) -> int:
    """How often a test that is no property repeats: kills, seconds of load, random histories.

    `quick` is for what takes a minute in CI. A quarter where it is done again for every mutant.
    """
    if MUTANTS:
        return ci // 4
    if _PROFILE == "quick" and quick is not None:
        return quick
    return nightly if NIGHTLY else ci


def sized(ci: int, nightly: int, **more: object) -> settings:
    """Settings with so many examples by profile: `ci` unless `nightly`."""
    return settings(max_examples=nightly if NIGHTLY else ci, **more)  # type: ignore[arg-type]
