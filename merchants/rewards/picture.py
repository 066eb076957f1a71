"""A picture as it was brought, made fit for a phone: small, upright, without what it tells of
where it was taken."""

import io
from typing import Final

from timcheh.errors import Invalid

MOST_BYTES: Final = 8 * 1024 * 1024
_MOST_PIXELS: Final = 50_000_000
_SIZE: Final = (960, 720)
_FORMATS: Final = ("JPEG", "PNG", "WEBP")


def fitted(content: bytes) -> bytes:
    """As WebP within 960 × 720. Blocks: call it in a thread. Raises Invalid for anything else."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as found:
            if found.width * found.height > _MOST_PIXELS:
                raise Invalid.field("/picture", "picture_invalid")
            upright = ImageOps.exif_transpose(found).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Invalid.field("/picture", "picture_invalid") from None
    upright.thumbnail(_SIZE)
    made = io.BytesIO()
    upright.save(made, "WEBP", quality=82)
    return made.getvalue()
