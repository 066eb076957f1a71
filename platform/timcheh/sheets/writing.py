"""Writing sheets that open well in Persian: right to left, with headings, and harmless."""

import csv
import io
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from timcheh.calendar import DateStyle, format_date
from timcheh.text.locale import Locale

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell

Cell = str | int | Decimal | date | None

MOST_ROWS: Final = 1_048_575
"""Rows of an Excel sheet under its heading."""
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
_LONGEST: Final = 32_767  # characters of a cell, Excel's own limit
_WIDTH: Final = 18
_MARK: Final = "\ufeff"


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula (OWASP, CSV injection): led by an apostrophe.

    Control characters, which Excel can't hold, go.
    """
    plain = "".join(c for c in text if c >= " " or c in "\t\n\r")[:_LONGEST]
    return (
        f"'{plain}" if plain.lstrip(" \u200e\u200f\u202a\u202b\ufeff").startswith(_RISKY) else plain
    )


def csv_row(cells: Iterable[Cell], locale: Locale) -> str:
    """One line of a CSV file, with its end."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow([_plain(cell, locale) for cell in cells])
    return buffer.getvalue()


async def csv_rows(
    heading: Sequence[str], rows: AsyncIterator[Sequence[Sequence[Cell]]], locale: Locale
) -> AsyncIterator[bytes]:
    """A whole CSV file piece by piece, as its rows come; with the mark that Excel needs to see
    that it is UTF-8."""
    yield (_MARK + csv_row(heading, locale)).encode()
    async for some in rows:
        yield "".join(csv_row(row, locale) for row in some).encode()


class WorkbookWriter:
    """An Excel file with one sheet, written row by row: it never stands in memory whole."""

    def __init__(
        self, file: Path | BinaryIO, title: str, heading: Sequence[str], locale: Locale
    ) -> None:
        # A third of a second: only where a sheet is written.
        from openpyxl import Workbook
        from openpyxl.utils import get_column_letter

        self._file, self._locale = file, locale
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet(title[:31])
        self._sheet.sheet_view.rightToLeft = locale is Locale.FA
        self._sheet.freeze_panes = "A2"
        for number in range(1, len(heading) + 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
        self._sheet.append([_bold(self._sheet, text) for text in heading])

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Takes CPU in proportion to the cells: call it in a thread."""
        for row in rows:
            self._sheet.append([_excel(cell, self._locale) for cell in row])

    def close(self) -> None:
        """The file is whole after this."""
        self._book.save(self._file)


def write_workbook(
    path: Path, title: str, heading: Sequence[str], rows: Iterable[Sequence[Cell]], locale: Locale
) -> None:
    """An Excel file of rows that are at hand."""
    _write(path, title, heading, rows, locale)


def workbook_bytes(
    title: str, heading: Sequence[str], rows: Iterable[Sequence[Cell]], locale: Locale
) -> bytes:
    """A small Excel file in memory. Takes CPU: call it in a thread."""
    made = io.BytesIO()
    _write(made, title, heading, rows, locale)
    return made.getvalue()


def _write(
    file: Path | BinaryIO,
    title: str,
    heading: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    locale: Locale,
) -> None:
    writer = WorkbookWriter(file, title, heading, locale)
    writer.add(rows)
    writer.close()


def _bold(sheet: Any, text: str) -> "WriteOnlyCell":
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, value=harmless(text))
    cell.font = Font(bold=True)
    return cell


def _excel(cell: Cell, locale: Locale) -> Any:
    """Numbers stay numbers, so that sums work."""
    return cell if cell is None or isinstance(cell, int | Decimal) else _plain(cell, locale)


def _plain(cell: Cell, locale: Locale) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return format_date(cell, locale, DateStyle.SHORT_WITH_TIME)
    if isinstance(cell, date):
        return format_date(cell, locale, DateStyle.SHORT)
    return harmless(cell) if isinstance(cell, str) else str(cell)
