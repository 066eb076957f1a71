"""Files under `/static`. An address with the hash of its content (`?v=`) keeps forever."""

import gzip
import mimetypes
from functools import lru_cache
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Any, Final

from litestar import Response, get
from litestar.params import FromPath

from timcheh.errors import NotFound
from timcheh.web.context import AnyRequest
from timcheh.web.render import STATIC_URL, WEB_PACKAGE

ROOT: Final = Path(str(resources.files(WEB_PACKAGE))) / "static"
_FOREVER: Final = "public, max-age=31536000, immutable"
_A_WHILE: Final = "public, max-age=600"
_TYPES: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}


_PACKED: Final = {"text/javascript", "text/css", "image/svg+xml", "application/json"}
"""What gets smaller. Pages are packed too, but each anew (`packing.py`)."""


@lru_cache(maxsize=256)
def _packed(path: str) -> bytes | None:
    """The file as gzip, where that makes it smaller; the same bytes each time."""
    content, media_type = _read(path)
    return gzip.compress(content, mtime=0) if media_type in _PACKED else None


@lru_cache(maxsize=256)
def _read(path: str) -> tuple[bytes, str]:
    """A file's content and type. Raises NotFound for what isn't a file under static/."""
    parts = PurePosixPath(path).parts
    file = ROOT.joinpath(*(part for part in parts if part != "/"))
    if ".." in parts or not _is_file(file):
        raise NotFound
    guessed = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return file.read_bytes(), _TYPES.get(file.suffix, guessed)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long for any
        return False


@get(STATIC_URL + "/{path:path}", include_in_schema=False, sync_to_thread=False)
def static_file(request: AnyRequest, path: FromPath[str]) -> Response[Any]:
    """A vendored or built file, from memory."""
    content, media_type = _read(path)
    caching = _FOREVER if request.scope["query_string"].startswith(b"v=") else _A_WHILE
    headers = {"Cache-Control": caching, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", "") and (packed := _packed(path)):
        content, headers["Content-Encoding"] = packed, "gzip"
    return Response(content, media_type=media_type, headers=headers)
