"""What came of each mutant, and the survivors that somebody has looked at and explained."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from infra.mutants.sample import wilson

ROOT = Path(__file__).parents[2]
EXPLAINED = Path(__file__).with_name("explained.toml")


_MALL = re.compile(r"\w+\.mall_id == uow\.scope\.mall_id, ")


_STRICT = re.compile(r",( strict=\w+| )(?=\))")


_LOCKED_IDS = re.compile(r"l\.id = ANY\(\w+\)(?= ORDER BY l\.id FOR UPDATE;)")

_LISTED_IDS = re.compile(r"l\.id = ANY\(\w+\)(?= AND l\.id = \w+\.\w+)")


class Outcome(StrEnum):
    """What came of a mutant. Of these, INVALID ones are not counted."""

    KILLED = "killed"
    TIMEOUT = "timeout"
    SURVIVED = "survived"
    EXPLAINED = "explained"
    INVALID = "invalid"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake: in `file` (from the root), inside `function`, at `line`, what was and is."""

    file: str
    function: str
    line: int
    was: str
    now: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.function}\n    - {self.was}\n    + {self.now}"


class Explanations:
    """`explained.toml`: by function, the changed text and why nothing can or need notice it."""

    def __init__(self) -> None:
        entries = tomllib.loads(EXPLAINED.read_text("utf-8")).get("mutant", [])
        self._known = {(entry["in"], _plain(entry["now"])): entry["why"] for entry in entries}

    def of(self, mutant: Mutant) -> str | None:
        """Why this one may live, or None."""
        if "SELECT " in mutant.was.upper() and mutant.was.upper() == mutant.now.upper():
            return "SQL means the same in capitals"
        if mutant.was != mutant.now and _MALL.sub("", mutant.was) == mutant.now:
            return "row security keeps the mall, whatever the query says (tests/isolation)"
        if mutant.was != mutant.now and mutant.now in (
            mutant.was.replace(" AND l.id", " OR l.id"),
            _LOCKED_IDS.sub("true", mutant.was),
        ):
            return "locks more rows than it need: slower, not wrong"
        if mutant.was != mutant.now and _LISTED_IDS.sub("true", mutant.was) == mutant.now:
            return "the join names the same lots: the list tells the planner beforehand"
        if mutant.was != mutant.now and _STRICT.sub("", mutant.was) == _STRICT.sub("", mutant.now):
            return "lists of one length, whether zip looks or not"
        return self._known.get((mutant.function, _plain(mutant.now)))


def table(outcomes: Iterable[tuple[Mutant, Outcome]]) -> str:
    """Per file: how many mutants, how many killed, how many survive unexplained and explained."""
    counts: dict[str, Counter[Outcome]] = {}
    for mutant, outcome in outcomes:
        counts.setdefault(mutant.file, Counter())[outcome] += 1
    lines = [
        "| file | mutants | killed | timed out | survived | explained | refused by PostgreSQL |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [_row(file, counts[file]) for file in sorted(counts)]
    whole = sum(counts.values(), Counter[Outcome]())
    return "\n".join([*lines, _row("all", whole), "", _conclusion(whole)])


def _row(name: str, count: Counter[Outcome]) -> str:
    tried, killed = _tried(count), count[Outcome.KILLED]
    share = f"{100 * killed / tried:.1f} %" if tried else "-"
    survived = count[Outcome.SURVIVED] + count[Outcome.BROKEN]
    rest = (count[each] for each in (Outcome.EXPLAINED, Outcome.INVALID))
    cells = (f"{killed} ({share})", count[Outcome.TIMEOUT], survived, *rest)
    return f"| `{name}` | {tried} | {' | '.join(map(str, cells))} |"


def _tried(count: Counter[Outcome]) -> int:
    return sum(count.values()) - count[Outcome.INVALID]


def _conclusion(count: Counter[Outcome]) -> str:
    """The share killed with its interval, of all and of those that are not explained."""
    killed, tried = count[Outcome.KILLED], _tried(count)
    wholes = {"": tried, "without those explained ": tried - count[Outcome.EXPLAINED]}
    return "\n".join(
        f"killed {name}{100 * killed / whole:.1f} %, 95 % interval {{:.1%}} to {{:.1%}}".format(
            *wilson(killed, whole)
        )
        for name, whole in wholes.items()
        if whole
    )


def _plain(text: str) -> str:
    return " ".join(text.split())
