"""Mutants of the SQL functions in which money moves, each tried on a server of its own.

A mutant replaces one function in the template database that the tests clone, and the tests that
should notice run until the first that does. Then the function is put back.
"""

import asyncio
import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

import asyncpg
import pytest

from infra.mutants.sample import Sample
from infra.mutants.sql_operators import OPERATORS
from infra.mutants.sql_text import Function, functions
from infra.mutants.verdicts import ROOT, Mutant, Outcome

# Which tests should notice, by file: the quick ones first.
_LEDGER = "tests/timcheh/ledger/test_{}.py"
_API = "tests/api/test_{}.py"
_SCOPE = "tests/isolation/test_functions.py::test_functions_refuse_another_malls_scope"
_MOVES = [
    *(_LEDGER.format(name) for name in ("postings", "guards", "side_by_side", "locks")),
    _SCOPE,
    # Its neighbour tries the model alone, which no mutant touches.
    _LEDGER.format("machine") + "::test_the_ledger_agrees_with_a_naive_model",
]
_TRADE = [
    *(_API.format(name) for name in
      ("worked_example", "two_phase", "returns", "given_up", "bounds", "gift_cards",
       "contract_shop", "contention", "oracle")),
    _SCOPE,
]  # fmt: skip
_FACTS = [f"tests/merchants/audience/test_{name}.py" for name in ("kept", "catching_up")]
_OFFERS = [f"tests/merchants/offers/test_{name}.py" for name in ("at_the_till", "opening")]
_GOOD = "tests/merchants/goods/test_{}.py"
_GOODS = [_GOOD.format(name) for name in ("prices", "caps", "withdrawable", "colleagues")]
_PROOF = [_LEDGER.format("forgeries"), _SCOPE]
_BATCHES = [
    f"tests/merchants/purchases/test_{name}.py"
    for name in ("counted_in_one_batch", "kept_figures", "quotes_side_by_side")
]
_PURCHASES = {
    "15_known": [*_FACTS, *_OFFERS, *_TRADE],
    "20_quote": [
        "tests/merchants/purchases/test_spendable.py",
        *_FACTS, *_OFFERS, *_GOODS, *_TRADE,
    ],
    "25_customers": [*_FACTS, *_TRADE],
    "30_record": [*_OFFERS, *_FACTS, *_TRADE],
    "34_caps": [_GOOD.format("caps"), _GOOD.format("withdrawable"), *_TRADE],
    "35_concessions": ["tests/merchants/concessions/test_concessions.py", *_TRADE],
    "36_commissions": [_GOOD.format("colleagues"), "tests/merchants/referral", *_TRADE],
    "37_approvals": ["tests/merchants/approving", *_TRADE],
    "40_close": [
        _API.format("given_up"), "tests/concurrency/test_lock_order.py", *_OFFERS, *_TRADE,
    ],
    "50_returns": [_API.format("returns"), *_FACTS, *_OFFERS, *_TRADE],
    "60_forget": ["tests/shared_pool/erasing", *_TRADE],
    "": _TRADE,
}  # fmt: skip
SUITES = {
    "platform/timcheh/ledger/sql": {
        "40_holds": [*_MOVES, "tests/concurrency/test_lock_order.py", _API.format("two_phase")],
        "80_balances": [_LEDGER.format("roll_up"), *_MOVES],
        "85_scopes": [_LEDGER.format("scopes"), *_MOVES],
        "90_seal": [_LEDGER.format("chain"), _LEDGER.format("roll_up"), *_PROOF],
        "95_proof": [*(_LEDGER.format(name) for name in ("proof", "chain", "guards")), *_PROOF],
        "": _MOVES,
    },
    "merchants/purchases/sql": {file: [*_BATCHES, *tests] for file, tests in _PURCHASES.items()},
}
_OUTCOMES = {0: Outcome.SURVIVED, 1: Outcome.KILLED, None: Outcome.TIMEOUT}


@dataclass(frozen=True, slots=True)
class Attempt:
    """A mutant with the statement that makes it and the tests that should kill it."""

    mutant: Mutant
    function: Function
    statement: str
    tests: Sequence[str]


def run(template_dsn: str, sample: Sample, *parts: str) -> Iterator[tuple[Mutant, Outcome]]:
    """Tries a sample of the mutants of the functions whose file or name has one of `parts`."""
    chosen = sample.of(list(attempts(*parts)))
    laboratory = Laboratory(template_dsn)
    tests = list(dict.fromkeys(test for attempt in chosen for test in attempt.tests))
    laboratory.warm_up(tests)
    laboratory.check_control(tests)
    # In no order, so that a run that is stopped has tried a sample too.
    for attempt in Random(sample.seed).sample(chosen, len(chosen)):  # noqa: S311
        yield attempt.mutant, laboratory.try_out(attempt)


