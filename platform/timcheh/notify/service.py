"""Queueing a message: a row in the transaction that is its reason."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
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
NOBODY: Final = "-"
"""Begins what stands in place of the mobile of a person who has had themselves erased."""
# An address that directional marks stand around may be opened with the last of them in it.
_LINK: Final = re.compile("\u2068(https?://[^\\s\u2069]+)\u2069")


def reachable(recipient: str) -> bool:
    """Whether there is anybody at that address."""
    return recipient[:1] not in ("", NOBODY)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to be: the text `message-<template>` of the catalogue with its params.

    `recipient` is a mobile (or the channel's own address).
    """

    recipient: str
    template: str
    params: Mapping[str, object]
    member_id: UUID | None = None
    merchant_id: UUID | None = None


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
    ending: str = "",
) -> UUID | None:
    """Queues one message and returns its id; nothing is queued for a person who was erased.

    It is sent after the commit, at `due_at` or at once. A `secret` text is blanked as soon as it is
    sent. `ending` is a last line as it stands, for a phone to read and not a person.
    """
    if not reachable(recipient):
        return None
    letter = Letter(recipient, template, params, member_id, merchant_id)
    more = {"line": line, "channel": channel, "secret": secret, "due_at": due_at or uow.now}
    row = _row(uow, letter, locale, more, ending)
    price = _segment_price(uow, row["segments"]) if channel == "sms" else 0
    await uow.session.execute(_insert().values(row | {"price": price}))
    await emit(uow, QUEUED, {"message_id": str(row["id"])}, urgent=secret)
    return UUID(str(row["id"]))


async def queue_messages(
    uow: UnitOfWork, letters: Sequence[Letter], *, line: Line = "service", locale: Locale
) -> None:
    """Queues many text messages at once; their sending is woken once."""
    letters = [letter for letter in letters if reachable(letter.recipient)]
    if not letters:
        return
    price = await segment_price(uow)
    more = {"line": line, "channel": "sms", "secret": False, "due_at": uow.now}
    rows = [_row(uow, letter, locale, more) for letter in letters]
    await uow.session.execute(_insert(), [row | {"price": price * row["segments"]} for row in rows])
    await emit(uow, QUEUED, {"message_id": str(rows[-1]["id"])})


async def segment_price(uow: UnitOfWork) -> int:
    """Rial that the mall's shops pay for one segment of a text message."""
    return await uow.session.scalar(select(_segment_price(uow, 1))) or 0


def _row(
    uow: UnitOfWork, letter: Letter, locale: Locale, more: Mapping[str, object], ending: str = ""
) -> dict[str, Any]:
    words = _LINK.sub(r"\1", translate(locale, f"message-{letter.template}", **letter.params))
    words += f"\n{ending}" if ending else ""
    return {
        "mall_id": uow.scope.mall_id,
        "id": new_id(),
        "merchant_id": letter.merchant_id,
        "member_id": letter.member_id,
        "recipient": letter.recipient,
        "template": letter.template,
        "text": words,
        "segments": segments(words),
        "state": "queued",
        "created_at": uow.now,
        **more,
    }


def _insert() -> Any:
    return insert(Message.__table__)  # type: ignore[arg-type]  # it is a Table


def _segment_price(uow: UnitOfWork, count: int) -> Any:
    return (
        select(Mall.sms_segment_price * count)
        .where(Mall.mall_id == uow.scope.mall_id)
        .scalar_subquery()
    )
