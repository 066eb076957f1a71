"""A catalogue pasted from a spreadsheet, or read from a CSV file. Pure."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from timcheh.errors import FieldError, Invalid
from timcheh.money import MoneyUnit
from timcheh.text.normalise import normalise, search_key
from timcheh.web.numbers import read_money

MOST_ROWS: Final = 5_000
_SHOWN_FAULTS: Final = 20
_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "sku": ("کد", "کد کالا", "شناسه", "sku", "code"),
    "name": ("نام", "نام کالا", "شرح", "شرح کالا", "کالا", "عنوان", "name", "title"),
    "price": ("بها", "قیمت", "قیمت فروش", "فی", "مبلغ", "price"),
    "group": ("گروه", "گروه کالا", "دسته", "دسته‌بندی", "group", "category"),
    "unit": ("واحد", "واحد شمارش", "unit"),
    "barcode": ("بارکد", "barcode", "gtin"),
}
_USUAL: Final = ("sku", "name", "price", "group", "unit", "barcode")
_KNOWN: Final = {search_key(word): column for column, words in _COLUMNS.items() for word in words}


@dataclass(frozen=True, slots=True)
class PastedGood:
    """A row; `price` in rial."""

    sku: str
    name: str
    price: int
    group: str | None
    unit: str | None
    barcode: str | None


def read_pasted(text: str, unit: MoneyUnit, pointer: str = "/rows") -> list[PastedGood]:
    """The goods of a pasted table: columns by their heads, else in the usual order.

    Raises Invalid with the faults of the first rows that are wrong, each naming its row.
    """
    rows = [row for row in _cells(text) if any(row)]
    if not rows:
        raise Invalid.field(pointer, "required")
    columns = _heads(rows[0])
    first = 1 if columns else 0
    columns = columns or _USUAL[: max(map(len, rows))]
    if len(rows) - first > MOST_ROWS:
        raise Invalid.field(pointer, "too_many", maximum=MOST_ROWS)
    goods: dict[str, PastedGood] = {}
    faults: list[FieldError] = []
    for number, row in enumerate(rows[first:], first + 1):
        try:
            good = _good(dict(zip(columns, row, strict=False)), number, unit, pointer)
            goods[good.sku] = good
        except Invalid as error:
            faults += error.errors
    if faults:
        raise Invalid(errors=faults[:_SHOWN_FAULTS])
    return list(goods.values())


def _cells(text: str) -> list[list[str]]:
    lines = text.lstrip("\ufeff").splitlines()
    head = lines[0] if lines else ""
    mark = next((each for each in ("\t", ";", "،") if each in head), ",")
    return [[normalise(cell).strip() for cell in row] for row in csv.reader(lines, delimiter=mark)]


def _heads(row: list[str]) -> tuple[str, ...] | None:
    found = tuple(_KNOWN.get(search_key(cell), "") for cell in row)
    return found if {"sku", "name", "price"} <= set(found) else None


def _good(row: Mapping[str, str], number: int, unit: MoneyUnit, pointer: str) -> PastedGood:
    """Raises Invalid."""
    for column in ("sku", "name", "price"):
        if not row.get(column):
            raise Invalid.field(f"{pointer}/{number}", f"row_lacks_{column}", row=number)
    try:
        price = read_money(row["price"], pointer, unit)
    except Invalid:
        wrong = {"row": number, "price": row["price"][:30]}
        raise Invalid(errors=[FieldError(f"{pointer}/{number}", "row_price", wrong)]) from None
    return PastedGood(
        row["sku"][:200],
        row["name"][:200],
        price,
        row.get("group", "")[:200] or None,
        row.get("unit", "")[:50] or None,
        row.get("barcode", "")[:50] or None,
    )
