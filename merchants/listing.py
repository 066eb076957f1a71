"""Lists in pages that can be turned both ways, by keys instead of counted rows.

A query is given a `Window`, fetches `fetch` rows beyond its key (in the reverse order when the
window looks `backwards`), and `cut` makes of them the page to show with its neighbours' addresses.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from urllib.parse import urlencode

from timcheh.web.pagination import make_cursor, read_cursor

Key = TypeVar("Key")
Row = TypeVar("Row")

ROWS: Final = 50


@dataclass(frozen=True, slots=True)
class Window(Generic[Key]):
    """Which stretch of a list is asked for: from the start, beyond `key`, or just before it."""

    key: Key | None = None
    backwards: bool = False
    limit: int = ROWS

    @property
    def fetch(self) -> int:
        """One row more than is shown: whether it comes says if the list goes on."""
        return self.limit + 1

    @classmethod
    def asked(cls, query: Mapping[str, str], kind: Any) -> "Window[Any]":
        """From the address's `after` or `before`. Raises Invalid for one we didn't give out."""
        before = query.get("before")
        cursor = before or query.get("after")
        return Window(read_cursor(cursor, kind) if cursor else None, bool(before))


@dataclass(frozen=True, slots=True)
class Stretch(Generic[Row]):
    """The rows to show, in the list's order, and the addresses of the pages around them."""

    rows: Sequence[Row]
    next: str
    previous: str


def addressed(address: str, asked: Mapping[str, str]) -> str:
    """The address of a list that is asked for something; empty texts ask for nothing."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{address}?{query}" if query else address


def cut(
    window: Window[Any],
    rows: Sequence[Row],
    key: Callable[[Row], Any],
    address: str,
    keep: Mapping[str, str],
) -> Stretch[Row]:
    """`keep` is what the neighbours' addresses carry along, such as filters."""
    more = len(rows) > window.limit
    kept = list(rows[: window.limit])
    if window.backwards:
        kept.reverse()
    if not kept:
        return Stretch(kept, "", "")
    onwards = more or window.backwards
    back = more if window.backwards else window.key is not None

    def link(which: str, row: Row) -> str:
        return addressed(address, {**keep, which: make_cursor(key(row))})

    return Stretch(
        kept,
        link("after", kept[-1]) if onwards else "",
        link("before", kept[0]) if back else "",
    )
