"""The words for an error, from the catalogue."""

from timcheh.errors.fields import FieldError
from timcheh.errors.tree import TimchehError
from timcheh.text.catalogue import has_text, translate
from timcheh.text.locale import Locale


def error_id(code: str) -> str:
    """The catalogue id of an error code."""
    return f"error-{code}"


def field_id(code: str) -> str:
    """The catalogue id of a field error's code."""
    return f"field-{code}"


def error_title(error: TimchehError, locale: Locale) -> str:
    """The short name of what went wrong: the same for every occurrence of the code."""
    return translate(locale, error_id(error.code), **error.params)


def error_detail(error: TimchehError, locale: Locale) -> str:
    """What went wrong this time and what to do about it."""
    name = f"{error_id(error.code)}.detail"
    if not has_text(locale, name) and not has_text(locale.other, name):
        return error_title(error, locale)
    return translate(locale, name, **error.params)


def field_message(error: FieldError, locale: Locale) -> str:
    """The sentence to show at the field."""
    return translate(locale, field_id(error.code), **error.params)
