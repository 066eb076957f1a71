"""The bank's own file of what became of payments, read with all caution. Pure but for the file.

Banks name columns and outcomes each in their own way. What isn't known to be paid or not paid is
unknown, and a row that fits no payment exactly is said so and marks nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final
from uuid import UUID

from shared_pool.banking.errors import ResultsUnreadable
from shared_pool.settlement.results import LONGEST_NOTE, LONGEST_REFERENCE
from shared_pool.settlement.service import Result
from timcheh.text.identifiers import IdentifierError, sheba
from timcheh.text.normalise import normalise, search_key

MOST_ROWS: Final = 20_000
_HEADING_WITHIN: Final = 20
"""Rows in which a heading is looked for: banks put their name and dates above it."""


def _keys(*words: str) -> frozenset[str]:
    return frozenset(search_key(word) for word in words)


_COLUMNS: Final[dict[str, frozenset[str]]] = {
    "sheba": _keys("شبا", "شماره شبا", "شبای مقصد", "شماره شبای مقصد", "شبا مقصد", "iban", "sheba"),
    "amount": _keys("مبلغ", "مبلغ (ریال)", "مبلغ به ریال", "مبلغ ریال", "amount"),
    "status": _keys("وضعیت", "نتیجه", "وضعیت پرداخت", "وضعیت تراکنش", "status", "result", "state"),
    "note": _keys("علت", "دلیل", "علت برگشت", "شرح خطا", "شرح وضعیت", "reason", "error"),
    "reference": _keys(
        "شماره پیگیری", "کد پیگیری", "کد رهگیری", "شماره مرجع", "شناسه پیگیری", "reference"
    ),
}
_NEEDED: Final = ("sheba", "amount", "status")
_PAID: Final = _keys(
    "موفق", "انجام شد", "انجام شده", "پرداخت شد", "پرداخت شده", "تسویه شد", "تسویه شده",
    "واریز شد", "واریز شده", "paid", "success", "successful", "settled", "done",
)  # fmt: skip
_REFUSED: Final = _keys(
    "ناموفق", "برگشت", "برگشتی", "برگشت خورد", "برگشت خورده", "برگشت داده شد", "رد", "رد شد",
    "رد شده", "مردود", "refused", "failed", "rejected", "returned",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A payment that the bank was, or may have been, asked for; rial."""

    merchant_id: UUID
    sheba: str
    amount: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the file says of a payment, in which row of the sheet."""

    row: int
    merchant_id: UUID
    result: Result
    note: str | None
    reference: str | None


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row that marks nothing; `code` is why (`settlement-misfit-<code>`)."""

    row: int
    code: str
    sheba: str
    amount: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What was read: at most one answer for each shop."""

    known: Sequence[Answer]
    misfits: Sequence[Misfit]


def read_answers(rows: Iterable[Sequence[str]], asked: Sequence[Asked]) -> Answers:
    """Fits the rows to the payments. Raises ResultsUnreadable for a sheet without a heading."""
    numbered = iter(enumerate(rows, start=1))
    columns = _heading(numbered)
    by_payment: dict[tuple[str, int], list[Asked]] = {}
    for each in asked:
        by_payment.setdefault((each.sheba, each.amount), []).append(each)
    shebas = {each.sheba for each in asked}
    found: dict[UUID, Answer] = {}
    torn: dict[UUID, Answer] = {}
    misfits: list[Misfit] = []
    for row, cells in islice(numbered, MOST_ROWS):
        said = {name: _cell(cells, at) for name, at in columns.items()}
        if not said["sheba"] and not said["amount"]:
            continue  # sums and signatures under the table
        number, amount = _sheba(said["sheba"]), _rial(said["amount"])
        fits = by_payment.get((number, amount or 0), [])
        if len(fits) != 1:
            code = _why(number, amount, number in shebas, len(fits))
            misfits.append(Misfit(row, code, said["sheba"], said["amount"]))
            continue
        answer = Answer(row, fits[0].merchant_id, result_of(said["status"]), *_said_more(said))
        earlier = found.setdefault(answer.merchant_id, answer)
        if earlier.result != answer.result:
            torn[answer.merchant_id] = answer
            misfits.append(Misfit(row, "contradicts", said["sheba"], said["amount"]))
    known = [answer for shop, answer in found.items() if shop not in torn]
    return Answers(known, misfits)


def result_of(status: str) -> Result:
    """Unknown unless the word is known: what is neither paid nor returned may be either."""
    key = search_key(status)
    if key in _PAID:
        return Result.PAID
    return Result.REFUSED if key in _REFUSED else Result.UNKNOWN


def _heading(rows: Iterator[tuple[int, Sequence[str]]]) -> Mapping[str, int]:
    for _, cells in islice(rows, _HEADING_WITHIN):
        keys = [search_key(cell) for cell in cells]
        columns = {
            name: at
            for name, words in _COLUMNS.items()
            for at, key in reversed(list(enumerate(keys)))
            if key in words
        }
        if all(name in columns for name in _NEEDED):
            return columns
    raise ResultsUnreadable


def _why(number: str, amount: int | None, is_ours: bool, fits: int) -> str:
    if not number:
        return "sheba"
    if amount is None:
        return "amount"
    if fits:
        return "ambiguous"
    return "other_amount" if is_ours else "not_asked"


def _said_more(said: Mapping[str, str]) -> tuple[str | None, str | None]:
    note, reference = said.get("note", ""), said.get("reference", "")
    return note[:LONGEST_NOTE] or None, reference[:LONGEST_REFERENCE] or None


def _cell(cells: Sequence[str], at: int) -> str:
    return normalise(cells[at]) if at < len(cells) else ""


def _sheba(text: str) -> str:
    try:
        return sheba(text)
    except IdentifierError:
        return ""


def _rial(text: str) -> int | None:
    digits = text.translate({ord(c): None for c in " ,٬،'"})
    digits = digits.removesuffix(".0").removesuffix(".00")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None
