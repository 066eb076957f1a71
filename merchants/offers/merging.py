"""A draft into the rules in force. Pure: rules are the API's JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from merchants.offers.errors import OfferChanged
from timcheh.errors import Invalid

Written = dict[str, Any]


def named(rules: Sequence[Written], name: str | None) -> Written | None:
    """The rule of that name, if there is one."""
    return next((rule for rule in rules if rule["name"] == name), None)


def merged(
    current: Sequence[Written], base: Sequence[Written], draft: Written, replaces: str | None
) -> list[Written]:
    """The rules with the draft in its place: that of the rule it replaces, else at the end.

    Other rules may have changed since `base`; the one that is replaced may not. Raises
    OfferChanged if it has, Invalid if another rule bears the draft's name.
    """
    if replaces is not None and named(current, replaces) != named(base, replaces):
        raise OfferChanged(name=replaces)
    if draft["name"] != replaces and named(current, draft["name"]) is not None:
        raise Invalid.field("/name", "duplicate")
    if named(current, replaces) is None:
        return [*current, draft]
    return [draft if rule["name"] == replaces else rule for rule in current]


@dataclass(frozen=True, slots=True)
class Changes:
    """From one version to the next, by the rules' names."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def changes(before: Sequence[Written], after: Sequence[Written]) -> Changes:
    """What is different, in the order of the later version."""
    return Changes(
        tuple(r["name"] for r in after if named(before, r["name"]) is None),
        tuple(r["name"] for r in after if named(before, r["name"]) not in (None, r)),
        tuple(r["name"] for r in before if named(after, r["name"]) is None),
    )
