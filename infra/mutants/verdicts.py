"""What came of each mutant, and the survivors that somebody has looked at and explained."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXPLAINED = Path(__file__).with_name("explained.toml")


_MALL = re.compile(r"\w+\.mall_id == uow\.scope\.mall_id, ")


_STRICT = re.compile(r",( strict=\w+| )(?=\))")


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
        if "FOR UPDATE" in mutant.now and mutant.was in (
            mutant.now.replace(" OR ", " AND "),
            mutant.now.replace("<> ANY", "= ANY"),
        ):
            return "locks more rows than it need: slower, not wrong"
        if mutant.was != mutant.now and _STRICT.sub("", mutant.was) == _STRICT.sub("", mutant.now):
            return "lists of one length, whether zip looks or not"
        return self._known.get((mutant.function, _plain(mutant.now)))


def table(outcomes: Iterable[tuple[Mutant, Outcome]]) -> str:
    """Per file: how many mutants, how many killed, how many survive unexplained and explained."""
    counts: dict[str, Counter[Outcome]] = {}
    for mutant, outcome in outcomes:
        counts.setdefault(mutant.file, Counter())[outcome] += 1
    lines = ["| file | mutants | killed | survived | of them explained |", "|---|--:|--:|--:|--:|"]
    lines += [_row(file, counts[file]) for file in sorted(counts)]
    lines.append(_row("all", sum(counts.values(), Counter[Outcome]())))
    return "\n".join(lines)


def _row(name: str, count: Counter[Outcome]) -> str:
    killed = count[Outcome.KILLED] + count[Outcome.TIMEOUT]
    explained = count[Outcome.EXPLAINED]
    survived = count[Outcome.SURVIVED] + count[Outcome.BROKEN] + explained
    whole = killed + survived
    share = f"{100 * killed / whole:.1f} %" if whole else "-"
    return f"| `{name}` | {whole} | {killed} ({share}) | {survived} | {explained} |"


def _plain(text: str) -> str:
    return " ".join(text.split())
