"""What those who are given something read of it on their phones, and what that costs the shop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from members.facade import mobiles_of
from merchants.groupgifts.models import GroupGift
from merchants.shops.service import find_shop
from timcheh.calendar import local_date
from timcheh.db import UnitOfWork
from timcheh.malls import read_mall
from timcheh.money import MoneyUnit, format_money
from timcheh.notify import Letter, queue_messages, segment_price
from timcheh.notify.segments import segments
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale

_TEMPLATE: Final = "group-gift"
_INSTANT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Sample:
    """The text that each of them gets, and what all of them cost together, rial."""

    text: str
    cost: int


async def sample(uow: UnitOfWork, gift: GroupGift) -> Sample:
    """What would be sent to those who have not been given theirs yet. In the mall's scope."""
    locale, params = await _words(uow, gift)
    text = translate(locale, f"message-{_TEMPLATE}", **params)
    each = segments(text) * await segment_price(uow)
    return Sample(text, each * (gift.people - gift.given))


async def tell(uow: UnitOfWork, gift: GroupGift, members: Sequence[UUID]) -> None:
    """One message to each of them, of value that is theirs: it needs no consent to advertising."""
    locale, params = await _words(uow, gift)
    mobiles = await mobiles_of(uow, members)
    letters = [
        Letter(mobiles[member], _TEMPLATE, params, member, gift.merchant_id)
        for member in members
        if member in mobiles
    ]
    await queue_messages(uow, letters, locale=locale)


async def _words(uow: UnitOfWork, gift: GroupGift) -> tuple[Locale, dict[str, Any]]:
    mall = await read_mall(uow)
    locale = Locale(mall.locale)
    return locale, {
        "shop": (await find_shop(uow, gift.merchant_id)).name,
        "amount": format_money(gift.amount, MoneyUnit(mall.display_unit), locale),
        "reason": gift.reason,
        "from": local_date(gift.starts_at),
        "until": local_date(gift.ends_at - _INSTANT),
        "begun": "yes" if gift.starts_at <= uow.now else "no",
    }
