"""Numbers as people type them into forms, and whatever else is typed there."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import texts
from tests.hypotheses import sized
from timcheh.errors import Invalid
from timcheh.money import MoneyUnit, format_money
from timcheh.text.digits import persian_digits
from timcheh.text.locale import Locale
from timcheh.web.numbers import (
    MOST_QUANTITY,
    MOST_RIAL,
    read_count,
    read_money,
    read_percent,
    read_quantity,
)


@pytest.mark.parametrize(
    ("typed", "unit", "rial"),
    [
        ("250000", MoneyUnit.TOMAN, 2_500_000),
        ("۲۵۰٬۰۰۰", MoneyUnit.TOMAN, 2_500_000),
        ("٢٥٠,٠٠٠", MoneyUnit.RIAL, 250_000),
        (" 1 000 ", MoneyUnit.RIAL, 1000),
        ("0", MoneyUnit.TOMAN, 0),
    ],
)
def test_money_is_read_in_the_shown_unit(typed: str, unit: MoneyUnit, rial: int) -> None:
    assert read_money(typed, "/price", unit) == rial


@pytest.mark.parametrize(
    ("read", "typed", "code"),
    [
        (read_quantity, "0", "not_positive"),
        (read_quantity, "-1", "not_positive"),
        (read_quantity, "NaN", "not_a_number"),
        (read_quantity, "999999999", "above_maximum"),
        (read_quantity, "9e999999", "not_a_number"),
        (read_percent, "9e999999", "not_a_number"),
        (read_percent, "101", "not_a_share"),
        (read_percent, "", "required"),
        (read_quantity, "1.0001", "too_many_decimals"),
        (read_quantity, "1.2.3", "not_a_number"),
    ],
)
def test_a_wrong_quantity_is_told_why(
    read: Callable[[str, str], int], typed: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        read(typed, "/quantity")
    assert [(fault.pointer, fault.code) for fault in refused.value.errors] == [("/quantity", code)]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "required"), ("-5", "not_a_number"), ("ده", "not_a_number"), ("1" * 30, "above_maximum")],
)
def test_a_wrong_price_is_told_why(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_money(typed, "/p", MoneyUnit.TOMAN)
    assert [fault.code for fault in refused.value.errors] == [code]


@pytest.mark.parametrize("typed", ["1.5", "۱٫۵", "۱/۵", " 1.500 "])
def test_a_part_of_something_is_written_in_many_ways(typed: str) -> None:
    assert read_quantity(typed, "/q") == 1500


def test_zeros_in_front_count_for_nothing() -> None:
    """They once pushed the digits that count out of what was read."""
    assert read_money("0" * 30 + "500", "/p", MoneyUnit.RIAL) == 500
    with pytest.raises(Invalid):
        read_count("0" * 20 + "99999", "/days", 365)


@sized(ci=200, nightly=20_000)
@given(st.integers(0, MOST_RIAL // 10), st.sampled_from(MoneyUnit), st.sampled_from(Locale))
def test_an_amount_is_read_as_it_was_shown(amount: int, unit: MoneyUnit, locale: Locale) -> None:
    shown = format_money(amount * 10, unit, locale).rpartition(" ")[0]
    assert read_money(shown, "/p", unit) == amount * 10


@sized(ci=200, nightly=20_000)
@given(st.integers(1, MOST_QUANTITY * 1000))
def test_a_quantity_is_read_as_it_was_written(milli: int) -> None:
    written = f"{milli // 1000}.{milli % 1000:03}"
    for text in (written, persian_digits(written), persian_digits(written).replace(".", "٫")):
        assert read_quantity(text, "/q") == milli


READERS: list[tuple[Callable[[str, str], int], int, int]] = [
    (partial(read_money, unit=MoneyUnit.TOMAN), 0, MOST_RIAL),
    (partial(read_count, most=365), 0, 365),
    (read_quantity, 1, MOST_QUANTITY * 1000),
    (read_percent, 0, 10_000),
]


@pytest.mark.parametrize(("read", "least", "most"), READERS)
@sized(ci=300, nightly=100_000)
@given(text=texts())
def test_whatever_is_typed_is_a_number_within_bounds_or_refused(
    read: Callable[[str, str], int], least: int, most: int, text: str
) -> None:
    try:
        number = read(text, "/field")
    except Invalid:
        return
    assert least <= number <= most
