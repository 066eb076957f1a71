import pytest
from hypothesis import given
from hypothesis import strategies as st

from timcheh.money import (
    MoneyUnit,
    amount_in_words,
    format_money,
    largest_remainder,
    money_text,
    percent,
)
from timcheh.text.locale import Locale

amounts = st.integers(min_value=0, max_value=10**15)


def test_percent_rounds_down_to_the_rial() -> None:
    assert percent(2_000_000, 1000) == 200_000
    assert percent(450_000, 500) == 22_500
    assert percent(150_000, 200) == 3_000
    assert percent(19_999, 1) == 1
    assert percent(0, 10_000) == 0


@pytest.mark.parametrize(("amount", "bps"), [(-1, 100), (100, -1)])
def test_percent_refuses_negatives(amount: int, bps: int) -> None:
    with pytest.raises(ValueError):
        percent(amount, bps)


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),  # equal remainders: the earliest index
        (100, [3, 3, 1], [43, 43, 14]),
        (10, [0, 5, 5], [0, 5, 5]),
        (5, [0, 0], [3, 2]),  # no weight at all: as equal as can be
        (0, [], []),
        (0, [0, 7], [0, 0]),
        (1, [1, 2], [0, 1]),
    ],
)
def test_largest_remainder(total: int, weights: list[int], shares: list[int]) -> None:
    assert largest_remainder(total, weights) == shares


@pytest.mark.parametrize(("total", "weights"), [(1, []), (-1, [1]), (1, [2, -1])])
def test_largest_remainder_refuses_nonsense(total: int, weights: list[int]) -> None:
    with pytest.raises(ValueError):
        largest_remainder(total, weights)


@given(total=amounts, weights=st.lists(amounts, min_size=1, max_size=30))
def test_parts_add_up_and_stay_within_one_of_the_exact_share(
    total: int, weights: list[int]
) -> None:
    shares = largest_remainder(total, weights)
    assert sum(shares) == total
    whole = sum(weights)
    if whole:
        for share, weight in zip(shares, weights, strict=True):
            assert share in (total * weight // whole, total * weight // whole + 1)
            if weight == 0:
                assert share == 0


@given(weights=st.lists(amounts, min_size=1, max_size=30), data=st.data())
def test_a_part_never_exceeds_its_weight_when_the_whole_suffices(
    weights: list[int], data: st.DataObject
) -> None:
    total = data.draw(st.integers(0, sum(weights)))
    shares = largest_remainder(total, weights)
    assert all(share <= weight for share, weight in zip(shares, weights, strict=True))


def test_amounts_for_people() -> None:
    assert format_money(12_500_000) == "۱٬۲۵۰٬۰۰۰ تومان"
    assert format_money(125) == "۱۲٫۵ تومان"
    assert format_money(125, locale=Locale.EN) == "12.5 toman"
    assert format_money(-125) == "\u200e−۱۲٫۵ تومان"
    assert format_money(450_000, MoneyUnit.RIAL) == "۴۵۰٬۰۰۰ ریال"
    assert format_money(450_000, MoneyUnit.RIAL, Locale.EN) == "450,000 rial"
    text = money_text(123_456_789)
    assert (text.number, text.unit, text.title) == (
        "۱۲٬۳۴۵٬۶۷۸٫۹",
        "تومان",
        "۱۲۳٬۴۵۶٬۷۸۹ ریال",
    )


def test_amounts_in_words() -> None:
    assert amount_in_words(1_250_000) == "یک میلیون و دویست و پنجاه هزار ریال"
    assert amount_in_words(1_250_000, MoneyUnit.TOMAN) == "صد و بیست و پنج هزار تومان"
    assert amount_in_words(12_505, MoneyUnit.TOMAN) == "هزار و دویست و پنجاه تومان و پنج ریال"
    assert amount_in_words(5, MoneyUnit.TOMAN) == "پنج ریال"
    assert amount_in_words(-50, MoneyUnit.TOMAN) == "منفی پنج تومان"
    assert amount_in_words(-5, MoneyUnit.TOMAN) == "منفی پنج ریال"
    assert amount_in_words(-125, MoneyUnit.TOMAN) == "منفی دوازده تومان و پنج ریال"
    assert amount_in_words(125, MoneyUnit.TOMAN, Locale.EN) == "twelve toman and five rial"
    assert amount_in_words(0, MoneyUnit.TOMAN) == "صفر تومان"
