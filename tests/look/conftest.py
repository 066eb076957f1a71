"""The look is tested on sample pages: no database, but the product's own policy and templates."""

from tests.web_support.plugin import browser, preview

__all__ = ["browser", "preview"]
