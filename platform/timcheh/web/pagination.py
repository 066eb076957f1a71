"""Lists in pages: `?limit=&cursor=` in, `{"items": [...], "next_cursor": …}` out."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as DecodeError
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Generic, TypeVar

import msgspec
from litestar.params import QueryParameter

from timcheh.calendar import is_plausible
from timcheh.errors import Invalid

T = TypeVar("T")
Row = TypeVar("Row")

DEFAULT_LIMIT: Final = 50
MAXIMUM_LIMIT: Final = 200
LONGEST_CURSOR: Final = 2000
"""Characters; a sort key may be a text of 200 characters, which takes up to 1,603."""


class Page(msgspec.Struct, Generic[T]):
    """A page of a list. Without a `next_cursor` it is the last."""

    items: list[T]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What the caller asked for. A query fetches `fetch` rows after `after(...)`."""

    limit: int = DEFAULT_LIMIT
    cursor: str | None = None

    @property
    def fetch(self) -> int:
        """One row more than is shown: whether it comes says if there is a next page."""
        return self.limit + 1

    def after(self, kind: type[T]) -> T | None:
        """Where the last page ended, as `kind` (for example `UUID` or `tuple[datetime, UUID]`).

        None on the first page. Raises Invalid for a cursor that we didn't give out.
        """
        return None if self.cursor is None else read_cursor(self.cursor, kind)

    def page(
        self, rows: Sequence[Row], show: Callable[[Row], T], key: Callable[[Row], Any]
    ) -> Page[T]:
        """The page of the fetched rows; `key` is what `after` gets for the row it ends with."""
        kept = rows[: self.limit]
        more = len(rows) > self.limit
        return Page([show(row) for row in kept], make_cursor(key(kept[-1])) if more else None)


def make_cursor(key: Any) -> str:
    """An opaque cursor for a sort key."""
    return urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def read_cursor(cursor: str, kind: Any) -> Any:
    """The sort key of a cursor. Raises Invalid for one that can't be ours."""
    try:
        written = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        key = msgspec.json.decode(written, type=kind)
    except (DecodeError, ValueError, msgspec.MsgspecError):
        raise Invalid.field("/cursor", "invalid") from None
    parts = key if isinstance(key, tuple) else (key,)
    if make_cursor(key) != cursor or not all(_storable(part) for part in parts):
        raise Invalid.field("/cursor", "invalid")
    return key


def _storable(part: Any) -> bool:
    """Whether PostgreSQL can compare with it."""
    if isinstance(part, datetime):
        return part.tzinfo is not None and is_plausible(part)
    return "\0" not in part if isinstance(part, str) else True


def page_request(
    limit: Annotated[
        int, QueryParameter(name="limit", ge=1, le=MAXIMUM_LIMIT, description="Items in a page.")
    ] = DEFAULT_LIMIT,
    cursor: Annotated[
        str | None,
        QueryParameter(
            name="cursor",
            max_length=LONGEST_CURSOR,
            description="`next_cursor` of the page before.",
        ),
    ] = None,
) -> PageRequest:
    """The dependency `paging`."""
    return PageRequest(limit, cursor)
