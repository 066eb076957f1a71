"""SQL as tokens: enough to change a function in one place and leave the rest as it was written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_TOKEN = re.compile(
    r"""(?P<space>\s+|--[^\n]*)
      | (?P<text>'(?:[^']|'')*')
      | (?P<number>\d+)
      | (?P<word>"[^"]+"|\w+)
      | (?P<sign>:=|::|<>|<=|>=|\|\||.)""",
    re.VERBOSE,
)
_FUNCTION = re.compile(
    r"CREATE OR REPLACE FUNCTION (?P<name>[\w.]+)(?:(?!CREATE OR REPLACE).)*?"
    r"(?:AS \$\$(?P<body>.*?)\$\$|\nRETURN (?P<value>[^;]*));?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it stands in its function's statement."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def upper(self) -> str:
        return self.text.upper()


@dataclass(frozen=True, slots=True)
class Function:
    """One `CREATE OR REPLACE FUNCTION`, whole, and the tokens of its body without the blanks."""

    file: Path
    name: str
    statement: str
    line: int
    tokens: tuple[Token, ...]


def functions(file: Path) -> Iterator[Function]:
    """The functions of a file of routines, in order."""
    script = file.read_text("utf-8")
    for found in _FUNCTION.finditer(script):
        part = "body" if found["body"] is not None else "value"
        offset = found.start(part) - found.start()
        tokens = tuple(
            Token(match.lastgroup or "", match.group(), offset + match.start())
            for match in _TOKEN.finditer(found[part])
            if match.lastgroup != "space"
        )
        line = script.count("\n", 0, found.start()) + 1
        yield Function(file, found["name"], found.group(), line, tokens)
