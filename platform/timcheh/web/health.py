"""`/health` for those who restart us, `/metrics` for those who watch us."""

import asyncio
import os
from collections.abc import Awaitable
from ipaddress import ip_address
from typing import Any, Final, Literal, cast
from weakref import WeakKeyDictionary

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Gauge,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy import text

from timcheh.db import Role
from timcheh.errors import NotFound
from timcheh.web.context import AnyRequest, context_of
from timcheh.web.services import Services

PATIENCE: Final = 2.0
"""Seconds for a part to answer before it counts as down."""

State = Literal["ok", "down"]


class Health(msgspec.Struct):
    """`status` is ok only if every part is; else the response is a 503."""

    status: State
    database: State
    redis: State
    version: str


@get(
    "/health",
    operation_id="health",
    tags=["operation"],
    summary="Whether every part answers",
    responses={503: ResponseSpec(Health, description="A part does not answer")},
)
async def health(services: NamedDependency[Services]) -> Response[Health]:
    """200 if database and queue answer, else 503 with the part that doesn't."""
    database, redis = await _look_together(services)
    status: State = "ok" if database == redis == "ok" else "down"
    body = Health(status, database, redis, services.version)
    return Response(body, status_code=200 if status == "ok" else 503)


_looks: Final[WeakKeyDictionary[Services, asyncio.Task[tuple[State, State]]]] = WeakKeyDictionary()


async def _look_together(services: Services) -> tuple[State, State]:
    """Whoever asks while somebody's look is under way gets the same one: a crowd of askers would
    wait for each other's connections, and take that for a part that is down.
    """
    look = _looks.get(services)
    if look is None or look.done():
        look = _looks[services] = asyncio.create_task(_look(services))
    return await asyncio.shield(look)


async def _look(services: Services) -> tuple[State, State]:
    """How the database and the queue are."""
    database, redis = await asyncio.gather(
        _state(_ask_database(services)), _state(cast("Awaitable[Any]", services.redis.ping()))
    )
    return database, redis


async def _state(question: Awaitable[Any]) -> State:
    try:
        await asyncio.wait_for(question, PATIENCE)
    except Exception:
        return "down"
    return "ok"


async def _ask_database(services: Services) -> None:
    async with services.database.engine(Role.APP).connect() as connection:
        await connection.execute(text("SELECT 1"))


@get("/metrics", include_in_schema=False)
async def metrics(request: AnyRequest, services: NamedDependency[Services]) -> Response[bytes]:
    """Prometheus' text format: requests of all web processes, and what waits in the database.

    For the own network only; to anyone else there is no such page.
    """
    if not _from_own_network(context_of(request).address):
        raise NotFound
    backlog = CollectorRegistry()
    async with services.database.engine(Role.APP).connect() as connection:
        row = (await connection.execute(text("SELECT * FROM kernel.backlog()"))).one()
    for name, value in row._mapping.items():
        Gauge(f"timcheh_{name}", _BACKLOG_HELP[name], registry=backlog).set(value)
    return Response(
        generate_latest(_registry()) + generate_latest(backlog),
        media_type=CONTENT_TYPE_LATEST,
    )


_BACKLOG_HELP: Final = {
    "events_pending": "Outbox events that wait for a handler.",
    "events_dead": "Outbox events whose handlers gave up.",
    "messages_queued": "Messages that wait to be sent.",
    "deliveries_pending": "Webhook deliveries that wait to be made.",
}


def _from_own_network(address: str) -> bool:
    try:
        return ip_address(address).is_private
    except ValueError:  # a unix socket has no address
        return address == ""


def _registry() -> CollectorRegistry:
    """All processes' figures where they share a directory for them, else this one's."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
