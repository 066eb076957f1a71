"""Publishing a shop's rules: each time a new, immutable version."""

from typing import Any
from uuid import UUID

from sqlalchemy import update

from merchants.programme.book import effect_scopes
from merchants.programme.errors import RulesChanged
from merchants.programme.models import RuleSet
from merchants.programme.queries import read_rules, read_scopes, rules_version
from merchants.shops.models import MerchantAccount
from timcheh.db import UnitOfWork
from timcheh.errors import FieldError, Invalid
from timcheh.rules import Rule, parse_rules, rules_to_json

_CHOICES = {"rial": "own, partners, network", "point": "own"}


async def publish_rules(
    uow: UnitOfWork,
    merchant_id: UUID,
    written: list[Any],
    actor_id: UUID,
    base_version: int | None = None,
) -> int:
    """Makes `written` (the API's JSON) the shop's rules and answers their version.

    Raises Invalid with the pointer of every fault: also for a scope that the shop can't issue in;
    RulesChanged if a `base_version` is given and another one is in force.
    """
    checked = await check_rules(uow, merchant_id, written)
    before = await rules_version(uow, merchant_id, lock=True)
    if base_version not in (None, before):
        raise RulesChanged
    version = before + 1
    uow.session.add(
        RuleSet(
            mall_id=uow.scope.mall_id,
            merchant_id=merchant_id,
            version=version,
            rules=checked,
            actor_id=actor_id,
            created_at=uow.now,
        )
    )
    await uow.session.execute(
        update(MerchantAccount)
        .where(
            MerchantAccount.mall_id == uow.scope.mall_id,
            MerchantAccount.merchant_id == merchant_id,
        )
        .values(rules_version=version)
    )
    return version


async def check_rules(uow: UnitOfWork, merchant_id: UUID, written: list[Any]) -> list[Any]:
    """The rules as they will be kept; raises Invalid as `publish_rules` does."""
    rules = parse_rules(written)
    _check_scopes(rules, await read_scopes(uow, merchant_id))
    return rules_to_json(rules)


def _check_scopes(rules: tuple[Rule, ...], scopes: dict[str, Any]) -> None:
    faults = []
    for position, rule in enumerate(rules):
        for index, name, unit in effect_scopes(rule):
            terms = scopes.get(f"own:{unit}" if name == "own" else name)
            if terms is None or terms[2] != unit:
                where = f"/rules/{position}/then/{index}/scope"
                faults.append(FieldError(where, "unknown_scope", {"choices": _CHOICES[unit]}))
    if faults:
        raise Invalid(errors=faults)


async def current_rules(uow: UnitOfWork, merchant_id: UUID) -> tuple[int, list[Any]]:
    """The version in force and its rules."""
    version = await rules_version(uow, merchant_id)
    return version, await read_rules(uow, merchant_id, version)
