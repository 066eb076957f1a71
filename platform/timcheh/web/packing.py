"""Pages as gzip: a list of forty rows is a fifth of its length on the way.

Whatever a page shows of a search beside a secret could be guessed at by the length of the answer
(BREACH). So the one secret of a page is masked anew each time (`csrf.py`), and each answer has some
bytes more that mean nothing.
"""

import gzip
import io
import secrets
from collections.abc import MutableMapping
from typing import Any, Final

Message = MutableMapping[str, Any]

_WORTH: Final = 1_400  # bytes: less is one packet anyway
_LEVEL: Final = 5
_MOST_PADDING: Final = 96  # bytes
_CHANGED: Final = (b"content-length", b"vary")


def packs(start: Message, headers: dict[bytes, bytes]) -> bool:
    """Whether the body after this start is sent as gzip: HTML, to whoever asks for it."""
    sent = dict(start["headers"])
    return (
        sent.get(b"content-type", b"").startswith(b"text/html")
        and b"content-encoding" not in sent
        and b"gzip" in headers.get(b"accept-encoding", b"")
        and int(sent.get(b"content-length", _WORTH)) >= _WORTH
    )


def pack(start: Message, body: bytes) -> bytes:
    """The body as gzip; the headers of its start say so from now on."""
    into = io.BytesIO()
    padding = "a" * secrets.randbelow(_MOST_PADDING)  # the name of a file, which no browser reads
    with gzip.GzipFile(padding, "wb", _LEVEL, into, mtime=0) as page:
        page.write(body)
    packed = into.getvalue()
    start["headers"] = [
        *((name, value) for name, value in start["headers"] if name not in _CHANGED),
        (b"content-length", str(len(packed)).encode()),
        (b"content-encoding", b"gzip"),
        (b"vary", b"Accept-Encoding"),
    ]
    return packed
