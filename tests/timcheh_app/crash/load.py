"""Tills that go on selling while things break, and what they know of each sale."""

import http.client
import json
import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from timcheh.ids import new_id

_SECONDS = 5.0
_PAUSE = 0.02  # enough to keep several sales open at any moment
_MEMBERS = [f"0935{number:07d}" for number in range(12)]
_CREATED = http.client.CREATED


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop and its key."""

    id: str
    key: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sale as it was asked for: what a till sends again when it got no answer."""

    shop: Shop
    key: str
    body: bytes


@dataclass
class Sales:
    """`answered`: the till was told 201. `unanswered`: it can't know. `refused`: it was told no.

    `failures` are the answers, 500 and above, of those among the unanswered that got any.
    """

    answered: dict[str, tuple[Attempt, bytes]] = field(default_factory=dict)
    unanswered: dict[str, Attempt] = field(default_factory=dict)
    refused: list[tuple[int, bytes]] = field(default_factory=list)
    failures: list[tuple[int, bytes]] = field(default_factory=list)


class Caller:
    """One connection to the API, opened again whenever it breaks."""

    def __init__(self, port: int, seconds: float = _SECONDS) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)

    def post(self, path: str, key: str, body: bytes, *, idempotency: str) -> tuple[int, bytes]:
        """Status and body. Raises OSError or HTTPException when no whole answer came."""
        return self._send("POST", path, key, body, idempotency)

    def put(self, path: str, key: str, body: bytes) -> tuple[int, bytes]:
        return self._send("PUT", path, key, body, str(new_id()))

    def _send(
        self, method: str, path: str, key: str, body: bytes, idempotency: str
    ) -> tuple[int, bytes]:
        headers = {
            "Authorization": f"Bearer {key}",
            "Idempotency-Key": idempotency,
            "Content-Type": "application/json",
        }
        try:
            self._connection.request(method, f"/api/v1{path}", body, headers)
            answer = self._connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise

    def sell(self, attempt: Attempt) -> tuple[int, bytes]:
        return self.post("/purchases", attempt.shop.key, attempt.body, idempotency=attempt.key)


class Load:
    """A context: inside it `tills` threads sell without a break."""

    def __init__(self, port: int, shops: list[Shop], tills: int = 3) -> None:
        self.sales = Sales()
        self._newest_answered = 0.0  # when the newest of the answered sales was asked for
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._till, args=(port, shops, number), name=f"till {number}")
            for number in range(tills)
        ]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def await_sale(self, since: float, seconds: float) -> float:
        """Returns after how many seconds a sale that was asked for after `since` got its 201.

        `since` is a time of `time.monotonic`. Fails the test after `seconds`.
        """
        while self._newest_answered < since:
            if time.monotonic() - since > seconds:
                raise AssertionError(f"no sale for {seconds:.0f} s")
            time.sleep(0.005)
        return time.monotonic() - since

    def _till(self, port: int, shops: list[Shop], number: int) -> None:
        chance, caller = random.Random(number), Caller(port)
        while not self._stop.is_set():
            attempt, asked_at = random_sale(chance, shops), time.monotonic()
            try:
                status, body = caller.sell(attempt)
            except ConnectionRefusedError:  # nobody was there: it was never asked for
                self._stop.wait(0.1)
                continue
            except (OSError, http.client.HTTPException):
                self.sales.unanswered[attempt.key] = attempt
                self._stop.wait(0.1)
                continue
            if status == _CREATED:
                self.sales.answered[attempt.key] = (attempt, body)
                self._newest_answered = max(self._newest_answered, asked_at)
            elif status >= http.client.INTERNAL_SERVER_ERROR:
                self.sales.unanswered[attempt.key] = attempt
                self.sales.failures.append((status, body))
                self._stop.wait(0.1)
            else:
                self.sales.refused.append((status, body))
            self._stop.wait(_PAUSE)


def random_sale(chance: random.Random, shops: list[Shop]) -> Attempt:
    """A sale of one of the shops to one of a dozen members, spending what they have or not."""
    body: dict[str, Any] = {
        "member": {"mobile": chance.choice(_MEMBERS)},
        "enrol": True,
        "lines": [{"name": "کالا", "quantity": 1, "unit_price": chance.randrange(10**5, 10**7)}],
    }
    if chance.random() < 0.5:
        body["spend"] = {"credit": "max"}
    return Attempt(chance.choice(shops), str(new_id()), json.dumps(body).encode())
