"""`python -m infra.mutants sql [PART [N]]`: mutants (each Nth) of the SQL functions whose file or
name has PART.
`python -m infra.mutants python [BATCH [PATTERN…]]`: mutants of the Python modules of a batch.

Both start PostgreSQL and Valkey once. The exit code is 1 if a mutant survives unexplained.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from infra.mutants import in_python, in_sql
from infra.mutants.verdicts import Explanations, Mutant, Outcome, table
from tests.servers import VARIABLE, Servers

# A trial is often one short test: without these pytest would spend six times as long around it.
_LEAN = {
    "HYPOTHESIS_PROFILE": "mutants",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTEST_ADDOPTS": "-p pytest_asyncio.plugin -p xdist.plugin -p _hypothesis_pytestplugin "
    "-p no:unraisableexception -p no:cacheprovider",
}


def main(kind: str, *patterns: str) -> int:
    os.environ.update(_LEAN)
    known = Explanations()
    outcomes: list[tuple[Mutant, Outcome]] = []
    with _servers() as template_dsn:
        results = in_sql.run(template_dsn, *patterns) if kind == "sql" else in_python.run(*patterns)
        for mutant, outcome in results:
            why = known.of(mutant) if outcome is Outcome.SURVIVED else None
            outcomes.append((mutant, Outcome.EXPLAINED if why else outcome))
            if why is None and outcome in (Outcome.SURVIVED, Outcome.BROKEN):
                print(f"{outcome}: {mutant}", flush=True)
    print(table(outcomes))
    return int(any(outcome is Outcome.SURVIVED for _, outcome in outcomes))


@contextmanager
def _servers() -> Iterator[str]:
    """Servers that every trial shares; answers where the template database is."""
    servers = Servers()
    try:
        servers.start()
        os.environ[VARIABLE] = str(servers.directory)
        yield servers.template_dsn
    finally:
        servers.stop()


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in ("sql", "python"):
        sys.exit(__doc__)
    began = time.monotonic()
    code = main(*sys.argv[1:])
    print(f"{time.monotonic() - began:.0f} s")
    sys.exit(code)
