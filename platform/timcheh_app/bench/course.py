"""Who buys where next. Knows nothing of the product, so that the client of the load starts light.

A member walks round the mall: each purchase is at the next shop, which accepts the credit that the
last one gave, and spends all that can be spent there. So each spends one lot of a partner and one
of points and earns one of each, however many went before: what a purchase costs does not drift
while it is measured, and the mall's size is all that two malls differ in.
"""

from typing import Final
from uuid import UUID

from msgspec import Struct

SHOPS: Final = 24
PATTERNS: Final = 4 * SHOPS
"""Members whose history was made by the product; all others are copies of these, in turn."""
_STRIDE: Final = 6_700_417
"""A prime: steps of it visit every member once, in no order that an index or a cache would like."""


class Shop(Struct, frozen=True):
    """A shop of the bench with its key."""

    id: UUID
    key: str


class Visit(Struct, frozen=True):
    """The member at `position` buys at the shop number `shop`."""

    position: int
    shop: int

    @property
    def mobile(self) -> str:
        return mobile(self.position)


class World(Struct, frozen=True):
    """A mall of the bench: what the measurements need to know."""

    mall_id: UUID
    slug: str
    shops: tuple[Shop, ...]
    members: int

    def visit(self, number: int) -> Visit:
        """The bench's purchase of that number, from 0. Every member buys once before any again."""
        again, turn = divmod(number, self.members)
        position = turn * _STRIDE % self.members
        return Visit(position, (position + purchases_before(position) + again) % SHOPS)

    @property
    def history(self) -> int:
        """How many purchases were made before the bench."""
        whole, rest = divmod(self.members, PATTERNS)
        return self.members + whole * SHOPS + min(rest, SHOPS)


def mobile(position: int) -> str:
    """A member's mobile, unique up to ten million members."""
    return f"0912{position:07d}"


def purchases_before(position: int) -> int:
    """How often a member had bought before the bench: a quarter of them twice, all others once."""
    return 2 if position % PATTERNS < SHOPS else 1
