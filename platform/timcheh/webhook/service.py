"""Registering endpoints, and queueing a delivery for each that wants an event."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound
from timcheh.ids import new_id
from timcheh.jobs.recurring import wake
from timcheh.module import Event
from timcheh.webhook.models import WebhookDelivery, WebhookEndpoint
from timcheh.webhook.targets import TargetRefused, resolve

DELIVER = "webhook.deliver"
_OWN_TOPICS = "kernel."


@dataclass(frozen=True, slots=True)
class Registered:
    """A new endpoint with the secret that signs its deliveries; the secret is shown once."""

    id: UUID
    secret: str


async def register(
    uow: UnitOfWork, url: str, topics: Sequence[str], *, private_targets: bool
) -> Registered:
    """Registers an endpoint of the mall or, in a shop's scope, of the shop. Raises Invalid.

    `topics` names events (`merchants.purchase_confirmed`), or a whole module (`merchants.*`), or
    everything (`*`).
    """
    try:
        await resolve(url, private=private_targets)
    except TargetRefused:
        raise Invalid.field("/url", "webhook_target_refused") from None
    row = WebhookEndpoint(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        merchant_id=uow.scope.merchant_id,
        url=url,
        topics=list(topics),
        secret=f"whsec_{secrets.token_urlsafe(32)}",
        created_at=uow.now,
    )
    uow.session.add(row)
    await uow.session.flush()
    return Registered(row.id, row.secret)


async def endpoints(uow: UnitOfWork) -> Sequence[WebhookEndpoint]:
    """The endpoints of the mall itself or, in a shop's scope, of the shop."""
    found = await uow.session.scalars(
        select(WebhookEndpoint)
        .where(
            WebhookEndpoint.mall_id == uow.scope.mall_id,
            WebhookEndpoint.merchant_id.is_not_distinct_from(uow.scope.merchant_id),
        )
        .order_by(WebhookEndpoint.id)
    )
    return found.all()


async def remove(uow: UnitOfWork, endpoint_id: UUID) -> None:
    """Takes an endpoint away, with what still waits for it. Raises NotFound."""
    mine = [row for row in await endpoints(uow) if row.id == endpoint_id]
    if not mine:
        raise NotFound
    await uow.session.delete(mine[0])


async def any_active(uow: UnitOfWork) -> bool:
    """Whether this mall has endpoints at all: most events of most malls stop here."""
    found = await uow.session.scalar(
        select(WebhookEndpoint.id)
        .where(WebhookEndpoint.mall_id == uow.scope.mall_id, WebhookEndpoint.state == "active")
        .limit(1)
    )
    return found is not None


async def queue_deliveries(uow: UnitOfWork, events: Sequence[Event]) -> None:
    """The outbox handler: a delivery of each event for each endpoint that wants it.

    A shop hears of events whose payload names it as `merchant_id` (or in `merchant_ids`).
    """
    rows = await uow.session.scalars(
        select(WebhookEndpoint).where(
            WebhookEndpoint.mall_id == uow.scope.mall_id, WebhookEndpoint.state == "active"
        )
    )
    endpoints = list(rows)
    deliveries = [each for event in events for each in _deliveries(uow, event, endpoints)]
    if deliveries:
        await uow.session.execute(
            insert(WebhookDelivery).values(deliveries).on_conflict_do_nothing()
        )
        await wake(uow, [DELIVER])


def _deliveries(
    uow: UnitOfWork, event: Event, endpoints: Sequence[WebhookEndpoint]
) -> list[dict[str, Any]]:
    if event.topic.startswith(_OWN_TOPICS):
        return []
    concerned = {str(event.payload.get("merchant_id")), *event.payload.get("merchant_ids", ())}
    return [
        {
            "mall_id": event.mall_id,
            "id": new_id(),
            "endpoint_id": row.id,
            "merchant_id": row.merchant_id,
            "event_id": event.id,
            "topic": event.topic,
            "payload": _envelope(event),
            "due_at": uow.now,
            "created_at": uow.now,
        }
        for row in endpoints
        if wants(row.topics, event.topic)
        and (row.merchant_id is None or str(row.merchant_id) in concerned)
    ]


def wants(topics: Sequence[str], topic: str) -> bool:
    """Whether a list of topics includes this one."""
    module = topic.partition(".")[0]
    return any(wanted in ("*", topic, f"{module}.*") for wanted in topics)


def _envelope(event: Event) -> dict[str, object]:
    return {
        "id": str(event.id),
        "topic": event.topic,
        "occurred_at": event.occurred_at.isoformat(),
        "data": event.payload,
    }