def attempts(*parts: str) -> Iterator[Attempt]:
    """Every mutant of the functions whose file or name has one of `parts`; of all without any."""
    for folder, suites in SUITES.items():
        for file in sorted((ROOT / folder).glob("*.sql")):
            for function in functions(file):
                where = f"{file.relative_to(ROOT)}:{function.name}"
                if not parts or any(part in where for part in parts):
                    yield from _of(function, suites.get(file.stem, suites[""]))


def _of(function: Function, tests: Sequence[str]) -> Iterator[Attempt]:
    seen = {function.statement}
    for operator in OPERATORS:
        for start, end, text in operator(function.tokens):
            statement = function.statement[:start] + text + function.statement[end:]
            if statement in seen:
                continue
            seen.add(statement)
            mutant = Mutant(
                str(function.file.relative_to(ROOT)),
                function.name,
                function.line + function.statement.count("\n", 0, start),
                _lines(function.statement, start, end),
                _lines(statement, start, start + len(text)),
            )
            yield Attempt(mutant, function, statement, tests)


def _lines(text: str, start: int, end: int) -> str:
    """The whole lines from `start` to `end`, with single blanks."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return " ".join(text[first : last if last >= 0 else len(text)].split())


class Laboratory:
    """Tries mutants one after another; remembers who killed, because they often kill again."""

    def __init__(self, template_dsn: str) -> None:
        self._dsn = template_dsn
        self._killers: dict[str, list[str]] = {}
        self._longest = 1200.0  # seconds; a mutant that makes the tests hang is noticed too

    def warm_up(self, tests: Sequence[str]) -> None:
        """Imports once what every trial needs: a trial is a fork of this process."""
        with _silence():
            pytest.main(["--collect-only", "-qqq", *tests])

    def check_control(self, tests: Sequence[str]) -> None:
        """RuntimeError if the tests fail without any mutant: then they'd seem to kill all."""
        began = time.monotonic()
        killer, code = _in_a_fork(tests, self._longest)
        if code != 0:
            raise RuntimeError(f"this fails without a mutant: {killer}")
        self._longest = 300 + 3 * (time.monotonic() - began)

    def try_out(self, attempt: Attempt) -> Outcome:
        """Whether the tests notice. A mutant that PostgreSQL refuses is no mutant."""
        try:
            asyncio.run(self._define(attempt.statement))
        except asyncpg.PostgresError:
            return Outcome.INVALID
        try:
            return self._run(attempt)
        finally:
            asyncio.run(self._define(attempt.function.statement))

    async def _define(self, statement: str) -> None:
        connection = await asyncpg.connect(self._dsn)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def _run(self, attempt: Attempt) -> Outcome:
        killers = self._killers.setdefault(attempt.mutant.function, [])
        killer, code = _in_a_fork([*killers[:4], *attempt.tests], self._longest)
        if killer:
            killers[:] = [killer, *(each for each in killers if each != killer)]
        return _OUTCOMES.get(code, Outcome.BROKEN)


def _in_a_fork(tests: Sequence[str], longest: float) -> tuple[str, int | None]:
    """Runs tests until one fails: its name (or nothing) and pytest's exit code, None: too long."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        os._exit(_trial(tests, writing))
    os.close(writing)
    code = _wait(child, longest)
    killer = os.read(reading, 4096).decode()
    os.close(reading)
    return killer, code


class _Witness:
    """A plugin that tells through a pipe which test failed first."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self._pipe >= 0:
            os.write(self._pipe, report.nodeid.encode())
            self._pipe = -1


def _trial(tests: Sequence[str], pipe: int) -> int:
    with _silence():
        arguments = ["-x", "-qqq", "--tb=no", *tests]
        return int(pytest.main(arguments, plugins=[_Witness(pipe)]))


@contextmanager
def _silence() -> Iterator[None]:
    """What pytest prints goes nowhere."""
    kept = [os.dup(stream) for stream in (1, 2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    try:
        yield
    finally:
        for stream, copy in zip((1, 2), kept, strict=True):
            os.dup2(copy, stream)
            os.close(copy)
        os.close(nowhere)


def _wait(child: int, longest: float) -> int | None:
    """The child's exit code, or None if it took too long and was ended."""
    until = time.monotonic() + longest
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None
