"""What a row changes of what the shop knows already. Pure; values as JSON has them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

from members.facade import FACTS
from merchants.importing.rows import Person

OnKnown = Literal["fill", "overwrite", "skip"]
ON_KNOWN: Final = ("fill", "overwrite", "skip")
"""What becomes of customers that the shop has already: what is blank is filled in, the file is
right, or they are left as they are."""


def said(person: Person) -> dict[str, Any]:
    """What a row says, by name; a shop's own fields under `custom:<id>`."""
    facts = {name: plain(value) for name, value in person.facts.items()}
    custom = {f"custom:{id}": value for id, value in person.custom.items()}
    whole = {
        "name": person.name,
        "birthday": plain(person.birthday),
        "note": person.note,
        **facts,
        **custom,
    }
    return {name: value for name, value in whole.items() if value is not None}


def known(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the shop's rows say, in the same form."""
    names = ("name", "birthday", "note", *FACTS)
    found = {name: plain(row.get(name)) for name in names}
    custom = {f"custom:{id}": value for id, value in (row.get("custom") or {}).items()}
    return {name: value for name, value in {**found, **custom}.items() if value is not None}


def changes(
    new: Mapping[str, Any], old: Mapping[str, Any], shared: set[str], on_known: OnKnown
) -> dict[str, Any]:
    """What is to be set. What the member shares counts as blank: the shop's own word comes first.
    A blank cell never erases anything."""
    if on_known == "skip":
        return {}
    return {
        name: value
        for name, value in new.items()
        if old.get(name) != value and (on_known == "overwrite" or name not in old or name in shared)
    }


def applied(
    profile: Mapping[str, Any], values: Mapping[str, Any], shared: set[str]
) -> dict[str, Any]:
    """A profile's row with these values; None takes one out."""
    row = dict(profile)
    custom = dict(row.get("custom") or {})
    for name, value in values.items():
        if name.startswith("custom:"):
            custom.pop(name.removeprefix("custom:"), None)
            if value is not None:
                custom[name.removeprefix("custom:")] = value
        elif name not in ("name", "birthday"):
            row[name] = value
    return {**row, "custom": custom, "shared": sorted(shared - values.keys())}


def plain(value: Any) -> Any:
    """A fact as JSON has it."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def typed(name: str, value: Any) -> Any:
    """A customer's name or birthday as its column has it."""
    return date.fromisoformat(value) if name == "birthday" and value else value
