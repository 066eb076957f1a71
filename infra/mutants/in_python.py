"""Mutants of the Python modules, made and tried by mutmut on a copy of the tree."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from infra.mutants.stage import BATCHES, Batch, lay_out
from infra.mutants.verdicts import Mutant, Outcome

# mutmut's exit codes: pytest's, and its own for what no test reaches or what took too long.
_OUTCOMES = {
    0: Outcome.SURVIVED, 5: Outcome.SURVIVED, 33: Outcome.SURVIVED,
    1: Outcome.KILLED, 3: Outcome.KILLED,
    24: Outcome.TIMEOUT, -24: Outcome.TIMEOUT, 36: Outcome.TIMEOUT,
    152: Outcome.TIMEOUT, 255: Outcome.TIMEOUT,
}  # fmt: skip


def run(*patterns: str) -> Iterator[tuple[Mutant, Outcome]]:
    """Runs mutmut (which remembers mutants whose function has not changed) and reads what it found.

    `patterns` begin with a batch's name: `pure timcheh.money*`; none: everything.
    """
    wanted, names = patterns[:1], patterns[1:]
    mutmut = [str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", "1"]
    for batch in BATCHES:
        if not wanted or batch.name in wanted:
            subprocess.run([*mutmut, *names], cwd=lay_out(batch), check=True)
            yield from results(batch)


def results(batch: Batch) -> Iterator[tuple[Mutant, Outcome]]:
    """Every mutant of a batch that has been tried."""
    for found in sorted((batch.stage / "mutants" / "src").rglob("*.py.meta")):
        codes = json.loads(found.read_text("utf-8"))["exit_code_by_key"]
        tried = {name.rpartition(".")[2]: code for name, code in codes.items() if code is not None}
        if tried:
            mutants = _Mutants(batch.stage, found.with_suffix(""))
            for name, code in tried.items():
                yield mutants.named(name), _OUTCOMES.get(code, Outcome.BROKEN)


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
        line = self._at[function.rpartition(".")[2]] + offset
        module = self._file.removesuffix(".py").removeprefix("platform/").replace("/", ".")
        return Mutant(self._file, f"{module}.{function}", line, was, now)

    def _body(self, name: str) -> list[str]:
        node = self._functions[name]
        return self._lines[node.lineno : node.end_lineno]
