"""Facts of a person: read as typed, written so that they are read back."""

from datetime import date
from typing import Any

import pytest

from members.facade import FACTS, FactError, read_fact, write_fact
from timcheh.text.locale import Locale

pytestmark = pytest.mark.feature(
    "profile.fields", "profile.address", "profile.family", "profile.guild"
)
TODAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("fact", "text", "stored"),
    [
        ("gender", "خانم", "female"),
        ("gender", "آقا", "male"),
        ("marital_status", "متأهل", "married"),
        ("marital_status", "مجرد", "single"),
        ("national_id", "۰۰۸-۴۵۷۵۹۴۸", "0084575948"),
        ("weight_grams", "۷۲٫۵ کیلوگرم", 72_500),
        ("weight_grams", "72/5", 72_500),
        ("wedding_date", "۱۲ اردیبهشت ۱۳۹۰", date(2011, 5, 2)),
        ("children", "1394/7/3؛ 1390/2/10", [date(2011, 4, 30), date(2015, 9, 25)]),
        ("home_phone", "(021) 8877-6655", "02188776655"),
        ("city", "  شيراز ", "شیراز"),
        ("job", "   ", None),
    ],
)
def test_a_fact_is_read_as_people_write_it(fact: str, text: str, stored: Any) -> None:
    assert read_fact(fact, text, TODAY) == stored
    for locale in Locale:
        assert read_fact(fact, write_fact(fact, stored, locale), TODAY) == stored


@pytest.mark.parametrize(
    ("fact", "text", "code"),
    [
        ("gender", "گل", "gender_unknown"),
        ("national_id", "1234567890", "national_id_invalid"),
        ("postal_code", "0123456789", "postal_code_invalid"),
        ("email", "نرگس@", "bad_email"),
        ("weight_grams", "NaN", "weight_invalid"),
        ("weight_grams", "4000", "weight_invalid"),
        ("wedding_date", "1480/1/1", "day_out_of_range"),
        ("children", "1390/2/10، فردا", "bad_date"),
        ("home_phone", "زنگ", "phone_invalid"),
        ("city", "ش" * 201, "too_long"),
    ],
)
def test_what_is_no_such_fact_is_refused_by_name(fact: str, text: str, code: str) -> None:
    with pytest.raises(FactError) as refused:
        read_fact(fact, text, TODAY)
    assert refused.value.code == code


def test_every_fact_can_be_unknown() -> None:
    for fact in FACTS:
        assert read_fact(fact, "", TODAY) is None
        assert write_fact(fact, None, Locale.FA) == ""
