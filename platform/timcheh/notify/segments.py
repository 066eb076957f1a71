"""How many segments a text message takes: operators bill by them."""

from typing import Final

# The GSM 7-bit default alphabet (3GPP TS 23.038 §6.2.1); characters of its extension take two.
_GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENSION: Final = frozenset("^{}\\[~]|€\f")


def segments(text: str) -> int:
    """Segments of a text: 160 or 70 characters in one, 153 or 67 each in several.

    One letter outside the GSM alphabet, and every Persian one is, makes the whole text UCS-2,
    where a character beyond the Basic Multilingual Plane (an emoji) counts as two.
    """
    if all(letter in _GSM or letter in _GSM_EXTENSION for letter in text):
        length = sum(2 if letter in _GSM_EXTENSION else 1 for letter in text)
        single, joined = 160, 153
    else:
        length = len(text.encode("utf-16-le")) // 2
        single, joined = 70, 67
    return 1 if length <= single else -(-length // joined)
