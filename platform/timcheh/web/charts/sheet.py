"""A chart's values as an Excel file."""

from timcheh.sheets import Cell, workbook_bytes
from timcheh.text.locale import Locale
from timcheh.web.charts.model import Chart


def chart_workbook(chart: Chart, locale: Locale, unit: str = "") -> bytes:
    """The table under the chart: rial, counts or basis points as whole numbers, to be summed.

    `unit` is put behind the heads ("ریال"). Takes CPU: call it in a thread.
    """
    heads = [f"{each.name} ({unit})" if unit else each.name for each in chart.series]
    rows: list[list[Cell]] = [[name, *values] for name, values in chart.rows]
    return workbook_bytes(chart.title, [chart.axis, *heads], rows, locale)
