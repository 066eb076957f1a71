"""What waits for a member: one-time offers whose days run for them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from merchants.activating.service import chosen_of
from merchants.programme.models import Entitlement
from merchants.programme.queries import rule_names
from merchants.programme.sentences import Teller
from merchants.programme.service import current_rules
from timcheh.db import UnitOfWork
from timcheh.money import MoneyUnit
from timcheh.rules import Rule, parse_rules
from timcheh.text.locale import Locale


@dataclass(frozen=True, slots=True)
class WaitingOffer:
    """An offer in words: what it gives, on which purchases (empty: on any), until when; `waits`:
    the member has still to activate it."""

    shop: str
    name: str
    then: list[str]
    when: str
    expires_at: datetime
    waits: bool = False


async def waiting_offers(
    uow: UnitOfWork, member_id: UUID, locale: Locale, unit: MoneyUnit
) -> list[WaitingOffer]:
    """Of all shops, the first to end first; nothing of what the member is held out of.

    In the mall's scope.
    """
    rows = await uow.session.scalars(
        select(Entitlement)
        .where(
            Entitlement.mall_id == uow.scope.mall_id,
            Entitlement.member_id == member_id,
            Entitlement.used_at.is_(None),
            Entitlement.held_out.is_(False),
            Entitlement.expires_at > uow.now,
        )
        .order_by(Entitlement.expires_at)
    )
    found = list(rows)
    if not found:
        return []
    names = await rule_names(uow)
    teller = Teller(locale, unit, names)
    shops = {row.merchant_id for row in found}
    in_force = {shop: await _in_force(uow, shop) for shop in shops}
    asks = any(rule.needs_activation for rules in in_force.values() for rule in rules.values())
    active = (await chosen_of(uow, member_id, shops))[1] if asks else set()
    return [
        WaitingOffer(
            names[row.merchant_id],
            rule.name,
            teller.then(rule),
            teller.when(rule),
            row.expires_at,
            rule.needs_activation and (row.merchant_id, rule.name) not in active,
        )
        for row in found
        if (rule := in_force[row.merchant_id].get(row.rule)) is not None
    ]


async def _in_force(uow: UnitOfWork, merchant_id: UUID) -> dict[str, Rule]:
    """The one-time offers that hold now, by name."""
    _, rules = await current_rules(uow, merchant_id)
    return {
        rule.name: rule
        for rule in parse_rules(rules)
        if rule.once is not None
        and (rule.starts_at is None or rule.starts_at <= uow.now)
        and (rule.ends_at is None or rule.ends_at > uow.now)
    }
