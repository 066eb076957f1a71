"""Where the marks of a chart stand, and what its points say."""

import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.web_support.preview import PACKAGES
from timcheh.money import MoneyUnit
from timcheh.text import catalogue
from timcheh.text.locale import Locale
from timcheh.web.charts import Chart, Series, chart_workbook, plot, plot_parts
from timcheh.web.charts.scale import scale_of

catalogue.install(PACKAGES)
_AMOUNTS = st.one_of(st.none(), st.integers(-(10**15), 10**15))


def _chart(*values: int | None, kind: str = "bars", **more: object) -> Chart:
    points = [f"نقطه {at}" for at in range(len(values))]
    return Chart(
        "c", "عنوان", points, [Series("فروش", values)], "روز", kind=kind, **more, excel="#"
    )  # type: ignore[arg-type]


def _two(one: tuple[int, ...], other: tuple[int, ...], kind: str) -> Chart:
    series = [Series("الف", one), Series("ب", other)]
    return Chart("c", "عنوان", ["۱"] * len(one), series, "روز", kind=kind, excel="#")  # type: ignore[arg-type]


@given(st.lists(st.decimals(-(10**12), 10**12, places=2), max_size=40), st.booleans())
def test_a_scale_holds_every_value_and_zero_in_at_most_four_round_steps(
    values: list[Decimal], whole: bool
) -> None:
    scale = scale_of(values, whole=whole)
    ticks = scale.ticks()
    assert 2 <= len(ticks) <= 5
    assert Decimal(0) in ticks
    assert all(scale.low <= value <= scale.high for value in values)
    assert not whole or all(tick == tick.to_integral_value() for tick in ticks)


@given(st.lists(_AMOUNTS, max_size=40), st.sampled_from(["bars", "lines", "stacked"]))
def test_every_mark_lies_in_the_plot(values: list[int | None], kind: str) -> None:
    drawn = plot(_chart(*values, kind=kind), MoneyUnit.TOMAN, Locale.FA)
    for bar in drawn.bars:
        assert -0.02 <= bar.x <= bar.x + bar.width <= 100.02
        assert -0.02 <= bar.y <= bar.y + bar.height <= 100.02
    for dot in drawn.dots:
        assert 0 <= dot.x <= 100
        assert 0 <= dot.y <= 100
    assert len(drawn.points) == len(values)


def test_time_runs_from_the_right_in_persian_and_from_the_left_in_english() -> None:
    chart = _chart(10_000_000, 20_000_000)
    persian = plot(chart, MoneyUnit.TOMAN, Locale.FA).bars
    english = plot(chart, MoneyUnit.TOMAN, Locale.EN).bars
    assert persian[0].x > persian[1].x
    assert english[0].x < english[1].x
    assert persian[0].height == english[0].height == persian[1].height / 2


def test_ticks_count_in_what_keeps_them_short() -> None:
    drawn = plot(_chart(428_000_000), MoneyUnit.TOMAN, Locale.FA)
    assert drawn.unit == "میلیون تومان"
    assert [tick.text for tick in drawn.ticks] == ["۶۰", "۴۰", "۲۰", "۰"]
    assert plot(_chart(428_000_000), MoneyUnit.RIAL, Locale.EN).unit == "million rial"
    assert plot(_chart(90, measure="count"), MoneyUnit.TOMAN, Locale.FA).unit == ""


def test_a_point_says_its_values_whole() -> None:
    (point,) = plot(_chart(12_345_678), MoneyUnit.TOMAN, Locale.FA).points
    assert point.values == [(0, "۱٬۲۳۴٬۵۶۷٫۸ تومان")]
    (point,) = plot(_chart(1_250, measure="percent"), MoneyUnit.TOMAN, Locale.EN).points
    assert point.values == [(0, "12.5%")]
    (point,) = plot(_chart(None), MoneyUnit.TOMAN, Locale.EN).points
    assert point.values == [(0, "Unknown")]


def test_what_is_below_zero_hangs_under_its_line() -> None:
    above, below = plot(_chart(50, -25, measure="count"), MoneyUnit.TOMAN, Locale.FA).bars
    assert above.y + above.height == pytest.approx(below.y)
    assert below.is_below
    assert not above.is_below


def test_stacked_values_stand_on_each_other() -> None:
    chart = _two((30, 0), (10, 5), "stacked")
    first, second, alone = plot(chart, MoneyUnit.RIAL, Locale.EN).bars
    assert second.y + second.height == pytest.approx(first.y)
    assert alone.height == pytest.approx(second.height / 2)


def test_a_line_breaks_where_nothing_is_known() -> None:
    drawn = plot(_chart(1, None, 3, 4, kind="lines"), MoneyUnit.RIAL, Locale.FA)
    assert len(drawn.dots) == 3
    assert len(drawn.lines) == 1


def test_labels_thin_out_and_the_newest_stays() -> None:
    points = plot(_chart(*range(30)), MoneyUnit.RIAL, Locale.FA).points
    assert points[-1].shown == "always"
    assert sum(each.shown == "always" for each in points) <= 5
    assert sum(each.shown != "never" for each in points) <= 12
    assert (points[0].side, points[-1].side) == ("start", "end")


def test_parts_fill_one_bar_and_their_shares_add_up() -> None:
    drawn = plot_parts(_chart(1, 1, 1, 0), MoneyUnit.RIAL, Locale.EN)
    assert [part.share for part in drawn.parts] == ["33.4%", "33.3%", "33.3%", "0%"]
    assert sum(part.width for part in drawn.parts) == pytest.approx(100, abs=0.05)
    assert [part.rank for part in drawn.parts] == [100, 100, 100, 0]
    assert plot_parts(_chart(), MoneyUnit.RIAL, Locale.EN).parts == []


def test_what_can_t_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="a value for each point"):
        Chart("c", "", ["a"], [Series("s", [])], "x", excel="#")
    with pytest.raises(ValueError, match="told apart"):
        Chart("c", "", [], [Series("s", [])] * 7, "x", excel="#")
    with pytest.raises(ValueError, match="has a name"):
        Chart("c", "", ["a"], [Series("s", [1])], "x", names=["a", "b"], excel="#")


def test_a_chart_s_sheet_holds_whole_rial() -> None:
    body = chart_workbook(_chart(12_345_678, None), Locale.FA, "ریال")
    rows = list(load_workbook(io.BytesIO(body)).active.values)
    assert rows == [("روز", "فروش (ریال)"), ("نقطه 0", 12_345_678), ("نقطه 1", None)]
