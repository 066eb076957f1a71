"""What an invoice or credit note says: from what is written of the purchase. Pure; rial."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from merchants.concessions.giving import conceded_in
from merchants.invoices.models import Invoice
from merchants.purchases.answer import MILLI
from merchants.purchases.listing import PurchaseDetail
from merchants.purchases.models import PurchaseLine, PurchaseReturn
from merchants.purchases.vat import vat_within


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """`quantity` has at most three decimals; money in rial."""

    name: str
    quantity: int | Decimal
    unit_price: int
    total: int
    discount: int

    @property
    def net(self) -> int:
        return self.total - self.discount


@dataclass(frozen=True, slots=True)
class Document:
    """An invoice, or what it was that came back. `paid` is money, the tax on top included.

    `spent` and `earned` are `(unit, amount in it)`; `vat` is the tax on or within `net`; `conceded`
    what of the discount the seller gave of their own accord.
    """

    kind: str
    number: int
    seller: dict[str, Any]
    issued_at: datetime
    at: datetime
    lines: Sequence[DocumentLine]
    spent_value: int
    spent: Sequence[tuple[str, int]]
    earned: Sequence[tuple[str, int]]
    paid: int
    vat_bps: int | None
    vat: int
    vat_added: int
    deducted: int = 0
    conceded: int = 0

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def discount(self) -> int:
        return sum(line.discount for line in self.lines)

    @property
    def net(self) -> int:
        return self.total - self.discount


def invoice_of(issued: Invoice, detail: PurchaseDetail, unnamed: str) -> Document:
    """The invoice of a purchase; `unnamed` stands for goods without a name."""
    head = detail.head
    net = head.total - head.discount
    added = head.vat_added or 0
    within = vat_within(net, head.vat_bps) if head.vat_bps and not head.vat_added else 0
    return Document(
        kind=issued.kind,
        number=issued.number,
        seller=issued.seller,
        issued_at=issued.issued_at,
        at=head.occurred_at,
        lines=[_line(row, row.quantity_milli, unnamed) for row in detail.lines],
        spent_value=head.spent_value,
        spent=_sums((row.unit, row.amount) for row in detail.spends),
        earned=_sums((row.unit, row.amount) for row in detail.earns),
        paid=head.to_pay + added,
        vat_bps=head.vat_bps,
        vat=added or within,
        vat_added=added,
        conceded=conceded_in(head.reasons),
    )


def credit_note_of(
    issued: Invoice, detail: PurchaseDetail, back: PurchaseReturn, unnamed: str
) -> Document:
    """The credit note of a return: what came back, and what became of the money and value."""
    rows = {row.line: row for row in detail.lines}
    lines = [_line(rows[e["line"]], e["quantity_milli"], unnamed) for e in back.lines]
    net = sum(line.net for line in lines)
    bps, added = detail.head.vat_bps, back.vat or 0
    units = {row.lot_id: row.unit for row in detail.spends}
    restored = [(e["lot_id"], e["amount"]) for e in back.restored]
    money = back.refund + back.deducted
    return Document(
        kind=issued.kind,
        number=issued.number,
        seller=issued.seller,
        issued_at=issued.issued_at,
        at=back.created_at,
        lines=lines,
        spent_value=max(0, net + added - money),
        spent=_sums((units[key], amount) for key, amount in _by_lot(restored)),
        earned=_sums((e["unit"], e["amount"]) for e in back.taken_back),
        paid=back.refund,
        vat_bps=bps,
        vat=added or (vat_within(net, bps) if bps and not detail.head.vat_added else 0),
        vat_added=added,
        deducted=back.deducted,
    )


def _line(row: PurchaseLine, milli: int, unnamed: str) -> DocumentLine:
    """So many thousandths of a line."""
    return DocumentLine(
        row.name or row.sku or row.group or unnamed,
        _quantity(milli),
        row.unit_price,
        row.total * milli // row.quantity_milli,
        row.discount * milli // row.quantity_milli,
    )


def _quantity(milli: int) -> int | Decimal:
    whole, rest = divmod(milli, MILLI)
    return whole if rest == 0 else (Decimal(milli) / MILLI).normalize()


def _by_lot(restored: Sequence[tuple[str, int]]) -> Sequence[tuple[Any, int]]:
    return [(UUID(lot), amount) for lot, amount in restored]


def _sums(parts: Any) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for unit, amount in parts:
        found[unit] = found.get(unit, 0) + amount
    return sorted(found.items())
