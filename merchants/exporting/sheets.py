"""Customers and purchases as rows of a sheet."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from members.facade import FACTS, write_fact
from merchants.exporting.queries import stream_customers, stream_purchases
from merchants.permissions import Branches
from merchants.profiles.fields import list_fields, write_value
from merchants.profiles.models import CustomField
from timcheh.access.caller import Caller
from timcheh.db import UnitOfWork
from timcheh.money import MoneyUnit
from timcheh.sheets import Cell
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale

Rows = AsyncIterator[Sequence[Sequence[Cell]]]

_PERSON: Final = ("number", "mobile", "name", "birthday")
_CODED: Final = ("gender", "marital_status")
_HISTORY: Final = ("source", "since", "purchases", "spend", "first", "last", "groups", "tier")
_PURCHASE: Final = (
    "purchase", "day", "state", "branch", "name", "mobile", "total", "discount", "spent", "paid",
)  # fmt: skip
_MONEY: Final = frozenset({"spend", "total", "discount", "spent", "paid"})


@dataclass(frozen=True, slots=True)
class Terms:
    """The language of headings and words, and the unit of money."""

    locale: Locale
    unit: MoneyUnit

    def heading(self, name: str) -> str:
        """A heading; money names its unit."""
        text = translate(self.locale, f"export-{name}")
        if name not in _MONEY:
            return text
        return f"{text} ({translate(self.locale, f'unit-{self.unit.value}')})"

    def money(self, rial: int) -> Cell:
        """An amount as a number in the unit."""
        return self.unit.counted(rial)


async def customer_sheet(uow: UnitOfWork, caller: Caller, terms: Terms) -> tuple[list[str], Rows]:
    """Heading and rows of the shop's customers, in its own scope."""
    fields = list(await list_fields(uow, caller.shop))
    heading = [
        *(terms.heading(name) for name in _PERSON),
        *(translate(terms.locale, f"fact-{fact}") for fact in FACTS),
        *(field.label for field in fields),
        translate(terms.locale, "fact-note"),
        terms.heading("promotion"),
        *(terms.heading(name) for name in _HISTORY),
    ]

    async def rows() -> Rows:
        async for some in stream_customers(uow, caller.shop):
            yield [_customer(row, fields, terms) for row in some]

    return heading, rows()


async def purchase_sheet(
    uow: UnitOfWork, caller: Caller, branches: Branches, terms: Terms
) -> tuple[list[str], Rows]:
    """Heading and rows of the shop's purchases, in its own scope."""

    async def rows() -> Rows:
        async for some in stream_purchases(uow, caller.shop, branches):
            yield [_purchase(row, terms) for row in some]

    return [terms.heading(name) for name in _PURCHASE], rows()


def _customer(row: Any, fields: Sequence[CustomField], terms: Terms) -> list[Cell]:
    custom = row.custom or {}
    return [
        row.number,
        row.mobile,
        row.name,
        row.birthday,
        *(_fact(fact, getattr(row, fact), terms.locale) for fact in FACTS),
        *(_own(field, custom.get(str(field.id)), terms.locale) for field in fields),
        row.note,
        translate(terms.locale, "ui-yes" if row.promotion else "ui-no"),
        translate(terms.locale, f"customer-way-{row.source}"),
        row.created_at,
        row.purchases,
        terms.money(row.spend),
        row.first_at,
        row.last_at,
        "، ".join(row.groups),
        row.tier,
    ]


def _purchase(row: Any, terms: Terms) -> list[Cell]:
    return [
        str(row.id),
        row.occurred_at,
        translate(terms.locale, f"state-{row.state}"),
        row.branch,
        row.name,
        row.mobile,
        terms.money(row.total),
        terms.money(row.discount),
        terms.money(row.spent_value),
        terms.money(row.to_pay),
    ]


def _fact(fact: str, value: Any, locale: Locale) -> Cell:
    if value is None:
        return None
    if fact in _CODED:
        return translate(locale, f"fact-{fact}-{value}")
    if fact == "weight_grams":
        return Decimal(value) / 1000
    return write_fact(fact, value, locale) if fact == "children" else value


def _own(field: CustomField, value: Any, locale: Locale) -> Cell:
    if value is None or field.kind == "number":
        return value if value is None or isinstance(value, int) else Decimal(str(value))
    text = write_value(field, value, locale)
    return translate(locale, f"ui-{text}") if field.kind == "yes_no" else text
