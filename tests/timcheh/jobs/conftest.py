"""Handlers that leave a trace, and modules made of them."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from timcheh.db import UnitOfWork
from timcheh.module import Event, EventHandler, Module


class Trace:
    """A handler that writes its work into the database and can be told to fail."""

    def __init__(self, name: str, fail: int = 0) -> None:
        self.name, self.fail, self.seen = name, fail, list[Event]()

    async def run(self, uow: UnitOfWork, event: Event) -> None:
        from timcheh.audit import record
        from timcheh.audit.service import SYSTEM

        await record(uow, SYSTEM, f"trace.{self.name}", "event", event.id)
        self.seen.append(event)
        if self.fail > 0:
            self.fail -= 1
            raise RuntimeError("told to fail")

    @property
    def handler(self) -> EventHandler:
        return EventHandler(self.name, self.run)


def module(topic: str, *traces: Trace, **more: Any) -> Module:
    handlers = {topic: [trace.handler for trace in traces]}
    return Module(name="traced", package="timcheh", handlers=handlers, **more)


@pytest.fixture
def make_module() -> Callable[..., Module]:
    return module


WaitFor = Callable[[Callable[[], Awaitable[bool]]], Awaitable[None]]
