"""A picture as it was brought, made fit for a phone: small, upright, without what it tells of
where it was taken."""

import io
from typing import Final

from timcheh.errors import Invalid
from timcheh.pictures import NoPicture, open_picture

MOST_BYTES: Final = 8 * 1024 * 1024
_MOST_PIXELS: Final = 50_000_000
_SIZE: Final = (960, 720)
_FORMATS: Final = ("JPEG", "PNG", "WEBP")


def fitted(content: bytes) -> bytes:
    """As WebP within 960 × 720. Blocks: call it in a thread. Raises Invalid for anything else."""
    try:
        upright = open_picture(content, _FORMATS, _MOST_PIXELS).convert("RGB")
    except NoPicture:
        raise Invalid.field("/picture", "picture_invalid") from None
    upright.thumbnail(_SIZE)
    made = io.BytesIO()
    upright.save(made, "WEBP", quality=82)
    return made.getvalue()
