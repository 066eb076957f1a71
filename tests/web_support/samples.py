"""Every page of the first screens with realistic values: name -> (template, context, frame)."""

from datetime import datetime
from typing import Any

from timcheh.web import styleguide
from timcheh.web.frame import Frame

Page = tuple[str, dict[str, Any], Frame | None]


def pages(now: datetime) -> dict[str, Page]:
    """All sample pages as of `now` (aware)."""
    return {
        "styleguide": (styleguide.TEMPLATE, styleguide.context(now), None),
    }
