"""Where each mark of a chart stands, in percent of the plot, so that one drawing fits any width.

Every text stands in HTML or unscaled in the SVG: it keeps its size on a phone and on a wall.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from timcheh.money import MoneyUnit
from timcheh.text.catalogue import translate
from timcheh.text.digits import format_number
from timcheh.text.locale import Locale
from timcheh.voice import Voice
from timcheh.web.charts.model import Chart, Measure, Tone
from timcheh.web.charts.scale import Scale, scale_of

_GAP: Final = 0.24  # of a point's width, between its bars and the next point's
_VALUES_SHOWN: Final = 8  # points up to which each bar bears its value
_LABELS_WIDE, _LABELS_NARROW = 12, 5
_SHORT: Final = 4  # characters: shorter labels have room on a phone too
_MAGNITUDES: Final = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_BPS_OF_PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across. `y` from the top."""

    text: str
    y: float
    is_zero: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` is written at its end where there is room for it."""

    series: int
    x: float
    y: float
    width: float
    height: float
    is_below: bool
    value: str = ""

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Line:
    """From one known value to the next."""

    series: int
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A known value of a line."""

    series: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Point:
    """What can be focused: a point in full with its values in words (series, exact value).

    `shown` says where there is room for its label: "always", "wide" or "never"; `side` is where
    its words open so that they stay in sight.
    """

    label: str
    name: str
    values: list[tuple[int, str]]
    shown: str
    side: str


@dataclass(frozen=True, slots=True)
class Plot:
    """All of a drawing. `unit` is what the ticks count ("میلیون تومان")."""

    ticks: list[Tick]
    unit: str
    bars: list[Bar]
    lines: list[Line]
    dots: list[Dot]
    points: list[Point]
    rows: list[tuple[str, list[str]]]
    tones: list[Tone]


def plot(chart: Chart, unit: MoneyUnit, locale: Locale) -> Plot:
    """The drawing of a chart, mirrored where the language runs right to left."""
    draw = _Draw(chart, unit, locale)
    shapes = list(draw.shapes())
    return Plot(
        ticks=draw.ticks(),
        unit=draw.unit_text,
        bars=[each for each in shapes if isinstance(each, Bar)],
        lines=[each for each in shapes if isinstance(each, Line)],
        dots=[each for each in shapes if isinstance(each, Dot)],
        points=list(draw.points()),
        rows=draw.rows,
        tones=[chart.tone(at) for at in range(len(chart.series))],
    )


class _Draw:
    def __init__(self, chart: Chart, unit: MoneyUnit, locale: Locale) -> None:
        self.chart, self.unit, self.locale = chart, unit, locale
        self.count = max(len(chart.points), 1)
        raw = _ends(chart)
        self.divisor, self.unit_text = self._magnitude(int(max(map(abs, raw), default=0)))
        whole = chart.measure == "count" and self.divisor == 1
        self.scale: Scale = scale_of((value / self.divisor for value in raw), whole=whole)
        self.zero = float(self.scale.up(Decimal(0)))
        self.rows = [
            (name, [self._exact(value) for value in values]) for name, values in chart.rows
        ]

    def ticks(self) -> list[Tick]:
        return [
            Tick(format_number(at, self.locale), two_places(self.scale.up(at)), at == 0)
            for at in self.scale.ticks()
        ]

    def shapes(self) -> Iterator[Bar | Line | Dot]:
        if self.chart.kind == "lines":
            for at in range(len(self.chart.series)):
                yield from self._line(at)
        elif self.chart.kind == "stacked":
            for at in range(len(self.chart.points)):
                yield from self._stack(at)
        else:
            for at in range(len(self.chart.points)):
                yield from self._side_by_side(at)

    def points(self) -> Iterator[Point]:
        is_short = max(map(len, self.chart.points), default=0) < _SHORT
        wide = -(-self.count // _LABELS_WIDE)
        # A multiple, so that on a wide screen what shows on a phone is no label out of step.
        room = wide * (_LABELS_WIDE if is_short else _LABELS_NARROW)
        narrow = wide * -(-self.count // room)
        for at, (name, texts) in enumerate(self.rows):
            # Counted from the last one: the newest is always named.
            back = self.count - 1 - at
            shown = "always" if back % narrow == 0 else "wide" if back % wide == 0 else "never"
            third = 3 * at // self.count
            side = ("start", "middle", "end")[third] if self.count > 1 else "middle"
            yield Point(self.chart.points[at], name, list(enumerate(texts)), shown, side)

    def _side_by_side(self, at: int) -> Iterator[Bar]:
        room = 1 - _GAP
        each = room / len(self.chart.series)
        for index, series in enumerate(self.chart.series):
            value = series.values[at]
            if value is not None:
                left = at + _GAP / 2 + index * each
                yield self._bar(index, left, each, Decimal(0), self._scaled(value), value)

    def _stack(self, at: int) -> Iterator[Bar]:
        above = below = Decimal(0)
        for index, series in enumerate(self.chart.series):
            value = series.values[at]
            if not value:
                continue
            scaled = self._scaled(value)
            foot = above if value > 0 else below
            yield self._bar(index, at + _GAP / 2, 1 - _GAP, foot, foot + scaled, None)
            if value > 0:
                above += scaled
            else:
                below += scaled

    def _bar(
        self, index: int, left: float, width: float, foot: Decimal, top: Decimal, value: int | None
    ) -> Bar:
        """`left` and `width` in points from the line's beginning."""
        ends = sorted((float(self.scale.up(foot)), float(self.scale.up(top))))
        share = 100 / self.count
        x = left * share
        if self.locale.direction == "rtl":
            x = 100 - x - width * share
        written = value is not None and self.count * len(self.chart.series) <= _VALUES_SHOWN
        return Bar(
            index,
            two_places(x),
            two_places(ends[0]),
            two_places(width * share),
            two_places(ends[1] - ends[0]),
            top < foot,
            format_number(round(top, 1), self.locale) if written else "",
        )

    def _line(self, index: int) -> Iterator[Line | Dot]:
        before: Dot | None = None
        for at, value in enumerate(self.chart.series[index].values):
            if value is None:
                before = None
                continue
            x = (at + 0.5) * 100 / self.count
            x = 100 - x if self.locale.direction == "rtl" else x
            dot = Dot(index, two_places(x), two_places(self.scale.up(self._scaled(value))))
            if before is not None:
                yield Line(index, before.x, before.y, dot.x, dot.y)
            yield dot
            before = dot

    def _scaled(self, value: int) -> Decimal:
        return Decimal(value) / self.divisor

    def _magnitude(self, most: int) -> tuple[int, str]:
        """What the ticks count in: the divisor of a value, and its name."""
        if self.chart.measure == "percent":
            return _BPS_OF_PERCENT, translate(self.locale, "chart-percent")
        money = self.chart.measure == "money"
        base = self.unit.rial if money else 1
        word = translate(self.locale, f"unit-{self.unit}") if money else ""
        for size, name in _MAGNITUDES:
            if most >= size * base:
                text = translate(self.locale, f"chart-{name}")
                return size * base, f"{text} {word}".strip()
        return base, word

    def _exact(self, value: int | None) -> str:
        return exact_text(value, self.chart.measure, Voice(self.locale, self.unit))


def exact_text(value: int | None, measure: Measure, voice: Voice) -> str:
    """A value in words and whole, as a point says it and the table has it."""
    if value is None:
        return voice.text("chart-unknown")
    if measure == "money":
        return voice.money(value)
    return voice.percent(value) if measure == "percent" else voice.number(value)


def _ends(chart: Chart) -> list[Decimal]:
    """Every height that is reached: the values, or how high and how low they are stacked."""
    columns: Sequence[Sequence[int | None]] = [values for _, values in chart.rows]
    known = [[Decimal(value) for value in column if value is not None] for column in columns]
    if chart.kind != "stacked":
        return [value for column in known for value in column]
    return [
        sum((value for value in column if (value > 0) == up), Decimal(0))
        for column in known
        for up in (True, False)
    ]


def two_places(value: float | Decimal) -> float:
    """Fine enough for any screen, and short in the page."""
    return round(float(value), 2)
