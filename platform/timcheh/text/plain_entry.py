"""A short cut through a Fluent file, where nearly every entry is a line of words and variables.

Fluent's parser goes from character to character and makes a tree of it: seconds for all texts, at
each start of each process. Entries whose lines hold only words and `{ $variables }` are read here,
in a hundredth of the time and with the same result; whatever is more (selectors, terms, texts of
several lines, mistakes) is left to the parser.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from timcheh.text.plain_pattern import Parts, Variable

_NAME = "[a-zA-Z][a-zA-Z0-9_-]*"
_VARIABLE = rf"\{{ *\${_NAME} *\}}"
_WORDS = rf"(?! )(?:[^{{}}\r\n]|{_VARIABLE})+"
# What begins a line without being part of the entry before it.
_BLOCK = re.compile("^(?=[a-zA-Z#-])", re.MULTILINE)
_ENTRY = re.compile(rf"{_NAME} *= *(?:{_WORDS})?\n(?: +\.{_NAME} *= *{_WORDS}\n)*[ \n]*")
_LINE = re.compile(rf"(?:({_NAME})| +\.({_NAME})) *= *({_WORDS})?\n")
_REFERENCE = re.compile(rf"\{{ *({_NAME})")
_PLACE = re.compile(rf"\{{ *\$({_NAME}) *\}}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A message as it was written, and its patterns by id (`id` and `id.attribute`)."""

    name: str
    source: str
    patterns: dict[str, Parts]


def entries(source: str) -> Iterator[Entry | str]:
    """A file's messages in their order; as they were written where they need the parser."""
    for block in _BLOCK.split(source if source.endswith("\n") else f"{source}\n"):
        if block.startswith("#") or not block.strip():
            continue
        yield _entry(block) or block


def references(source: str) -> list[str]:
    """The names of other messages in it (and of functions: no harm is meant by those)."""
    return _REFERENCE.findall(source)


def _entry(block: str) -> Entry | None:
    if not _ENTRY.fullmatch(block):
        return None
    name, patterns = "", {}
    for own, attribute, words in _LINE.findall(block):
        name = own or name
        if words:
            patterns[f"{name}.{attribute}" if attribute else name] = _parts(words)
    return Entry(name, block, patterns) if patterns else None


def _parts(words: str) -> Parts:
    # Every other piece of the split is the variable's name.
    pieces = _PLACE.split(words.rstrip(" "))
    return tuple(
        Variable(piece) if index % 2 else piece for index, piece in enumerate(pieces) if piece
    )
