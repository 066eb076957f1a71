"""Spreadsheets in and out: Excel and CSV, row by row, whatever their length.

What comes in is bounded before it is opened; what goes out can't be taken for a formula.
"""

from timcheh.sheets.reading import Kind, SheetError, open_rows
from timcheh.sheets.receiving import receive, scratch
from timcheh.sheets.writing import (
    MOST_ROWS,
    Cell,
    WorkbookWriter,
    csv_rows,
    workbook_bytes,
    write_workbook,
)

__all__ = [
    "MOST_ROWS",
    "Cell",
    "Kind",
    "SheetError",
    "WorkbookWriter",
    "csv_rows",
    "open_rows",
    "receive",
    "scratch",
    "workbook_bytes",
    "write_workbook",
]
