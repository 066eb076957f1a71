"""A condition says the same of a customer base in SQL as the pure engine says of each customer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given

from merchants.audience import audience_of, scope_for
from merchants.audience.models import ScaleOfScores
from merchants.customers.models import Customer
from merchants.places.models import Nearness
from merchants.profiles.models import CustomerProfile
from tests.hypotheses import sized
from tests.timcheh.rules.strategies import GROUPS, TIERS, conditions_over
from tests.web_support.portal import Floor
from timcheh.calendar import Jalali
from timcheh.db import Database, Scope
from timcheh.errors import Invalid
from timcheh.ids import new_id
from timcheh.rules import FACTS, CustomerFacts, Place, parse_condition
from timcheh.rules.compile import Values, compile_condition
from timcheh.rules.facts import PERSONAL, SOURCES, customer_values
from timcheh.rules.rfm import RfmScale

NAMES = tuple(name for name, fact in FACTS.items() if Place.CUSTOMER in fact.places)
NOW = datetime(2026, 1, 5, 20, 29, tzinfo=UTC)  # 23:59 in Tehran
SCALE = RfmScale((2, 5, 5, 20), (1, 2, 4, 9), (100_000, 900_000, 2_000_000, 4_000_000))


class Base:
    """A shop with many different customers, and each one's facts for the pure engine."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.facts: dict[UUID, Values] = {}

    @property
    def shop(self) -> UUID:
        assert self.scope.merchant_id is not None
        return self.scope.merchant_id


def somebody(dice: Random) -> tuple[CustomerFacts, date | None]:
    """Facts that meet the edges of days and of Jalali years now and then."""
    purchases = dice.choice([0, 0, 1, 2, 5, 12])
    first = NOW - timedelta(minutes=dice.choice([0, 31, 1440, 60 * 24 * 40, 60 * 24 * 400]))
    last = first + (NOW - first) * dice.choice([0, 0.5, 1])
    known = CustomerFacts(
        purchases=purchases,
        spend=dice.choice([0, 99_999, 100_000, 2_500_001, 5_000_000]) if purchases else 0,
        last_at=last if purchases else None,
        groups=dice.sample(GROUPS, dice.randint(0, 2)),
        tier=dice.choice([None, *TIERS]),
        first_at=first if purchases else None,
        visits=min(purchases, dice.choice([1, 3, 9])),
        last_basket=dice.choice([0, 7, 3_000_000]) if purchases else None,
        bought=dice.sample(GROUPS, dice.randint(0, 3)) if purchases else [],
        months=dice.choice([0b1, 0b111000, 0b100000000000, 0b111111111111]) if purchases else 0,
        tags=dice.sample(GROUPS, dice.randint(0, 1)),
        tier_progress=dice.choice([None, 0, 40, 100]),
        source=dice.choice(SOURCES),
        credit=0,
        points=0,
        scale=SCALE,
        near_metres=dice.choice([None, 100, 500, 1900]),
        near_at=NOW - timedelta(minutes=dice.choice([-1, 0, 1, 59, 119, 120, 500])),
        wedding=dice.choice([None, date(2010, 1, 4), date(2011, 1, 6), date(1999, 3, 20)]),
        person={
            name: dice.choice([None, *(FACTS[f"member.{name}"].choices or GROUPS)])
            for name in PERSONAL
        },
    )
    leap = Jalali(1399, 12, 30).to_date()
    return known, dice.choice([None, leap, date(1990, 1, 5), date(1985, 3, 21), date(1985, 12, 31)])


@pytest.fixture(scope="module")
async def base(database: Database) -> Base:
    """Sixty customers of a shop, and one of another shop of the mall."""
    dice, scope = Random(7), Scope.merchant(new_id(), new_id())
    found = Base(scope)
    async with database.unit_of_work(Scope.mall(scope.mall_id), now=NOW) as uow:
        uow.session.add(
            ScaleOfScores(
                mall_id=scope.mall_id,
                merchant_id=found.shop,
                recency=list(SCALE.recency),
                frequency=list(SCALE.frequency),
                monetary=list(SCALE.monetary),
                customers=60,
                made_at=NOW,
            )
        )
        for n in range(61):
            known, birthday = somebody(dice)
            member_id = new_id()
            key = {
                "mall_id": scope.mall_id,
                "merchant_id": found.shop if n else new_id(),
                "member_id": member_id,
            }
            uow.session.add(
                Customer(
                    **key,
                    number=f"{n:016}",
                    mobile=f"0912{n:07}",
                    name=None,
                    birthday=birthday,
                    purchases=known.purchases,
                    spend=known.spend,
                    first_at=known.first_at,
                    last_at=known.last_at,
                    visits=known.visits,
                    last_basket=known.last_basket,
                    bought=sorted(known.bought),
                    months=known.months,
                    groups=list(known.groups),
                    tags=list(known.tags),
                    tier=known.tier,
                    tier_progress=known.tier_progress,
                    source=known.source,
                    created_at=NOW,
                )
            )
            await uow.session.flush()
            if known.near_metres is not None:
                uow.session.add(
                    Nearness(
                        **key, branch_id=new_id(), metres=known.near_metres, seen_at=known.near_at
                    )
                )
            if n % 3:
                uow.session.add(
                    CustomerProfile(
                        **key,
                        **known.person,
                        wedding_date=known.wedding,
                        custom={},
                        shared=[],
                        updated_at=NOW,
                    )
                )
            else:
                known = replace(known, person={}, wedding=None)
            if known.first_at is None and known.source in ("portal", "import"):
                known = replace(known, credit=None, points=None)  # only listed, never met
            if n:
                found.facts[member_id] = customer_values(known, NOW, birthday=birthday)
    return found


