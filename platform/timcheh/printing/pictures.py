"""Pictures that people bring for print: only what can be printed is kept."""

import io
from typing import Final

from timcheh.errors import Invalid

LARGEST: Final = 200 * 1024
MOST_PIXELS: Final = 4_000_000
_KINDS: Final = ("PNG", "JPEG")


def read_picture(content: bytes, pointer: str) -> bytes:
    """The picture as it came. Raises Invalid unless it is a whole PNG or JPEG of a fair size."""
    from PIL import Image, UnidentifiedImageError

    if len(content) > LARGEST:
        raise Invalid.field(pointer, "picture_too_large", maximum=LARGEST // 1024)
    try:
        with Image.open(io.BytesIO(content), formats=_KINDS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid.field(pointer, "picture_too_large", maximum=LARGEST // 1024)
            picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
        raise Invalid.field(pointer, "picture_unreadable") from None
    return content
