"""Telling members, once, that an offer they marked (or activated, which marks it) ends soon."""

from datetime import time, timedelta
from itertools import groupby
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select, tuple_, update

from members.facade import find_member
from merchants.programme.service import current_rules
from merchants.shops.service import shop_names
from merchants.wishes.models import OfferWish
from timcheh.calendar import local_date
from timcheh.db import Scope, UnitOfWork
from timcheh.malls import read_mall
from timcheh.module import JobContext, RecurringJob
from timcheh.notify import queue_message
from timcheh.rules import Rule, parse_rules
from timcheh.text.locale import Locale

AHEAD: Final = timedelta(days=3)
_INSTANT: Final = timedelta(microseconds=1)


async def _remind(context: JobContext) -> None:
    scope = Scope.mall(context.mall_id)
    async with context.database.unit_of_work(scope, now=context.now) as uow:
        rows = await uow.session.scalars(
            select(OfferWish)
            .where(OfferWish.mall_id == context.mall_id)
            .order_by(OfferWish.merchant_id, OfferWish.member_id, OfferWish.rule)
        )
        names, locale = await shop_names(uow), Locale((await read_mall(uow)).locale)
        for merchant_id, wishes in groupby(rows.all(), key=lambda row: row.merchant_id):
            rules = await _rules(uow, merchant_id)
            for wish in wishes:
                await _tell(uow, wish, rules.get(wish.rule), names.get(merchant_id, ""), locale)


async def _tell(
    uow: UnitOfWork, wish: OfferWish, rule: Rule | None, shop: str, locale: Locale
) -> None:
    this = tuple_(OfferWish.mall_id, OfferWish.member_id, OfferWish.merchant_id, OfferWish.rule)
    key = (wish.mall_id, wish.member_id, wish.merchant_id, wish.rule)
    if rule is None or (rule.ends_at is not None and rule.ends_at <= uow.now):
        await uow.session.execute(delete(OfferWish).where(this == key))
        return
    if wish.reminded_at or rule.ends_at is None or rule.ends_at > uow.now + AHEAD:
        return
    member = await find_member(uow, id=wish.member_id)
    day = local_date(rule.ends_at - _INSTANT)
    params = {"shop": shop, "offer": rule.name, "day": day}
    await queue_message(
        uow,
        member.mobile,
        "wish-ends",
        params,
        locale=locale,
        member_id=member.id,
        merchant_id=wish.merchant_id,
    )
    await uow.session.execute(update(OfferWish).where(this == key).values(reminded_at=uow.now))


async def _rules(uow: UnitOfWork, merchant_id: UUID) -> dict[str, Rule]:
    _, rules = await current_rules(uow, merchant_id)
    return {rule.name: rule for rule in parse_rules(rules)}


JOB: Final = RecurringJob("merchants.remind_wishes", _remind, daily_at=time(10, 0))
