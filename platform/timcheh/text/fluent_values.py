"""How values look inside a sentence: Persian digits, Jalali dates, isolated foreign fragments.

Fluent's own isolation (FSI … PDI around every placeable) is switched off: it would litter SMS
texts, file names and API answers. Only a string whose first strong letter runs against the
sentence is isolated, because only such a fragment ("ACME (2)" in a Persian line) can be torn
apart by the bidirectional algorithm (UAX #9 §2.4.1).
"""

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from fluent.runtime import FluentBundle
from fluent.runtime.resolver import CurrentEnvironment, Pattern, ResolverEnvironment
from fluent.runtime.types import FluentDecimal, FluentInt, FluentNone, FluentType
from fluent.runtime.utils import native_to_fluent

from timcheh.calendar.format import DateStyle, format_date
from timcheh.text.digits import format_number
from timcheh.text.locale import Locale

_FIRST_STRONG_ISOLATE = "\u2068"
_POP_ISOLATE = "\u2069"


class PersianInt(FluentInt):
    """An int that prints as `۱٬۲۵۰` and still takes part in plural selection."""

    def format(self, locale: Any) -> str:
        """`locale` is Babel's and unused: this type exists for Persian only."""
        return format_number(int(self), Locale.FA, grouped=self.options.useGrouping)


class PersianDecimal(FluentDecimal):
    """A Decimal that prints as `۲٫۵`."""

    def format(self, locale: Any) -> str:
        """`locale` is Babel's and unused: this type exists for Persian only."""
        return format_number(Decimal(self), Locale.FA, grouped=self.options.useGrouping)


class Isolated(FluentType, str):
    """A string that runs against its sentence; it equals the bare string in a selector."""

    __slots__ = ()

    def format(self, locale: Any) -> str:  # type: ignore[override]  # FluentType's, not str's
        """The string between FSI and PDI, whatever the locale."""
        return f"{_FIRST_STRONG_ISOLATE}{self!s}{_POP_ISOLATE}"


class Bundle(FluentBundle):
    """One language's messages, with this module's view of values."""

    def __init__(self, locale: Locale) -> None:
        super().__init__([locale.value], use_isolating=False)
        self._locale = locale

    def format_pattern(
        self, pattern: Pattern, args: dict[str, Any] | None = None
    ) -> tuple[str | FluentNone, list[Exception]]:
        """As the base class, but arguments are converted by `to_fluent`."""
        values = {name: to_fluent(value, self._locale) for name, value in (args or {}).items()}
        errors: list[Exception] = []
        environment = ResolverEnvironment(
            context=self, current=CurrentEnvironment(args=values), errors=errors
        )
        try:
            return pattern(environment), errors
        except ValueError as error:
            return FluentNone(), [*errors, error]


def to_fluent(value: object, locale: Locale) -> Any:
    """A Python value as Fluent wants it; anything unknown becomes its `str`."""
    if isinstance(value, FluentType):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return format_date(value, locale, DateStyle.LONG_WITH_TIME)
    if isinstance(value, date):
        return format_date(value, locale, DateStyle.LONG)
    if locale is Locale.FA and isinstance(value, int):
        return PersianInt(value)
    if locale is Locale.FA and isinstance(value, Decimal):
        return PersianDecimal(value)
    if isinstance(value, int | float | Decimal):
        return native_to_fluent(value)
    text = str(value)
    return Isolated(text) if _runs_against(text, locale) else text


def isolated(text: str, locale: Locale) -> str:
    """The text as it stands in a sentence: between FSI and PDI where it runs against it."""
    if _runs_against(text, locale):
        return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
    return text


def _runs_against(text: str, locale: Locale) -> bool:
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return (direction == "L") == (locale is Locale.FA)
    return False
