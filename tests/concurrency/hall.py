"""A mall in its rush hour: its processes over one database, and what was answered so far."""

import random
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations, cycle
from typing import TypeVar
from uuid import UUID

import httpx
from sqlalchemy import text

from mall_portal.facade import create_mall
from merchants.facade import PurchaseDesk, counter_for
from tests.api.conftest import Api, Json, MallApi, new_mobile
from timcheh.db import Database, Scope
from timcheh.module import JobContext
from timcheh.settings import Settings
from timcheh.web.app import build_app
from timcheh.web.services import Services, build_services, open_database
from timcheh_app.modules import modules

T = TypeVar("T")
SHOPS, MEMBERS = 4, 10
WEB, TILLS = 3, 8
_WALLET = text("SELECT id FROM ledger.scope WHERE mall_id = :mall AND kind = 'wallet'")


class WebProcesses(httpx.AsyncBaseTransport):
    """Several web processes behind a balancer: each request goes to the next.

    They share this interpreter, but neither connections nor lanes, so that PostgreSQL sees as many
    transactions at once as it would of as many processes.
    """

    def __init__(self, settings: Settings, number: int) -> None:
        self.services: list[Services] = [build_services(settings, modules()) for _ in range(number)]
        apps = [build_app(settings, modules(), services=each) for each in self.services]
        self._next = cycle([httpx.ASGITransport(app) for app in apps])

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await next(self._next).handle_async_request(request)

    async def aclose(self) -> None:
        for each in self.services:
            await each.close()


@dataclass
class Hall:
    """The mall, its shops, its hot members, and what is known of what happened."""

    settings: Settings
    databases: list[Database]
    """One for each process; the purchase desk over each has lanes of its own."""
    mall: MallApi
    second: Api
    shops: list[Api]
    members: dict[str, UUID]
    pool: Json
    wallet: UUID
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    open: list[tuple[Api, Json]] = field(default_factory=list)
    receipts: list[tuple[Api, Json]] = field(default_factory=list)
    """Confirmed purchases, as they were answered."""
    restored: Counter[str] = field(default_factory=Counter)
    """By lot, what returns answered that they put back."""
    gifts: list[Json] = field(default_factory=list)
    cards: list[Json] = field(default_factory=list)

    @property
    def mall_id(self) -> UUID:
        return UUID(str(self.mall.info["id"]))

    @property
    def scope(self) -> Scope:
        return Scope.mall(self.mall_id)

    @property
    def database(self) -> Database:
        """Some process's."""
        return self.chance.choice(self.databases)

    @property
    def desk(self) -> PurchaseDesk:
        """Some process's."""
        return counter_for(self.database).desk

    @property
    def shop(self) -> Api:
        return self.chance.choice(self.shops)

    @property
    def member(self) -> str:
        """The mobile of somebody who comes often."""
        return self.chance.choice(list(self.members))

    @property
    def job(self) -> JobContext:
        return JobContext(self.database, self.settings, self.mall_id, datetime.now(UTC))

    async def close(self) -> None:
        """Every connection of every process ends."""
        for database in self.databases:
            await counter_for(database).close()
            await database.stop()

    def take(self, things: list[T]) -> T:
        """One of the things, which nobody else then gets."""
        return things.pop(self.chance.randrange(len(things)))

    async def ask(
        self, api: Api, path: str, body: object = None, *refusals: str, method: str = "POST"
    ) -> Json | None:
        """The answer; None for one of the refusals that may come here. Any other is a fault."""
        answer = await api.call(method, path, body)
        if answer.is_success:
            return dict(answer.json())
        self.note(str(answer.json()["code"]), *refusals, about=(method, path, body, answer.text))
        return None

    def note(self, code: str, *refusals: str, about: object) -> None:
        """Counts a refusal. Fails for one that may not come here."""
        assert code in refusals, (code, about)
        self.refused[code] += 1


async def open_hall(settings: Settings, stack: AsyncExitStack) -> Hall:
    """A new mall: every shop accepts every other's credit and the pool's points."""
    web = WebProcesses(settings, WEB)
    client = httpx.AsyncClient(transport=web, base_url="http://test", timeout=60)
    await stack.enter_async_context(client)
    tills = [open_database(settings) for _ in range(TILLS)]
    made = await create_mall(tills[0], "تیمچه", "rush-hour")
    mall = MallApi(client, made.api_key, {"id": made.mall_id}, "rush-hour")
    second = Api(client, (await mall.post("/keys", {"name": "second"}))["api_key"])
    pool = await mall.post("/pools", {"name": "امتیاز", "issue_price": 10, "redeem_price": 8})
    hall = Hall(
        settings,
        [*tills, *(each.database for each in web.services)],
        mall,
        second,
        await _open_shops(mall, pool),
        await _enrol(mall),
        pool,
        await _wallet(tills[0], made.mall_id),
    )
    stack.push_async_callback(hall.close)
    return hall


async def _open_shops(mall: MallApi, pool: Json) -> list[Api]:
    shops = [await mall.shop(credit_limit=10**9) for _ in range(SHOPS)]
    for shop in shops:
        await mall.post(f"/pools/{pool['id']}/participants", {"merchant_id": shop.id})
    for one, other in combinations(shops, 2):
        await mall.partners(one, other, 150, 10_000)
        await mall.partners(other, one, 200, 8_000)
    return shops


async def _enrol(mall: MallApi) -> dict[str, UUID]:
    members = {}
    for _ in range(MEMBERS):
        mobile = new_mobile()
        members[mobile] = UUID((await mall.post("/members", {"mobile": mobile}))["id"])
    return members


async def _wallet(database: Database, mall_id: UUID) -> UUID:
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        found: UUID = (await uow.session.execute(_WALLET, {"mall": mall_id})).scalar_one()
    return found
