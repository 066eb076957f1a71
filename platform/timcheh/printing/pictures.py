"""Pictures that people bring for print: only what can be printed is kept."""

import base64
from typing import Final

from timcheh.errors import Invalid
from timcheh.pictures import NoPicture, TooManyPixels, open_picture

LARGEST: Final = 200 * 1024
MOST_PIXELS: Final = 4_000_000
_KINDS: Final = ("PNG", "JPEG")


def read_picture(content: bytes, pointer: str) -> bytes:
    """The picture as it came. Raises Invalid unless it is a whole PNG or JPEG of a fair size."""
    if len(content) > LARGEST:
        raise Invalid.field(pointer, "picture_too_large", maximum=LARGEST // 1024)
    try:
        open_picture(content, _KINDS, MOST_PIXELS)
    except TooManyPixels:
        raise Invalid.field(pointer, "picture_too_large", maximum=LARGEST // 1024) from None
    except NoPicture:
        raise Invalid.field(pointer, "picture_unreadable") from None
    return content


def inline_picture(content: bytes | None, media_type: str = "image/png") -> str:
    """The picture as a data address, as nothing is fetched for print; empty for none."""
    if content is None:
        return ""
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
