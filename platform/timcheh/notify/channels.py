"""Channels: the port through which a message leaves, and the one that the demo has.

A provider's adapter is a class with this protocol; it raises ChannelError for what may work
later, and PermanentError for what never will.
"""

import asyncio
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

import structlog

_log = structlog.get_logger(__name__)


class ChannelError(Exception):
    """The message didn't go out; trying again later may help."""


class PermanentError(ChannelError):
    """The message will never go out like this (a bad number, a refused text)."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way. `line` is service or promotional."""

    id: UUID
    recipient: str
    text: str
    line: str
    template: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider took it; `id` is its own number for the message, if it has one."""

    provider: str
    id: str | None = None


class Channel(Protocol):
    """One way to reach people."""

    async def send(self, message: Outgoing) -> Receipt:
        """Hands a message over. Called outside any database transaction."""
        ...


class Nowhere:
    """Takes a message and lets it fall: a trial writes to nobody."""

    async def send(self, message: Outgoing) -> Receipt:
        """Nothing leaves."""
        return Receipt("trial")


class FileChannel:
    """Writes each message as a JSON line to a file that only its owner can read.

    For installations without a provider: nothing leaves the machine, and the message shows in
    the database's inbox (`/dev/inbox` in the demo).
    """

    def __init__(self, path: Path, *, aloud: bool = False) -> None:
        """`aloud` also logs the text: in the demo, sign-in codes show on the console."""
        self._path = path
        self._aloud = aloud

    async def send(self, message: Outgoing) -> Receipt:
        await asyncio.to_thread(self._append, message)
        if self._aloud:
            _log.info("message", to=message.recipient, text=message.text)
        return Receipt("file")

    def _append(self, message: Outgoing) -> None:
        line = json.dumps(
            {
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
                "id": str(message.id),
                "to": message.recipient,
                "line": message.line,
                "template": message.template,
                "text": message.text,
            },
            ensure_ascii=False,
        )
        # O_APPEND: lines of several processes don't run into each other.
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, line.encode() + b"\n")
        finally:
            os.close(descriptor)
