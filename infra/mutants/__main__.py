"""Mutants of the SQL functions or of the Python modules, all of them or an honest sample.

`python -m infra.mutants sql [PART…] [--sample N] [--seed S]`: of the functions whose file or name
has a PART, for example `ledger/sql`.
`python -m infra.mutants python [BATCH [PATTERN…]] [--sample N] [--seed S]`: of the modules of a
batch, for example `rules`, or of those among its mutants whose names fit a pattern.

A sample of N is drawn from all mutants by the seed, so that it can be drawn again; the table tells
how many there are and Wilson's 95 % interval of the share killed. Both start PostgreSQL and Valkey
once. The exit code is 1 if a mutant survives unexplained.
"""

import os
import sys
import time
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from infra.mutants import in_python, in_sql
from infra.mutants.sample import Sample
from infra.mutants.verdicts import Explanations, Mutant, Outcome, table
from tests.servers import VARIABLE, Servers

# A trial is often one short test: without these pytest would spend six times as long around it.
_LEAN = {
    "HYPOTHESIS_PROFILE": "mutants",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTEST_ADDOPTS": "-p pytest_asyncio.plugin -p xdist.plugin -p _hypothesis_pytestplugin "
    "-p no:unraisableexception -p no:cacheprovider -p infra.mutants.quick_first",
}


def main(asked: Namespace) -> int:
    os.environ.update(_LEAN)
    known, sample = Explanations(), Sample(asked.sample, asked.seed)
    outcomes: list[tuple[Mutant, Outcome]] = []
    with _servers() as template_dsn:
        if asked.kind == "sql":
            results = in_sql.run(template_dsn, sample, *asked.where)
        else:
            results = in_python.run(sample, *asked.where)
        with suppress(KeyboardInterrupt):
            for mutant, outcome in results:
                why = known.of(mutant) if outcome is Outcome.SURVIVED else None
                outcomes.append((mutant, Outcome.EXPLAINED if why else outcome))
                if why is None and outcome in (Outcome.SURVIVED, Outcome.TIMEOUT, Outcome.BROKEN):
                    print(f"{len(outcomes)} {outcome}: {mutant}", flush=True)
    print(f"{sample}; tried {len(outcomes)}\n\n{table(outcomes)}")
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


def _asked() -> Namespace:
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("sql", "python"))
    parser.add_argument("where", nargs="*")
    parser.add_argument("--sample", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    began = time.monotonic()
    code = main(_asked())
    print(f"{time.monotonic() - began:.0f} s")
    sys.exit(code)
