"""What is kept of a sale before any reward, by group of goods. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from timcheh.rules.basket import match_key


@dataclass(frozen=True, slots=True)
class Margins:
    """Basis points of the price before discounts; `default` is for goods of no other group.

    `groups` is by match key, so that ي and ی are no difference.
    """

    default: int
    groups: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, default: int, groups: Mapping[str, int]) -> "Margins":
        """From groups as the shop writes them."""
        return cls(default, {match_key(group): bps for group, bps in groups.items()})

    def bps(self, group: str | None) -> int:
        """Of a group by its match key; None: goods without a group."""
        return self.default if group is None else self.groups.get(group, self.default)
