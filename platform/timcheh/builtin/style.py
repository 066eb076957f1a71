"""`/styleguide`: the living style page, in the demo."""

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from timcheh.errors import NotFound
from timcheh.web import styleguide
from timcheh.web.pages import PageContext


@get("/styleguide", include_in_schema=False)
async def style_page(front_page: NamedDependency[PageContext]) -> Response[Any]:
    """Every component in every state. Absent where the demo's inbox is absent."""
    if not front_page.services.settings.dev_inbox:
        raise NotFound
    return front_page.render(styleguide.TEMPLATE, styleguide.context(front_page.now))
