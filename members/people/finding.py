"""Finding people by what is typed of them."""

from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_

from timcheh.text.normalise import normalise

_HALF_SPACE: Final = "\u200c"


def finds(query: str, name: Any, mobile: Any, number: Any) -> ColumnElement[bool]:
    """Whether somebody's name, mobile or number (columns) has what was typed in it.

    Half-spaces don't matter in names, and neither do spaces in numbers.
    """
    wanted = normalise(query)
    digits = wanted.replace(" ", "").replace("-", "")
    if digits.isdigit():
        return or_(mobile.contains(digits), number.contains(digits))
    folded = wanted.replace(_HALF_SPACE, "")
    return func.replace(name, _HALF_SPACE, "").icontains(folded, autoescape=True)
