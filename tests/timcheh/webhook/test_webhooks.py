"""Webhooks: to whom they concern, signed, once for each event, never into our own network."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from timcheh.builtin.module import MODULES
from timcheh.db import Database, Scope
from timcheh.errors import Invalid, NotFound
from timcheh.jobs.relay import Relay
from timcheh.malls import MallInfo
from timcheh.module import JobContext
from timcheh.outbox import emit
from timcheh.settings import Settings
from timcheh.webhook.delivery import ATTEMPTS, deliver
from timcheh.webhook.models import WebhookDelivery
from timcheh.webhook.service import register, remove
from timcheh.webhook.targets import TargetRefused, resolve

pytestmark = pytest.mark.feature("plat.api")


@dataclass
class Receiver:
    """A plain HTTP server on a free port that keeps what it gets."""

    url: str = ""
    status: int = 200
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in head[1:]) if k}
        body = await reader.readexactly(int(headers["content-length"]))
        self.got.append((headers, body))
        answer = f"HTTP/1.1 {self.status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        writer.write(answer.encode())
        await writer.drain()
        writer.close()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    async with server:
        yield receiver


@pytest.fixture
def context(database: Database, settings: Settings, mall: MallInfo) -> JobContext:
    private = settings.model_copy(update={"webhook_private_targets": True})
    return JobContext(database, private, mall.mall_id, datetime.now(UTC))


async def add(
    database: Database, mall: MallInfo, url: str, topics: list[str], shop: UUID | None = None
) -> Any:
    scope = Scope.merchant(mall.mall_id, shop) if shop else Scope.mall(mall.mall_id)
    async with database.unit_of_work(scope) as uow:
        return await register(uow, url, topics, private_targets=True)


async def happen(database: Database, mall: MallInfo, topic: str, **payload: Any) -> None:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        await emit(uow, topic, payload)
    await Relay(database, MODULES).drain(mall.mall_id)


async def rows(database: Database, mall: MallInfo) -> list[WebhookDelivery]:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        found = await uow.session.scalars(
            select(WebhookDelivery).where(WebhookDelivery.mall_id == mall.mall_id)
        )
        return list(found)


async def test_a_delivery_is_signed(
    database: Database, mall: MallInfo, receiver: Receiver, context: JobContext
) -> None:
    made = await add(database, mall, receiver.url, ["shop.*"])
    await happen(database, mall, "shop.bought", amount=5, name="گل")
    await happen(database, mall, "other.bought")
    await deliver(context)
    await deliver(context)
    assert len(receiver.got) == 1
    headers, body = receiver.got[0]
    stamp, mac = (part.partition("=")[2] for part in headers["timcheh-signature"].split(","))
    signed = hmac.new(made.secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256)
    assert hmac.compare_digest(signed.hexdigest(), mac)
    sent = json.loads(body)
    assert (sent["topic"], sent["data"]) == ("shop.bought", {"amount": 5, "name": "گل"})
    assert [row.state for row in await rows(database, mall)] == ["delivered"]


async def test_a_shop_hears_only_what_names_it(
    database: Database, mall: MallInfo, receiver: Receiver, context: JobContext
) -> None:
    shop = uuid4()
    await add(database, mall, receiver.url, ["*"], shop)
    await happen(database, mall, "shop.bought", merchant_id=str(uuid4()))
    await happen(database, mall, "shop.bought", merchant_id=str(shop))
    await happen(database, mall, "fund.settled", merchant_ids=[str(uuid4()), str(shop)])
    await deliver(context)
    assert {json.loads(body)["topic"] for _, body in receiver.got} == {
        "shop.bought",
        "fund.settled",
    }
    assert len(receiver.got) == 2


async def test_a_refused_delivery_is_tried_again_then_given_up(
    database: Database, mall: MallInfo, receiver: Receiver, context: JobContext
) -> None:
    await add(database, mall, receiver.url, ["*"])
    receiver.status = 500
    await happen(database, mall, "shop.bought")
    for attempt in range(1, ATTEMPTS + 1):
        await deliver(context)
        (row,) = await rows(database, mall)
        assert (row.attempts, row.response_status) == (attempt, 500)
        assert row.due_at > datetime.now(UTC)
        async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
            await uow.session.execute(
                update(WebhookDelivery)
                .where(WebhookDelivery.mall_id == mall.mall_id)
                .values(due_at=uow.now)
            )
    assert row.state == "dead"
    await deliver(context)
    assert len(receiver.got) == ATTEMPTS


async def test_removing_an_endpoint_drops_what_waits(
    database: Database, mall: MallInfo, receiver: Receiver, context: JobContext
) -> None:
    made = await add(database, mall, receiver.url, ["*"])
    await happen(database, mall, "shop.bought")
    shop = Scope.merchant(mall.mall_id, uuid4())
    with pytest.raises(NotFound):
        async with database.unit_of_work(shop) as uow:
            await remove(uow, made.id)
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        await remove(uow, made.id)
    await deliver(context)
    assert receiver.got == []


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://0.0.0.0/",
        "https://user:pass@93.184.216.34/",
        "ftp://93.184.216.34/",
        "https:///x",
        "https://93.184.216.34:99999/",
    ],
)
async def test_private_and_odd_addresses_are_refused(
    database: Database, mall: MallInfo, url: str
) -> None:
    with pytest.raises(TargetRefused):
        await resolve(url)
    with pytest.raises(Invalid):
        async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
            await register(uow, url, ["*"], private_targets=False)


async def test_a_public_address_is_called_as_resolved() -> None:
    target = await resolve("https://93.184.216.34/hook?x=1")
    assert target.url == "https://93.184.216.34:443/hook?x=1"
    assert (target.host, target.name) == ("93.184.216.34", "93.184.216.34")
