"""Telling members that an offer has opened for them: once, and only who wants offers by message."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from members.facade import allowed, find_member
from merchants.offers.opening import OPENED
from merchants.programme.queries import rule_names
from merchants.programme.sentences import Teller
from merchants.programme.service import current_rules
from timcheh.calendar import local_date
from timcheh.db import UnitOfWork
from timcheh.malls import read_mall
from timcheh.module import Event, EventHandler
from timcheh.money import MoneyUnit
from timcheh.notify import queue_message
from timcheh.rules import Rule, parse_rules
from timcheh.text.locale import Locale

_INSTANT: Final = timedelta(microseconds=1)
"""A deadline is the moment at which its last day is over."""


async def tell_opened(uow: UnitOfWork, event: Event) -> None:
    """A promotional message: what, where, until when. Nothing for an offer that is over by now."""
    merchant_id = UUID(event.payload["merchant_id"])
    member_id = UUID(event.payload["member_id"])
    expires_at = datetime.fromisoformat(event.payload["expires_at"])
    if expires_at <= uow.now or not await allowed(uow, member_id, merchant_id, "promotion"):
        return
    rule = await _in_force(uow, merchant_id, event.payload["rule"])
    member = await find_member(uow, id=member_id)
    if rule is None or member.state != "active":
        return
    mall, names = await read_mall(uow), await rule_names(uow)
    locale = Locale(mall.locale)
    teller = Teller(locale, MoneyUnit(mall.display_unit), names)
    condition = teller.when(rule)
    then = teller.text("offer-opened-activate") if rule.needs_activation else ""
    await queue_message(
        uow,
        member.mobile,
        "offer-opened-if" if condition else "offer-opened",
        {
            "shop": names.get(merchant_id, ""),
            "offer": rule.name,
            "what": teller.text("list-comma").join(teller.then(rule)),
            "when": condition,
            "activate": then,
            "day": local_date(expires_at - _INSTANT),
        },
        line="promotional",
        locale=locale,
        member_id=member_id,
        merchant_id=merchant_id,
    )


async def _in_force(uow: UnitOfWork, merchant_id: UUID, name: str) -> Rule | None:
    _, written = await current_rules(uow, merchant_id)
    return next((rule for rule in parse_rules(written) if rule.name == name), None)


HANDLERS: Final = {OPENED: (EventHandler("merchants.offer_opened", tell_opened),)}
