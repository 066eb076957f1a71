"""The API of webhooks: a mall's or a shop's endpoints."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import Database
from timcheh.web.bodies import Body
from timcheh.web.openapi import API_PREFIX
from timcheh.web.services import Services
from timcheh.webhook.models import WebhookEndpoint
from timcheh.webhook.service import endpoints, register, remove

_TAGS = ["webhooks"]
_PATH = f"{API_PREFIX}/webhooks"
Topic = Annotated[
    str, msgspec.Meta(pattern=r"^(\*|[a-z_]+\.(\*|[a-z_]+))(?!\n)$", min_length=1, max_length=100)
]


class WebhookIn(Body, frozen=True):
    """Where to deliver and what: `*`, a module's events (`merchants.*`), or single ones."""

    url: Annotated[str, msgspec.Meta(min_length=8, max_length=2000)]
    topics: Annotated[list[Topic], msgspec.Meta(min_length=1, max_length=50)] = msgspec.field(
        default_factory=lambda: ["*"]
    )


class WebhookRegistered(msgspec.Struct):
    """A new endpoint. `secret` signs its deliveries and is shown this once."""

    id: UUID
    url: str
    topics: list[str]
    secret: str


class WebhookOut(msgspec.Struct):
    """An endpoint without its secret."""

    id: UUID
    url: str
    topics: list[str]
    state: str
    created_at: datetime


class WebhookList(msgspec.Struct):
    """All endpoints of the caller; they are few, so there is one page."""

    items: list[WebhookOut]
    next_cursor: str | None = None


@post(_PATH, tags=_TAGS, operation_id="create_webhook", summary="Register an endpoint")
async def create_webhook(
    business_caller: NamedDependency[Caller],
    database: NamedDependency[Database],
    services: NamedDependency[Services],
    data: JSONBody[WebhookIn],
) -> WebhookRegistered:
    """Registers an endpoint. Deliveries carry `Timcheh-Signature: t=…,v1=…`, an HMAC-SHA256 of
    `<t>.<body>` under the secret."""
    _require(business_caller)
    async with database.unit_of_work(business_caller.scope) as uow:
        made = await register(
            uow,
            data.url,
            data.topics,
            private_targets=services.settings.webhook_private_targets,
        )
        await record(
            uow,
            business_caller,
            "webhook.created",
            "webhook_endpoint",
            made.id,
            after={"url": data.url, "topics": data.topics},
        )
    return WebhookRegistered(made.id, data.url, data.topics, made.secret)


@get(_PATH, tags=_TAGS, operation_id="list_webhooks", summary="The endpoints")
async def list_webhooks(
    business_caller: NamedDependency[Caller], database: NamedDependency[Database]
) -> WebhookList:
    """The caller's own endpoints, oldest first."""
    _require(business_caller)
    async with database.unit_of_work(business_caller.scope) as uow:
        rows = await endpoints(uow)
    return WebhookList([_show(row) for row in rows])


@delete(
    f"{_PATH}/{{webhook_id:uuid}}",
    tags=_TAGS,
    operation_id="delete_webhook",
    summary="Remove an endpoint",
    status_code=204,
)
async def delete_webhook(
    business_caller: NamedDependency[Caller],
    database: NamedDependency[Database],
    webhook_id: FromPath[UUID],
) -> None:
    """Removes an endpoint; what still waits for it is dropped."""
    _require(business_caller)
    async with database.unit_of_work(business_caller.scope) as uow:
        await remove(uow, webhook_id)
        await record(uow, business_caller, "webhook.removed", "webhook_endpoint", webhook_id)


def _require(caller: Caller) -> None:
    caller.require("webhooks.manage" if caller.kind == "mall" else "shop_webhooks.manage")


def _show(row: WebhookEndpoint) -> WebhookOut:
    return WebhookOut(row.id, row.url, list(row.topics), row.state, row.created_at)
