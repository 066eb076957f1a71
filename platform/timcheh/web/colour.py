"""Colour arithmetic: OKLCH to sRGB, WCAG contrast, and a mall's own colour made legible.

Conversions follow Björn Ottosson's definition of Oklab (https://bottosson.github.io/posts/oklab/)
and CSS Color 4; contrast is WCAG 2.2's relative-luminance ratio.
"""

import math
import re
from dataclasses import dataclass

AA_TEXT = 4.5
_HEX = re.compile(r"^#?([0-9a-fA-F]{6})$")
_STEP = 0.005


@dataclass(frozen=True, slots=True)
class Oklch:
    """Lightness 0–1, chroma ≥ 0, hue in degrees."""

    lightness: float
    chroma: float
    hue: float

    def css(self) -> str:
        return f"oklch({self.lightness:.3f} {self.chroma:.3f} {self.hue:.1f})"

    def with_lightness(self, lightness: float) -> "Oklch":
        return Oklch(min(max(lightness, 0.0), 1.0), self.chroma, self.hue)


Linear = tuple[float, float, float]


def to_linear(colour: Oklch) -> Linear:
    """Linear sRGB, clipped to the gamut as a browser clips it."""
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _clip(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _clip(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _clip(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def to_hex(colour: Oklch) -> str:
    """`#rrggbb`, for browsers that know no OKLCH."""
    return "#" + "".join(f"{round(_encode(channel) * 255):02x}" for channel in to_linear(colour))


def from_hex(text: str) -> Oklch:
    """The OKLCH of `#rrggbb`. Raises ValueError for anything else."""
    found = _HEX.match(text.strip())
    if found is None:
        raise ValueError(f"not a colour of the form #rrggbb: {text!r}")
    red, green, blue = (_decode(int(found[1][at : at + 2], 16) / 255) for at in (0, 2, 4))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def contrast(one: Oklch, other: Oklch) -> float:
    """WCAG contrast ratio, 1–21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def darken_until(colour: Oklch, background: Oklch, ratio: float = AA_TEXT) -> Oklch:
    """The nearest darker shade with at least this contrast on a light background."""
    while contrast(colour, background) < ratio and colour.lightness > 0:
        colour = colour.with_lightness(colour.lightness - _STEP)
    return colour


def lighten_until(colour: Oklch, background: Oklch, ratio: float = AA_TEXT) -> Oklch:
    """The nearest lighter shade with at least this contrast on a dark background."""
    while contrast(colour, background) < ratio and colour.lightness < 1:
        colour = colour.with_lightness(colour.lightness + _STEP)
    return colour


def _luminance(colour: Oklch) -> float:
    red, green, blue = to_linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _clip(channel: float) -> float:
    return min(max(channel, 0.0), 1.0)


def _encode(linear: float) -> float:
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def _decode(encoded: float) -> float:
    return encoded / 12.92 if encoded <= 0.04045 else float(((encoded + 0.055) / 1.055) ** 2.4)


_DARK_GROUND = Oklch(0.19, 0.012, 250)
_WHITE = Oklch(1, 0, 0)
_MOST_CHROMA = 0.17


def text_on(colour: str) -> str:
    """Ink or white, whichever reads better on `#rrggbb`. Raises ValueError for other text."""
    ground = from_hex(colour)
    return max("#ffffff", "#1d222a", key=lambda text: contrast(from_hex(text), ground))


def accent_style(mall_colour: str) -> str:
    """`accent_values` as declarations of a style sheet. Raises ValueError."""
    return "".join(f"{name}:{value};" for name, value in accent_values(mall_colour).items())


def accent_values(mall_colour: str) -> dict[str, str]:
    """Custom properties that put a mall's own colour in turquoise's place, in both themes.

    The hue is the mall's; lightness is moved until text in it, and text on it, reads at AA, so
    any colour may be given. Raises ValueError for text that is not `#rrggbb`.
    """
    own = from_hex(mall_colour)
    own = Oklch(own.lightness, min(own.chroma, _MOST_CHROMA), own.hue)
    tint = min(own.chroma, 0.022)
    soft = (Oklch(0.955, tint, own.hue), Oklch(0.31, min(own.chroma, 0.04), own.hue))
    light = darken_until(own.with_lightness(min(own.lightness, 0.56)), soft[0])
    dark = lighten_until(own.with_lightness(max(own.lightness, 0.70)), soft[1])
    deep = Oklch(0.36, min(own.chroma, 0.07), own.hue)
    pairs = {
        "accent": (light, dark),
        "accent-strong": (
            light.with_lightness(light.lightness - 0.07),
            dark.with_lightness(dark.lightness + 0.06),
        ),
        "accent-soft": soft,
        "accent-deep": (deep, deep.with_lightness(0.29)),
        "on-accent": (_WHITE, _DARK_GROUND),
    }
    return {
        f"--{name}": f"light-dark({one.css()},{two.css()})" for name, (one, two) in pairs.items()
    }
