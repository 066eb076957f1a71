"""What is done for cards in the background: printing, warning before the last day, expiry."""

import base64
from datetime import time, timedelta
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import undefer

from members.cards.models import Card, CardOrder
from members.cards.service import ORDERED, PRINT, WARNING, expire_card, numbers_of
from members.people.models import Member
from timcheh.calendar import local_date
from timcheh.db import Scope, UnitOfWork
from timcheh.malls import read_mall
from timcheh.module import JobContext, RecurringJob
from timcheh.notify import queue_message
from timcheh.printing import print_waiting
from timcheh.printing.models import PrintPart
from timcheh.text.locale import Locale
from timcheh.web.colour import text_on
from timcheh.web.frame import View
from timcheh.web.render import Renderer

_AT_ONCE = 200


async def _print(context: JobContext) -> None:
    await print_waiting(context, PRINT, "cards", layout)


async def layout(uow: UnitOfWork, part: PrintPart) -> str:
    """Some cards of an order, a page each, with bleed and crop marks for the printing house."""
    order = await uow.session.get_one(
        CardOrder, (uow.scope.mall_id, part.subject_id), options=[undefer(CardOrder.logo)]
    )
    mall = await read_mall(uow)
    numbers = await numbers_of(uow, order.id, part.first, part.last)
    view = View(locale=Locale(mall.locale), now=uow.now, trial=mall.trial_of)
    return _renderer().render("members/cards/print.html", card_values(order, numbers), view)


def card_values(order: CardOrder, numbers: list[str]) -> dict[str, object]:
    """What `members/cards/print.html` is given."""
    logo = ""
    if order.logo:
        kind = "png" if order.logo.startswith(b"\x89PNG") else "jpeg"
        logo = f"data:image/{kind};base64,{base64.b64encode(order.logo).decode()}"
    return {
        "numbers": numbers,
        "sheet": order.sheet,
        "title": order.title,
        "words": order.words,
        "kind": order.kind,
        "colour": order.colour,
        "ink": text_on(order.colour),
        "logo": logo,
    }


async def _expire(context: JobContext) -> None:
    """Tells members whose card ends soon, once, and ends the cards whose last day is over."""
    today = local_date(context.now)
    while True:
        async with context.database.unit_of_work(Scope.mall(context.mall_id)) as uow:
            ended = await _active(uow, Card.expires_on < today)
            for card in ended:
                await expire_card(uow, card)
                await _tell(uow, card, "card-expired")
        if len(ended) < _AT_ONCE:
            break
    while True:
        async with context.database.unit_of_work(Scope.mall(context.mall_id)) as uow:
            soon = await _active(uow, Card.expires_on <= today + WARNING, Card.warned_at.is_(None))
            for card in soon:
                card.warned_at = uow.now
                await _tell(uow, card, "card-expires")
        if len(soon) < _AT_ONCE:
            break


async def _active(uow: UnitOfWork, *which: object) -> list[Card]:
    found = await uow.session.scalars(
        select(Card)
        .where(Card.mall_id == uow.scope.mall_id, Card.state == "active", *which)  # type: ignore[arg-type]
        .where(Card.member_id.is_not(None))
        .order_by(Card.number)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return list(found)


async def _tell(uow: UnitOfWork, card: Card, template: str) -> None:
    member = await uow.session.get_one(Member, (uow.scope.mall_id, card.member_id))
    mall = await read_mall(uow)
    params = {"tail": card.number[-4:], "day": card.expires_on, "mall": mall.name}
    locale = Locale(mall.locale)
    await queue_message(uow, member.mobile, template, params, locale=locale, member_id=member.id)


@cache
def _renderer() -> Renderer:
    return Renderer(["members"])


JOBS = (
    RecurringJob("members.print_cards", _print, every=timedelta(minutes=10), wake_on=(ORDERED,)),
    RecurringJob("members.expire_cards", _expire, daily_at=time(0, 20)),
)
