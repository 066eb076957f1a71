"""Lists in pages: `?limit=&cursor=` in, `{"items": [...], "next_cursor": …}` out."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as DecodeError
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Generic, TypeVar

import msgspec
from litestar.params import QueryParameter

from timcheh.errors import Invalid

T = TypeVar("T")
Row = TypeVar("Row")

DEFAULT_LIMIT: Final = 50
MAXIMUM_LIMIT: Final = 200


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
        if self.cursor is None:
            return None
        try:
            padding = "=" * (-len(self.cursor) % 4)
            return msgspec.json.decode(urlsafe_b64decode(self.cursor + padding), type=kind)
        except (DecodeError, ValueError, msgspec.MsgspecError):
            raise Invalid.field("/cursor", "invalid") from None

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


def page_request(
    limit: Annotated[
        int, QueryParameter(name="limit", ge=1, le=MAXIMUM_LIMIT, description="Items in a page.")
    ] = DEFAULT_LIMIT,
    cursor: Annotated[
        str | None,
        QueryParameter(
            name="cursor", max_length=500, description="`next_cursor` of the page before."
        ),
    ] = None,
) -> PageRequest:
    """The dependency `paging`."""
    return PageRequest(limit, cursor)
