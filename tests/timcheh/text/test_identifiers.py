from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timcheh.text.cards import (
    BANK_PREFIXES,
    MEMBER_NUMBERS,
    MEMBER_PREFIX,
    format_member_number,
    is_bank_pan,
    make_member_number,
    member_number,
    random_member_number,
    redact_bank_pans,
)
from timcheh.text.catalogue import has_text
from timcheh.text.digits import persian_digits
from timcheh.text.identifiers import (
    IdentifierError,
    company_id,
    format_sheba,
    luhn_digit,
    mobile,
    national_id,
    national_or_company_id,
    passes_luhn,
    postal_code,
    sheba,
    sheba_bank_code,
    sheba_bank_name,
)
from timcheh.text.locale import Locale

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def bank_pan(prefix: str = "610433") -> str:
    body = f"{prefix}123456789"
    return body + luhn_digit(body)


@pytest.mark.parametrize(
    ("read", "text", "stored"),
    [
        (mobile, "09121234567", "09121234567"),
        (mobile, "9121234567", "09121234567"),
        (mobile, "+98 912 123 4567", "09121234567"),
        (mobile, "00989121234567", "09121234567"),
        (mobile, "989121234567", "09121234567"),
        (mobile, "۰۹۱۲-۱۲۳-۴۵۶۷", "09121234567"),
        (mobile, "09411234567", "09411234567"),  # exists, though phonenumbers rejects it
        (mobile, "09951234567", "09951234567"),
        (national_id, "0499370899", "0499370899"),
        (national_id, "499370899", "0499370899"),
        (national_id, "0790419904", "0790419904"),
        (national_id, "84575948", "0084575948"),
        (national_id, "۰۰۸۴۵۷۵۹۴۸", "0084575948"),
        (company_id, "10380284790", "10380284790"),
        (national_or_company_id, "10380284790", "10380284790"),
        (national_or_company_id, "0790419904", "0790419904"),
        (postal_code, "11369-55555", "1136955555"),
        (sheba, "IR820540102680020817909002", "IR820540102680020817909002"),
        (sheba, "ir06 2960 0000 0010 0324 2000 01", "IR062960000000100324200001"),
        (sheba, "820540102680020817909002", "IR820540102680020817909002"),
        (sheba, "IR۸۲۰۵۴۰۱۰۲۶۸۰۰۲۰۸۱۷۹۰۹۰۰۲", "IR820540102680020817909002"),
    ],
)
def test_valid(read: Callable[[str], str], text: str, stored: str) -> None:
    assert read(text) == stored
    assert read(text.translate(ARABIC)) == stored
    assert read(f"\u200f {persian_digits(text)}\u200e") == stored


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (mobile, "0912123456", "mobile_invalid"),
        (mobile, "091212345678", "mobile_invalid"),
        (mobile, "02112345678", "mobile_invalid"),
        (mobile, "+4479121234567", "mobile_invalid"),
        (mobile, "", "mobile_invalid"),
        (national_id, "1234567890", "national_id_invalid"),
        (national_id, "1111111111", "national_id_invalid"),
        (national_id, "0082748372", "national_id_invalid"),
        (national_id, "0000000", "national_id_invalid"),
        (national_id, "12a4567890", "national_id_invalid"),
        (company_id, "10380284792", "company_id_invalid"),
        (company_id, "10380285692", "company_id_invalid"),
        (company_id, "10300000012", "company_id_invalid"),
        (company_id, "1038028479", "company_id_invalid"),
        (postal_code, "0136955555", "postal_code_invalid"),
        (postal_code, "113695555", "postal_code_invalid"),
        (sheba, "IR580540105180021273113008", "sheba_checksum"),
        (sheba, "IR82054010268002081790900", "sheba_invalid"),
        (sheba, "DE89370400440532013000", "sheba_invalid"),
        (sheba, "IR82054010268002081790900X", "sheba_invalid"),
        (member_number, "9364000000000000", "member_number_invalid"),
        (member_number, "936400000000000", "member_number_invalid"),
        (member_number, "4444333322221111", "member_number_invalid"),
        (member_number, ";=?", "member_number_invalid"),
        (member_number, "سلام", "member_number_invalid"),
    ],
)
def test_invalid(read: Callable[[str], str], text: str, code: str) -> None:
    with pytest.raises(IdentifierError) as caught:
        read(text)
    assert caught.value.code == code
    assert all(has_text(locale, f"field-{code}") for locale in Locale)


