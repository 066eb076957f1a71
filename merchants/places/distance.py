"""Positions and distances, without I/O."""

import re
from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

from timcheh.errors import Invalid
from timcheh.text.digits import digits_to_latin
from timcheh.text.normalise import normalise

MILLION: Final = 1_000_000
COARSE: Final = 1_000
"""Members' positions are taken in thousandths of a degree: about a hundred metres."""
STEP: Final = 100
"""Metres to which a distance is rounded up."""
_EARTH: Final = 6_371_000
_DEGREES: Final = re.compile(r"[+-]?\d{1,3}(?:[.,/\u066b]\d{1,15})?", re.ASCII)


class Position(NamedTuple):
    """Millionths of a degree, north and east."""

    latitude: int
    longitude: int

    def coarse(self) -> "Position":
        """To thousandths of a degree; what a phone sends finer than that is not looked at."""
        unit = MILLION // COARSE
        return Position(*(round(each / unit) * unit for each in self))


def metres_between(one: Position, other: Position) -> int:
    """Along the ground (haversine on a sphere; off by less than half a per cent)."""
    lat_1, lon_1, lat_2, lon_2 = (radians(each / MILLION) for each in (*one, *other))
    across = sin((lat_2 - lat_1) / 2) ** 2
    across += cos(lat_1) * cos(lat_2) * sin((lon_2 - lon_1) / 2) ** 2
    return round(2 * _EARTH * asin(sqrt(min(across, 1))))


def stepped(metres: int) -> int:
    """Rounded up to whole hundreds, so that nobody is told nearer than they are."""
    return -(-metres // STEP) * STEP


def read_degrees(typed: str, where: str, most: int) -> int:
    """Millionths of a degree from a decimal number within ±`most`. Raises Invalid at `where`."""
    text = digits_to_latin(normalise(typed)[:24]).replace("−", "-").replace(" ", "")
    if not text:
        raise Invalid.field(where, "required")
    if not _DEGREES.fullmatch(text):
        raise Invalid.field(where, "bad_degrees", maximum=most)
    found = round(float(re.sub(r"[,/\u066b]", ".", text)) * MILLION)
    if abs(found) > most * MILLION:
        raise Invalid.field(where, "bad_degrees", maximum=most)
    return found


def read_position(fields: dict[str, str]) -> Position:
    """`latitude` and `longitude` of a form. Raises Invalid with the fault of either."""
    faults = []
    found = []
    for name, most in (("latitude", 90), ("longitude", 180)):
        try:
            found.append(read_degrees(fields.get(name, ""), f"/{name}", most))
        except Invalid as error:
            faults += error.errors
    if faults:
        raise Invalid(errors=faults)
    return Position(*found)


def written(degrees: int) -> str:
    """Millionths of a degree as they are typed."""
    return f"{degrees / MILLION:.6f}".rstrip("0").rstrip(".")
