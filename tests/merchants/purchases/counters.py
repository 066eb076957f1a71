"""What a history is played at: the terms that the two counters share."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from merchants.purchases.command import LineAsked, MemberRef, PurchaseCommand, SpendAsked, Till
from merchants.purchases.decision import Decision
from merchants.purchases.unwinding import Policy, Unwound
from tests.api.notebook import Json, Sold

ScopeName = str
"""As the oracle names scopes: `own:<shop>`, `partners:<shop>`, `pool:<scope>`, `network`."""


class LotSeen(NamedTuple):
    """A lot as a counter keeps it; `ends` as text that sorts."""

    left: int
    held: int
    expired: int
    ends: str


@dataclass(frozen=True)
class Terms:
    """On which a shop accepts a scope of others."""

    fee_bps: int
    max_share_bps: int | None


class Counter(Protocol):
    """A small mall at which shops sell; refusals are errors of the product's tree."""

    grace_days: int

    async def open(self, at: datetime) -> None: ...
    async def shop(self, policy: Policy, limit: int) -> str: ...
    async def accept(self, scope: ScopeName, shop: str, terms: Terms) -> None: ...
    async def pool(self, issue: int, redeem: int) -> str: ...
    async def member(self) -> str: ...
    async def rules(self, shop: str, version: int, rules: list[Json]) -> None: ...
    async def suspend(self, shop: str, suspended: bool) -> None: ...
    async def buy(self, command: PurchaseCommand, at: datetime) -> Decision: ...
    async def cancel(self, shop: str, purchase: str, at: datetime) -> None: ...
    async def give_back(
        self, shop: str, purchase: str, back: dict[int, int], at: datetime
    ) -> Unwound: ...
    async def gift(
        self, shop: str, member: str, amount: int, scope: ScopeName, ends: datetime, at: datetime
    ) -> str: ...
    async def top_up(self, member: str, amount: int, at: datetime) -> str: ...
    async def sweep(self, at: datetime) -> None: ...
    async def seen(self, at: datetime) -> tuple[dict[str, LotSeen], dict[tuple[str, str], int]]:
        """Every lot, and what members owe shops, by (shop, member)."""
        ...

    async def prove(self, positions: dict[str, tuple[int, int]], fund: dict[str, int]) -> None: ...


def command_of(
    mall: Any, shop: Any, member: Any, lines: list[Sold], asked: Json, *, manual: bool
) -> PurchaseCommand:
    """What a till asks for, from what the oracle sells."""
    return PurchaseCommand(
        till=Till(mall, shop, shop),
        member=MemberRef(id=member),
        lines=tuple(LineAsked(x.quantity, x.price, group=x.group) for x in lines),
        spend=SpendAsked(asked.get("credit"), asked.get("points"), asked.get("wallet")),
        manual=manual,
    )
