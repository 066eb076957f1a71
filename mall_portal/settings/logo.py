"""A mall's logo as it was brought, made fit: a small PNG that is nothing but a picture."""

import io
from typing import Final

from timcheh.errors import Invalid
from timcheh.pictures import NoPicture, TooManyPixels, open_picture

MOST_BYTES: Final = 4 * 1024 * 1024
_MOST_PIXELS: Final = 30_000_000
_LEAST_SIDE: Final = 32
_SIZE: Final = (512, 512)
_FORMATS: Final = ("PNG", "JPEG", "WEBP")
_FIELD: Final = "/logo"


def fitted_logo(content: bytes) -> bytes:
    """As PNG within 512 × 512, upright, without its margins or what the file told besides.

    SVG is refused: it is a program, not a picture. Blocks: call it in a thread. Raises Invalid.
    """
    if len(content) > MOST_BYTES:
        raise Invalid.field(_FIELD, "picture_too_large", maximum=MOST_BYTES // 1024)
    try:
        picture = open_picture(content, _FORMATS, _MOST_PIXELS).convert("RGBA")
    except TooManyPixels:
        raise Invalid.field(_FIELD, "picture_too_large", maximum=MOST_BYTES // 1024) from None
    except NoPicture:
        raise Invalid.field(_FIELD, "logo_unreadable") from None
    box = picture.getchannel("A").getbbox()
    picture = picture.crop(box) if box else picture
    if min(picture.size) < _LEAST_SIDE:
        raise Invalid.field(_FIELD, "logo_too_small", minimum=_LEAST_SIDE)
    picture.thumbnail(_SIZE)
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()
