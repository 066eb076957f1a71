"""Asking for a back-test, following it, giving it up."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from msgspec import convert, to_builtins
from sqlalchemy import select, update

from merchants.backtests.errors import MarginsMissing, NothingToTry
from merchants.backtests.experience import Experience, read_experience
from merchants.backtests.forecast import USUAL_EXTRA, Assumptions
from merchants.backtests.models import Backtest
from merchants.margins.queries import read_margins
from merchants.programme.queries import read_rules, rules_version
from merchants.programme.service import check_rules
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.ids import new_id
from timcheh.outbox import emit
from timcheh.rules import parse_rules, rules_to_json

ASKED: Final = "merchants.backtest_asked"
_OPEN: Final = ("waiting", "running")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be tried: the whole draft of the rules, the offer in it that it is about, from
    when on, and how much more people are taken to buy (bps: nobody · expected · strong)."""

    rules: list[Any]
    rule: str
    since: datetime | None = None
    extra: tuple[int, int, int] = USUAL_EXTRA


def fingerprint(rule: dict[str, Any]) -> str:
    """Of an offer's words: the same offer has the same one in whichever version it stands."""
    written = json.dumps(rule, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def mark_of(rule: dict[str, Any]) -> str:
    """The fingerprint of an offer however it was written, as of a draft. Raises Invalid."""
    return fingerprint(rules_to_json(parse_rules([rule]))[0])


def offer_of(row: Backtest) -> dict[str, Any]:
    """The offer that a back-test is about, as the API's JSON."""
    offer: dict[str, Any] = next(rule for rule in row.rules if rule["name"] == row.rule)
    return offer


async def ask(uow: UnitOfWork, merchant_id: UUID, wanted: Wanted, actor_id: UUID) -> Backtest:
    """Queues a back-test, in the mall's scope.

    Raises Invalid for faulty rules, NothingToTry where the draft is what is in force already,
    MarginsMissing until the shop has told what it keeps of a sale.
    """
    rules = await check_rules(uow, merchant_id, wanted.rules)
    version = await rules_version(uow, merchant_id)
    base = await read_rules(uow, merchant_id, version)
    offer = next((rule for rule in rules if rule["name"] == wanted.rule), None)
    if offer is None or offer in base:
        raise NothingToTry
    if await read_margins(uow, merchant_id) is None:
        raise MarginsMissing
    made = Backtest(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        merchant_id=merchant_id,
        rule=wanted.rule,
        fingerprint=fingerprint(offer),
        rules=rules,
        base=base,
        base_version=version,
        since=wanted.since,
        assumptions=to_builtins(
            _assumptions(await read_experience(uow, merchant_id), wanted.extra)
        ),
        state="waiting",
        done=0,
        whole=0,
        actor_id=actor_id,
        created_at=uow.now,
    )
    uow.session.add(made)
    await uow.session.flush()
    told = {"backtest_id": str(made.id), "merchant_id": str(merchant_id)}
    await emit(uow, ASKED, told, urgent=True)
    return made


def _assumptions(experience: Experience, extra: tuple[int, int, int]) -> Assumptions:
    return Assumptions(extra, experience.redemption, experience.is_own, experience.lot_days)


async def find_backtest(uow: UnitOfWork, merchant_id: UUID, backtest_id: UUID) -> Backtest:
    """One of the shop's back-tests. Raises NotFound, also for another shop's."""
    found = await uow.session.get(Backtest, (uow.scope.mall_id, backtest_id))
    if found is None or found.merchant_id != merchant_id:
        raise NotFound
    return found


async def list_backtests(uow: UnitOfWork, merchant_id: UUID, most: int) -> Sequence[Backtest]:
    """The shop's newest back-tests."""
    found = await uow.session.scalars(
        select(Backtest)
        .where(Backtest.mall_id == uow.scope.mall_id, Backtest.merchant_id == merchant_id)
        .order_by(Backtest.created_at.desc(), Backtest.id.desc())
        .limit(most)
    )
    return list(found)


async def newest_forecasts(
    uow: UnitOfWork, merchant_id: UUID, fingerprints: Sequence[str]
) -> dict[str, Backtest]:
    """By fingerprint, the newest finished back-test of the very same offer."""
    found = await uow.session.scalars(
        select(Backtest)
        .where(
            Backtest.mall_id == uow.scope.mall_id,
            Backtest.merchant_id == merchant_id,
            Backtest.state == "done",
            Backtest.fingerprint.in_(fingerprints),
        )
        .order_by(Backtest.created_at)
    )
    return {each.fingerprint: each for each in found}


async def newest_backtest(uow: UnitOfWork, merchant_id: UUID, mark: str) -> Backtest | None:
    """The newest back-test of the very same offer that wasn't given up, over or not."""
    found: Backtest | None = await uow.session.scalar(
        select(Backtest)
        .where(
            Backtest.mall_id == uow.scope.mall_id,
            Backtest.merchant_id == merchant_id,
            Backtest.fingerprint == mark,
            Backtest.state != "cancelled",
        )
        .order_by(Backtest.created_at.desc(), Backtest.id.desc())
        .limit(1)
    )
    return found


async def cancel(uow: UnitOfWork, merchant_id: UUID, backtest_id: UUID) -> Backtest:
    """Gives up a back-test; one that is over stays as it is. Raises NotFound."""
    found = await find_backtest(uow, merchant_id, backtest_id)
    await uow.session.execute(
        update(Backtest)
        .where(
            Backtest.mall_id == uow.scope.mall_id,
            Backtest.id == backtest_id,
            Backtest.state.in_(_OPEN),
        )
        .values(state="cancelled")
    )
    await uow.session.refresh(found)
    return found


def assumptions_of(row: Backtest) -> Assumptions:
    """What a back-test stands on."""
    return convert(row.assumptions, Assumptions)
