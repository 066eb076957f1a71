"""What happens at the tills of the hall, in any order and all at once."""

import asyncio
import json
from datetime import timedelta
from uuid import UUID

from merchants.facade import Done, LineAsked, MemberRef, PurchaseCommand, SpendAsked, Till
from tests.api.ageing import age_lot, age_purchase
from tests.api.conftest import Api, Json, new_mobile
from tests.concurrency.hall import Hall
from timcheh.errors import TimchehError
from timcheh.ids import new_id

PAST = timedelta(days=100 * 365)
SELLING = ("insufficient_value", "gift_card_not_spendable", "limit_exceeded", "try_again")
CLOSING = ("purchase_not_open", "limit_exceeded")


async def buy(hall: Hall) -> None:
    """Mostly a hot member; now and then a newcomer whom two tills enrol at once."""
    if hall.chance.random() < 0.05:
        mobile = new_mobile()
        await asyncio.gather(*(_sell(hall, hall.shop, mobile) for _ in range(2)))
    else:
        await _sell(hall, hall.shop, hall.member)


async def _sell(hall: Hall, shop: Api, mobile: str) -> None:
    try:
        done = await hall.desk.purchase(_command(hall, shop, mobile))
    except TimchehError as error:
        hall.note(error.code, *SELLING, about=error)
        return
    assert isinstance(done, Done)
    made = json.loads(done.body)
    (hall.open if made["state"] == "authorized" else hall.receipts).append((shop, made))


def _command(hall: Hall, shop: Api, mobile: str) -> PurchaseCommand:
    """One to three lines; the member pays with whatever comes to mind."""
    chance = hall.chance
    lines = tuple(
        LineAsked(1_000 * chance.randint(1, 3), chance.randrange(1_000, 200_000))
        for _ in range(chance.randint(1, 3))
    )
    return PurchaseCommand(
        Till(hall.mall_id, UUID(shop.id), UUID(shop.id)),
        MemberRef(mobile=mobile),
        lines,
        _spend(hall),
        enrol=True,
        manual=chance.random() < 0.4,
        key=str(new_id()),
        fingerprint=b"x",
    )


def _spend(hall: Hall) -> SpendAsked:
    chance = hall.chance
    card = None
    if hall.cards and chance.random() < 0.2:
        card = chance.choice(hall.cards)["number"]
    return chance.choice(
        (
            SpendAsked(gift_card=card),
            SpendAsked("max", gift_card=card),
            SpendAsked(chance.randrange(1, 20_000)),
            SpendAsked(points="max"),
            SpendAsked(wallet=chance.randrange(1, 5_000)),
            SpendAsked("max", "max", "max", card),
        )
    )


async def close(hall: Hall) -> None:
    """An authorisation ends: in time or too late, by one hand or by several at once."""
    if not hall.open:
        return
    shop, made = hall.take(hall.open)
    if hall.chance.random() < 0.2:
        await age_purchase(hall.database, made["id"], timedelta(minutes=2))
    hands = hall.chance.choice((["confirm"], ["confirm"], ["cancel"], ["confirm", "cancel"]))
    answers = await asyncio.gather(
        *(hall.ask(shop, f"/purchases/{made['id']}/{hand}", {}, *CLOSING) for hand in hands)
    )
    ends = [answer for answer in answers if answer]
    assert len(ends) <= 1
    hall.receipts += [(shop, end) for end in ends if end["state"] == "confirmed"]


async def give_back(hall: Hall) -> None:
    """One piece of some line of some purchase, as long as there is one."""
    if not hall.receipts:
        return
    shop, made = hall.chance.choice(hall.receipts)
    back = {"lines": [{"line": 0, "quantity": 1}]}
    done = await hall.ask(shop, f"/purchases/{made['id']}/returns", back, "nothing_to_return")
    for each in done["restored"] if done else ():
        hall.restored[each["lot_id"]] += each["amount"]


async def give(hall: Hall) -> None:
    """A gift in any scope; some are over before anybody spends them."""
    chance = hall.chance
    kinds: list[Json] = [
        {"scope": "own"},
        {"scope": "partners"},
        {"scope": "network"},
        {"scope": "own", "unit": "point"},
        {"scope": hall.pool["scope_id"], "unit": "point"},
    ]
    gift = {
        "member": {"mobile": hall.member},
        "amount": chance.randrange(1, 100_000),
        "expires_at": "2100-01-01T00:00:00Z",
        "reason": "هدیه",
    }
    made = await hall.ask(hall.shop, "/credits", gift | chance.choice(kinds), "limit_exceeded")
    if made is not None:
        hall.gifts.append(made)
        if chance.random() < 0.5:
            await age_lot(hall.database, made["id"], PAST)


async def give_card(hall: Hall) -> None:
    card = {
        "amount": hall.chance.randrange(1_000, 100_000),
        "scope": hall.chance.choice(("own", "partners", "network")),
    }
    made = await hall.ask(hall.shop, "/gift-cards", card, "limit_exceeded")
    if made is not None:
        hall.cards.append(made)
