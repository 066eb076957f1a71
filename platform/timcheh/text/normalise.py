"""One normaliser for everything people type, and the keys by which texts are found and sorted."""

import re
import unicodedata

from timcheh.text.digits import digits_to_latin, persian_digits

__all__ = [
    "digits_to_latin",
    "normalise",
    "persian_digits",
    "search_key",
    "sort_key",
    "strip_bidi",
]

_ZWNJ = "\u200c"
# Directional marks, embeddings, overrides and isolates (UAX #9 §2), and the byte-order mark.
_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_INVISIBLE: dict[int, None] = {**_BIDI, 0xFEFF: None}
# Arabic letters that Persian writes with its own: yeh, alef maksura, kaf.
_LETTERS = {0x064A: "ی", 0x0649: "ی", 0x0643: "ک"}
_SPACES = re.compile(r"[^\S\n]+")

_ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_RANK = {letter: chr(0xE000 + index) for index, letter in enumerate(_ALPHABET)}
# No language piles up more signs on a letter (Stream-Safe Text Format, UAX #15 §13), and putting a
# run of them in order takes the square of its length: half a megabyte of them would take minutes.
_MOST_SIGNS = 30
# Forms that sort with a plain letter.
_FOLD = str.maketrans(
    {"أ": "ا", "إ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ی", "ة": "ه", "ۀ": "ه", "ء": "ا"}
)


def normalise(text: str) -> str:
    """The stored form of a text: NFKC, Persian ی and ک, Latin digits, no directional marks.

    Runs of spaces become one, line ends stay, the ends are trimmed. The half-space (ZWNJ) is
    part of Persian spelling and stays. Idempotent. Takes time in proportion to the length of the
    text, whatever it is made of.
    """
    composed = _compose(text.translate(_INVISIBLE)).translate(_LETTERS)
    # A letter that was exchanged may join the combining sign after it: compose again.
    return _SPACES.sub(" ", digits_to_latin(_compose(composed))).strip()


def strip_bidi(text: str) -> str:
    """Without directional marks: for SMS, file names and plain exports."""
    return text.translate(_BIDI)


def search_key(text: str) -> str:
    """The form in which texts are compared when searching.

    Half-spaces, spaces and diacritics fold away («می‌شود» = «میشود» = «می شود»), آ is ا, and
    letter case is dropped.
    """
    plain = normalise(text).replace(_ZWNJ, "").translate(_FOLD).replace("آ", "ا")
    bare = "".join(c for c in plain if not unicodedata.combining(c) and not c.isspace())
    return bare.replace("ـ", "").casefold()


def sort_key(text: str) -> str:
    """A string that sorts by the Persian alphabet under plain code-point (C) collation.

    Code points put پ چ ژ ک گ ی after the Arabic letters, so each letter becomes a private-use
    character at its place in the alphabet. Digits and Latin letters come first; a half-space
    counts as nothing, a space sorts before every letter.
    """
    plain = normalise(text).replace(_ZWNJ, "").translate(_FOLD).casefold()
    bare = (c for c in plain if not unicodedata.combining(c) and c != "ـ")
    return "".join(_RANK.get(c, c) for c in bare)


def _compose(text: str) -> str:
    # Twice: signs can come out of a single character.
    return _cut_signs(unicodedata.normalize("NFKC", _cut_signs(text)))


def _cut_signs(text: str) -> str:
    """Without what a run of combining signs has beyond `_MOST_SIGNS`."""
    if len(text) <= _MOST_SIGNS or text.isascii():
        return text
    kept, run = [], 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= _MOST_SIGNS:
            kept.append(character)
    return "".join(kept)
