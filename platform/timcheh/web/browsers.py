"""What a person would call the device that they are looking at the page with."""

from typing import Final

from timcheh.web.pages import PageContext

# In this order: an iPad's browser also says Mac, and every Android one says Linux.
_SIGNS: Final = (
    ("iPhone", "browser-iphone"),
    ("iPad", "browser-ipad"),
    ("Android", "browser-android"),
    ("Windows", "browser-windows"),
    ("Macintosh", "browser-mac"),
    ("CrOS", "browser-chromebook"),
    ("Linux", "browser-linux"),
)


def browser_of(page: PageContext) -> str:
    """By what the browser says of itself; nothing depends on it but a name."""
    told = page.request.headers.get("user-agent", "")
    sign = next((text for word, text in _SIGNS if word in told), "browser-other")
    return page.text(sign)
