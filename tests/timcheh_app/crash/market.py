"""A running tree with a mall of two partner shops, and all sales that were ever asked for."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import asyncpg

from tests.timcheh_app.crash.load import Attempt, Caller, Load, Sales, Shop
from tests.timcheh_app.tree import Serving, run, wait_until
from timcheh.ids import new_id
from timcheh.settings import load_settings


class Market:
    """`serving` is the tree; `answered` what its tills were told, by idempotency key."""

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
        connection = await self.connect()

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

    async def connect(self) -> asyncpg.Connection:
        """A superuser's connection to the tree's database."""
        return await asyncpg.connect(load_settings(data_dir=self.serving.data_dir).superuser_dsn)

    def prove(self) -> None:
        """The proof holds, and what the sales set off gets done."""
        proof = run(self.serving, "proof", "--json")
        assert proof.returncode == 0, proof.stdout + proof.stderr
        assert json.loads(proof.stdout)["ok"] is True
        wait_until(lambda: asyncio.run(self._waiting()) == 0)

    async def _waiting(self) -> int:
        return await self._count("SELECT count(*) FROM kernel.outbox_event WHERE state <> 'done'")

    async def count_purchases(self) -> int:
        """How many are in the books."""
        return await self._count("SELECT count(*) FROM merchants.purchase")

    async def _count(self, sql: str) -> int:
        connection = await self.connect()
        try:
            return int(await connection.fetchval(sql))
        finally:
            await connection.close()
