"""The past is replayed as it was: its facts are what the till asked its rules with."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import update

from members.people.models import Member
from merchants.audience.models import ScaleOfScores
from merchants.backtests.asking import BY_TODAYS_SCALE, OF_TODAY, UNKNOWABLE
from merchants.backtests.reading import Reach, known_customers, lines_of, past_sales
from merchants.backtests.sales import Clientele, PastSale
from merchants.customers.models import Customer
from merchants.margins.margins import Margins
from merchants.profiles.models import CustomerProfile
from merchants.programme.book import Wants
from merchants.purchases.command import LineAsked, MemberRef, PurchaseCommand, Till
from merchants.purchases.quote import ask, quote_in
from tests.api.conftest import new_mobile
from tests.web_support.portal import Floor
from timcheh.db import Database, Role, Scope
from timcheh.ids import new_id
from timcheh.rules import FACTS, BasketLine, build_facts
from timcheh.rules.facts import HOLDINGS, PERSONAL, FactValue
from timcheh.rules.rfm import RfmScale

pytestmark = pytest.mark.feature("offer.backtest")

Values = Mapping[str, FactValue]
NOW = datetime.now(UTC)
SCALE = RfmScale((1, 5, 20, 100), (1, 2, 3, 9), (1_000, 2_000_000, 3_000_000, 9_000_000))
EVERYTHING = Wants(network=True, history=True, holdings=True)
VISITS = ((300, "گل"), (299.99, None), (120, "نان"), (119, "گل"), (3, "شیرینی"))
"""Days ago, and the group of one of its two lines."""


def lines(group: str | None, number: int) -> list[dict[str, Any]]:
    other = {"name": "دیگر", "quantity": 2.5, "unit_price": 100_000}
    return [{"sku": f"S{number}", "group": group, "quantity": 1, "unit_price": 900_000}, other]


async def at_the_till(
    connection: asyncpg.Connection, floor: Floor, mobile: str, at: datetime, number: int
) -> Values:
    """What the rules of a sale would be asked with at that moment, were it now."""
    mall_id, shop = floor.scope.mall_id, UUID(floor.shop.id)
    asked = PurchaseCommand(
        Till(mall_id, shop, new_id()), MemberRef(mobile=mobile), (LineAsked(1_000, 1),)
    )
    async with connection.transaction():
        (quote,) = await ask(connection, mall_id, [quote_in(asked, at, EVERYTHING)])
    basket = [
        BasketLine.of(
            n,
            int(line["quantity"] * 1_000),
            line["unit_price"],
            sku=line.get("sku"),
            group=line.get("group"),
        )
        for n, line in enumerate(lines(VISITS[number][1], number))
    ]
    member = quote.member
    if member is None:
        return build_facts(basket, at).values
    return build_facts(
        basket,
        at,
        customer=member.facts,
        birthday=member.birthday,
        customer_of=member.customer_of,
    ).values


async def replayed(database: Database, floor: Floor) -> list[Values]:
    """The facts of all past sales, in order."""
    shop = UUID(floor.shop.id)
    found: list[Values] = []
    async with database.unit_of_work(Scope.mall(floor.scope.mall_id)) as uow:
        known = await known_customers(uow, shop, with_neighbours=True, with_persons=True)
        clientele = Clientele(known, SCALE)
        reach = Reach(shop, datetime.now(UTC), Margins(0), with_groups=True, with_skus=True)
        async for sales in past_sales(uow, reach, 2):
            kept = await lines_of(uow, [sale.id for sale in sales])
            for sale in sales:
                found.append(_of(clientele, sale, kept[sale.id]))
                clientele.note(sale)
    return found


def _of(clientele: Clientele, sale: PastSale, kept: tuple[BasketLine, ...]) -> Values:
    return clientele.told(sale).facts(kept).values


async def test_every_fact_there_is_is_told_as_it_was_or_declared(
    shop_floor: Floor, database: Database
) -> None:
    """A fact that is added to the registry fails here until the past tells it, or says it can't."""
    mobile = new_mobile()
    member = await _met(shop_floor, database, mobile)
    then: list[Values] = []
    connection = await asyncpg.connect(database.dsn(Role.APP))
    try:
        for number, (days, group) in enumerate(VISITS):
            at = NOW - timedelta(days=days)
            then.append(await at_the_till(connection, shop_floor, mobile, at, number))
            await shop_floor.shop.post(
                "/purchases",
                {
                    "member": {"mobile": mobile},
                    "lines": lines(group, number),
                    "occurred_at": at.isoformat(),
                },
            )
    finally:
        await connection.close()
    async with database.unit_of_work(Scope.mall(shop_floor.scope.mall_id)) as uow:
        await uow.session.execute(
            update(Customer).where(Customer.member_id == member).values(tier_progress=40)
        )
    seen: set[str] = set()
    for before, now in zip(then, await replayed(database, shop_floor), strict=True):
        for name in FACTS.keys() - UNKNOWABLE - OF_TODAY:
            assert now.get(name) == before.get(name), name
        seen |= now.keys()
    assert set(FACTS) == seen | UNKNOWABLE
    assert seen.isdisjoint(UNKNOWABLE)
    assert set(then[-1]) >= HOLDINGS  # the till does know them
    assert seen >= BY_TODAYS_SCALE
    assert then[-1]["partner.is_customer_of"]


async def _met(floor: Floor, database: Database, mobile: str) -> UUID:
    """Somebody whom the shop knew before the first purchase, with all that one can be told of."""
    other = await floor.mall.shop("لاله")
    long_ago = NOW - timedelta(days=400)
    bought = await other.buy(mobile, 5_000_000, occurred_at=long_ago.isoformat())
    member = UUID(bought["member"]["id"])
    key = {"mall_id": floor.scope.mall_id, "merchant_id": UUID(floor.shop.id)}
    async with database.unit_of_work(Scope.mall(floor.scope.mall_id)) as uow:
        uow.session.add(
            Customer(
                **key,
                member_id=member,
                number=bought["member"]["number"],
                mobile=mobile,
                birthday=date(1990, 5, 5),
                groups=["ویژه"],
                tags=["خوش‌حساب"],
                tier="نقره‌ای",
                source="portal",
                created_at=long_ago,
            )
        )
        await uow.session.execute(
            update(Member).where(Member.id == member).values(birthday=date(1990, 5, 5))
        )
        await uow.session.flush()
        uow.session.add(
            ScaleOfScores(
                **key,
                recency=list(SCALE.recency),
                frequency=list(SCALE.frequency),
                monetary=list(SCALE.monetary),
                customers=1,
                made_at=NOW,
            )
        )
        words = dict.fromkeys(PERSONAL, "تهران") | {"gender": "female", "marital_status": "married"}
        uow.session.add(
            CustomerProfile(
                **key,
                member_id=member,
                **words,
                wedding_date=date(2012, 2, 29),
                custom={},
                shared=[],
                updated_at=NOW,
            )
        )
    return member
