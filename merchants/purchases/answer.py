"""What the API answers about a purchase: from a decision, or from what is written."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from merchants.purchases.decision import Decision
from timcheh.money import MoneyUnit
from timcheh.rules import Because, Outcome, explain
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale

MILLI = 1000
_PERSONAL = ("member.", "partner.")
"""Facts that are not the shop's own knowledge of a customer."""


class SpentOut(msgspec.Struct):
    """`amount` in the lot's unit, `value` and `fee` in rial."""

    lot_id: UUID
    issuer_id: UUID
    scope_id: UUID
    unit: str
    amount: int
    value: int
    fee: int


class EarnedOut(msgspec.Struct):
    """`amount` rial or points; spendable in `scope_id` until `expires_at`."""

    lot_id: UUID
    unit: str
    amount: int
    scope_id: UUID
    issuer_id: UUID
    expires_at: datetime | None
    rule: str


class ReasonOut(msgspec.Struct):
    """Why a rule gave, or did not give: `because` as a sentence, `code` and `params` as data."""

    rule: str
    version: int
    outcome: str
    because: str
    code: str
    params: dict[str, Any]


class MemberOut(msgspec.Struct):
    """`number` is masked but for its last digits while the member is not the shop's customer."""

    id: UUID
    number: str


class LineOut(msgspec.Struct):
    """A line with what was settled on it, rial."""

    line: int
    sku: str | None
    name: str | None
    group: str | None
    quantity: int | float
    returned: int | float
    unit_price: int
    total: int
    discount: int
    spent_value: int
    paid: int
    colleague_id: UUID | None = None
    commission: int = 0


class WithheldOut(msgspec.Struct):
    """Credit that can't be spent now: `code` is not_yet (until `begins`), held, not_here,
    card_kind, per_invoice, per_day, share or basket."""

    code: str
    amount: int
    begins: datetime | None


class CreditHereOut(msgspec.Struct):
    """Rial: `current` is all credit held here, `withdrawable` the most that this basket takes."""

    current: int
    withdrawable: int
    rest: list[WithheldOut]


class PurchaseOut(msgspec.Struct):
    """A purchase. Money in rial; `to_pay` is what the member pays in money.

    A shop whose prices hold no value added tax takes `vat_added` on top of it. `credit` is told of
    a dry run.
    """

    id: UUID
    state: str
    merchant_id: UUID
    branch_id: UUID | None
    terminal_id: UUID | None
    member: MemberOut
    total: int
    discount: int
    spent: list[SpentOut]
    spent_value: int
    to_pay: int
    earned: list[EarnedOut]
    debt_paid: int
    reasons: list[ReasonOut]
    lines: list[LineOut]
    rules_version: int
    occurred_at: datetime
    expires_at: datetime | None = None
    dry_run: bool = False
    vat_bps: int | None = None
    vat_added: int = 0
    credit: CreditHereOut | None = None


def quantity_out(milli: int) -> int | float:
    """Thousandths as a JSON number with at most three decimals."""
    whole, rest = divmod(milli, MILLI)
    return whole if rest == 0 else float(Decimal(milli) / MILLI)


def masked(number: str) -> str:
    """The last four digits; the rest is not the shop's to know."""
    return "*" * (len(number) - 4) + number[-4:]


def discreet(because: Because) -> Because:
    """A ground without what it tells of a person whom the shop does not know yet."""
    if because.code == "fact" and str(because.params["fact"]).startswith(_PERSONAL):
        kept = {name: because.params[name] for name in ("fact", "op", "needed")}
        return Because("fact_unknown", kept)
    return Because(because.code, because.params, tuple(map(discreet, because.details)))


def reason_out(
    rule: str, version: int, outcome: str, because: Because, locale: Locale
) -> ReasonOut:
    """A ground with its sentence in the caller's language."""
    sentence = explain(because, locale, MoneyUnit.RIAL)
    rule = rule or translate(locale, f"{because.code}-rule")
    return ReasonOut(rule, version, outcome, sentence, because.code, dict(because.params))


def reasons_out(stored: Sequence[dict[str, Any]], locale: Locale) -> list[ReasonOut]:
    """Reasons as they were written with the purchase."""
    return [
        reason_out(
            each["rule"],
            each["version"],
            str(Outcome(each["outcome"])),
            Because.from_json(each["because"]),
            locale,
        )
        for each in stored
    ]


def answer_of(decision: Decision, locale: Locale) -> PurchaseOut:
    """The answer to a purchase that has just been decided."""
    command = decision.command
    hidden = (command.dry_run or command.manual) and not decision.is_customer
    number = decision.member.number
    return PurchaseOut(
        id=decision.id,
        state="authorized" if command.manual else "confirmed",
        merchant_id=command.till.merchant_id,
        branch_id=command.till.branch_id,
        terminal_id=command.till.terminal_id,
        member=MemberOut(decision.member.id, masked(number) if hidden else number),
        total=decision.pricing.total,
        discount=decision.pricing.discount,
        spent=_spent(decision),
        spent_value=decision.spent_value,
        to_pay=decision.to_pay,
        earned=_earned(decision),
        debt_paid=decision.accrual.debt_paid,
        reasons=[
            reason_out(
                r.rule,
                r.version,
                str(r.outcome),
                discreet(r.because) if hidden else r.because,
                locale,
            )
            for r in decision.reasons()
        ],
        lines=_lines(decision),
        rules_version=decision.pricing.ruleset.version,
        occurred_at=decision.occurred_at,
        expires_at=decision.expires_at,
        dry_run=command.dry_run,
        vat_bps=decision.vat_bps,
        vat_added=decision.vat_added,
    )


def _spent(decision: Decision) -> list[SpentOut]:
    return [
        SpentOut(
            draw.lot.id,
            draw.lot.issuer_id,
            draw.lot.scope_id,
            draw.lot.unit,
            draw.amount,
            draw.value,
            draw.fee,
        )
        for draw in (spend.draw for spend in decision.spends)
    ]


def _earned(decision: Decision) -> list[EarnedOut]:
    return [
        EarnedOut(
            earn.lot_id,
            earn.scope.unit,
            earn.grant.amount,
            earn.scope.id,
            decision.command.till.merchant_id,
            earn.expires_at,
            earn.grant.rule,
        )
        for earn in decision.earns
    ]


def _lines(decision: Decision) -> list[LineOut]:
    return [
        LineOut(
            each.line.index,
            each.sku,
            each.name,
            each.group,
            quantity_out(each.line.quantity_milli),
            0,
            each.line.unit_price,
            each.line.total,
            each.discount,
            each.spent_value,
            each.paid,
            each.colleague_id,
            each.commission,
        )
        for each in decision.lines
    ]
