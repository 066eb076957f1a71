"""The names that a shop's conditions may choose from: its goods' groups, its customers' groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from merchants.catalogue.queries import group_names
from merchants.customers.queries import names_in_use
from merchants.shops.service import shop_names
from timcheh.db import UnitOfWork
from timcheh.rules import Fact
from timcheh.text.locale import Locale
from timcheh.text.normalise import sort_key

MOST_TICKED: Final = 24
"""So many names are ticked side by side; more are typed, with suggestions."""

Option = tuple[str, str]
"""A value and its name for people."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names by fact, and other shops by id."""

    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    shops: Mapping[UUID, str] = field(default_factory=dict)

    def options(self, fact: Fact, locale: Locale) -> list[Option]:
        """What a fact may be compared with, for ticking or as suggestions; none: anything."""
        if fact.choices:
            return [(choice, fact.choice_label(choice, locale)) for choice in fact.choices]
        if fact.uuids:
            return [(str(id), name) for id, name in self.shops.items()]
        return [(name, name) for name in self.names.get(fact.name, ())]


async def read_vocabulary(uow: UnitOfWork, merchant_id: UUID) -> Vocabulary:
    """In the shop's scope: nothing of another shop but its name."""
    goods = sorted(await group_names(uow, merchant_id), key=sort_key)
    shops = await shop_names(uow)
    others = {id: name for id, name in shops.items() if id != merchant_id}
    return Vocabulary(
        {"basket.groups": goods, **await names_in_use(uow, merchant_id)},
        dict(sorted(others.items(), key=lambda shop: sort_key(shop[1]))),
    )
