"""What becomes of three versions of a form: what it showed, what was typed, what is now. Pure."""

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from hashlib import blake2s
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlencode

from timcheh.text.normalise import normalise

SEEN: Final = "_seen"
"""The hidden field in which a form says what it was shown."""
_AT: Final = ""  # a name that no field has
_GROUPED: Final = re.compile(r"(?<=\d)[,٬](?=\d{3}(?!\d))")


class Seen(NamedTuple):
    """When a form was shown, and a mark of what it showed, by field; a blank field's is blank."""

    at: datetime
    marks: Mapping[str, str]


class Merged(NamedTuple):
    """`values` are to be kept; `both` is what somebody else wrote where both did, by field."""

    values: dict[str, str]
    both: dict[str, str]


def write_seen(values: Mapping[str, str], at: datetime) -> str:
    """What the hidden field says: marks, so that long texts make no form longer."""
    marks = {name: mark_of(text) for name, text in values.items() if name != SEEN}
    return urlencode({_AT: int(at.timestamp()), **marks})


def read_seen(written: str) -> Seen | None:
    """None for what no form of ours says: then nothing is known of what was shown."""
    marks = dict(parse_qsl(written, keep_blank_values=True))
    at = marks.pop(_AT, "")
    if not (at.isascii() and at.isdigit() and len(at) < 12):
        return None
    return Seen(datetime.fromtimestamp(int(at), UTC), marks)


def mark_of(text: str) -> str:
    """The same for texts that mean the same: a browser has its own line ends, and the page's
    script groups digits.
    """
    plain = _GROUPED.sub("", normalise(text.replace("\r\n", "\n")))
    return blake2s(plain.encode(), digest_size=5).hexdigest() if plain else ""


def merged(
    marks: Mapping[str, str],
    typed: Mapping[str, str],
    now: Mapping[str, str],
    whole: Collection[str] = (),
) -> Merged:
    """What only one side has changed is that side's; what both have, differently, is `both`.

    `marks` are of what was shown. Fields whose names begin with one of `whole` are one thing: rows
    of a list in which places mean something are never mixed.
    """
    parts: dict[str, list[str]] = {}
    for name in dict.fromkeys([*now, *marks]):
        parts.setdefault(next((p for p in whole if name.startswith(p)), name), []).append(name)
    values, both = dict(typed), dict[str, str]()
    for prefix, names in parts.items():
        if prefix in whole:
            names = list(dict.fromkeys([*names, *(n for n in typed if n.startswith(prefix))]))
        mine = [mark_of(typed.get(name, "")) for name in names]
        theirs = [mark_of(now.get(name, "")) for name in names]
        was = [marks.get(name, "") for name in names]
        if mine == was:
            values |= {name: now.get(name, "") for name in names}
        elif theirs not in (was, mine):
            both |= {
                name: now.get(name, "")
                for name, my, their in zip(names, mine, theirs, strict=True)
                if my != their
            }
    return Merged(values, both)
