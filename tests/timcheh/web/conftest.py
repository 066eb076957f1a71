"""A small application of its own: the web layer's conventions without any business."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from timcheh.access.caller import Caller
from timcheh.access.keys import issue_key
from timcheh.builtin.module import MODULES
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.errors import Conflict, Invalid, Unprocessable
from timcheh.malls import MallInfo
from timcheh.module import MenuItem, Module
from timcheh.outbox import emit
from timcheh.settings import Settings
from timcheh.web.app import build_app
from timcheh.web.bodies import Body
from timcheh.web.context import AnyRequest
from timcheh.web.idempotency import run_idempotent
from timcheh.web.openapi import IDEMPOTENT, REFUSES
from timcheh.web.pages import PageContext
from timcheh.web.pagination import Page, PageRequest
from timcheh.web.services import Services, build_services

ROUTE = "/api/v1/things"


class Line(Body, frozen=True):
    quantity: Annotated[int, msgspec.Meta(ge=1)]


class ThingIn(Body, frozen=True):
    amount: Annotated[int, msgspec.Meta(ge=1, le=10**15)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=20)] = "x"
    lines: Annotated[list[Line], msgspec.Meta(max_length=3)] = msgspec.field(default_factory=list)
    owner: UUID | None = None


class ThingOut(msgspec.Struct):
    id: UUID
    amount: int


class Number(msgspec.Struct):
    n: int


class Refused(Unprocessable):
    code = "unprocessable"


work_done: list[UUID] = []
"""What the idempotent route has done, in order."""


class Gate:
    """Where the work called "slow" waits, so that a test decides how long it is in flight."""

    def __init__(self) -> None:
        self.reached, self.open = asyncio.Event(), asyncio.Event()

    async def wait(self) -> None:
        self.reached.set()
        await self.open.wait()


gate = Gate()


@post(ROUTE)
async def create(till_caller: NamedDependency[Caller], data: JSONBody[ThingIn]) -> ThingOut:
    return ThingOut(till_caller.id, data.amount)


@get(ROUTE)
async def numbers(
    any_caller: NamedDependency[Caller], paging: NamedDependency[PageRequest]
) -> Page[Number]:
    start = paging.after(int) or 0
    rows = list(range(start + 1, min(start + paging.fetch, 7) + 1))
    return paging.page(rows, Number, lambda row: row)


@get(f"{ROUTE}/{{thing_id:uuid}}")
async def one(mall_caller: NamedDependency[Caller], thing_id: FromPath[UUID]) -> ThingOut:
    return ThingOut(thing_id, 1)


@post(f"{ROUTE}/moved", opt={IDEMPOTENT: True, REFUSES: (409,)})
async def move(
    request: AnyRequest, merchant_caller: NamedDependency[Caller], data: JSONBody[ThingIn]
) -> Response[ThingOut]:
    async def work(uow: UnitOfWork) -> ThingOut:
        await emit(uow, "test.moved", {"amount": data.amount})
        await asyncio.sleep(0.02)
        if data.name == "slow":
            await gate.wait()
        if data.name == "conflict":
            raise Conflict
        if data.name == "invalid":
            raise Invalid.field("/name", "invalid")
        if data.name == "refused":
            raise Refused
        if data.name == "crash":
            raise RuntimeError("crash")
        made = uuid4()
        work_done.append(made)
        return ThingOut(made, data.amount)

    return await run_idempotent(request, merchant_caller, work)


@get("/{mall_slug:str}/shop")
async def shop_home(shop_page: NamedDependency[PageContext]) -> Response[Any]:
    return shop_page.render("error.html", _words(shop_page))


@post("/{mall_slug:str}/shop/act")
async def shop_act(shop_page: NamedDependency[PageContext]) -> Response[Any]:
    return shop_page.go(shop_page.url(), "انجام شد")


@get("/{mall_slug:str}/club")
async def club_home(club_page: NamedDependency[PageContext]) -> Response[Any]:
    return club_page.render("error.html", _words(club_page))


def _words(page: PageContext) -> dict[str, str]:
    name = page.caller.name
    return {
        "title": f"سلام {name}",
        "detail": "",
        "request_id": "",
        "back": "/",
        "mall_name": page.mall.name,
    }


MEMBER = UUID(int=7)


async def admit(uow: UnitOfWork, mobile: str) -> tuple[UUID, str]:
    return MEMBER, f"عضو {mobile[-4:]}"


async def shop_name(uow: UnitOfWork, merchant_id: UUID) -> str:
    return "گل‌آرا"


TESTED = Module(
    name="tested",
    package="timcheh",
    routes=[create, numbers, one, move, shop_home, shop_act, club_home],
    menu=[MenuItem("merchant", "ui-places", "", "store")],
    admit_member=admit,
    shop_name=shop_name,
)


@dataclass
class Keys:
    """A mall's three kinds of key."""

    mall: str
    merchant: str
    terminal: str
    merchant_id: UUID


@pytest.fixture(scope="session")
async def services(settings: Settings) -> AsyncIterator[Services]:
    services = build_services(settings, [*MODULES, TESTED])
    yield services
    await services.close()


@pytest.fixture(scope="session")
async def client(settings: Settings, services: Services) -> AsyncIterator[httpx.AsyncClient]:
    app: Any = build_app(settings, [*MODULES, TESTED], services=services)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


@pytest.fixture(autouse=True)
def _no_cookies(client: httpx.AsyncClient) -> None:
    client.cookies.clear()


@pytest.fixture
async def keys(database: Database, mall: MallInfo) -> Keys:
    merchant = uuid4()
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        of_mall = await issue_key(uow, "mall", "m")
        of_shop = await issue_key(uow, "merchant", "s", merchant_id=merchant)
        of_till = await issue_key(
            uow, "terminal", "t", merchant_id=merchant, branch_id=uuid4(), terminal_id=uuid4()
        )
    return Keys(of_mall.secret, of_shop.secret, of_till.secret, merchant)


def bearer(key: str, **more: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}", **more}
