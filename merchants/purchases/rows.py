"""A decision as rows for `merchants.record_many`. Field by field as in `sql/10_types.sql`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec

from merchants.purchases.decision import Decision
from merchants.purchases.quote import KnownMember
from timcheh.calendar import local_date
from timcheh.rules import Standing

_CALL = "SELECT merchants.record_many($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
_json = msgspec.json.Encoder()

Row = tuple[Any, ...]


@dataclass(slots=True)
class PurchaseRows:
    """The rows of one purchase, or of a batch of them."""

    claims: list[Row] = field(default_factory=list)
    purchases: list[Row] = field(default_factory=list)
    enrolments: list[Row] = field(default_factory=list)
    lines: list[Row] = field(default_factory=list)
    spends: list[Row] = field(default_factory=list)
    earns: list[Row] = field(default_factory=list)
    usage: list[Row] = field(default_factory=list)
    entitlements: list[Row] = field(default_factory=list)
    exposures: list[Row] = field(default_factory=list)
    concessions: list[Row] = field(default_factory=list)
    approvals: list[Row] = field(default_factory=list)

    def add(self, other: "PurchaseRows") -> None:
        """Joins another purchase to the batch."""
        self.claims += other.claims
        self.purchases += other.purchases
        self.enrolments += other.enrolments
        self.lines += other.lines
        self.spends += other.spends
        self.earns += other.earns
        self.usage += other.usage
        self.entitlements += other.entitlements
        self.exposures += other.exposures
        self.concessions += other.concessions
        self.approvals += other.approvals


async def record(connection: Any, mall_id: Any, batch: Any) -> list[None]:
    """Writes a batch in one call and one transaction, or none of it."""
    rows = PurchaseRows()
    for one in batch:
        rows.add(one)
    await connection.execute(
        _CALL,
        mall_id,
        rows.claims,
        rows.purchases,
        rows.enrolments,
        rows.lines,
        rows.spends,
        rows.earns,
        rows.usage,
        rows.entitlements,
        rows.exposures,
        rows.concessions,
        rows.approvals,
    )
    return [None] * len(batch)


def rows_of(decision: Decision, response: bytes, approval_id: UUID | None = None) -> PurchaseRows:
    """`response` is the body that the idempotency key will be answered with again; `approval_id`
    the member's approval that the purchase uses up."""
    capped = _capped_usage(decision)
    rows = PurchaseRows(
        purchases=[_purchase(decision, capped)],
        lines=_lines(decision),
        spends=_spends(decision),
        earns=_earns(decision),
        usage=_usage(decision, capped),
        entitlements=_entitlements(decision),
        exposures=_exposures(decision),
        concessions=_concessions(decision),
    )
    if not isinstance(decision.member, KnownMember):
        rows.enrolments.append(_enrolment(decision))
    command = decision.command
    if command.key:
        claim = (command.till.principal_id, command.key, command.fingerprint, response)
        rows.claims.append(claim)
    if approval_id is not None:
        rows.approvals.append((approval_id, decision.id))
    return rows


def _purchase(decision: Decision, capped: Mapping[str, int]) -> Row:
    command = decision.command
    till = command.till
    return (
        decision.id,
        till.merchant_id,
        till.branch_id,
        till.terminal_id,
        decision.member.id,
        till.principal_id,
        decision.pricing.total,
        decision.pricing.discount,
        decision.spent_value,
        decision.to_pay,
        decision.accrual.debt_paid,
        decision.pricing.ruleset.version,
        decision.occurred_at,
        decision.at,
        decision.expires_at,
        _json.encode([reason.to_json() for reason in decision.reasons()]).decode(),
        _usage_json(decision, capped),
        decision.vat_bps,
        decision.vat_added or None,
        decision.commission or None,
        *_counted(decision),
    )


def _counted(decision: Decision) -> tuple[int | None, int | None]:
    """Credit that counts against a daily cap, and the cap."""
    room = decision.credit_room
    if room is None or room.per_day is None or not decision.credit_spent:
        return None, None
    return decision.credit_spent, room.per_day


def _enrolment(decision: Decision) -> Row:
    till, member = decision.command.till, decision.member
    return (
        member.id,
        member.number,
        member.mobile,
        till.merchant_id,
        till.branch_id,
        till.principal_id,
        decision.at,
    )


