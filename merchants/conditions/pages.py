"""The builder anew, after what changes its shape: another fact, another row."""

from typing import Any, Final

from litestar import Response, post
from litestar.di import NamedDependency

from merchants.conditions.builder import PREFIX, Builder, read_builder
from merchants.conditions.showing import show_builder
from merchants.permissions import CUSTOMERS, RULES, may_somewhere
from timcheh.access.errors import MissingPermission
from timcheh.errors import Invalid
from timcheh.rules import Place
from timcheh.web.form import Fields
from timcheh.web.pages import PageContext

_CHANGED: Final = {"HX-Trigger-After-Settle": "conditions-changed"}


@post("/{mall_slug:str}/shop/conditions", include_in_schema=False, status_code=200)
async def rebuilt(shop_page: NamedDependency[PageContext], data: Fields) -> Response[Any]:
    """The builder of a form as it was typed, with the row that was asked for or without it."""
    if not any(may_somewhere(shop_page.caller, each) for each in (CUSTOMERS, RULES)):
        raise MissingPermission(permission=RULES)
    query = shop_page.request.query_params
    try:
        place = Place(query.get("place", ""))
    except ValueError:
        raise Invalid.field("/place", "not_a_choice", choices=", ".join(Place)) from None
    builder = read_builder(data, query.get("prefix", PREFIX)[:20])
    act = data.get(f"{builder.prefix}-act", "")
    after = builder.acted(act) if act else builder
    shown = await show_builder(shop_page, after, place, focus=_focus(after, act))
    response = shop_page.render("merchants/conditions/_builder.html", {"builder": shown})
    response.headers.update(_CHANGED)
    return response


ROUTES: Final = (rebuilt,)


def _focus(after: Builder, act: str) -> str:
    """Where the person goes on: in the row that was added, or the one that took the place of the
    one that has gone.

    Otherwise the control that was changed keeps the focus, as its id is the same as before.
    """
    if not act:
        return ""
    verb, *places = act.split(":")
    at = [int(each) for each in places if each.isascii() and each.isdigit()]
    b = min(at[0], len(after.blocks) - 1) if at else len(after.blocks) - 1
    last = len(after.blocks[b].rows) - 1
    r = min(at[1], last) if verb == "drop" and len(at) == 2 else last
    return f"{after.prefix}-{b}-{r}-fact"
