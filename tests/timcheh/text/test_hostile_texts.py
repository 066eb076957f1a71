"""Readers of text take time in proportion to what they read, and refuse the absurd unread."""

from collections.abc import Callable

import pytest
from hypothesis import given

from tests.hostile import heaps, texts, within
from tests.hypotheses import sized
from timcheh.calendar import parse_jalali
from timcheh.calendar.jalali import BadDate, Jalali
from timcheh.text import identifiers
from timcheh.text.cards import member_number, redact_bank_pans
from timcheh.text.identifiers import IdentifierError
from timcheh.text.normalise import normalise, search_key, sort_key, strip_bidi

READERS = (
    identifiers.mobile,
    identifiers.national_id,
    identifiers.company_id,
    identifiers.national_or_company_id,
    identifiers.postal_code,
    identifiers.sheba,
    member_number,
)


@pytest.mark.parametrize("make", [normalise, search_key, sort_key, strip_bidi, redact_bank_pans])
def test_a_heap_of_text_is_read_in_no_time(make: Callable[[str], str]) -> None:
    """A run of combining signs once took the square of its length: minutes for half a megabyte."""
    for heap in heaps(100_000):
        with within(4):  # the square takes thrice that
            make(heap)


@pytest.mark.parametrize("read", READERS)
def test_nothing_so_long_is_an_identifier(read: Callable[[str], str]) -> None:
    for heap in heaps():
        with within(0.05), pytest.raises(IdentifierError):
            read(heap)


@pytest.mark.parametrize("read", READERS)
@sized(ci=300, nightly=100_000)
@given(text=texts())
def test_an_identifier_is_read_or_refused(read: Callable[[str], str], text: str) -> None:
    try:
        stored = read(text)
    except IdentifierError:
        return
    assert stored.isascii()
    assert read(stored) == stored


@sized(ci=300, nightly=100_000)
@given(text=texts())
def test_what_is_normalised_stays(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@sized(ci=300, nightly=100_000)
@given(text=texts(20))
def test_a_date_is_read_or_refused(text: str) -> None:
    try:
        day = parse_jalali(text)
    except BadDate:
        return
    year, month, number = Jalali.of(day)
    assert parse_jalali(f"{year:04}/{month}/{number}") == day
