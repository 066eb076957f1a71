"""kill -9 of every part of the running product while tills sell: nothing lost, nothing twice.

`CRASH_ROUNDS=20 make test ARGS=tests/timcheh_app/test_crash.py` goes round more often than once.
"""

import asyncio
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import asyncpg
import pytest

from tests.timcheh_app.crash_load import Attempt, Caller, Load, Sales, Shop
from tests.timcheh_app.services.conftest import Serving, alive, wait_until
from tests.timcheh_app.services.test_tree import SERVICES, run
from timcheh.ids import new_id
from timcheh.settings import load_settings
from timcheh_app.services.leftovers import users_of

ROUNDS = int(os.environ.get("CRASH_ROUNDS", "1"))
SERVING_AGAIN_SECONDS = 10.0


def patience() -> float:
    """The bound, in proportion where other processes take the machine away from us."""
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    return SERVING_AGAIN_SECONDS * max(1.0, busy)


class Market:
    """A running tree with a mall of two partner shops, and all sales that were ever asked for."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving
        serving.start()
        made = run(serving, "mall", "create", "--name", "تیمچه", "--slug", "bazaar", "--json")
        assert made.returncode == 0, made.stderr
        self._key = json.loads(made.stdout)["api_key"]
        self.shops = [self._shop(slug) for slug in ("gol", "laleh")]
        for issuer, acceptor in (self.shops, reversed(self.shops)):
            self._partners(issuer, acceptor)
        self.answered: dict[str, str] = {}  # idempotency key: the purchase's id

    def _call(self, method: Callable[..., tuple[int, bytes]], *arguments: Any, **more: Any) -> Any:
        status, body = method(*arguments, **more)
        assert status < 300, body.decode()
        return json.loads(body)

    def _post(self, path: str, key: str, body: object) -> Any:
        caller, content = Caller(self.serving.port), json.dumps(body).encode()
        return self._call(caller.post, path, key, content, idempotency=str(new_id()))

    def _shop(self, slug: str) -> Shop:
        made = self._post("/merchants", self._key, {"name": slug, "slug": slug})
        effect = {"effect": "credit_percent", "bps": 1000, "scope": "partners"}
        rules = json.dumps({"rules": [{"name": "credit", "then": [effect]}]}).encode()
        self._call(Caller(self.serving.port).put, "/rules", made["api_key"], rules)
        return Shop(made["id"], made["api_key"])

    def _partners(self, issuer: Shop, acceptor: Shop) -> None:
        terms = {"acceptor_id": acceptor.id, "fee_bps": 200, "max_share_bps": 5000}
        agreement = self._post("/agreements", issuer.key, terms)
        self._post(f"/agreements/{agreement['id']}/accept", acceptor.key, {})

    def load(self) -> Load:
        return Load(self.serving.port, self.shops)

    def account_for(self, sales: Sales) -> None:
        """Sends again what got no answer; then the books hold every sale exactly once."""
        assert sales.refused == []
        caller = Caller(self.serving.port)
        for attempt in sales.unanswered.values():
            first, second = caller.sell(attempt), caller.sell(attempt)
            assert first[0] == 201, first
            assert first == second
            self._note(attempt, first[1])
        for attempt, answer in sales.answered.values():
            self._note(attempt, answer)
        for attempt, answer in list(sales.answered.values())[-20:]:
            assert caller.sell(attempt) == (201, answer)
        purchases, transfers, kept = asyncio.run(self._books())
        assert purchases == transfers == set(self.answered.values())
        assert kept >= set(self.answered)

    def _note(self, attempt: Attempt, answer: bytes) -> None:
        self.answered[attempt.key] = json.loads(answer)["id"]

    async def _books(self) -> tuple[set[str], set[str], set[str]]:
        """Ids of all purchases, of the transfers that booked them, and the keys of sales."""
        connection = await asyncpg.connect(self._dsn)

        async def column(sql: str) -> set[str]:
            return {str(row[0]) for row in await connection.fetch(sql)}

        try:
            return (
                await column("SELECT id FROM merchants.purchase"),
                await column("SELECT id FROM ledger.transfer WHERE kind = 'purchase'"),
                await column("SELECT key FROM kernel.idempotency"),
            )
        finally:
            await connection.close()

    @property
    def _dsn(self) -> str:
        return load_settings(data_dir=self.serving.data_dir).superuser_dsn

    def prove(self) -> None:
        """The proof holds, and what the sales set off gets done."""
        proof = run(self.serving, "proof", "--json")
        assert proof.returncode == 0, proof.stdout + proof.stderr
        assert json.loads(proof.stdout)["ok"] is True
        wait_until(lambda: asyncio.run(self._waiting()) == 0)

    async def _waiting(self) -> int:
        connection = await asyncpg.connect(self._dsn)
        try:
            return int(
                await connection.fetchval(
                    "SELECT count(*) FROM kernel.outbox_event WHERE state <> 'done'"
                )
            )
        finally:
            await connection.close()


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    serving = Serving(tmp_path_factory.mktemp("crash") / "data")
    try:
        yield Market(serving)
    finally:
        if serving.started:
            assert serving.stop() == 0


def kill_supervisor(serving: Serving) -> None:
    serving.kill()


def kill_tree(serving: Serving) -> None:
    """Everything at once, as a power cut does."""
    for pid in (serving.pid, *serving.processes()):
        if alive(pid):
            os.kill(pid, signal.SIGKILL)
    serving.stop()


@pytest.mark.parametrize("number", range(ROUNDS))
def test_killed_services_lose_no_sale_and_repeat_none(market: Market, number: int) -> None:
    with market.load() as load:
        load.await_more_sales(patience())
        for name in SERVICES:
            victim = market.serving.service(name)
            os.kill(victim, signal.SIGKILL)
            wait_until(lambda victim=victim: not alive(victim))  # type: ignore[misc]
            load.await_more_sales(patience())
            wait_until(lambda name=name: alive(market.serving.service(name)))  # type: ignore[misc]
    market.account_for(load.sales)
    market.prove()


@pytest.mark.parametrize("kill", [kill_supervisor, kill_tree])
@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_killed_tree_loses_no_sale_and_repeats_none(
    market: Market, kill: Callable[[Serving], None], number: int
) -> None:
    with market.load() as load:
        load.await_more_sales(patience())
        processes = market.serving.processes()
        kill(market.serving)
        wait_until(lambda: not any(alive(pid) for pid in processes), seconds=15)
    assert list(users_of(market.serving.data_dir)) == []
    began = time.monotonic()
    market.serving.start()
    market.account_for(load.sales)
    assert load.sales.unanswered
    assert time.monotonic() - began < patience()
    market.prove()
