"""Making deliveries: outside any transaction, signed, retried, never to a private address."""

import asyncio
import json
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import httpx
import structlog
from sqlalchemy import select, update

from timcheh.db import Scope, spelled
from timcheh.errors import describe
from timcheh.module import JobContext
from timcheh.webhook.models import WebhookDelivery, WebhookEndpoint
from timcheh.webhook.signing import HEADER, sign
from timcheh.webhook.targets import TargetRefused, resolve

BATCH: Final = 20
ATTEMPTS: Final = 10
IN_HAND: Final = timedelta(minutes=2)
FIRST_RETRY: Final = timedelta(seconds=15)
LONGEST_RETRY: Final = timedelta(hours=6)
TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)

_TABLE: Any = WebhookDelivery.__table__
_log = structlog.get_logger(__name__)


async def deliver(context: JobContext) -> None:
    """The periodic job: makes all deliveries that are due in a mall, a few at a time."""
    async with httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False) as client:
        while rows := await _claim(context):
            await asyncio.gather(*(_deliver(context, client, row) for row in rows))
            if len(rows) < BATCH:
                return


async def _claim(context: JobContext) -> Sequence[Any]:
    """Takes what is due; what a dead worker had in hand comes back when its time is over."""
    async with context.database.unit_of_work(Scope.mall(context.mall_id)) as uow:
        due = (
            select(_TABLE.c.id)
            .where(
                _TABLE.c.mall_id == context.mall_id,
                _TABLE.c.state == spelled("pending"),
                _TABLE.c.due_at <= uow.now,
            )
            .order_by(_TABLE.c.due_at, _TABLE.c.id)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
        ids = list((await uow.session.scalars(due)).all())
        if not ids:
            return []
        await uow.session.execute(
            update(_TABLE)
            .where(_TABLE.c.mall_id == context.mall_id, _TABLE.c.id.in_(ids))
            .values(attempts=_TABLE.c.attempts + 1, due_at=uow.now + IN_HAND)
        )
        endpoint: Any = WebhookEndpoint.__table__
        found = await uow.session.execute(
            select(*_TABLE.c, endpoint.c.url, endpoint.c.secret)
            .join(
                endpoint,
                (endpoint.c.mall_id == _TABLE.c.mall_id) & (endpoint.c.id == _TABLE.c.endpoint_id),
            )
            .where(_TABLE.c.mall_id == context.mall_id, _TABLE.c.id.in_(ids))
        )
        return found.all()


async def _deliver(context: JobContext, client: httpx.AsyncClient, row: Any) -> None:
    status: int | None = None
    error = told = ""
    try:
        status = await _post(client, row, private=context.settings.webhook_private_targets)
        if not 200 <= status < 300:
            error = told = f"answered {status}"
    except (httpx.HTTPError, TargetRefused) as failure:
        # The owner of the endpoint is shown what happened; a log only of which kind it was.
        error, told = repr(failure), describe(failure)
    async with context.database.unit_of_work(Scope.mall(context.mall_id)) as uow:
        values: dict[str, Any] = {"response_status": status, "last_error": error[:2000] or None}
        if not error:
            values["state"] = "delivered"
        elif row.attempts >= ATTEMPTS:
            values["state"] = "dead"
        else:
            delay = min(FIRST_RETRY * 2.0 ** (row.attempts - 1), LONGEST_RETRY)
            values["due_at"] = uow.now + delay
        await uow.session.execute(
            update(_TABLE)
            .where(_TABLE.c.mall_id == row.mall_id, _TABLE.c.id == row.id)
            .values(**values)
        )
    if error:
        _log.warning("webhook not delivered", delivery_id=str(row.id), error=told)


async def _post(client: httpx.AsyncClient, row: Any, *, private: bool) -> int:
    target = await resolve(row.url, private=private)
    body = json.dumps(row.payload, ensure_ascii=False, separators=(",", ":")).encode()
    request = client.build_request(
        "POST",
        target.url,
        content=body,
        headers={
            "Host": target.host,
            "Content-Type": "application/json",
            "User-Agent": "Timcheh-Webhook/1",
            "Timcheh-Event": row.topic,
            "Timcheh-Delivery": str(row.id),
            HEADER: sign(row.secret, int(time.time()), body),
        },
        # The certificate must be the name's, though the address is called.
        extensions={"sni_hostname": target.name},
    )
    response = await client.send(request, stream=True)
    try:
        return response.status_code
    finally:
        await response.aclose()  # what it says is of no interest, and may be endless
