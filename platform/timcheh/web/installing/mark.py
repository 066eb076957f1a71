"""The mark as a picture for a home screen: the arch and its light, on a mall's own colour."""

import io
import math
from functools import lru_cache
from typing import Final

from timcheh.web.colour import Oklch, from_hex, to_hex

SIZES: Final = (180, 192, 512)
_TURQUOISE: Final = Oklch(0.36, 0.066, 205)
_SAFFRON: Final = Oklch(0.82, 0.14, 75)
_CREAM: Final = Oklch(0.985, 0.004, 85)
_MOST_CHROMA: Final = 0.09
_DEEP: Final = 0.36
_BOX: Final = 32.0
"""The side of the square that `static/favicon.svg` is drawn in, which this follows."""
_FINER: Final = 4
_ROUND: Final = 0.22
# Launchers cut a maskable icon to a circle of 80 % (https://w3.org/TR/appmanifest §icon-masks);
# the mark's farthest points lie 16 of its box's 32 from the middle.
_SCALE: Final = {True: 0.72, False: 0.86}

Point = tuple[float, float]


def ground(mall_colour: str | None) -> str:
    """The icon's ground as `#rrggbb`: the mall's hue, dark enough for a light mark on it."""
    if mall_colour is None:
        return to_hex(_TURQUOISE)
    own = from_hex(mall_colour)
    return to_hex(Oklch(_DEEP, min(own.chroma, _MOST_CHROMA), own.hue))


@lru_cache(maxsize=64)
def icon(size: int, ground_colour: str, *, maskable: bool) -> bytes:
    """A PNG of `size` pixels: filled to its edges if `maskable`, else a square with round corners.

    Drawn four times as fine and made smaller, so that its curves are smooth.
    """
    from PIL import Image, ImageDraw  # not at each start of the server

    fine = size * _FINER
    picture = Image.new("RGBA", (fine, fine))
    draw = ImageDraw.Draw(picture)
    corner = 0 if maskable else fine * _ROUND
    draw.rounded_rectangle((0, 0, fine - 1, fine - 1), corner, fill=ground_colour)
    unit = fine * _SCALE[maskable] / _BOX
    shift = (fine - unit * _BOX) / 2

    def placed(points: list[Point]) -> list[Point]:
        return [(shift + x * unit, shift + y * unit) for x, y in points]

    light = placed([(12, 29), *_arch((12, 20), (16, 13), (20, 20), 8.1), (20, 29)])
    draw.polygon(light, fill=to_hex(_SAFFRON))
    arch = placed([(5, 29), *_arch((5, 19), (16, 2), (27, 19), 18.6), (27, 29)])
    half = 1.5 * unit
    draw.line(arch, fill=to_hex(_CREAM), width=round(2 * half))
    for x, y in arch:  # a round pen: joints and ends without a seam
        draw.ellipse((x - half, y - half, x + half, y + half), fill=to_hex(_CREAM))
    written = io.BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(written, "PNG", optimize=True)
    return written.getvalue()


def _arch(left: Point, top: Point, right: Point, radius: float) -> list[Point]:
    """Two arcs that meet in a point, as SVG's `A radius radius 0 0 1` draws them."""
    rising = _arc(left, top, radius)
    return [*rising, *((left[0] + right[0] - x, y) for x, y in reversed(rising))]


def _arc(start: Point, end: Point, radius: float) -> list[Point]:
    """Points on the shorter arc, clockwise on the screen."""
    (x1, y1), (x2, y2) = start, end
    chord = math.dist(start, end)
    away = math.sqrt(radius**2 - (chord / 2) ** 2) / chord
    cx, cy = (x1 + x2) / 2 - (y2 - y1) * away, (y1 + y2) / 2 + (x2 - x1) * away
    first, last = math.atan2(y1 - cy, x1 - cx), math.atan2(y2 - cy, x2 - cx)
    turn = (last - first) % math.tau
    steps = 48
    return [
        (
            cx + radius * math.cos(first + turn * n / steps),
            cy + radius * math.sin(first + turn * n / steps),
        )
        for n in range(steps + 1)
    ]
