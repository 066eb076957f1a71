"""The load: a process of its own that asks for purchases as fast as they are answered.

`python -m timcheh_app.bench.client`, a Task as JSON on stdin, a Load as JSON on stdout. It costs a
few microseconds a request, since it shares the cores with what it measures: the protocol by hand,
requests put together from prepared bytes, answers looked at no further than their length.
"""

import asyncio
import sys
import time
from itertools import count
from statistics import quantiles
from typing import Final, cast
from uuid import uuid4

import msgspec
from msgspec import Struct

from timcheh_app.bench.course import World

_END_OF_HEAD: Final = b"\r\n\r\n"
_LENGTH: Final = b"content-length: "
_BODY: Final = (
    b'{"member":{"mobile":"%s"},"lines":['
    b'{"name":"\xd8\xa7\xd9\x84\xd9\x81","quantity":1,"unit_price":1200000},'
    b'{"name":"\xd8\xa8","quantity":2,"unit_price":650000}],'
    b'"spend":{"credit":"max","points":"max"},"dry_run":%s}'
)


class Task(Struct):
    """What to do: visits from number `first` on for so long. `dry_run`: only ask what would be."""

    world: World
    host: str
    port: int
    connections: int
    seconds: float
    first: int
    dry_run: bool = False


class Load(Struct):
    """What it came to: latencies in milliseconds, this process's CPU in microseconds a purchase."""

    per_second: float
    p50_ms: float
    p99_ms: float
    count: int
    cpu_us: float


class Requests:
    """Makes the requests, one visit after another."""

    def __init__(self, task: Task) -> None:
        self._world = task.world
        self._numbers = count(task.first)
        self._dry_run = b"true" if task.dry_run else b"false"
        length = len(_BODY % (b"0" * 11, self._dry_run))
        run = uuid4().hex  # a key is never one of an earlier run
        self._heads = [
            (
                f"POST /api/v1/purchases HTTP/1.1\r\nHost: {task.host}:{task.port}\r\n"
                f"Authorization: Bearer {shop.key}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {length}\r\nIdempotency-Key: {run}-"
            ).encode()
            for shop in task.world.shops
        ]

    def next(self) -> bytes:
        number = next(self._numbers)
        visit = self._world.visit(number)
        body = _BODY % (visit.mobile.encode(), self._dry_run)
        return b"%s%d\r\n\r\n%s" % (self._heads[visit.shop], number, body)


class _Connection(asyncio.Protocol):
    """One keep-alive connection that asks again as soon as it is answered."""

    def __init__(self, requests: Requests, until: float, latencies: list[float]) -> None:
        self._requests, self._until, self._latencies = requests, until, latencies
        self._buffer = b""
        self._began = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are not asyncio's classes, but do the same.
        self._transport = cast(asyncio.Transport, transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head = self._buffer.find(_END_OF_HEAD)
        if head < 0:
            return
        at = self._buffer.index(_LENGTH) + len(_LENGTH)
        length = int(self._buffer[at : self._buffer.index(b"\r", at)])
        if len(self._buffer) < head + len(_END_OF_HEAD) + length:
            return
        if not self._buffer.startswith(b"HTTP/1.1 201 "):
            self.done.set_exception(RuntimeError(self._buffer.decode()))
            self._transport.close()
            return
        self._buffer = b""
        now = time.perf_counter()
        self._latencies.append(now - self._began)
        if now < self._until:
            self._ask()
        else:
            self.done.set_result(None)
            self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server closed the connection"))

    def _ask(self) -> None:
        request = self._requests.next()
        self._began = time.perf_counter()
        self._transport.write(request)


async def run(task: Task) -> Load:
    """The whole load. Raises RuntimeError with the first answer that is no purchase."""
    loop = asyncio.get_running_loop()
    requests = Requests(task)
    latencies: list[float] = []
    used = time.process_time()
    began = time.perf_counter()
    made = [
        await loop.create_connection(
            lambda: _Connection(requests, began + task.seconds, latencies), task.host, task.port
        )
        for _ in range(task.connections)
    ]
    await asyncio.gather(*(protocol.done for _, protocol in made))
    elapsed = time.perf_counter() - began
    cuts = quantiles(latencies, n=100)
    return Load(
        per_second=len(latencies) / elapsed,
        p50_ms=cuts[49] * 1e3,
        p99_ms=cuts[98] * 1e3,
        count=len(latencies),
        cpu_us=(time.process_time() - used) / len(latencies) * 1e6,
    )


def main() -> None:
    import uvloop

    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    sys.stdout.buffer.write(msgspec.json.encode(uvloop.run(run(task))))


if __name__ == "__main__":
    main()
