"""Values that nobody means: what to feed to whatever reads something from outside."""

import random
import string
import time
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import strategies as st

_PERSIAN = "۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٪٫٬،ابپکكيی"
_INVISIBLE = "\u200c\u200e\u200f\u202e\u2066\ufeff\u00a0\u2028"
_ODD = "\0\x01\x7f\r\n\t%\\/.-_+;=?:@#&'\"<>[]{}()"
_COMPOSING = "\u0315\u0316\u0344\u064b\u0670\ufdfa\u1100\u1161\U0001f469"

PIECES = (
    *("NaN", "sNaN", "Infinity", "-0", "1e400", "9e999999", "1_000", "0x1F", "٩" * 40, "0" * 40),
    *("9" * 400, "+98", "0098", "IR", "%B", ";", "null", "\ud800", "\0", "\\u0000", "../", "%00"),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "1404/12/30", "9999/12/29"),
    *("\u0315\u0316" * 50, "\ufdfa" * 20, "' OR 1=1 --", "{{7*7}}", "<script>"),
)
"""What breaks readers, each for a reason of its own."""


def texts(longest: int = 60) -> st.SearchStrategy[str]:
    """Any text, texts of the letters that readers of ours look at, and what breaks readers."""
    near = st.text(string.digits + _PERSIAN + _INVISIBLE + _ODD + _COMPOSING, max_size=longest)
    pieces = st.lists(st.one_of(st.sampled_from(PIECES), near), max_size=4).map("".join)
    return st.one_of(st.text(max_size=longest), near, pieces)


def heaps(size: int = 200_000) -> list[str]:
    """Texts of so many characters, each the worst for some way of reading."""
    seeds = (
        "\u0315\u0316",
        "\ufdfa",
        "9",
        "۹",
        " ",
        "-",
        "\u200c",
        "%B9",
        ";9",
        "=",
        "\\",
        "[",
        "ا",
    )
    shuffled = list(_COMPOSING * (size // len(_COMPOSING)))
    random.Random(1404).shuffle(shuffled)
    return [*((seed * size)[:size] for seed in seeds), "".join(shuffled)]


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fails when the block takes longer. On a busy machine only the processor's time tells."""
    started = time.process_time()
    yield
    taken = time.process_time() - started
    assert taken < seconds, f"took {taken:.2f} s of the processor"
