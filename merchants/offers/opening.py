"""One-time offers begin by themselves: who has come to fulfil the condition since yesterday is
given their time and can be told. Whoever buys before the job runs begins at the till.
"""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, text

from merchants.customers.models import Customer
from merchants.programme.models import RuleSet
from merchants.shops.models import MerchantAccount
from timcheh.db import Scope, UnitOfWork
from timcheh.module import JobContext, RecurringJob
from timcheh.rules import (
    ANYONE,
    CompiledRuleSet,
    CustomerFacts,
    Facts,
    build_facts,
    compile_rules,
    deadline,
    newly_entitled,
    parse_rules,
)

OPENED: Final = "merchants.offer_opened"
"""Outbox: a member may use a one-time offer now. {merchant_id, member_id, rule, expires_at}."""
_CHUNK: Final = 2_000
_FROM_THE_VISIT: Final = ("every_nth", "coupon")
"""Bounds that only a visit can meet: an offer that has one begins there."""

_OPEN = text(
    """
    WITH opened AS (
        INSERT INTO merchants.entitlement
            (mall_id, merchant_id, member_id, rule, held_out, opened_at, expires_at)
        SELECT :mall, :merchant, x.member, :rule,
               coalesce(merchants.held_out(:merchant, x.member, :rule, CAST(:bps AS int)), false),
               :now, :expires
        FROM unnest(CAST(:members AS uuid[])) AS x (member)
        ORDER BY x.member
        ON CONFLICT DO NOTHING
        RETURNING member_id, held_out
    )
    INSERT INTO kernel.outbox_event (mall_id, id, topic, payload, created_at, due_at)
    SELECT :mall, uuidv7(), :topic, jsonb_build_object(
               'merchant_id', CAST(:merchant AS uuid), 'member_id', o.member_id,
               'rule', CAST(:rule AS text), 'expires_at', CAST(:expires AS timestamptz)
           ), :now, :now
    FROM opened o WHERE NOT o.held_out
    """
)


async def open_offers(context: JobContext) -> None:
    """Each stretch of customers in a transaction of its own; running twice opens nothing twice."""
    scope = Scope.mall(context.mall_id)
    async with context.database.unit_of_work(scope) as uow:
        shops = await _shops_with_one_time_offers(uow)
    for merchant_id, rules in shops:
        ruleset = compile_rules(0, [r for r in parse_rules(rules) if r.once and r.once.when])
        last: UUID | None = None
        while True:
            async with context.database.unit_of_work(scope) as uow:
                customers = await _stretch(uow, merchant_id, last)
                await _open(uow, merchant_id, ruleset, customers, context.now)
            if len(customers) < _CHUNK:
                break
            last = customers[-1].member_id


OPENING: Final = RecurringJob("merchants.open_offers", open_offers, daily_at=time(6, 0))


async def _shops_with_one_time_offers(uow: UnitOfWork) -> list[tuple[UUID, list[Any]]]:
    """Shops whose rules in force have one that begins with a condition, with those rules."""
    rows = await uow.session.execute(
        select(RuleSet.merchant_id, RuleSet.rules)
        .join(
            MerchantAccount,
            (MerchantAccount.mall_id == RuleSet.mall_id)
            & (MerchantAccount.merchant_id == RuleSet.merchant_id)
            & (MerchantAccount.rules_version == RuleSet.version),
        )
        .where(RuleSet.mall_id == uow.scope.mall_id)
    )
    found = [(shop, [rule for rule in rules if _begins_by_itself(rule)]) for shop, rules in rows]
    return [(shop, rules) for shop, rules in found if rules]


def _begins_by_itself(rule: dict[str, Any]) -> bool:
    has_condition = bool((rule.get("once") or {}).get("when"))
    return has_condition and not any(rule.get(bound) for bound in _FROM_THE_VISIT)


async def _stretch(uow: UnitOfWork, merchant_id: UUID, after: UUID | None) -> Sequence[Customer]:
    query = select(Customer).where(
        Customer.mall_id == uow.scope.mall_id, Customer.merchant_id == merchant_id
    )
    if after is not None:
        query = query.where(Customer.member_id > after)
    return (await uow.session.scalars(query.order_by(Customer.member_id).limit(_CHUNK))).all()


async def _open(
    uow: UnitOfWork,
    merchant_id: UUID,
    ruleset: CompiledRuleSet,
    customers: Sequence[Customer],
    now: datetime,
) -> None:
    met: dict[str, list[UUID]] = {}
    for customer in customers:
        facts = _facts(customer, now)
        for compiled in newly_entitled(ruleset, facts, ANYONE):
            met.setdefault(compiled.name, []).append(customer.member_id)
    for name, members in met.items():
        rule = ruleset.by_name[name]
        assert rule.once is not None
        await uow.session.execute(
            _OPEN,
            {
                "mall": uow.scope.mall_id,
                "merchant": merchant_id,
                "rule": name,
                "bps": rule.holdout_bps,
                "members": members,
                "now": now,
                "expires": deadline(now, rule.once.within_days),
                "topic": OPENED,
            },
        )


def _facts(customer: Customer, now: datetime) -> Facts:
    """What the till would know of them on an empty basket."""
    known = CustomerFacts(
        customer.purchases, customer.spend, customer.last_at, customer.groups, customer.tier
    )
    return build_facts((), now, customer=known, birthday=customer.birthday)
