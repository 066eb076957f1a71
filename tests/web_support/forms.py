"""The forms of a page as a browser would send them."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._fields: dict[str, str] | None = None
        self._text: str | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        name, value = named.get("name", ""), named.get("value", "")
        if tag == "form":
            self._fields = {}
            self.forms.append((named.get("action", ""), self._fields))
        if self._fields is None or not (name or tag == "option"):
            return
        kind = named.get("type", "text")
        sent = kind not in ("file", "submit", "checkbox", "radio") or "checked" in named
        if tag == "input" and sent:
            self._fields[name] = value
        elif tag == "textarea":
            self._text, self._fields[name] = name, ""
        elif tag == "select":
            self._select = name
        elif self._select and ("selected" in named or self._select not in self._fields):
            self._fields[self._select] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None
        elif tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._text is not None and self._fields is not None:
            self._fields[self._text] += data


def form_of(page: str, action: str) -> dict[str, str] | None:
    """The fields of the form that goes to an address, as the page shows them; None without one.

    Of several the one with most to fill in: others are buttons.
    """
    reader = _Forms()
    reader.feed(page)
    return max((fields for where, fields in reader.forms if where == action), key=len, default=None)
