"""One-time offers begin by themselves: who has come to fulfil the condition since yesterday is
given their time and can be told. Whoever buys before the job runs begins at the till.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from typing import Final
from uuid import UUID

from sqlalchemy import select, text

from merchants.audience import audience_of
from merchants.customers.models import Customer
from merchants.programme.models import RuleSet
from merchants.shops.models import MerchantAccount
from timcheh.db import Scope, UnitOfWork
from timcheh.module import JobContext, RecurringJob
from timcheh.rules import (
    ANYONE,
    CustomerFacts,
    Facts,
    Rule,
    build_facts,
    compile_rules,
    deadline,
    newly_entitled,
    parse_rules,
)

OPENED: Final = "merchants.offer_opened"
"""Outbox: a member may use a one-time offer now. {merchant_id, member_id, rule, expires_at}."""
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
    """Each offer in a transaction of its own; running twice opens nothing twice."""
    scope = Scope.mall(context.mall_id)
    async with context.database.unit_of_work(scope) as uow:
        shops = await _shops_with_one_time_offers(uow)
    for merchant_id, rules in shops:
        for rule in rules:
            async with context.database.unit_of_work(scope, now=context.now) as uow:
                await _open_all(uow, merchant_id, rule)


OPENING: Final = RecurringJob("merchants.open_offers", open_offers, daily_at=time(6, 0))


async def _shops_with_one_time_offers(uow: UnitOfWork) -> list[tuple[UUID, list[Rule]]]:
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
    found = [
        (shop, [rule for rule in parse_rules(rules) if _begins_by_itself(rule)])
        for shop, rules in rows
    ]
    return [(shop, rules) for shop, rules in found if rules]


def _begins_by_itself(rule: Rule) -> bool:
    has_condition = rule.once is not None and rule.once.when is not None
    return has_condition and rule.every_nth is None and rule.coupon is None


async def _open_all(uow: UnitOfWork, merchant_id: UUID, rule: Rule) -> None:
    """For whoever meets the condition, whatever it asks; the gates are each person's own."""
    assert rule.once is not None
    audience = await audience_of(uow, merchant_id, rule.once.when)
    gates = compile_rules(0, [replace(rule, once=replace(rule.once, when=None))])
    async for customers in audience.chunks(uow):
        members = [
            each.member_id for each in customers if newly_entitled(gates, _facts(each, uow), ANYONE)
        ]
        if members:
            await _open(uow, merchant_id, rule, members)


async def _open(uow: UnitOfWork, merchant_id: UUID, rule: Rule, members: Sequence[UUID]) -> None:
    assert rule.once is not None
    await uow.session.execute(
        _OPEN,
        {
            "mall": uow.scope.mall_id,
            "merchant": merchant_id,
            "rule": rule.name,
            "bps": rule.holdout_bps,
            "members": members,
            "now": uow.now,
            "expires": deadline(uow.now, rule.once.within_days),
            "topic": OPENED,
        },
    )


def _facts(customer: Customer, uow: UnitOfWork) -> Facts:
    """What gates ask of a person: whose birthday it is, and who may come early."""
    known = CustomerFacts(groups=customer.groups, tier=customer.tier)
    return build_facts((), uow.now, customer=known, birthday=customer.birthday)
