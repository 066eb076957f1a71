import pytest

from timcheh.errors import (
    Conflict,
    Invalid,
    NotFound,
    Problems,
    RateLimited,
    TimchehError,
    error_detail,
    error_title,
    field_message,
    pointer,
)
from timcheh.text.locale import Locale


class PurchaseNotOpen(Conflict):
    code = "purchase_not_open"


class BadThingError(ValueError):
    code = "too_short"
    params = {"minimum": 3}  # noqa: RUF012  an example in a test


def test_status_code_and_params() -> None:
    error = PurchaseNotOpen(state="cancelled")
    assert (error.status, error.code, error.params) == (
        409,
        "purchase_not_open",
        {"state": "cancelled"},
    )
    assert isinstance(error, TimchehError)
    assert str(error) == "purchase_not_open state='cancelled'"


def test_a_code_can_be_given_at_the_raise() -> None:
    assert NotFound("member_not_found").code == "member_not_found"
    assert NotFound.code == "not_found"


def test_rate_limit_says_when_to_come_back() -> None:
    error = RateLimited(retry_after=30)
    assert error.retry_after == 30
    assert "۳۰" in error_detail(error, Locale.FA)
    assert "30 seconds" in error_detail(error, Locale.EN)


def test_problems_collect_and_raise_together() -> None:
    problems = Problems()
    problems.raise_if_any()
    with problems.at("/name"):
        raise BadThingError
    problems.add("/sheba", "required")
    with pytest.raises(Invalid) as caught:
        problems.raise_if_any()
    found = [(error.pointer, error.code) for error in caught.value.errors]
    assert found == [("/name", "too_short"), ("/sheba", "required")]
    message = field_message(caught.value.errors[0], Locale.FA)
    assert message == "دست‌کم ۳ نویسه بنویسید."


def test_problems_let_other_value_errors_through() -> None:
    with pytest.raises(ValueError, match="a bug"), Problems().at("/x"):
        raise ValueError("a bug")


def test_single_field_and_pointers() -> None:
    error = Invalid.field("/lines/0", "required")
    assert (error.status, error.errors[0].pointer) == (422, "/lines/0")
    assert pointer("a/b", "~", 0) == "/a~1b/~0/0"


def test_titles_come_in_both_languages() -> None:
    assert error_title(NotFound(), Locale.FA) == "پیدا نشد"
    assert error_title(NotFound(), Locale.EN) == "Not found"
