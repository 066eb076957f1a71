"""Charts: what is shown (`Chart`), where each mark stands (`plot`), and the same as a sheet.

Drawn on the server as SVG and HTML (`ui.chart` and its kin), so that they need no script, follow
the page's direction and digits, and print.
"""

from timcheh.web.charts.model import Chart, Series
from timcheh.web.charts.parts import Parts, plot_parts
from timcheh.web.charts.plot import Plot, plot
from timcheh.web.charts.sheet import chart_workbook

__all__ = ["Chart", "Parts", "Plot", "Series", "chart_workbook", "plot", "plot_parts"]
