"""Purchases in words: what the portal's templates are given."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from merchants.concessions.giving import conceded_in
from merchants.customers.models import Customer
from merchants.purchases.answer import quantity_out
from merchants.purchases.listing import PurchaseDetail, PurchaseRow
from merchants.purchases.models import PurchaseReturn
from merchants.purchases.returning import Returned
from merchants.purchases.why import Given, Ground, told
from timcheh.money import format_money
from timcheh.rules import Because
from timcheh.text.digits import format_number
from timcheh.web.pages import PageContext


@dataclass(frozen=True, slots=True)
class ShownPurchase:
    """A row of `merchants/purchases/_rows.html`."""

    id: UUID
    at: datetime
    state: str
    customer: str
    total: int
    spent_value: int
    to_pay: int
    earned: str


def money(page: PageContext, amount: int) -> str:
    """`amount` rial as the mall shows money."""
    return format_money(amount, page.unit, page.locale)


def value_text(page: PageContext, unit: str, amount: int) -> str:
    """So much credit or so many points, as a short text."""
    if unit == "point":
        return page.text("gift-points", amount=format_number(amount, page.locale))
    return page.text("gift-credit", amount=money(page, amount))


def joined(page: PageContext, parts: Sequence[str]) -> str:
    """`a، b و c`."""
    if len(parts) < 2:
        return "".join(parts)
    first = page.text("list-comma").join(parts[:-1])
    return page.text("list-and", first=first, last=parts[-1])


def customer_text(page: PageContext, name: str | None, mobile: str | None) -> str:
    """Who it is, as far as this shop may know. A customer without a mobile was erased."""
    if name:
        return name
    if mobile == "":
        return page.text("customers-erased")
    return page.digits(mobile) if mobile else page.text("purchases-stranger")


def shown_rows(page: PageContext, rows: Iterable[PurchaseRow]) -> list[ShownPurchase]:
    """Purchases for a list."""
    return [
        ShownPurchase(
            row.id,
            row.at,
            row.state,
            customer_text(page, row.name, row.mobile),
            row.total,
            row.spent_value,
            row.to_pay,
            joined(page, [value_text(page, unit, row.earned[unit]) for unit in sorted(row.earned)]),
        )
        for row in rows
    ]


def shown_detail(
    page: PageContext,
    detail: PurchaseDetail,
    names: Mapping[UUID, str],
    cashier: str,
    *,
    knows_customers: bool,
    may_return: bool,
) -> dict[str, Any]:
    """The context of `merchants/purchases/one.html`. `names`: the shops', by id."""
    customer = detail.customer
    return {
        "purchase": _head(page, detail, customer, cashier, knows_customers),
        "lines": shown_lines(detail),
        "spent": [
            {
                "issuer": names.get(spend.issuer_id, ""),
                "own": spend.unit == "rial" and spend.issuer_id == detail.head.merchant_id,
                "unit": spend.unit,
                "amount": spend.amount,
                "value": spend.value,
                "fee": spend.fee,
                "until": None,
            }
            for spend in detail.spends
        ],
        "earned": [
            {
                "unit": earn.unit,
                "amount": earn.amount,
                "scope": page.text(f"scope-{detail.scopes[earn.scope_id]}"),
                "rule": earn.rule,
                "until": earn.expires_at,
            }
            for earn in detail.earns
        ],
        "reasons": shown_reasons(page, detail, names),
        "returns": [_return(page, each) for each in reversed(detail.returns)],
        "can_return": may_return and detail.can_return,
    }


def shown_reasons(
    page: PageContext, detail: PurchaseDetail, names: Mapping[UUID, str]
) -> list[dict[str, Any]]:
    """Reasons as they were written with a purchase, with the lots that came of them."""
    lines = [line.name or line.sku or line.group or "" for line in detail.lines]
    return told(page, map(ground_of, detail.head.reasons), lines, given_of(detail), names)


def ground_of(stored: Mapping[str, Any]) -> Ground:
    """A reason as it was written with a purchase."""
    return Ground(stored["rule"], stored["outcome"], Because.from_json(stored["because"]))


def given_of(detail: PurchaseDetail) -> list[Given]:
    """The lots that a purchase granted."""
    return [
        Given(
            earn.rule,
            earn.unit,
            earn.amount,
            detail.scopes[earn.scope_id],
            earn.expires_at,
            earn.shares,
        )
        for earn in detail.earns
    ]


def shown_lines(detail: PurchaseDetail) -> list[dict[str, Any]]:
    """The lines of a purchase for a table."""
    return [_line(line) for line in detail.lines]


def _head(
    page: PageContext,
    detail: PurchaseDetail,
    customer: Customer | None,
    cashier: str,
    knows_customers: bool,
) -> dict[str, Any]:
    head = detail.head
    linked = customer is not None and knows_customers
    return {
        "id": head.id,
        "at": head.occurred_at,
        "state": head.state,
        "customer": customer_text(
            page, customer.name if customer else None, customer.mobile if customer else None
        ),
        "customer_href": page.url(f"customers/{head.member_id}") if linked else "",
        "number": customer.number if customer else "",
        "branch": detail.branch,
        "cashier": cashier,
        "total": head.total,
        "discount": head.discount,
        "conceded": conceded_in(head.reasons),
        "spent_value": head.spent_value,
        "to_pay": head.to_pay,
        "vat_added": head.vat_added or 0,
        "rules_version": head.rules_version,
    }


def _line(line: Any) -> dict[str, Any]:
    return {
        "n": line.line,
        "name": line.name or line.sku or line.group,
        "group": line.group or "",
        "quantity": quantity_out(line.quantity_milli),
        "left": quantity_out(line.quantity_milli - line.returned_milli),
        "unit_price": line.unit_price,
        "total": line.total,
        "discount": line.discount,
        "spent_value": line.spent_value,
        "paid": line.paid,
        "returned": quantity_out(line.returned_milli) if line.returned_milli else "",
        "commission": line.commission or 0,
    }


def _return(page: PageContext, row: PurchaseReturn) -> dict[str, Any]:
    taken: dict[str, int] = {}
    for each in row.taken_back:
        taken[each["unit"]] = taken.get(each["unit"], 0) + each["amount"]
    parts = [
        page.text("purchase-return-taken", what=value_text(page, unit, taken[unit]))
        for unit in sorted(taken)
    ]
    if row.restored:
        parts.insert(0, page.text("purchase-return-restored"))
    if row.deducted:
        parts.append(page.text("purchase-return-deducted", amount=money(page, row.deducted)))
    if row.carried:
        parts.append(page.text("purchase-return-carried", amount=money(page, row.carried)))
    return {"id": row.id, "at": row.created_at, "refund": row.refund, "text": " ".join(parts)}


def foreseen(page: PageContext, done: Returned) -> dict[str, Any]:
    """What a return comes to, for `merchants/purchases/_back.html`: sums in words and rial."""
    outcome = done.outcome
    taken: dict[str, int] = {}
    for each in outcome.taken:
        taken[each.unit] = taken.get(each.unit, 0) + each.taken
    return {
        "refund": outcome.refund,
        "restored": sum(each.value for each in outcome.restored),
        "taken": [value_text(page, unit, taken[unit]) for unit in sorted(taken) if taken[unit]],
        "deducted": outcome.deducted,
        "carried": outcome.carried,
        "written_off": outcome.written_off,
    }
