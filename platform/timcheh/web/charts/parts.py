"""Parts of one whole: how wide each is in one bar, and how long beside the longest."""

from dataclasses import dataclass
from typing import Final

from timcheh.money import MoneyUnit, largest_remainder
from timcheh.text.locale import Locale
from timcheh.voice import Voice
from timcheh.web.charts.model import TONES, Chart, Tone
from timcheh.web.charts.plot import exact_text, two_places

_PERMILLE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Part:
    """`x` and `width` in one bar; `rank_x` and `rank` in a bar of its own; all in percent."""

    name: str
    value: str
    share: str
    tone: Tone
    x: float
    width: float
    rank_x: float
    rank: float


@dataclass(frozen=True, slots=True)
class Parts:
    """All parts, in the chart's order."""

    parts: list[Part]
    rows: list[tuple[str, list[str]]]
    tones: list[Tone]


def plot_parts(chart: Chart, unit: MoneyUnit, locale: Locale) -> Parts:
    """The parts of the first series; what is not known counts as nothing.

    ValueError for a value below zero: it is no part of a whole.
    """
    voice, series = Voice(locale, unit), chart.series[0]
    values = [value or 0 for value in series.values]
    shares = largest_remainder(_PERMILLE, values) if sum(values) else [0] * len(values)
    whole, most = max(sum(values), 1), max([*values, 1])
    parts, begun = [], 0
    for at, (name, _) in enumerate(chart.rows):
        width, rank = 100 * values[at] / whole, 100 * values[at] / most
        x = 100 * begun / whole
        begun += values[at]
        mirrored = locale.direction == "rtl"
        parts.append(
            Part(
                name,
                exact_text(values[at], chart.measure, voice),
                voice.percent(shares[at] * 10),
                TONES[at % len(TONES)],
                two_places(100 - x - width if mirrored else x),
                two_places(width),
                two_places(100 - rank if mirrored else 0),
                two_places(rank),
            )
        )
    rows = [(each.name, [each.value]) for each in parts]
    return Parts(parts, rows, [each.tone for each in parts] or [TONES[0]])
