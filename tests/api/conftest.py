"""The product over its public API, in process, on the real PostgreSQL and Valkey."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from timcheh.ids import new_id

if TYPE_CHECKING:
    from tests.web_support.portal import Web

_mobiles = count(1_000_000)
Json = dict[str, Any]


def new_mobile() -> str:
    """A mobile that no other test of this process uses."""
    return f"0912{next(_mobiles):07d}"


@dataclass
class Api:
    """A caller: somebody's key. Every POST carries a fresh idempotency key unless told."""

    client: httpx.AsyncClient
    key: str
    info: Json = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.info["id"])

    async def call(
        self, method: str, path: str, body: Any = None, *, expect: int | None = None, **headers: str
    ) -> httpx.Response:
        given = {"Authorization": f"Bearer {self.key}", "Accept-Language": "en"}
        if method == "POST":
            given["Idempotency-Key"] = str(new_id())
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        answer = await self.client.request(
            method, f"/api/v1{path}", json=body, headers={k: v for k, v in given.items() if v}
        )
        if expect is not None:
            assert answer.status_code == expect, (answer.status_code, answer.text)
        return answer

    async def get(self, path: str, expect: int = 200) -> Json:
        return dict((await self.call("GET", path, expect=expect)).json())

    async def post(self, path: str, body: Any = None, expect: int = 201) -> Json:
        return dict((await self.call("POST", path, body, expect=expect)).json())

    async def put(self, path: str, body: Any, expect: int = 200) -> Json:
        return dict((await self.call("PUT", path, body, expect=expect)).json())

    async def patch(self, path: str, body: Any, expect: int = 200) -> Json:
        return dict((await self.call("PATCH", path, body, expect=expect)).json())

    async def buy(self, mobile: str, amount: int, *, expect: int = 201, **more: Any) -> Json:
        """One line of `amount` rial, enrolling the member."""
        body = {
            "member": {"mobile": mobile},
            "enrol": True,
            "lines": [{"name": "کالا", "quantity": 1, "unit_price": amount}],
        }
        return await self.post("/purchases", body | more, expect=expect)


@dataclass
class MallApi(Api):
    """A mall's own key, with what its administrators do."""

    slug: str = ""

    async def shop(self, name: str = "فروشگاه", **more: Any) -> Api:
        made = await self.post("/merchants", {"name": name, "slug": f"s-{new_id().hex}", **more})
        return Api(self.client, made["api_key"], made)

    async def partners(self, issuer: Api, acceptor: Api, fee_bps: int, max_share_bps: int) -> Json:
        """An agreement in force: the acceptor takes the issuer's partner credit."""
        terms = {"acceptor_id": acceptor.id, "fee_bps": fee_bps, "max_share_bps": max_share_bps}
        agreement = await issuer.post("/agreements", terms)
        return await acceptor.post(f"/agreements/{agreement['id']}/accept", expect=200)

    async def positions(self) -> Json:
        """Positions by shop, and the fund under `fund`."""
        found = await self.get("/fund/positions")
        return {item["merchant_id"]: item for item in found["items"]} | {"fund": found["fund"]}

    async def lots(self, member_id: str) -> list[Json]:
        return list((await self.get(f"/members/{member_id}/balances"))["lots"])

    async def prove(self) -> None:
        """Every invariant of the ledger holds."""
        proof = await self.get("/fund/proof")
        assert proof["ok"], [check for check in proof["checks"] if not check["ok"]]


@pytest.fixture(scope="session")
async def client(web: "Web") -> AsyncIterator[httpx.AsyncClient]:
    """A client that no session is kept for."""
    async with web.client() as client:
        yield client


@pytest.fixture
def percent_rule() -> Callable[..., Json]:
    """A rule that gives so many basis points as credit."""

    def make(bps: int, scope: str = "own", **more: Any) -> Json:
        effect = {"effect": "credit_percent", "bps": bps, "scope": scope, **more}
        return {"name": f"credit-{scope}-{bps}", "then": [effect]}

    return make
