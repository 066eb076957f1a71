"""Pictures that people bring, opened with care."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a tenth of a second: only where a picture is brought
    from PIL import Image


class NoPicture(ValueError):
    """Not a whole picture of a kind that is taken."""


class TooManyPixels(NoPicture):
    """More than are opened: a small file may hold gigabytes of them."""


def open_picture(content: bytes, kinds: tuple[str, ...], most_pixels: int) -> "Image.Image":
    """The picture, upright. `kinds` in Pillow's names ("PNG"). Blocks: call it in a thread.

    Raises NoPicture.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=kinds) as found:
            if found.width * found.height > most_pixels:
                raise TooManyPixels
            return ImageOps.exif_transpose(found)
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except NoPicture:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NoPicture from error
