"""Generated identifiers against independent statements of their check digits."""

from collections.abc import Callable
from random import Random

import pytest
import schwifty

from timcheh_app.demo import identity


def draws(make: Callable[[Random], str], count: int = 500) -> list[str]:
    rng = Random(7)
    return [make(rng) for _ in range(count)]


def person_check(number: str) -> bool:
    rest = sum(int(number[i]) * (10 - i) for i in range(9)) % 11
    return int(number[9]) == (rest if rest < 2 else 11 - rest)


def company_check(number: str) -> bool:
    weights = [29, 27, 23, 19, 17] * 2
    tens = int(number[9]) + 2
    total = sum((tens + int(number[i])) * weights[i] for i in range(10)) % 11
    return int(number[10]) == total % 10


def test_the_checks_know_published_examples() -> None:
    assert all(map(person_check, ["0499370899", "0790419904", "0084575948"]))
    assert not any(map(person_check, ["1234567890", "0082748372"]))
    assert company_check("10380284790")
    assert not any(map(company_check, ["10380284792", "10380285692"]))


def test_people_and_companies_have_right_check_digits() -> None:
    people, companies = draws(identity.national_id), draws(identity.company_id)
    assert all(len(n) == 10 and person_check(n) and len(set(n)) > 1 for n in people)
    assert all(len(n) == 11 and company_check(n) and n[3:9] != "000000" for n in companies)


def test_shebas_are_valid_ibans() -> None:
    for sheba in draws(identity.sheba):
        assert len(sheba) == 26
        schwifty.IBAN(sheba)


@pytest.mark.parametrize(
    ("make", "length", "start"), [(identity.mobile, 11, "09"), (identity.postal_code, 10, "1")]
)
def test_plain_numbers(make: Callable[[Random], str], length: int, start: str) -> None:
    for number in draws(make):
        assert len(number) == length
        assert number.isascii()
        assert number.isdigit()
        assert number.startswith(start)
