"""A shop's short name in Latin letters, made from the name on its door."""

import re
from collections.abc import Collection
from itertools import count
from typing import Final

from timcheh.text.normalise import normalise

_LONGEST: Final = 40
_LETTERS: Final = str.maketrans(
    dict(zip("بپجدرفکگلمن", "bpjdrfkglmn", strict=True))
    | {"چ": "ch", "خ": "kh", "ژ": "zh", "ش": "sh"}
    | dict.fromkeys("اآأإعى", "a")
    | dict.fromkeys("تط", "t")
    | dict.fromkeys("سصث", "s")
    | dict.fromkeys("زذضظ", "z")
    | dict.fromkeys("هحةۀ", "h")
    | dict.fromkeys("غق", "gh")
    | dict.fromkeys("یئ", "i")
    | dict.fromkeys("وؤ", "o")
)
_BREAKS: Final = re.compile(r"[\s\u200c_.]+")
_OTHERS: Final = re.compile(r"[^a-z0-9-]+")
_DASHES: Final = re.compile(r"-{2,}")
_NAMELESS: Final = "shop"


def slug_of(name: str, taken: Collection[str]) -> str:
    """One that is free: «کتاب پرستو» is `ktab-prsto`, and `ktab-prsto-2` where that is taken.

    Persian writes few vowels and nothing here guesses them: it is only a name in addresses.
    """
    latin = _BREAKS.sub("-", normalise(name).lower().translate(_LETTERS))
    plain = _DASHES.sub("-", _OTHERS.sub("", latin)).strip("-")[:_LONGEST].strip("-") or _NAMELESS
    if plain not in taken:
        return plain
    return next(free for n in count(2) if (free := f"{plain}-{n}") not in taken)
