"""Pages with an id: somebody else's looks as an absent one does, whoever is signed in."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar.routes import HTTPRoute

from tests.api.conftest import new_mobile
from tests.isolation.world import Town
from tests.web_support.portal import Person, Web
from timcheh.access.staff import create_staff, grant_role
from timcheh.db import Database, Scope
from timcheh.ids import new_id
from timcheh.module import Audience
from timcheh.web.cookies import SESSION_COOKIES

World = tuple[Town, Town]
FIELDS = {
    "credit_limit": "1",
    "deposit": "",
    "quantity-0": "1",
    "outcome": "harmless",
    "note": "هیچ",
}
"""What forms ask for; a page takes what it knows of it."""
WORDS = {"kind": "xlsx", "question": "1", "step": "owner"}
"""What stands in an address beside ids."""


@dataclass(frozen=True)
class Address:
    """A page with ids, for one audience."""

    method: str
    path: str
    audience: str
    parameters: tuple[str, ...]


def addresses(web: Web) -> Iterator[Address]:
    """Every page whose address holds an id."""
    app: Any = web.transport.app
    for route in app.app.routes:
        if not isinstance(route, HTTPRoute) or "{mall_slug" not in route.path:
            continue
        parameters = tuple(re.findall(r"\{(\w+):uuid\}", route.path))
        for method in route.methods - {"OPTIONS", "HEAD"} if parameters else ():
            audience = route.path.split("/")[2]
            yield Address(method, route.path_format, audience, parameters)


@pytest.fixture
async def visitors(
    web: Web, database: Database, world: World
) -> AsyncIterator[dict[str, list[Person]]]:
    """By audience, people to whom everything of the first mall's first shop is foreign."""
    here, there = world
    third = await here.api.shop("غریبه")
    async with AsyncExitStack() as clients:

        async def enter(town: Town, audience: Audience, path: str, **who: UUID) -> Person:
            session = await web.services.sessions.start(town.mall_id, audience, "x", **who)
            cookies = {SESSION_COOKIES[audience]: session.token}
            client = web.client(cookies=cookies, headers={"accept": "text/html"})
            await clients.enter_async_context(client)
            return Person(client, f"/{town.api.slug}/{path}", session.csrf_token)

        async def staff(town: Town, role: str, shop: UUID | None = None) -> UUID:
            async with database.unit_of_work(Scope.mall(town.mall_id)) as uow:
                person = await create_staff(uow, new_mobile(), "x", None)
                await grant_role(uow, person, role, merchant_id=shop)
            return person

        strange, other = UUID(third.id), there.shops[0].id
        yield {
            "shop": [
                await enter(
                    town,
                    "merchant",
                    "shop",
                    staff_id=await staff(town, "owner", shop),
                    merchant_id=shop,
                )
                for town, shop in ((here, strange), (there, other))
            ],
            "mall": [
                await enter(there, "mall", "mall", staff_id=await staff(there, "administrator"))
            ],
            "club": [
                await enter(here, "member", "club", member_id=here.members[1]),
                await enter(there, "member", "club", member_id=there.members[0]),
            ],
        }


@pytest.mark.feature("net.own_customers")
async def test_a_foreign_page_looks_absent(
    web: Web, world: World, visitors: dict[str, list[Person]]
) -> None:
    here, _ = world
    (lot, *_rest) = await here.api.lots(str(here.members[0]))
    shop = here.shops[0]
    foreign = {
        "purchase_id": shop.open_purchase["id"],
        "member_id": str(here.members[0]),
        "agreement_id": here.ids["agreement"],
        "settlement_id": here.ids["settlement"],
        "pool_id": here.ids["pool"],
        "merchant_id": str(shop.id),
        "issuer_id": str(shop.id),
        "acceptor_id": str(here.shops[1].id),
        "lot_id": lot["id"],
        "branch_id": str(shop.branch_id),
        "backtest_id": here.ids["backtest"],
        "alert_id": here.ids["alert"],
        "passkey_id": here.ids["passkey"],
        "approval_id": here.ids["spend_approval"],
        **here.ids_of_goods,
        "batch_id": here.ids["import_batch"],
        "door_id": here.ids["door"],
        "field_id": here.ids["custom_field"],
        "segment_id": here.ids["segment"],
        "group_id": here.ids["group"],
        **{name: id for name, id in here.ids.items() if name.endswith("_id")},
    }
    absent = {name: str(new_id()) for name in foreign}
    asked = 0
    for address in addresses(web):
        for person in visitors[address.audience]:
            slug = person.root.split("/")[1]
            first = await _ask(person, address, slug, absent)
            second = await _ask(person, address, slug, foreign)
            assert first[0] == 404, (address, first)
            assert second == first, address
            asked += 1
    assert asked > 20


async def _ask(
    person: Person, address: Address, slug: str, ids: dict[str, str]
) -> tuple[int, str, list[str]]:
    """Status, page and names of headers, without what is new in each answer and the ids asked."""
    path = address.path.format(mall_slug=slug, **WORDS, **ids)
    fields = {"_csrf_token": person.csrf, **FIELDS} if address.method == "POST" else None
    answer: httpx.Response = await person.client.request(address.method, path, data=fields)
    page = answer.text
    for value in (answer.headers["x-request-id"], *ids.values()):
        page = page.replace(value, "")
    page = re.sub(r'nonce="[^"]*"', "", page)
    return answer.status_code, page, sorted(answer.headers)
