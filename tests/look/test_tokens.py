"""The colours read: WCAG AA for every pair that the styles put together, in both themes."""

import re
from pathlib import Path

import pytest

from infra.assets import STATIC, WEB, stylesheet
from timcheh.web.colour import Oklch, accent_style, contrast, from_hex, to_hex

TEXT, MARK = 4.5, 3.0
PAIRS = [
    # text, on
    *[
        (text, ground, TEXT)
        for text in ("ink", "muted")
        for ground in ("ground", "surface", "sunken")
    ],
    *[
        (text, ground, TEXT)
        for text in ("accent", "accent-strong")
        for ground in ("ground", "surface", "sunken", "accent-soft")
    ],
    *[
        (text, ground, TEXT)
        for text in ("pomegranate", "cypress", "lapis")
        for ground in ("ground", "surface", "sunken")
    ],
    *[
        ("ink", f"{name}-soft", TEXT)
        for name in ("accent", "saffron", "pomegranate", "cypress", "lapis")
    ],
    *[("muted", f"{name}-soft", TEXT) for name in ("accent", "saffron", "cypress")],
    *[("ink", f"heat-{level}", TEXT) for level in range(1, 6)],
    ("pomegranate", "pomegranate-soft", TEXT),
    ("cypress", "cypress-soft", TEXT),
    ("lapis", "lapis-soft", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("on-pomegranate", "pomegranate", TEXT),
    ("on-saffron", "saffron", TEXT),
    ("on-deep", "accent-deep", TEXT),
    ("on-deep-muted", "accent-deep", TEXT),
    ("ground", "ink", TEXT),
    # edges of controls and marks that carry meaning
    ("edge", "surface", MARK),
    ("edge", "ground", MARK),
    ("accent", "line", MARK),
    ("lapis", "line", MARK),
]
_TOKEN = re.compile(r"--([a-z0-9-]+): light-dark\(oklch\(([^)/]+)\), oklch\(([^)/]+)\)\);")


def _parse(text: str) -> Oklch:
    lightness, chroma, hue = map(float, text.split())
    return Oklch(lightness, chroma, hue)


def _tokens(css: str) -> dict[str, tuple[Oklch, Oklch]]:
    return {name: (_parse(light), _parse(dark)) for name, light, dark in _TOKEN.findall(css)}


TOKENS = _tokens((WEB / "styles" / "00-tokens.css").read_text("utf-8"))


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "ratio"), PAIRS)
def test_every_pair_reads(text: str, ground: str, ratio: float, theme: int) -> None:
    assert contrast(TOKENS[text][theme], TOKENS[ground][theme]) >= ratio


def test_black_on_white_is_21_and_hex_comes_back() -> None:
    assert contrast(from_hex("#000000"), from_hex("#ffffff")) == pytest.approx(21, abs=0.01)
    for code in ("#10777c", "#e69825", "#be2132", "#7f7f7f"):
        assert to_hex(from_hex(code)) == code


@pytest.mark.feature("member.white_label")
@pytest.mark.parametrize(
    "colour", ["#ffee00", "#000000", "#ffffff", "#ff0000", "#00ff88", "#808080", "#2b2bff"]
)
def test_any_colour_of_a_mall_stays_legible(colour: str) -> None:
    spaced = accent_style(colour).replace(":light-dark(", ": light-dark(").replace("),", "), ")
    own = {**TOKENS, **_tokens(spaced.replace(";", ";\n"))}
    assert own["accent"] != TOKENS["accent"]
    for theme in (0, 1):
        for text, ground, ratio in PAIRS:
            if text == "accent" and ground == "line":
                continue  # a tint, not a text; its figure stands beside it
            if "accent" in text + ground:
                assert contrast(own[text][theme], own[ground][theme]) >= ratio, (
                    text,
                    ground,
                    theme,
                )


def test_a_colour_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not a colour"):
        accent_style("red;} body{display:none")


def test_the_built_stylesheet_is_current() -> None:
    """After a change in styles/: `python infra/assets.py build`."""
    assert (STATIC / "app.css").read_text("utf-8") == stylesheet()


def test_old_browsers_get_the_light_theme_in_srgb() -> None:
    assert "@supports not (color:light-dark(#000,#fff))" in stylesheet().replace(": ", ":").replace(
        ", ", ","
    )
    assert "--ground:#fbfaf7" in stylesheet()


@pytest.mark.parametrize("path", sorted((WEB / "styles").glob("*.css")), ids=lambda path: path.name)
def test_colours_live_in_the_tokens_alone(path: Path) -> None:
    if path.name == "00-tokens.css":
        return
    literal = re.findall(r"(?:oklch|rgb|hsl)\([^)]*\)|#[0-9a-f]{3,8}\b", path.read_text("utf-8"))
    # A code is scanned in black on white whatever the theme; masks are drawn in black.
    assert set(literal) <= {"#fff", "#000"}
