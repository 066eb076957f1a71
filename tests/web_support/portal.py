"""The application in process, shops made over its API, people of theirs who are signed in."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import UUID

import httpx
import pytest

from mall_portal.facade import create_mall
from merchants.facade import counter_for
from tests.api.conftest import Api, MallApi, new_mobile
from timcheh.access.staff import create_staff, grant_role
from timcheh.db import Database, Scope
from timcheh.ids import new_id
from timcheh.settings import Settings
from timcheh.web.app import build_app
from timcheh.web.cookies import SESSION_COOKIES
from timcheh.web.services import Services, build_services
from timcheh_app.modules import modules

mobile = pytest.fixture(new_mobile, name="mobile")


@dataclass
class Web:
    """The application in process."""

    services: Services
    transport: httpx.ASGITransport

    def client(self, **more: Any) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=self.transport, base_url="http://test", **more)


@dataclass
class Person:
    """Someone of a shop's staff, signed in. Paths continue `/{mall}/shop`."""

    client: httpx.AsyncClient
    root: str
    csrf: str

    async def get(self, path: str = "", expect: int = 200) -> str:
        answer = await self.client.get(self.root + path)
        assert answer.status_code == expect, (answer.status_code, text_of(answer.text)[:600])
        return unescape(answer.text)

    async def send(self, path: str, **fields: str) -> httpx.Response:
        return await self.client.post(self.root + path, data={"_csrf_token": self.csrf, **fields})

    async def post(self, path: str, expect: Any = 303, **fields: str) -> str:
        """What the form answers; for a redirect, the page that it leads to.

        `expect` is a status; its type is open because fields are often passed as a dict.
        """
        answer = await self.send(path, **fields)
        assert answer.status_code == expect, (answer.status_code, text_of(answer.text)[:600])
        if expect == 303:
            return await self.get(answer.headers["location"].removeprefix(self.root))
        return unescape(answer.text)


@dataclass
class Floor:
    """A shop with its key, and the mall around it."""

    mall: MallApi
    shop: Api

    @property
    def scope(self) -> Scope:
        return Scope.merchant(UUID(str(self.mall.id)), UUID(self.shop.id))


def text_of(html: str) -> str:
    """What a page says, without its markup."""
    plain = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", plain))).strip()


@pytest.fixture(scope="session")
async def web(settings: Settings) -> AsyncIterator[Web]:
    services = build_services(settings, modules())
    app: Any = build_app(settings, modules(), services=services)
    yield Web(services, httpx.ASGITransport(app))
    await counter_for(services.database).close()
    await services.close()


@pytest.fixture
async def mall_api(web: Web, database: Database) -> AsyncIterator[MallApi]:
    """A new mall with its key."""
    slug = f"m-{new_id().hex}"
    made = await create_mall(database, "تیمچه آزمون", slug)
    async with web.client() as client:
        yield MallApi(client, made.api_key, {"id": made.mall_id}, slug)


@pytest.fixture
async def shop_floor(mall_api: MallApi) -> Floor:
    """A shop that gives five per cent, spendable there and at its partners'."""
    shop = await mall_api.shop("گل‌آرا")
    rule = {
        "name": "۵٪ هر خرید",
        "then": [{"effect": "credit_percent", "bps": 500, "scope": "partners"}],
    }
    await shop.put("/rules", {"rules": [rule]})
    return Floor(mall_api, shop)


People = Callable[..., Awaitable[Person]]


@pytest.fixture
async def people(web: Web, mall_api: MallApi, database: Database) -> AsyncIterator[People]:
    """Signs someone in: `await people(shop, "cashier", branch=…)`."""
    mall_id = UUID(str(mall_api.id))
    clients: list[httpx.AsyncClient] = []

    async def sign_in(shop: Api, role: str = "owner", branch: str | None = None) -> Person:
        shop_id = UUID(shop.id)
        async with database.unit_of_work(Scope.mall(mall_id)) as uow:
            staff = await create_staff(uow, new_mobile(), "سامان کریمی", None)
            branch_id = UUID(branch) if branch else None
            await grant_role(uow, staff, role, merchant_id=shop_id, branch_id=branch_id)
        session = await web.services.sessions.start(
            mall_id, "merchant", "سامان کریمی", staff_id=staff, merchant_id=shop_id, place="گل‌آرا"
        )
        client = web.client(
            cookies={SESSION_COOKIES["merchant"]: session.token},
            headers={"accept": "text/html"},
        )
        clients.append(client)
        return Person(client, f"/{mall_api.slug}/shop", session.csrf_token)

    yield sign_in
    for client in clients:
        await client.aclose()
