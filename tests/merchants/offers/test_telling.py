"""Who comes to have an offer is told once, if they agreed; a cross-sale from end to end."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from members.facade import Witness, decide
from merchants.offers.opening import open_offers
from merchants.offers.starters import starter
from tests.api.conftest import new_mobile
from tests.web_support.portal import Floor, People, Web, text_of
from timcheh.db import Scope
from timcheh.jobs.relay import Relay
from timcheh.module import JobContext
from timcheh.notify.models import Message
from timcheh.text.locale import Locale
from timcheh_app.modules import modules

NAIL, COLOUR = "ناخن", "رنگ مو"
Json = dict[str, Any]


class Salon:
    """A shop whose only rule is the ready-made cross-sale, without its hold-out."""

    def __init__(self, floor: Floor, web: Web) -> None:
        self.floor, self.web = floor, web
        self.mall = Scope.mall(floor.scope.mall_id)

    async def begin(self) -> str:
        offer = starter("cross_sell", Locale.FA, (NAIL, COLOUR))
        assert offer is not None
        del offer["holdout_bps"]
        await self.floor.shop.put("/rules", {"rules": [offer]})
        return str(offer["name"])

    async def buy(self, mobile: str, group: str, amount: int = 1_000_000) -> Json:
        line = {"name": group, "group": group, "quantity": 1, "unit_price": amount}
        body = {"member": {"mobile": mobile}, "enrol": True, "lines": [line]}
        return await self.floor.shop.post("/purchases", body)

    async def agree(self, member: str) -> None:
        """To messages of this shop about offers."""
        async with self.web.services.database.unit_of_work(self.mall) as uow:
            witness = Witness("staff", UUID(self.floor.shop.id), "till")
            shop = UUID(self.floor.shop.id)
            await decide(uow, UUID(member), shop, {"promotion": True}, witness)

    async def night(self) -> None:
        database, mall = self.web.services.database, self.mall.mall_id
        context = JobContext(database, self.web.services.settings, mall, datetime.now(UTC))
        for _ in range(2):
            await open_offers(context)
            await Relay(database, modules()).drain(mall)

    async def messages(self) -> list[Message]:
        async with self.web.services.database.unit_of_work(self.mall) as uow:
            found = await uow.session.scalars(
                select(Message).where(
                    Message.mall_id == self.mall.mall_id,
                    Message.template.startswith("offer-opened"),
                )
            )
            return list(found)


@pytest.fixture
async def salon(shop_floor: Floor, web: Web) -> Salon:
    return Salon(shop_floor, web)


@pytest.mark.feature("offer.cross_sell")
async def test_used_nails_never_colour_twenty_percent_off_colour(
    salon: Salon, people: People
) -> None:
    name = await salon.begin()
    mobile, painted = new_mobile(), new_mobile()
    await salon.buy(mobile, NAIL)
    for group in (NAIL, COLOUR):
        await salon.buy(painted, group)
    cashier = await people(salon.floor.shop, "cashier")
    good = {"sku": "c-1", "name": "رنگ بلوطی", "price": 1_000_000, "group": COLOUR}
    await salon.floor.shop.post("/products", good)
    line = {"lines-0-name": "رنگ بلوطی", "lines-0-quantity": "1", "lines-0-price": "100000"}
    seen = text_of(await cashier.post("/till/preview", expect=200, member=mobile, **line))
    assert "۸۰٬۰۰۰" in seen.replace(",", "٬")
    assert name in seen
    bought = await salon.buy(mobile, COLOUR)
    assert (bought["discount"], bought["reasons"][0]["rule"]) == (200_000, name)
    assert bought["reasons"][0]["outcome"] == "applied"
    again = await salon.buy(mobile, COLOUR)
    assert (again["discount"], again["reasons"][0]["outcome"]) == (0, "not_applied")
    other = await salon.buy(painted, COLOUR)
    assert other["discount"] == 0
    assert other["reasons"][0]["because"]
    told = text_of(await (await people(salon.floor.shop)).get(f"/purchases/{bought['id']}"))
    assert name in told
    assert "۲۰٬۰۰۰ تومان تخفیف" in told.replace(",", "٬")


@pytest.mark.feature("offer.one_time", "msg.events")
async def test_only_who_agreed_is_told_and_once(salon: Salon) -> None:
    name = await salon.begin()
    willing, unwilling, stranger = (new_mobile() for _ in range(3))
    await salon.agree((await salon.buy(willing, NAIL))["member"]["id"])
    await salon.buy(unwilling, NAIL)
    await salon.agree((await salon.buy(stranger, "دیگر"))["member"]["id"])
    await salon.night()
    (message,) = await salon.messages()
    assert (message.recipient, message.line) == (willing, "promotional")
    assert f"گل‌آرا: پیشنهاد «{name}»" in message.text
    assert "۲۰٪ تخفیف" in message.text
    assert str(COLOUR) in message.text
    await salon.night()
    assert len(await salon.messages()) == 1


@pytest.mark.feature("offer.one_time", "msg.events")
async def test_an_offer_that_opens_at_the_till_is_told_too_unless_used_there(salon: Salon) -> None:
    await salon.begin()
    opens, uses = new_mobile(), new_mobile()
    for mobile in (opens, uses):
        await salon.agree((await salon.buy(mobile, NAIL))["member"]["id"])
    await salon.buy(opens, NAIL)  # has it from now on
    await salon.buy(uses, COLOUR)  # and uses it at once
    await salon.night()
    assert [message.recipient for message in await salon.messages()] == [opens]
