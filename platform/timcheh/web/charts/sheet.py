"""A chart's values as an Excel file."""

import tempfile
from pathlib import Path

from timcheh.sheets import Cell, write_workbook
from timcheh.text.locale import Locale
from timcheh.web.charts.model import Chart


def chart_workbook(chart: Chart, locale: Locale, unit: str = "") -> bytes:
    """The table under the chart: rial, counts or basis points as whole numbers, to be summed.

    `unit` is put behind the heads ("ریال"). Takes CPU: call it in a thread.
    """
    heads = [f"{each.name} ({unit})" if unit else each.name for each in chart.series]
    rows: list[list[Cell]] = [[name, *values] for name, values in chart.rows]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chart.xlsx"
        write_workbook(path, chart.title, [chart.axis, *heads], rows, locale)
        return path.read_bytes()
