"""What margins must be."""

from collections.abc import Iterable

from timcheh.errors import FieldError, Invalid
from timcheh.rules.basket import match_key


def checked(groups: Iterable[tuple[str, int]]) -> dict[str, int]:
    """By group as it is written. Raises Invalid for a group that is told twice."""
    found: dict[str, int] = {}
    seen: set[str] = set()
    faults = []
    for index, (group, bps) in enumerate(groups):
        key = match_key(group)
        if not key:
            faults.append(FieldError(f"/groups/{index}/group", "required"))
        elif key in seen:
            faults.append(FieldError(f"/groups/{index}/group", "duplicate"))
        seen.add(key)
        found[group.strip()] = bps
    if faults:
        raise Invalid(errors=faults)
    return found
