"""People's data that can be told from any other, and every form in which it could lie around."""

import hashlib
import re
import secrets
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from timcheh.text.digits import persian_digits
from timcheh.text.identifiers import luhn_digit

_CODE = 6


def _digits(count: int) -> str:
    return "".join(secrets.choice("0123456789") for _ in range(count))


def _pan() -> str:
    body = "610433" + _digits(9)
    return body + luhn_digit(body)


@dataclass
class Canaries:
    """`found` are those that come up on the way, such as codes: what each is, and its text."""

    mobile: str = field(default_factory=lambda: f"0938{_digits(7)}")
    name: str = field(default_factory=lambda: f"Mahrokh{secrets.token_hex(4)}")
    persian_name: str = field(default_factory=lambda: f"ماهرخ{persian_digits(_digits(6))}")
    pan: str = field(default_factory=_pan)
    password: str = field(default_factory=lambda: f"pass-{secrets.token_hex(8)}")
    found: dict[str, str] = field(default_factory=dict)

    def traces(self) -> Iterator[tuple[str, bytes]]:
        """What to look for: a name of it, and its bytes."""
        mine = {
            "mobile": self.mobile,
            "name": self.name,
            "Persian name": self.persian_name,
            "PAN": self.pan,
            "password": self.password,
            **self.found,
        }
        for kind, text in mine.items():
            for form, value in _forms(kind, text):
                yield f"{kind} ({form})", value

    def in_(self, places: Iterable[tuple[str, bytes]]) -> list[str]:
        """Where something of them is, and what."""
        traces = list(self.traces())
        return [
            f"{what} in {place}"
            for place, content in places
            for what, value in traces
            if _is_in(value, content)
        ]


def _is_in(value: bytes, content: bytes) -> bool:
    """Six digits are part of many a number and of every timestamp: a code stands by itself."""
    if len(value) > _CODE:
        return value in content
    return re.search(rb"(?<![\w.-])" + re.escape(value) + rb"(?!\w)", content) is not None


def _forms(kind: str, text: str) -> Iterator[tuple[str, bytes]]:
    spellings = {"raw": text}
    if kind == "mobile":  # without its zero it is part of every longer spelling
        spellings = {"raw": text[1:], "+98": "+98" + text[1:], "whole": text}
    for name, spelling in spellings.items():
        raw = spelling.encode()
        yield name, raw
        yield f"{name}, JSON", spelling.encode("ascii", "backslashreplace")
        yield f"{name}, percent-encoded", quote(spelling).encode()
        if spelling.isdigit():
            yield f"{name}, Persian digits", persian_digits(spelling).encode()
            yield f"{name}, its digits percent-encoded", quote(persian_digits(spelling)).encode()
        if len(raw) > _CODE:
            yield from ((f"{name}, base64 at {n}", found) for n, found in _base64(raw))
        for method in ("md5", "sha1", "sha256", "blake2b"):
            digest = hashlib.new(method, raw).digest()
            yield f"{name}, {method}", digest.hex().encode()
            yield f"{name}, {method} in base64", b64encode(digest).rstrip(b"=")


def _base64(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """The letters that stay the same whatever stands before and behind, for each alignment."""
    for shift in range(3):
        written = b64encode(b"\0" * shift + raw)
        yield shift, written[(0, 2, 3)[shift] : len(written) - 4]
