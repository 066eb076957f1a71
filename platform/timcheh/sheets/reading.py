"""Reading a sheet of a file that a stranger made."""

import csv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

Kind = Literal["xlsx", "csv"]
Row = list[str]

MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 2_000
MOST_UNPACKED: Final = 600 * 1024 * 1024
"""Bytes of all parts of a workbook. 100,000 rows of 20 columns take some 120 MB."""
MOST_STRINGS: Final = 128 * 1024 * 1024
"""Bytes of the table of texts, the one part that is held in memory whole."""
MOST_RATIO: Final = 200
"""Bytes unpacked for each byte packed. Sheets of one repeated value come to some 60."""
_SMALL: Final = 1024 * 1024
_STRINGS: Final = "sharedStrings.xml"
_DELIMITERS: Final = ",;\t"
_SAMPLE: Final = 64 * 1024


class SheetError(ValueError):
    """A file that can't be read as a sheet; `code` has a text `error-<code>`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@contextmanager
def open_rows(path: Path, kind: Kind) -> Iterator[Iterator[Row]]:
    """The rows of a CSV file, or of the first sheet of a workbook, as text; empty rows too.

    Days come as `YYYY-MM-DD`, whole numbers without a point. Raises SheetError, here or on the way.
    """
    try:
        with (_workbook if kind == "xlsx" else _csv)(path) as rows:
            yield rows
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        raise SheetError("sheet_unreadable") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise SheetError("sheet_unreadable") from error


@contextmanager
def _workbook(path: Path) -> Iterator[Iterator[Row]]:
    _refuse_bomb(path)
    with path.open("rb") as file, _opened(file) as book:
        sheet = book.worksheets[0] if book.worksheets else None
        if sheet is None:
            raise SheetError("sheet_empty")
        sheet.reset_dimensions()  # what a file says of its own size need not be true
        yield _texts(sheet.iter_rows(values_only=True))


@contextmanager
def _opened(file: BinaryIO) -> Iterator[Any]:
    # A third of a second: only where a sheet is read.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    unreadable = (InvalidFileException, ValueError, TypeError, AttributeError, SyntaxError)
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except unreadable as error:
        raise SheetError("sheet_unreadable") from error  # the library says no more than these
    try:
        yield book
    finally:
        book.close()


def _texts(rows: Iterator[tuple[Any, ...]]) -> Iterator[Row]:
    try:
        for row in rows:
            yield [_text(value) for value in islice(row, MOST_COLUMNS)]
    except (SyntaxError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise SheetError("sheet_unreadable") from error


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value[:LONGEST_CELL]
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)[:LONGEST_CELL]


def _refuse_bomb(path: Path) -> None:
    """A small file can be packed so that it fills the memory: its own table of parts tells."""
    packed = path.stat().st_size
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        whole = sum(part.file_size for part in parts)
        strings = sum(part.file_size for part in parts if part.filename.endswith(_STRINGS))
        if (
            whole > MOST_UNPACKED
            or strings > MOST_STRINGS
            or (whole > _SMALL and whole > MOST_RATIO * packed)
        ):
            raise SheetError("sheet_too_large")


@contextmanager
def _csv(path: Path) -> Iterator[Iterator[Row]]:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(_SAMPLE)
        if "\0" in sample:
            raise SheetError("sheet_unreadable")
        file.seek(0)
        heading = sample.split("\n", 1)[0]
        delimiter = max(_DELIMITERS, key=heading.count)
        yield (
            [cell[:LONGEST_CELL] for cell in row[:MOST_COLUMNS]]
            for row in csv.reader(file, delimiter=delimiter)
        )


def _encoding(path: Path) -> str:
    """UTF-8, UTF-16 by its mark, else what Persian Windows writes."""
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
        if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
        file.seek(0)
        try:
            # All of it: the first letter beyond ASCII may come late.
            for line in file:
                line.decode("utf-8")
        except UnicodeDecodeError:
            return "cp1256"
    return "utf-8-sig"
