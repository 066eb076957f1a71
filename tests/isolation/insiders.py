"""Who may see everything of the world's first mall and shop, and the ids of what is there."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from uuid import UUID

import pytest

from tests.api.conftest import new_mobile
from tests.isolation.world import Town
from tests.web_support.portal import Person, Web
from timcheh.access.staff import create_staff, grant_role
from timcheh.db import Database, Scope
from timcheh.module import Audience
from timcheh.web.cookies import SESSION_COOKIES

Insiders = dict[str, Person]
"""By the audience's path: `shop`, `mall`, `club`."""


def ids_of(town: Town) -> dict[str, str]:
    """By the parameter that names it in an address."""
    shop = town.shops[0]
    return {
        **{f"{kind}_id": id for kind, id in town.ids.items()},
        **town.ids_of_goods,
        **{name: id for name, id in town.ids.items() if name.endswith("_id")},
        "purchase_id": shop.purchase["id"],
        "member_id": str(town.members[0]),
        "merchant_id": str(shop.id),
        "issuer_id": str(shop.id),
        "acceptor_id": str(town.shops[1].id),
        "branch_id": str(shop.branch_id),
        "batch_id": town.ids["import_batch"],
        "field_id": town.ids["custom_field"],
    }


@pytest.fixture
async def insiders(
    web: Web, database: Database, world: tuple[Town, Town]
) -> AsyncIterator[Insiders]:
    """With a browser each, that has chosen English."""
    here, _ = world
    shop = here.shops[0].id
    async with database.unit_of_work(Scope.mall(here.mall_id)) as uow:
        staff = await create_staff(uow, new_mobile(), "x", None)
        await grant_role(uow, staff, "administrator")
        await grant_role(uow, staff, "owner", merchant_id=shop)
    who: dict[str, tuple[Audience, dict[str, UUID]]] = {
        "shop": ("merchant", {"staff_id": staff, "merchant_id": shop}),
        "mall": ("mall", {"staff_id": staff}),
        "club": ("member", {"member_id": here.members[0]}),
    }
    headers = {"accept": "text/html"}
    async with AsyncExitStack() as clients:
        found = {}
        for path, (audience, ids) in who.items():
            session = await web.services.sessions.start(here.mall_id, audience, "x", **ids)
            cookies = {SESSION_COOKIES[audience]: session.token, "lang": "en"}
            client = await clients.enter_async_context(web.client(cookies=cookies, headers=headers))
            found[path] = Person(client, f"/{here.api.slug}/{path}", session.csrf_token)
        yield found
