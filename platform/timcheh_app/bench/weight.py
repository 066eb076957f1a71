"""What a page weighs on its way to a browser that has none of its files yet, and then."""

import http.client
import re
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin, urlsplit

_FILE: Final = re.compile(r'(?:src|href)="(/static/[^"#]+)')
"""All that a page fetches by itself: its modules are named in `modulepreload`, icons in `use`."""
_STYLE: Final = re.compile(r"url\(\"?([^\")]+)")


def first_visit(address: str, page: str) -> int:
    """Bytes of the page's files as they are sent: compressed where the server does, with headers.

    `address` is the server's, `page` the HTML. A file that only the styles name is counted with
    them, whether or not this page shows it.
    """
    return sum(
        _sent(address, path) for path in set(_FILE.findall(page)) | _of_styles(address, page)
    )


def _of_styles(address: str, page: str) -> set[str]:
    sheets = {path for path in _FILE.findall(page) if urlsplit(path).path.endswith(".css")}
    return {urljoin(sheet, name) for sheet in sheets for name in _named(address, sheet)}


@lru_cache
def _named(address: str, sheet: str) -> tuple[str, ...]:
    return tuple(_STYLE.findall(_fetch(address, sheet, "identity")[1].decode()))


@lru_cache
def _sent(address: str, path: str) -> int:
    length, body = _fetch(address, path, "gzip")
    return length + len(body)


def _fetch(address: str, path: str, encoding: str) -> tuple[int, bytes]:
    """Bytes of the headers, and the body. Raises RuntimeError for what isn't there."""
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": encoding})
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{path} answered {answer.status}")
        return len(answer.headers.as_bytes()), answer.read()
    finally:
        connection.close()
