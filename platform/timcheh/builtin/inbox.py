"""`/dev/inbox`: the demo's outgoing messages, so that nobody needs a phone to sign in."""

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from timcheh.db import Scope
from timcheh.errors import NotFound
from timcheh.notify.queries import list_messages
from timcheh.web.pages import PageContext

SHOWN = 50


@get("/dev/inbox", include_in_schema=False)
async def dev_inbox(front_page: NamedDependency[PageContext]) -> Response[Any]:
    """The newest messages of all malls. Absent unless the setting `dev_inbox` is on."""
    if not front_page.services.settings.dev_inbox:
        raise NotFound
    found = []
    for mall_id in await front_page.database.mall_ids():
        mall = await front_page.services.malls.by_id(mall_id)
        async with front_page.database.unit_of_work(Scope.mall(mall_id)) as uow:
            found += [(mall.name, message) for message in await list_messages(uow, limit=SHOWN)]
    found.sort(key=lambda pair: pair[1].id, reverse=True)
    context = {"messages": found[:SHOWN], "mall_name": ""}
    return front_page.render("dev_inbox.html", context)
