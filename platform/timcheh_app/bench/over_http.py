"""Whole purchases over HTTP: a client of few microseconds a request, so that it measures us."""

import asyncio
import json
import random
import time
from dataclasses import dataclass
from statistics import quantiles
from urllib.parse import urlsplit

from timcheh.ids import new_id
from timcheh_app.bench.world import SHOPS, World

_END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Load:
    """What a run came to; latencies in milliseconds."""

    per_second: float
    p50_ms: float
    p99_ms: float
    count: int


class _Connection(asyncio.Protocol):
    """One keep-alive connection that asks again as soon as it is answered."""

    def __init__(self, world: World, host: str, until: float, latencies: list[float]) -> None:
        self._world, self._host, self._until, self._latencies = world, host, until, latencies
        self._buffer = b""
        self._began = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(_END_OF_HEAD)
        if not found:
            return
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        if len(rest) < length:
            return
        if b" 201 " not in head[:20]:
            self.done.set_exception(RuntimeError(rest.decode()))
            self._transport.close()
            return
        self._buffer = b""
        self._latencies.append(time.perf_counter() - self._began)
        if time.perf_counter() < self._until:
            self._ask()
        else:
            self.done.set_result(None)
            self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server closed the connection"))

    def _ask(self) -> None:
        position = random.randrange(len(self._world.mobiles))  # noqa: S311  it is a load
        shop = self._world.shops[(position + 1) % SHOPS]
        body = json.dumps(
            {
                "member": {"mobile": self._world.mobiles[position]},
                "lines": [
                    {"name": "الف", "quantity": 1, "unit_price": 1_200_000},
                    {"name": "ب", "quantity": 2, "unit_price": 650_000},
                ],
                "spend": {"credit": 1_000, "points": 1},
            }
        ).encode()
        head = (
            f"POST /api/v1/purchases HTTP/1.1\r\nHost: {self._host}\r\n"
            f"Authorization: Bearer {shop.key}\r\nIdempotency-Key: {new_id()}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._began = time.perf_counter()
        self._transport.write(head.encode() + body)


async def measure(world: World, url: str, connections: int, seconds: float) -> Load:
    """Purchases for so long over so many connections; each spends two lots and earns two."""
    loop = asyncio.get_running_loop()
    host, port = urlsplit(url).hostname, urlsplit(url).port
    assert host is not None
    assert port is not None
    latencies: list[float] = []
    began = time.perf_counter()
    made = [
        await loop.create_connection(
            lambda: _Connection(world, f"{host}:{port}", began + seconds, latencies), host, port
        )
        for _ in range(connections)
    ]
    await asyncio.gather(*(protocol.done for _, protocol in made))
    elapsed = time.perf_counter() - began
    cuts = quantiles(latencies, n=100)
    return Load(len(latencies) / elapsed, cuts[49] * 1e3, cuts[98] * 1e3, len(latencies))
