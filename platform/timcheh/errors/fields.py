"""The fault of a single field, and where it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FieldError:
    """`pointer` is a JSON pointer (RFC 6901) into the body, for example `/lines/0/quantity`."""

    pointer: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def pointer(*parts: str | int) -> str:
    """The JSON pointer of these steps, escaped: `pointer("lines", 0)` is `/lines/0`."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
