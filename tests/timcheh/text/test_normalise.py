import pytest
from hypothesis import given
from hypothesis import strategies as st

from timcheh.text.digits import digits_to_latin, format_number, persian_digits
from timcheh.text.locale import Locale
from timcheh.text.normalise import normalise, search_key, sort_key, strip_bidi


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("علي كاظمي", "علی کاظمی"),
        ("\u200fسلام\u200e ", "سلام"),
        ("\u2067گل‌آرا\u2069", "گل‌آرا"),
        ("۰۹۱۲ ٣٤٥", "0912 345"),
        ("ﻻله", "لاله"),
        ("  a \t b  ", "a b"),
        ("خط ۱\nخط ۲", "خط 1\nخط 2"),
        ("می\u200cشود", "می\u200cشود"),
        ("ＡＢＣ", "ABC"),
        ("", ""),
    ],
)
def test_normalise(typed: str, stored: str) -> None:
    assert normalise(typed) == stored


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_search_and_sort_keys_see_through_spelling(text: str) -> None:
    assert search_key(normalise(text)) == search_key(text)
    assert sort_key(normalise(text)) == sort_key(text)


def test_search_folds_half_spaces_hats_and_diacritics() -> None:
    assert len({search_key(t) for t in ("می‌شود", "میشود", "می شود", "مي‌شَود")}) == 1
    assert search_key("آرایشگاه") == search_key("ارايشگاه")
    assert search_key("Gol-ARA") == "gol-ara"
    assert search_key("گل‌آرا ۲") == search_key("گلارا2")


def test_persian_order_under_code_point_comparison() -> None:
    words = ["آبان", "ابر", "باران", "پدر", "تهران", "ثریا", "جمشید", "چای", "حسن", "خانه"]
    words += ["دی", "ذوب", "راه", "زمان", "ژاله", "سیب", "شب", "صبح", "ضرب", "طلا", "ظهر"]
    words += ["عمو", "غذا", "فردا", "قهوه", "کتاب", "گل", "لاله", "مادر", "نان", "ور", "هوا", "یار"]
    assert sorted(set(words), key=sort_key) == words
    assert sorted(words) != words
    assert sort_key("گل آرا") < sort_key("گلاب")
    assert sort_key("2") < sort_key("الف")
    assert sort_key("علي") == sort_key("علی")


def test_digits() -> None:
    assert persian_digits("IR82 ۱") == "IR۸۲ ۱"
    assert digits_to_latin("۱٢3x") == "123x"
    assert digits_to_latin("abc 1") == "abc 1"
    assert format_number(1234567) == "۱٬۲۳۴٬۵۶۷"
    assert format_number(-5, Locale.EN) == "-5"
    assert format_number(1404, grouped=False) == "۱۴۰۴"


def test_plain_exports_have_no_marks() -> None:
    assert strip_bidi("\u2068ACME\u2069 \u200e−۵\u200c") == "ACME −۵\u200c"
