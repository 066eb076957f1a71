"""What a chart says, before anything is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["bars", "lines", "stacked"]
Measure = Literal["money", "count", "percent"]
Tone = Literal["accent", "lapis", "saffron", "cypress", "pomegranate", "muted"]

TONES: tuple[Tone, ...] = ("accent", "lapis", "saffron", "cypress", "pomegranate", "muted")
"""Of the series in their order; each also has its own pattern, dash and mark."""


@dataclass(frozen=True, slots=True)
class Series:
    """One measured thing. `values` are as many as the chart's points; None is "not known"."""

    name: str
    values: Sequence[int | None]
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Values over points, all texts already in the page's language.

    `id` is the part of the page (letters and hyphens). `points` are the short labels of the axis,
    `names` the same in full where they differ (`۱ دی` and `شنبه ۱ دی ۱۴۰۴`); `axis` names what
    they are (the head of the table's first column). Values are rial (`money`), counts, or basis
    points (`percent`). `excel` is where its sheet is.
    """

    id: str
    title: str
    points: Sequence[str]
    series: Sequence[Series]
    axis: str
    excel: str
    kind: Kind = "bars"
    measure: Measure = "money"
    names: Sequence[str] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if len(self.series) > len(TONES):
            raise ValueError(f"more than {len(TONES)} series can't be told apart")
        if any(len(each.values) != len(self.points) for each in self.series):
            raise ValueError("each series has a value for each point, or None")
        if self.names and len(self.names) != len(self.points):
            raise ValueError("each point has a name, or none has")

    @property
    def rows(self) -> list[tuple[str, list[int | None]]]:
        """The table: each point in full, with its values."""
        return [
            (name, [each.values[at] for each in self.series])
            for at, name in enumerate(self.names or self.points)
        ]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known yet."""
        return all(value is None for each in self.series for value in each.values)

    def tone(self, at: int) -> Tone:
        """The colour of the series at this place."""
        return self.series[at].tone or TONES[at]
