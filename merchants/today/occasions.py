"""Whose day it is: the shop's own customers with a birthday or a wedding anniversary today."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from merchants.audience.queries import audience_of
from merchants.listing import Window
from timcheh.db import UnitOfWork
from timcheh.rules.model import Comparison

KINDS: Final = {"birthday": "member.birthday_in_days", "wedding": "member.wedding_in_days"}
MOST: Final = 200
"""Of each kind: more is told as a number only."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """`kind` is of KINDS; the customer as this shop knows them."""

    kind: str
    member_id: UUID
    name: str | None
    mobile: str


async def occasions_today(uow: UnitOfWork, merchant_id: UUID) -> list[Occasion]:
    """By the mall's own day, who buys most recently first. In the shop's scope."""
    found = []
    for kind, fact in KINDS.items():
        audience = await audience_of(uow, merchant_id, Comparison(fact, "==", 0))
        rows = await audience.page(uow, Window(limit=MOST - 1))
        found += [Occasion(kind, row.member_id, row.name, row.mobile) for row in rows]
    return found
