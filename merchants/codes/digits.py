"""The ten digits of a code, worked out from its batch and serial, and the hash it is kept under."""

import hashlib
import hmac
import re
from typing import Final
from uuid import UUID

from timcheh.text.digits import digits_to_latin

LENGTH: Final = 10
_SPACE: Final = 10**LENGTH
_CODE: Final = re.compile(r"\d{10}", re.ASCII)
_IN_LINK: Final = re.compile(r"[?&]code=(\d{10})(?:&|$)", re.ASCII)
_LONGEST: Final = 300


class CodeBook:
    """Codes of one installation, made with its secret key: another key voids what is printed."""

    def __init__(self, secret_key: str) -> None:
        self._key = hashlib.blake2b(secret_key.encode(), person=b"product codes").digest()

    def code(self, batch_id: UUID, serial: int) -> str:
        """The code with this serial; as good as drawn by lot to whoever lacks the key."""
        drawn = hmac.digest(
            self._key, b"draw" + batch_id.bytes + serial.to_bytes(4, "big"), "sha256"
        )
        return f"{int.from_bytes(drawn[:16], 'big') % _SPACE:0{LENGTH}d}"

    def digest(self, mall_id: UUID, code: str) -> bytes:
        """What a code is kept and found under. Keyed: ten digits could all be tried."""
        return hmac.digest(self._key, b"keep" + mall_id.bytes + code.encode(), "sha256")[:16]


def read_code(text: str) -> str | None:
    """Ten digits as typed, or in the link that a printed QR holds; None for anything else."""
    plain = digits_to_latin(text[:_LONGEST]).strip()
    found = _IN_LINK.search(plain)
    if found:
        return found[1]
    digits = re.sub(r"[\s\-\u200c]+", "", plain)
    return digits if _CODE.fullmatch(digits) else None


def grouped(code: str) -> str:
    """As it is printed: two groups of five."""
    return f"{code[:5]} {code[5:]}"