def _lines(decision: Decision) -> list[Row]:
    merchant_id, member_id = decision.command.till.merchant_id, decision.member.id
    return [
        (
            decision.id,
            each.line.index,
            merchant_id,
            member_id,
            each.line.quantity_milli,
            each.line.unit_price,
            each.line.total,
            each.discount,
            each.spent_value,
            each.paid,
            each.sku,
            each.name,
            each.line.group,  # as it is compared: what a customer bought is told from the lines
            each.colleague_id,
            each.commission or None,
        )
        for each in decision.lines
    ]


def _spends(decision: Decision) -> list[Row]:
    merchant_id, member_id = decision.command.till.merchant_id, decision.member.id
    return [
        (
            decision.id,
            n,
            merchant_id,
            member_id,
            spend.draw.lot.id,
            spend.draw.lot.issuer_id,
            spend.draw.lot.scope_id,
            spend.draw.lot.unit,
            spend.draw.amount,
            spend.draw.value,
            spend.draw.fee,
            spend.shares,
            spend.value_shares,
        )
        for n, spend in enumerate(decision.spends)
    ]


def _earns(decision: Decision) -> list[Row]:
    merchant_id, member_id = decision.command.till.merchant_id, decision.member.id
    return [
        (
            decision.id,
            n,
            merchant_id,
            member_id,
            earn.lot_id,
            earn.scope.id,
            earn.scope.unit,
            earn.grant.amount,
            earn.value,
            earn.available_from,
            earn.expires_at,
            earn.grant.rule,
            list(earn.grant.shares),
        )
        for n, earn in enumerate(decision.earns)
    ]


def _capped_usage(decision: Decision) -> dict[str, int]:
    rules, used = decision.pricing.ruleset.by_name, decision.accrual.used
    return {
        name: used.get(name, 0)
        for name in decision.accrual.gave()
        # A good's own terms have no bounds, and no place among the rules.
        if name in rules and rules[name].counted
    }


def _usage_json(decision: Decision, capped: Mapping[str, int]) -> str | None:
    """What is taken back if the purchase is given up."""
    if not capped:
        return None
    day = local_date(decision.at).isoformat()
    written = [{"rule": name, "value": value, "day": day} for name, value in capped.items()]
    return _json.encode(written).decode()


def _usage(decision: Decision, capped: Mapping[str, int]) -> list[Row]:
    if not capped:
        return []
    rules = decision.pricing.ruleset.by_name
    merchant_id, member_id = decision.command.till.merchant_id, decision.member.id
    day = local_date(decision.at)
    return [
        (
            merchant_id,
            name,
            member_id,
            value,
            day,
            rules[name].per_member_cap,
            rules[name].per_member_uses,
            rules[name].daily_budget,
            rules[name].budget,
        )
        for name, value in capped.items()
    ]


def _entitlements(decision: Decision) -> list[Row]:
    merchant_id, member_id = decision.command.till.merchant_id, decision.member.id
    return [
        (
            decision.id,
            merchant_id,
            each.rule,
            member_id,
            each.held_out,
            each.opened_at,
            each.expires_at,
            decision.occurred_at if each.used else None,
        )
        for each in decision.entitled
    ]


def _exposures(decision: Decision) -> list[Row]:
    """Of rules that hold members out: to whom they applied, and to whom they would have.

    Whoever is held out can't activate an offer; beside them belongs whoever could have.
    """
    merchant_id, member_id = decision.command.till.merchant_id, decision.member.id
    return [
        (
            decision.id,
            merchant_id,
            verdict.compiled.name,
            member_id,
            verdict.standing is Standing.HELD_OUT,
            decision.accrual.used.get(verdict.compiled.name, 0),
            decision.pricing.ruleset.version,
            decision.occurred_at,
        )
        for verdict in decision.pricing.verdicts
        if verdict.compiled.rule.holdout_bps is not None
        and verdict.standing in (Standing.MATCHED, Standing.HELD_OUT, Standing.NOT_ACTIVATED)
    ]


def _concessions(decision: Decision) -> list[Row]:
    command, room = decision.command, decision.concession_room
    return [
        (
            decision.id,
            n,
            each.line,
            command.till.merchant_id,
            command.till.branch_id,
            decision.member.id,
            command.till.principal_id,
            command.concession_by,
            each.asked.bps,
            each.amount,
            each.asked.reason,
            decision.at,
            room.limit.per_day if room else None,
        )
        for n, each in enumerate(decision.conceded)
    ]
