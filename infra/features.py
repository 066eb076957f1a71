"""`make features`: every row of the catalogue, the tests that prove it, the page where it is found.

A test names what it proves with `@pytest.mark.feature("earn.percent")`, and may say where a person
finds it: `page="/{mall}/shop/rules"`. Fails on an id that the catalogue doesn't have.
"""

import contextlib
import io
import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "docs" / "features.md"
_ROW = re.compile(
    r"^\| (?P<id>[a-z_]+\.[a-z0-9_]+) \| (?P<text>.+?) \| [^|]* \| (?P<home>[^|]*) \|$"
)


class Collector:
    """A pytest plugin that keeps what the collected tests say they prove."""

    def __init__(self) -> None:
        self.tests: dict[str, set[str]] = defaultdict(set)
        self.pages: dict[str, set[str]] = defaultdict(set)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for marker in item.iter_markers("feature"):
                for feature in marker.args:
                    self.tests[feature].add(item.nodeid.partition("[")[0])
                    if "page" in marker.kwargs:
                        self.pages[feature].add(marker.kwargs["page"])


def catalogue() -> dict[str, tuple[str, str]]:
    """Feature id to its text and the folder that owns it."""
    rows = map(_ROW.match, CATALOGUE.read_text("utf-8").splitlines())
    return {row["id"]: (row["text"], row["home"]) for row in rows if row}


def main() -> int:
    collector = Collector()
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = pytest.main(["--collect-only", "-q", str(ROOT / "tests")], plugins=[collector])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        sys.stdout.write(printed.getvalue())
        return 1
    rows = catalogue()
    for feature, (text, home) in rows.items():
        proved = sorted(collector.tests.get(feature, ()))
        sys.stdout.write(f"{'proved' if proved else '      '}  {feature}  ({home})  {text}\n")
        for page in sorted(collector.pages.get(feature, ())):
            sys.stdout.write(f"            page  {page}\n")
        for test in proved:
            sys.stdout.write(f"            test  {test}\n")
    unknown = {name: tests for name, tests in collector.tests.items() if name not in rows}
    for name, tests in sorted(unknown.items()):
        sys.stdout.write(f"UNKNOWN  {name}: {', '.join(sorted(tests))}\n")
    count = sum(1 for feature in rows if collector.tests.get(feature))
    sys.stdout.write(f"{count} of {len(rows)} features are proved by tests\n")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
