"""The report on an offer: who took it, what it added, and what had been foretold."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import convert

from merchants.activating.service import Activations, activations
from merchants.backtests.forecast import Forecast
from merchants.backtests.service import fingerprint, newest_forecasts
from merchants.effects import queries
from merchants.effects.lift import Arm, Lift, estimate
from merchants.margins.margins import Margins
from merchants.margins.queries import read_margins
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.rules import Rule, held_out, parse_rules


@dataclass(frozen=True, slots=True)
class Told:
    """What a back-test had foretold for as long as the offer has run, beside what happened."""

    reached: int
    members: int
    value: int


@dataclass(frozen=True, slots=True)
class Effect:
    """An offer in force and what it did. `held_bps` of the customers don't get it; `sales` and
    `kept` are what it added, None while too few are held out (or none); `kept` also without
    margins. `activations` are of an offer that needs it, `customers` how many could have
    (not in the list of all)."""

    rule: Rule
    written: dict[str, Any]
    since: datetime
    until: datetime
    uptake: queries.Uptake | None
    all_purchases: int
    held_bps: int
    held_out: int
    sales: Lift | None
    kept: Lift | None
    foretold: Told | None
    backtest_id: UUID | None
    activations: Activations | None = None
    customers: int = 0


async def effects(uow: UnitOfWork, shop: UUID) -> list[Effect]:
    """Of every rule in force, without its lift."""
    found = []
    for each in await queries.published(uow, shop):
        found.append(await _effect(uow, shop, each, None))
    return found


async def effect(uow: UnitOfWork, shop: UUID, name: str) -> Effect:
    """Of one rule in force. Raises NotFound."""
    for each in await queries.published(uow, shop):
        if each.rule["name"] == name:
            return await _effect(uow, shop, each, await read_margins(uow, shop) or Margins(0))
    raise NotFound


async def _effect(
    uow: UnitOfWork, shop: UUID, each: queries.Published, margins: Margins | None
) -> Effect:
    (rule,) = parse_rules([each.rule])
    since = max(filter(None, (each.since, rule.starts_at)))
    until = max(since, min(filter(None, (uow.now, rule.ends_at))))
    taken = (await queries.uptake(uow, shop, since, until)).get(rule.name)
    purchases, _ = await queries.all_sales(uow, shop, since, until)
    held = rule.holdout_bps or 0
    sales = kept = None
    held_members = 0
    if margins is not None and held and until > since:
        given, withheld = await _arms(uow, shop, rule, since, until, margins)
        held_members = withheld[0].members
        sales = estimate(given[0], withheld[0])
        kept = estimate(given[1], withheld[1]) if margins.default or margins.groups else None
    mark = fingerprint(each.rule)
    tried = (await newest_forecasts(uow, shop, [mark])).get(mark)
    return Effect(
        rule,
        each.rule,
        since,
        until,
        taken,
        purchases,
        held,
        held_members,
        sales,
        kept,
        None if tried is None else _foretold(convert(tried.forecast, Forecast), since, until),
        None if tried is None else tried.id,
        await activations(uow, shop, rule.name) if rule.needs_activation else None,
        await _could(uow, shop, rule) if rule.needs_activation and margins is not None else 0,
    )


async def _could(uow: UnitOfWork, shop: UUID, rule: Rule) -> int:
    """How many customers may activate an offer: whoever isn't held out of it."""
    found, bps = await queries.customers(uow, shop), rule.holdout_bps or 0
    return sum(not held_out(f"{shop}{member}", rule.name, bps) for member in found)


async def _arms(
    uow: UnitOfWork, shop: UUID, rule: Rule, since: datetime, until: datetime, margins: Margins
) -> tuple[tuple[Arm, Arm], tuple[Arm, Arm]]:
    """(sales, kept) of those it is given to, and of those held out of it."""
    given, withheld = (Arm(), Arm()), (Arm(), Arm())
    found = await queries.bought_by_member(uow, shop, rule, since, until, margins)
    for member, bought in found.items():
        arms = withheld if held_out(f"{shop}{member}", rule.name, rule.holdout_bps or 0) else given
        arms[0].add(bought.sales, bought.sales_before)
        arms[1].add(bought.kept, bought.kept_before)
    return given, withheld


def _foretold(found: Forecast, since: datetime, until: datetime) -> Told:
    """The forecast cut to the time that the offer has run: the past is taken to be even."""
    if not found.first_at or not found.last_at:
        return Told(0, 0, 0)
    span = datetime.fromisoformat(found.last_at) - datetime.fromisoformat(found.first_at)
    seconds = max(int(span.total_seconds()), 1)
    ran = int((until - since).total_seconds())
    value = sum(cost.after - cost.before for cost in found.costs)
    return Told(
        found.reached * ran // seconds,
        min(found.members, found.reached * ran // seconds),
        value * ran // seconds,
    )
