"""Queueing a message: a row in the transaction that is its reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import insert, select

from timcheh.db import UnitOfWork
from timcheh.ids import new_id
from timcheh.malls import Mall
from timcheh.notify.models import Message
from timcheh.notify.segments import segments
from timcheh.outbox import emit
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale

QUEUED = "kernel.message_queued"

Line = Literal["service", "promotional"]


async def queue_message(
    uow: UnitOfWork,
    recipient: str,
    template: str,
    params: Mapping[str, object],
    *,
    line: Line = "service",
    channel: str = "sms",
    locale: Locale = Locale.FA,
    member_id: UUID | None = None,
    merchant_id: UUID | None = None,
    secret: bool = False,
    due_at: datetime | None = None,
) -> UUID:
    """Queues the text `message-<template>` of the catalogue and returns the message's id.

    `recipient` is a mobile (or the channel's own address). It is sent after the commit, at
    `due_at` or at once. A `secret` text is blanked as soon as it is sent.
    """
    words = translate(locale, f"message-{template}", **params)
    message_id, count = new_id(), segments(words)
    price = (
        select(Mall.sms_segment_price * count)
        .where(Mall.mall_id == uow.scope.mall_id)
        .scalar_subquery()
    )
    await uow.session.execute(
        insert(Message.__table__).values(  # type: ignore[arg-type]  # it is a Table
            mall_id=uow.scope.mall_id,
            id=message_id,
            merchant_id=merchant_id,
            member_id=member_id,
            channel=channel,
            line=line,
            recipient=recipient,
            template=template,
            text=words,
            secret=secret,
            segments=count,
            price=price if channel == "sms" else 0,
            state="queued",
            due_at=due_at or uow.now,
            created_at=uow.now,
        )
    )
    await emit(uow, QUEUED, {"message_id": str(message_id)})
    return message_id
