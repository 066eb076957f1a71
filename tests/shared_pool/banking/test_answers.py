"""What is read from a bank's file of results, and what is left alone."""

import pytest

from shared_pool.banking.answers import Answers, Asked, read_answers, result_of
from shared_pool.banking.errors import ResultsUnreadable
from shared_pool.settlement.service import Result
from timcheh.ids import new_id

A, B, C = (new_id() for _ in range(3))
ONE, TWO = "IR820540102680020817909002", "IR062960000000100324200001"
ASKED = [Asked(A, ONE, 147_000), Asked(B, TWO, 900)]
HEADING = ["ردیف", "شماره شبا", "مبلغ (ریال)", "وضعیت", "علت برگشت", "کد رهگیری"]

pytestmark = pytest.mark.feature("fund.dual")


def read(*rows: list[str], asked: list[Asked] = ASKED) -> Answers:
    return read_answers([["بانک نمونه"], [], HEADING, *rows], asked)


def test_rows_are_fitted_by_sheba_and_amount() -> None:
    answers = read(
        ["1", f"‏{ONE[2:]}", "۱۴۷٬۰۰۰", "انجام شده", "", "77-1"],
        ["2", "IR06 2960 0000 0010 0324 2000 01", "900", "برگشت خورده", "حساب بسته", ""],
        ["", "", "", "", "", ""],
    )
    assert [(a.row, a.merchant_id, a.result, a.note, a.reference) for a in answers.known] == [
        (4, A, Result.PAID, None, "77-1"), (5, B, Result.REFUSED, "حساب بسته", None),
    ]  # fmt: skip
    assert answers.misfits == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["1", "IR00", "147000", "موفق"], "sheba"),
        (["1", ONE, "زیاد", "موفق"], "amount"),
        (["1", ONE, "147001", "موفق"], "other_amount"),
        (["1", "IR550120000000000000000001", "900", "موفق"], "sheba"),
        (["1", "IR460180000000001234567890", "900", "موفق"], "sheba"),
    ],
)
def test_what_fits_no_payment_marks_nothing(row: list[str], code: str) -> None:
    answers = read(row)
    assert (answers.known, [misfit.code for misfit in answers.misfits]) == ([], [code])


def test_a_payment_to_somebody_else_is_not_ours() -> None:
    answers = read(["1", TWO, "900", "موفق"], asked=ASKED[:1])
    assert [misfit.code for misfit in answers.misfits] == ["not_asked"]


def test_two_shops_that_look_alike_are_left_to_people() -> None:
    twins = [Asked(A, ONE, 5), Asked(C, ONE, 5)]
    answers = read(["1", ONE, "5", "موفق"], asked=twins)
    assert [misfit.code for misfit in answers.misfits] == ["ambiguous"]


def test_a_file_that_contradicts_itself_marks_nothing() -> None:
    answers = read(["1", ONE, "147000", "موفق"], ["2", ONE, "147000", "ناموفق"])
    assert (answers.known, [misfit.code for misfit in answers.misfits]) == ([], ["contradicts"])


@pytest.mark.parametrize(
    ("status", "result"),
    [
        ("موفق", Result.PAID), ("پرداخت شده", Result.PAID), ("Settled", Result.PAID),
        ("ناموفق", Result.REFUSED), ("برگشت‌خورده", Result.REFUSED), ("رد شد", Result.REFUSED),
        ("در حال انجام", Result.UNKNOWN), ("ارسال شده به پایا", Result.UNKNOWN),
        ("انجام نشده", Result.UNKNOWN), ("", Result.UNKNOWN),
    ],
)  # fmt: skip
def test_only_what_is_known_is_more_than_unknown(status: str, result: Result) -> None:
    assert result_of(status) == result


def test_a_sheet_without_its_columns_is_refused() -> None:
    with pytest.raises(ResultsUnreadable):
        read_answers([["نام", "موبایل"], ["علی", "۰۹۱۲"]], ASKED)
