"""Mutants of the Python modules, made and tried by mutmut on a copy of the tree."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from fnmatch import fnmatch
from pathlib import Path
from subprocess import DEVNULL

from infra.mutants.sample import Sample
from infra.mutants.stage import BATCHES, Batch, lay_out
from infra.mutants.verdicts import Mutant, Outcome

# mutmut's exit codes: pytest's, and its own for what no test reaches or what took too long.
_OUTCOMES = {
    0: Outcome.SURVIVED, 5: Outcome.SURVIVED, 33: Outcome.SURVIVED,
    1: Outcome.KILLED, 3: Outcome.KILLED,
    24: Outcome.TIMEOUT, -24: Outcome.TIMEOUT, 36: Outcome.TIMEOUT, 152: Outcome.TIMEOUT,
}  # fmt: skip


# What mutmut does first in each run, alone: then the mutants have names to choose from.
_MAKE = """
from pathlib import Path
from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants, setup_source_paths
from mutmut.mutation.trampoline import set_mutant_under_test
set_mutant_under_test("mutant_generation")
Path("mutants").mkdir(exist_ok=True)
copy_src_dir(); copy_also_copy_files(); setup_source_paths(); create_mutants(1)
"""


def run(sample: Sample, *patterns: str) -> Iterator[tuple[Mutant, Outcome]]:
    """Lets mutmut try a sample of the mutants, or all, and reads what it found.

    `patterns` begin with a batch's name: `pure timcheh.money*`; none: everything.
    """
    wanted, names = patterns[:1], patterns[1:] or ("*",)
    for batch in BATCHES:
        if not wanted or batch.name in wanted:
            stage = lay_out(batch)
            subprocess.run([sys.executable, "-c", _MAKE], cwd=stage, check=True, stdout=DEVNULL)
            chosen = sample.of([each for each in _made(batch) if _fits(each, names)])
            mutmut = str(Path(sys.executable).with_name("mutmut"))
            subprocess.run([mutmut, "run", "--max-children", "1", *chosen], cwd=stage, check=True)
            yield from results(batch, set(chosen))


def _made(batch: Batch) -> list[str]:
    """The names of a batch's mutants."""
    return [name for found in _records(batch) for name in _codes(found)]


def _fits(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _records(batch: Batch) -> list[Path]:
    return sorted((batch.stage / "mutants" / "src").rglob("*.py.meta"))


def _codes(record: Path) -> dict[str, int | None]:
    codes: dict[str, int | None] = json.loads(record.read_text("utf-8"))["exit_code_by_key"]
    return codes


def results(batch: Batch, chosen: set[str]) -> Iterator[tuple[Mutant, Outcome]]:
    """What came of the chosen mutants of a batch."""
    for record in _records(batch):
        tried = {name: code for name, code in _codes(record).items() if name in chosen}
        if tried:
            mutants = _Mutants(batch.stage, record.with_suffix(""))
            for name, code in tried.items():
                found = _OUTCOMES.get(code, Outcome.BROKEN) if code is not None else Outcome.BROKEN
                yield mutants.named(name.rpartition(".")[2]), found


class _Mutants:
    """A file as mutmut wrote it: each function beside all its mutants."""

    def __init__(self, stage: Path, written: Path) -> None:
        text = written.read_text("utf-8")
        self._lines = text.splitlines()
        self._functions = {
            node.name: node
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and "__mutmut_" in node.name
        }
        inside = written.relative_to(stage / "mutants" / "src")
        self._file = str("platform" / inside if inside.parts[0].startswith("timcheh") else inside)
        original = (stage / "src" / inside).read_text("utf-8")
        self._at = {
            node.name: node.lineno
            for node in ast.walk(ast.parse(original))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }

    def named(self, name: str) -> Mutant:
        mangled = name.partition("__mutmut_")[0]
        function = mangled.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
        before, after = self._body(f"{mangled}__mutmut_orig"), self._body(name)
        changed = list(unified_diff(before, after, n=0, lineterm=""))[2:]
        offset = int(changed[0].split("-")[1].partition(",")[0].split()[0])
        was, now = (
            " ".join(line[1:].strip() for line in changed if line.startswith(sign)) for sign in "-+"
        )
        line = self._at[function.rpartition(".")[2]] + offset - 1
        module = self._file.removesuffix(".py").removeprefix("platform/").replace("/", ".")
        return Mutant(self._file, f"{module}.{function}", line, was, now)

    def _body(self, name: str) -> list[str]:
        """The lines of a function, all under one name: a default may be what was changed."""
        node = self._functions[name]
        lines = self._lines[node.lineno - 1 : node.end_lineno]
        return [line.replace(name, "f") for line in lines]
