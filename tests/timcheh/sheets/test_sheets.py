"""Sheets in and out: what Excel writes is read, what goes out is harmless."""

import csv
import io
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timcheh.sheets import Cell, SheetError, csv_rows, open_rows, write_workbook
from timcheh.sheets.writing import csv_row, harmless
from timcheh.text.locale import Locale

pytestmark = pytest.mark.feature("enrol.import")
RISKY = ("=", "+", "-", "@", "\t", "\r")
HEADING = ("نام", "موبایل")


def read(path: Path, kind: str) -> list[list[str]]:
    with open_rows(path, kind) as rows:  # type: ignore[arg-type]  # the tests' own strings
        return list(rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_csv_is_read_however_it_was_saved(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "list.csv"
    heading = ("نام", "موبايل")  # Persian Windows has no letter ی of its own
    lines = (delimiter.join(heading), delimiter.join(("پارسا", "09121234567")))
    path.write_text("\n".join(lines), encoding)
    assert read(path, "csv") == [list(heading), ["پارسا", "09121234567"]]


def test_a_workbook_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    rows: list[list[Cell]] = [["پارسا", 9121234567], [date(1983, 5, 26), Decimal("2.5")], [None, 1]]
    write_workbook(path, "مشتریان", HEADING, rows, Locale.FA)
    assert read(path, "xlsx") == [
        list(HEADING),
        ["پارسا", "9121234567"],
        ["۱۳۶۲/۰۳/۰۵", "2.5"],
        ["", "1"],
    ]


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(SheetError) as refused:
        read(path, "xlsx")
    assert refused.value.code == "sheet_unreadable"


@given(st.text())
def test_no_text_is_taken_for_a_formula(text: str) -> None:
    assert not harmless(text).startswith(RISKY)
    (row,) = csv.reader(io.StringIO(csv_row([text], Locale.FA), newline=""))
    assert not row[:1] or not row[0].lstrip().startswith(RISKY)


@pytest.mark.parametrize("text", ["=1+1", "+98", "-2", "@SUM(A1)", "\u200f=1", "  =1"])
def test_a_formula_is_led_by_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


async def test_csv_goes_out_with_its_mark_and_dates() -> None:
    async def rows() -> AsyncIterator[Sequence[Sequence[Cell]]]:
        yield [["پارسا", datetime(2026, 1, 5, 10, tzinfo=UTC)]]

    body = b"".join([piece async for piece in csv_rows(HEADING, rows(), Locale.FA)])
    assert body.startswith(b"\xef\xbb\xbf")
    assert "۱۴۰۴/۱۰/۱۵، ۱۳:۳۰" in body.decode()
