"""OPTIONS: which methods an address takes, over all handlers that share it.

The framework answers from the first handler that it met at an address and forgets the others.
"""

from collections.abc import Mapping

from litestar import Litestar
from litestar.exceptions import HTTPException
from litestar.routes import HTTPRoute


class Methods:
    """The methods of each address."""

    def __init__(self, app: Litestar) -> None:
        self._route = app.asgi_router.handle_routing
        by_template: dict[str, set[str]] = {}
        for route in app.routes:
            if isinstance(route, HTTPRoute):
                by_template.setdefault(route.path_format, {"OPTIONS"}).update(route.methods)
        self._allow: Mapping[str, bytes] = {
            template: ", ".join(sorted(methods)).encode()
            for template, methods in by_template.items()
        }

    def allowed(self, path: str) -> bytes | None:
        """The value of `Allow` for a path; None where there is nothing."""
        try:
            template = self._route(path=path.rstrip("/") or "/", method="OPTIONS")[4]
        except HTTPException:
            return None
        return self._allow.get(template)
