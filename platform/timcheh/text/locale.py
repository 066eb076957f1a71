"""The two languages of the product."""

from enum import StrEnum


class Locale(StrEnum):
    """Persian first: it is the default wherever a language isn't stated."""

    FA = "fa"
    EN = "en"

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, as HTML's `dir` attribute wants it."""
        return "rtl" if self is Locale.FA else "ltr"

    @property
    def other(self) -> "Locale":
        """The language to fall back to when a text is missing in this one."""
        return Locale.EN if self is Locale.FA else Locale.FA
