"""What offers did, from the purchases that they were part of."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import select, text

from merchants.customers.models import Customer
from merchants.margins.margins import Margins
from merchants.programme.models import RuleSet
from timcheh.db import UnitOfWork
from timcheh.money import BPS_WHOLE
from timcheh.rules import Rule
from timcheh.rules.basket import match_key

# What a rule gave is in the purchase's own reasons; a capped one tells it as `given`.
_UPTAKE: Final = text(
    """
    SELECT r ->> 'rule' AS rule, count(*) AS purchases, count(DISTINCT p.member_id) AS members,
           sum(p.total - p.discount)::bigint AS sales,
           sum(coalesce((r #>> '{because,params,discount}')::bigint, 0))::bigint AS discount,
           sum(coalesce((r #>> '{because,params,credit}')::bigint, 0))::bigint AS credit,
           sum(coalesce((r #>> '{because,params,points}')::bigint, 0))::bigint AS points,
           sum(coalesce((r #>> '{because,params,given}')::bigint, 0))::bigint AS capped,
           min(p.occurred_at) AS first_at, max(p.occurred_at) AS last_at
    FROM merchants.purchase p
    CROSS JOIN LATERAL jsonb_array_elements(p.reasons) r
    WHERE p.mall_id = :mall AND p.merchant_id = :merchant AND p.state = 'confirmed'
      AND p.occurred_at >= :since AND p.occurred_at < :until
      AND r ->> 'outcome' IN ('applied', 'capped')
    GROUP BY 1
    """
)
_ALL: Final = text(
    """
    SELECT count(*), coalesce(sum(p.total - p.discount), 0)::bigint
    FROM merchants.purchase p
    WHERE p.mall_id = :mall AND p.merchant_id = :merchant AND p.state = 'confirmed'
      AND p.occurred_at >= :since AND p.occurred_at < :until
    """
)
# Whose purchases are looked at, and from when on.
_CUSTOMERS: Final = """
    SELECT c.member_id, CAST(:start AS timestamptz) AS start
    FROM merchants.customer c
    WHERE c.mall_id = :mall AND c.merchant_id = :merchant AND c.first_at < :start
"""
_ENTITLED: Final = """
    SELECT e.member_id, min(e.opened_at) AS start
    FROM merchants.entitlement e
    WHERE e.mall_id = :mall AND e.merchant_id = :merchant AND e.rule = :rule
      AND e.opened_at >= :start AND e.opened_at < :until
    GROUP BY 1
"""
_THEIRS: Final = """
    JOIN merchants.purchase p ON p.mall_id = :mall AND p.merchant_id = :merchant
     AND p.member_id = w.member_id AND p.state = 'confirmed'
     AND p.occurred_at >= w.start - (CAST(:until AS timestamptz) - w.start)
     AND p.occurred_at < :until
"""
# Net of what came back, in proportion.
_SALES: Final = """
    SELECT w.member_id, p.occurred_at >= w.start AS after, l."group",
           sum(l.total - l.total * l.returned_milli / l.quantity_milli)::bigint AS gross,
           sum(l.discount - l.discount * l.returned_milli / l.quantity_milli)::bigint AS discount
    FROM who w {theirs}
    JOIN merchants.purchase_line l ON l.mall_id = :mall AND l.purchase_id = p.id
    WHERE l.quantity_milli > 0
    GROUP BY 1, 2, 3
"""
_REWARDS: Final = """
    SELECT w.member_id, p.occurred_at >= w.start AS after,
           sum(e.value - e.value * e.settled / e.amount)::bigint AS value
    FROM who w {theirs}
    JOIN merchants.purchase_earn e ON e.mall_id = :mall AND e.purchase_id = p.id
    WHERE e.amount > 0
    GROUP BY 1, 2
"""


class Uptake(NamedTuple):
    """What one rule was part of. Money in rial; `value` is discount and credit together."""

    purchases: int
    members: int
    sales: int
    value: int
    points: int
    first_at: datetime
    last_at: datetime


class Published(NamedTuple):
    """A rule as it stands in the version in force, and since when it has been just so."""

    rule: dict[str, Any]
    since: datetime


class Bought(NamedTuple):
    """What a member bought and left the shop, rial: before the offer, and since."""

    sales_before: int
    sales: int
    kept_before: int
    kept: int


async def uptake(
    uow: UnitOfWork, shop: UUID, since: datetime, until: datetime
) -> dict[str, Uptake]:
    """By rule, over a period."""
    rows = await uow.session.execute(_UPTAKE, _asked(uow, shop, since, until))
    return {
        row.rule: Uptake(
            row.purchases,
            row.members,
            row.sales,
            row.discount + row.credit + row.capped,
            row.points,
            row.first_at,
            row.last_at,
        )
        for row in rows
    }


async def all_sales(
    uow: UnitOfWork, shop: UUID, since: datetime, until: datetime
) -> tuple[int, int]:
    """(purchases, rial after discounts) of a period."""
    row = (await uow.session.execute(_ALL, _asked(uow, shop, since, until))).one()
    return row[0], row[1]


async def published(uow: UnitOfWork, shop: UUID) -> list[Published]:
    """The rules in force, each since the version from which on it has stood word for word."""
    versions = list(
        await uow.session.scalars(
            select(RuleSet)
            .where(RuleSet.mall_id == uow.scope.mall_id, RuleSet.merchant_id == shop)
            .order_by(RuleSet.version.desc())
        )
    )
    if not versions:
        return []
    return [Published(rule, _since(rule, versions)) for rule in versions[0].rules]


def _since(rule: dict[str, Any], versions: Iterable[RuleSet]) -> datetime:
    """`versions` newest first."""
    since: datetime | None = None
    for version in versions:
        if rule not in version.rules:
            break
        since = version.created_at
    assert since is not None  # it is in the newest
    return since


async def bought_by_member(
    uow: UnitOfWork, shop: UUID, rule: Rule, start: datetime, until: datetime, margins: Margins
) -> dict[UUID, Bought]:
    """By customer that the rule was for, also those held out of it.

    For one that is to be activated: of everyone who could have, since whoever is held out can't.
    For a one-time offer: of those for whom it opened since `start`, each from then on, for it can
    have moved nobody else. For any other: of everyone who was a customer at `start`. Always as long
    before as since.
    """
    asked = _asked(uow, shop, start, until) | {"start": start, "rule": rule.name}
    who = _ENTITLED if rule.once is not None else _CUSTOMERS

    async def found(query: str) -> Sequence[Any]:
        written = f"WITH who AS ({who}) {query.format(theirs=_THEIRS)}"
        return (await uow.session.execute(text(written), asked)).all()

    sums = {row.member_id: [0, 0, 0, 0] for row in await found("SELECT member_id FROM who")}
    for member, after, group, gross, discount in await found(_SALES):
        mine = sums[member]
        bps = margins.bps(match_key(group) if group else None)
        mine[1 if after else 0] += gross - discount
        mine[3 if after else 2] += gross * bps // BPS_WHOLE - discount
    for member, after, value in await found(_REWARDS):
        sums[member][3 if after else 2] -= value
    return {member: Bought(*each) for member, each in sums.items()}


async def customers(uow: UnitOfWork, shop: UUID) -> list[UUID]:
    """All of a shop's customers."""
    mine = (Customer.mall_id == uow.scope.mall_id, Customer.merchant_id == shop)
    return list(await uow.session.scalars(select(Customer.member_id).where(*mine)))


def _asked(uow: UnitOfWork, shop: UUID, since: datetime, until: datetime) -> dict[str, Any]:
    return {"mall": uow.scope.mall_id, "merchant": shop, "since": since, "until": until}
