"""Reading a shop's rules and the scopes it may issue in."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select, text

from merchants.programme.models import RuleSet, RuleUsage
from merchants.shops.models import Merchant, MerchantAccount
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.ids import NIL
from timcheh.ledger.models import ValueScope

# Its own scopes, the network's, and every pool that the shop takes part in.
_SCOPES = text(
    """
    SELECT s.id, s.kind, s.unit, s.issue_price, s.redeem_price, s.lot_months
    FROM ledger.scope s
    WHERE s.mall_id = :mall AND (
        s.issuer_id = :merchant OR s.kind = 'network'
        OR (s.kind = 'pool' AND EXISTS (
            SELECT 1 FROM ledger.acceptor a
            WHERE a.mall_id = :mall AND a.scope_id = s.id AND a.merchant_id = :merchant
              AND (a.valid_until IS NULL OR a.valid_until > :at)
        ))
    )
    """
)
_NAMES = {
    "own": "own:rial",
    "own_points": "own:point",
    "partners": "partners",
    "network": "network",
}

ScopeRow = tuple[UUID, str, str, int, int, int | None]


class ProgrammeRow(NamedTuple):
    """`scopes` by the name that an effect uses: `own:rial`, `own:point`, `partners`, … or id."""

    version: int
    rules: list[Any]
    scopes: dict[str, ScopeRow]


class RulesInForce(NamedTuple):
    """A shop's rules as its portal shows them. `given`: rial by the name of each capped rule."""

    version: int
    since: datetime | None
    rules: list[Any]
    given: dict[str, int]


async def rule_names(uow: UnitOfWork) -> dict[UUID, str]:
    """What rules may name: the mall's shops and its pools' scopes, by id."""
    named = select(ValueScope.id, ValueScope.name).where(
        ValueScope.mall_id == uow.scope.mall_id, ValueScope.name.is_not(None)
    )
    shops = select(Merchant.id, Merchant.name).where(Merchant.mall_id == uow.scope.mall_id)
    rows = await uow.session.execute(shops.union_all(named))
    return {row.id: row.name for row in rows}


async def pools_given(uow: UnitOfWork, merchant_id: UUID) -> dict[UUID, str]:
    """The names of the pools whose points a shop may give, by scope."""
    scopes = await read_scopes(uow, merchant_id)
    pools = {row[0] for row in scopes.values() if row[1] == "pool"}
    named = select(ValueScope.id, ValueScope.name).where(
        ValueScope.mall_id == uow.scope.mall_id, ValueScope.id.in_(pools)
    )
    return {row.id: row.name for row in await uow.session.execute(named)} if pools else {}


async def read_scopes(uow: UnitOfWork, merchant_id: UUID) -> dict[str, ScopeRow]:
    """The scopes in which a shop may issue, by name."""
    rows = await uow.session.execute(
        _SCOPES, {"mall": uow.scope.mall_id, "merchant": merchant_id, "at": uow.now}
    )
    found: dict[str, ScopeRow] = {}
    for row in rows:
        terms: ScopeRow = tuple(row)
        found[str(terms[0])] = terms
        if terms[1] in _NAMES:
            found[_NAMES[terms[1]]] = terms
    return found


async def rules_version(uow: UnitOfWork, merchant_id: UUID, *, lock: bool = False) -> int:
    """The version in force; 0: no rules yet. Raises NotFound for a shop that is not there."""
    query = select(MerchantAccount.rules_version).where(
        MerchantAccount.mall_id == uow.scope.mall_id, MerchantAccount.merchant_id == merchant_id
    )
    version = await uow.session.scalar(query.with_for_update() if lock else query)
    if version is None:
        raise NotFound
    return version


async def read_rules(uow: UnitOfWork, merchant_id: UUID, version: int) -> list[Any]:
    """The rules of one version, as the API's JSON; none for version 0."""
    rules = await uow.session.scalar(
        select(RuleSet.rules).where(
            RuleSet.mall_id == uow.scope.mall_id,
            RuleSet.merchant_id == merchant_id,
            RuleSet.version == version,
        )
    )
    return rules or []


async def read_programme(uow: UnitOfWork, merchant_id: UUID) -> ProgrammeRow:
    """The shop's rules in force and the scopes they may name."""
    version = await rules_version(uow, merchant_id)
    return ProgrammeRow(
        version,
        await read_rules(uow, merchant_id, version),
        await read_scopes(uow, merchant_id),
    )


async def rules_in_force(uow: UnitOfWork, merchant_id: UUID) -> RulesInForce:
    """The rules in force, since when, and what those with a cap or budget have given so far."""
    version = await rules_version(uow, merchant_id)
    found = await uow.session.get(RuleSet, (uow.scope.mall_id, merchant_id, version))
    used = await uow.session.execute(
        select(RuleUsage.rule, RuleUsage.used).where(
            RuleUsage.mall_id == uow.scope.mall_id,
            RuleUsage.merchant_id == merchant_id,
            RuleUsage.member_id == NIL,
        )
    )
    given = {row[0]: row[1] for row in used}
    if found is None:
        return RulesInForce(version, None, [], given)
    return RulesInForce(version, found.created_at, found.rules, given)
