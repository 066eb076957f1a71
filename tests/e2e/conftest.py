"""The real server and a real browser: Granian on this worker's database, Chromium in front."""

import asyncio
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import httpx
import pytest
import redis

from mall_portal.facade import create_mall
from tests.folders import of_folder
from tests.web_support.plugin import browser
from timcheh.access.passwords import Passwords
from timcheh.access.staff import create_staff, grant_role
from timcheh.db import Database, Role, Scope
from timcheh.ids import new_id
from timcheh.settings import Settings
from timcheh.text.digits import digits_to_latin

__all__ = ["browser"]

PASSWORD = "گذرواژه آزمون ۱۲۳"
_STARTS_WITHIN = 180.0
T = TypeVar("T")
Json = dict[str, Any]


@dataclass
class World:
    """A mall of this test, filled over the API, and its people."""

    base: str
    slug: str
    mall_id: UUID
    key: str
    settings: Settings

    def call(self, method: str, path: str, body: Any = None, key: str | None = None) -> Json:
        """A request to the API; anything but a success fails the test."""
        headers = {"Authorization": f"Bearer {key or self.key}"}
        if method == "POST":
            headers["Idempotency-Key"] = str(new_id())
        answer = httpx.request(
            method, f"{self.base}/api/v1{path}", json=body, headers=headers, timeout=60
        )
        assert answer.is_success, (answer.status_code, answer.text)
        return dict(answer.json())

    def shop(self, name: str) -> Json:
        """A shop, with its `api_key`."""
        return self.call("POST", "/merchants", {"name": name, "slug": f"s-{new_id().hex}"})

    def staff(self, role: str, shop_id: str | None = None) -> str:
        """The mobile of someone who may sign in with `PASSWORD`: of a shop, or of the mall."""
        mobile = f"0935{new_id().int % 10**7:07d}"
        in_a_thread(_employ(self, mobile, role, shop_id))
        return mobile


def in_a_thread(work: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine where no loop runs: Chromium's own one is in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@pytest.fixture
def server(request: pytest.FixtureRequest, settings: Settings) -> str:
    """The base URL of the product's own web server."""
    return of_folder(request, lambda: _served(settings))


@contextmanager
def _served(settings: Settings) -> Iterator[str]:
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--factory", "--no-ws", "--interface", "asgi"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"]
    base = f"http://127.0.0.1:{port}"
    environment = os.environ | settings.environment() | {"TIMCHEH_PUBLIC_URL": base}
    process = subprocess.Popen([*command, "timcheh_app.asgi:create_app"], env=environment)
    try:
        _wait(base, process)
        yield base
    finally:
        process.terminate()
        process.wait(120)


@pytest.fixture(autouse=True)
def _knocked_for_the_first_time(settings: Settings) -> None:
    """All journeys come from one address, and would be taken for one that tries its luck."""
    with redis.from_url(settings.redis_url) as client:
        if counted := list(client.scan_iter("timcheh:limit:*-address:*", count=1000)):
            client.delete(*counted)


@pytest.fixture
def world(server: str, settings: Settings) -> World:
    """A new mall."""
    slug = f"m-{new_id().hex}"
    mall_id, key = in_a_thread(make_mall(settings, slug))
    return World(server, slug, mall_id, key, settings)


@dataclass
class Town:
    """A mall with a shop and one person of each audience, by mobile."""

    world: World
    shop: Json
    mobiles: dict[str, str]

    def root(self, door: str) -> str:
        return f"{self.world.base}/{self.world.slug}/{door}"

    def cookies(self, door: str) -> list[dict[str, str]]:
        """Of a new session."""
        with httpx.Client(timeout=60) as client:
            fields = {"mobile": self.mobiles[door], "password": PASSWORD}
            client.post(f"{self.root(door)}/sign-in", data=fields)
            if door == "club":
                code = _code(self.world.base, self.mobiles[door])
                client.post(f"{self.root(door)}/sign-in/code", data=fields | {"code": code})
            return [
                {"name": name, "value": value, "url": self.world.base}
                for name, value in client.cookies.items()
            ]


def _code(base: str, mobile: str) -> str:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until:
        said = digits_to_latin(httpx.get(f"{base}/dev/inbox").text)
        if found := re.search(rf"{mobile}.*?(?<!\d)(\d{{6}})(?!\d)", said, re.DOTALL):
            return found[1]
    raise AssertionError("no code came")


@pytest.fixture
def town(request: pytest.FixtureRequest, server: str, settings: Settings) -> Town:
    return of_folder(request, lambda: _town(server, settings))


@contextmanager
def _town(server: str, settings: Settings) -> Iterator[Town]:
    slug = f"m-{new_id().hex}"
    mall_id, key = in_a_thread(make_mall(settings, slug))
    world = World(server, slug, mall_id, key, settings)
    shop = world.shop("گل‌آرا")
    mobiles = {
        "mall": world.staff("administrator"),
        "shop": world.staff("owner", shop["id"]),
        "club": f"0912{new_id().int % 10**7:07d}",
    }
    yield Town(world, shop, mobiles)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(base: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until:
        assert process.poll() is None, "the server has ended"
        try:
            if httpx.get(f"{base}/health", timeout=5).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("the server doesn't answer")


async def make_mall(settings: Settings, slug: str) -> tuple[UUID, str]:
    database = _open(settings)
    try:
        made = await create_mall(database, "تیمچه آزمون", slug)
        return UUID(str(made.mall_id)), made.api_key
    finally:
        await database.stop()


async def _employ(world: World, mobile: str, role: str, shop_id: str | None) -> None:
    database = _open(world.settings)
    hashed = await Passwords().hash(PASSWORD)
    try:
        async with database.unit_of_work(Scope.mall(world.mall_id)) as uow:
            staff = await create_staff(uow, mobile, "سامان کریمی", hashed)
            merchant_id = UUID(shop_id) if shop_id else None
            await grant_role(uow, staff, role, merchant_id=merchant_id)
    finally:
        await database.stop()


def _open(settings: Settings) -> Database:
    return Database({role: settings.dsn(role) for role in Role})