@pytest.mark.feature("segment.builder")
@pytest.mark.feature("segment.behaviour")
@pytest.mark.feature("offer.conditions")
@sized(ci=150, nightly=10_000)
@given(written=conditions_over(NAMES))
async def test_sql_says_what_the_engine_says(
    base: Base, database: Database, written: dict[str, Any]
) -> None:
    condition = parse_condition(written, "/when", Place.CUSTOMER)
    node = compile_condition(condition)
    expected = sorted(member for member, facts in base.facts.items() if node.test(facts))
    scope = scope_for(base.scope.mall_id, base.shop, condition)
    async with database.unit_of_work(scope, now=NOW) as uow:
        audience = await audience_of(uow, base.shop, condition)
        assert await audience.members(uow) == expected
        assert await audience.count(uow) == len(expected)


async def test_every_fact_of_a_customer_has_a_column(base: Base, database: Database) -> None:
    """Each one alone, with a comparison that some meet and some don't."""
    met = 0
    for name in NAMES:
        seen = [facts[name] for facts in base.facts.values() if name in facts]
        assert seen, name
        value: Any = seen[len(seen) // 2]
        op = "=="
        if isinstance(value, frozenset):
            op, value = "contains", next(iter(each for s in seen for each in s))  # type: ignore[union-attr]
        condition = parse_condition({"fact": name, "op": op, "value": value})
        node = compile_condition(condition)
        expected = sorted(m for m, facts in base.facts.items() if node.test(facts))
        async with database.unit_of_work(Scope.mall(base.scope.mall_id), now=NOW) as uow:
            audience = await audience_of(uow, base.shop, condition)
            assert await audience.members(uow) == expected, name
            met += 0 < len(expected) < len(base.facts)
    assert met >= len(NAMES) - 2  # everybody holds no credit and no points


@pytest.mark.feature("segment.score")
async def test_points_and_credit_are_what_is_held_here(
    shop_floor: Floor, database: Database, mobile: str
) -> None:
    shop, other = shop_floor.shop, await shop_floor.mall.shop("لاله")
    member = (await shop.buy(mobile, 1_000_000))["member"]["id"]  # 50,000 of credit
    idle = (await shop.buy(f"0935{mobile[4:]}", 1))["member"]["id"]
    gift = {"member": {"id": member}, "reason": "آزمون", "scope": "own"}
    await shop.post("/credits", gift | {"amount": 120, "unit": "point"})
    await other.post("/credits", gift | {"amount": 999, "unit": "point"})  # of no use here
    cases: list[tuple[str, str, int, set[str]]] = [
        ("customer.points", "==", 120, {member}),
        ("customer.credit", "==", 50_000, {member}),
        ("customer.points", "==", 0, {idle}),
        ("customer.credit", "<=", 50_000, {member, idle}),
    ]
    mall_id, shop_id = UUID(str(shop_floor.mall.id)), UUID(shop.id)
    for fact, op, value, expected in cases:
        condition = parse_condition({"fact": fact, "op": op, "value": value})
        async with database.unit_of_work(scope_for(mall_id, shop_id, condition)) as uow:
            audience = await audience_of(uow, shop_id, condition)
            assert {str(each) for each in await audience.members(uow)} == expected, fact
    # The till says the same of one.
    when = {"fact": "customer.points", "op": "==", "value": 120}
    rule = {"name": "p", "when": when, "then": [{"effect": "discount_amount", "amount": 10}]}
    await shop.put("/rules", {"rules": [rule]})
    assert (await shop.buy(mobile, 1_000, dry_run=True))["discount"] == 10
    assert (await shop.buy(f"0935{mobile[4:]}", 1_000, dry_run=True))["discount"] == 0


@pytest.mark.parametrize("fact", ["basket.total", "time.hour", "partner.is_customer_of"])
def test_what_only_a_purchase_has_is_refused_of_customers(fact: str) -> None:
    value: Any = 1 if fact != "partner.is_customer_of" else str(new_id())
    op = "==" if fact != "partner.is_customer_of" else "contains"
    with pytest.raises(Invalid) as refused:
        parse_condition({"fact": fact, "op": op, "value": value}, "/when", Place.CUSTOMER)
    assert refused.value.errors[0].code == "fact_not_here"
