"""Contact sheets: many pictures of pages side by side, a long page in several columns."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw

_GAP = 12
_HEAD = 22
_WIDTH = 1568  # what most who look at pictures show without making them smaller
_PAPER = (90, 90, 96)


class Layout(NamedTuple):
    """How much smaller, how many of a page's pixels in one piece, how many rows of pieces."""

    scale: float
    tall: int
    rows: int = 1


PHONE = Layout(0.76, 1930)
DESK = Layout(0.555, 1320)
GLANCE = Layout(0.37, 1000, 2)
"""To see colours and shapes, not to read."""


def sheets(folder: Path, view: str, layout: Layout) -> None:
    """Makes FOLDER/sheets/VIEW-n.png of all pictures in FOLDER/VIEW."""
    scale, tall, rows = layout
    (folder / "sheets").mkdir(exist_ok=True)
    strips = list(_strips(folder / view, scale, tall))
    if not strips:
        return
    across = max(1, (_WIDTH - _GAP) // (max(strip.width for _, strip in strips) + _GAP))
    at_once = across * rows
    for number, start in enumerate(range(0, len(strips), at_once), start=1):
        _sheet(strips[start : start + at_once], across).save(
            folder / "sheets" / f"{view}-{number:02}.png"
        )


def _strips(folder: Path, scale: float, tall: int) -> Iterator[tuple[str, Image.Image]]:
    """Each picture, made smaller, in pieces of at most `tall` of its own pixels."""
    for path in sorted(folder.glob("*.jpg")):
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        # What would be only a sliver of a last piece stays with the one before.
        for top in range(0, max(picture.height - 60, 1), tall):
            piece = picture.crop((0, top, picture.width, min(top + tall, picture.height)))
            size = (round(piece.width * scale), round(piece.height * scale))
            smaller = piece.resize(size, Image.Resampling.LANCZOS)
            yield (path.stem if not top else f"… {path.stem}"), smaller


def _sheet(strips: list[tuple[str, Image.Image]], across: int) -> Image.Image:
    rows = [strips[start : start + across] for start in range(0, len(strips), across)]
    heights = [max(strip.height for _, strip in row) + _HEAD + _GAP for row in rows]
    width = max(sum(strip.width + _GAP for _, strip in row) for row in rows) + _GAP
    sheet = Image.new("RGB", (width, sum(heights) + _GAP), _PAPER)
    pen = ImageDraw.Draw(sheet)
    top = _GAP
    for row, height in zip(rows, heights, strict=True):
        left = _GAP
        for name, strip in row:
            pen.text((left, top), name.encode("ascii", "ignore").decode(), fill="white")
            sheet.paste(strip, (left, top + _HEAD))
            left += strip.width + _GAP
        top += height
    return sheet