@pytest.mark.parametrize("read", [mobile, national_id, company_id, postal_code, sheba])
@given(text=st.text())
def test_whatever_is_typed_is_read_or_refused(read: Callable[[str], str], text: str) -> None:
    try:
        stored = read(text)
    except IdentifierError:
        return
    assert read(stored) == stored
    assert stored.isascii()


@given(st.integers(0, 999_999_999))
def test_one_wrong_digit_of_a_national_id_is_found(number: int) -> None:
    body = f"{number:09d}"
    valid = [f"{body}{d}" for d in range(10) if _accepts(national_id, f"{body}{d}")]
    assert len(valid) == (0 if body in _repeated_with_their_digit() else 1)


def _repeated_with_their_digit() -> set[str]:
    return {str(d) * 9 for d in range(10)}


def _accepts(read: Callable[[str], str], text: str) -> bool:
    try:
        read(text)
    except IdentifierError:
        return False
    return True


def test_banks_of_a_sheba() -> None:
    iban = "IR820540102680020817909002"
    assert sheba_bank_code(iban) == "054"
    assert sheba_bank_name(iban) == "بانک پارسیان"
    assert sheba_bank_name(iban, Locale.EN) == "Parsian Bank"
    assert sheba_bank_name("IR062960000000100324200001") is None
    assert format_sheba(iban) == "IR82 0540 1026 8002 0817 9090 02"


@pytest.mark.feature("card.number")
@given(st.integers(0, MEMBER_NUMBERS - 1))
def test_member_numbers(payload: int) -> None:
    number = make_member_number(payload)
    assert len(number) == 16
    assert passes_luhn(number)
    assert not is_bank_pan(number)
    assert member_number(persian_digits(format_member_number(number))) == number
    for position in (5, 10, 15):  # one wrong digit never passes
        wrong = str((int(number[position]) + 1) % 10)
        typed = number[:position] + wrong + number[position + 1 :]
        assert not _accepts(member_number, typed)


@pytest.mark.feature("card.number")
def test_the_prefix_is_outside_every_banks() -> None:
    assert not any(bank.startswith(MEMBER_PREFIX) for bank in BANK_PREFIXES)
    assert len({random_member_number() for _ in range(100)}) == 100
    for payload in (-1, MEMBER_NUMBERS):
        with pytest.raises(ValueError):
            make_member_number(payload)


def test_swipes() -> None:
    number = make_member_number(42)
    for swipe in (
        f";{number}=2912101000?",
        f"%B{number}^MEMBER/ONE^29121010000000000?",
        f"%B{number}^MEMBER/ONE^29121010000000000?;{number}=2912101000?",
        f";{number}?",
        f"  {number}\r\n",
    ):
        assert member_number(swipe) == number


@pytest.mark.parametrize("prefix", sorted(BANK_PREFIXES))
def test_a_bank_card_is_refused_without_its_number(prefix: str) -> None:
    pan = bank_pan(prefix)
    assert is_bank_pan(pan)
    for swipe in (pan, f";{pan}=2912?", f"%B{pan}^NAME/A^2912?"):
        with pytest.raises(IdentifierError) as caught:
            member_number(swipe)
        assert caught.value.code == "bank_card_refused"
        assert pan not in repr(caught.value)
        assert caught.value.__context__ is None


def test_luhn_alone_does_not_make_a_bank_card() -> None:
    assert passes_luhn("4444333322221111")
    assert not is_bank_pan("4444333322221111")
    assert not is_bank_pan("610433")


def test_bank_cards_are_starred_in_logs() -> None:
    pan = bank_pan()
    spaced = " ".join(pan[i : i + 4] for i in range(0, 16, 4))
    other = make_member_number(7)
    assert redact_bank_pans(f"card {pan}, {persian_digits(spaced)}; member {other}") == (
        f"card ************{pan[-4:]}, ************{persian_digits(pan[-4:])}; member {other}"
    )
