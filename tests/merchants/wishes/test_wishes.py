"""A member marks an offer, the till tells it, they change their mind, and are reminded once."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

import pytest
from sqlalchemy import text

from merchants.wishes.jobs import JOB
from tests.web_support.portal import Floor, People, Person, text_of
from tests.web_support.visitors import Members
from timcheh.db import Database, Scope
from timcheh.ids import new_id
from timcheh.module import JobContext
from timcheh.settings import Settings

pytestmark = pytest.mark.feature("member.offers", page="/{mall}/club/offers")
CREDIT = {"effect": "credit_percent", "bps": 1000, "scope": "own"}


@pytest.fixture
async def offered(shop_floor: Floor) -> datetime:
    """Two offers; the second, for large baskets, ends in two days: when."""
    ends = datetime.now(UTC) + timedelta(days=2)
    large = {"fact": "basket.total", "op": ">=", "value": 50_000_000}
    rules = [
        {"name": "هر خرید", "then": [CREDIT]},
        {
            "name": "خرید بزرگ",
            "when": {"all": [large]},
            "then": [CREDIT],
            "ends_at": ends.isoformat(),
        },
    ]
    await shop_floor.shop.put("/rules", {"rules": rules})
    return ends


def mark_of(page: str, offer: str, verb: str = "wish") -> str:
    """Where an offer's mark is made, or taken away."""
    ways = re.findall(r'action="[^"]*/club(/offers/[^"]+)"', page)
    (way,) = [each for each in ways if f"/{verb}?" in each and named(offer) in each]
    return str(way)


def named(offer: str) -> str:
    return urlencode({"offer": offer})


async def till(owner: Person, mobile: str) -> str:
    entry = {"member": mobile, "lines-0-price": "100000", "request_key": "k"}
    return text_of(await owner.post("/till/preview", expect=200, **entry))


async def test_an_offer_is_marked_shown_at_the_till_and_unmarked(
    shop_floor: Floor, offered: datetime, members: Members, people: People, mobile: str
) -> None:
    await shop_floor.shop.buy(mobile, 1_000_000)
    member, owner = await members(mobile), await people(shop_floor.shop)
    assert "نشان" not in await till(owner, mobile)
    page = await member.get("/offers")
    assert page.index("هر خرید") < page.index("خرید بزرگ")
    marked = await member.post(mark_of(page, "خرید بزرگ"))
    assert "نشان شد" in text_of(marked)
    assert marked.index("خرید بزرگ") < marked.index("هر خرید"), "what is marked comes first"
    shown = await till(owner, mobile)
    assert "۱ پیشنهادِ نشان‌شده" in shown
    assert "خرید بزرگ نشان مشتری" in shown
    (undo,) = set(re.findall(r'action="[^"]*/club(/offers/[^"]+/unwish[^"]*)"', marked))
    assert "نشان برداشته شد" in text_of(await member.post(undo))
    assert "نشان" not in await till(owner, mobile)
    for path in (
        f"/offers/{new_id()}/wish?{named('هر خرید')}",
        mark_of(page, "خرید بزرگ").split("?")[0] + f"?{named('هیچ')}",
    ):
        assert (await member.send(path)).status_code == 404


async def test_a_marked_offer_is_remembered_once_before_it_ends(
    shop_floor: Floor,
    offered: datetime,
    members: Members,
    mobile: str,
    database: Database,
    settings: Settings,
) -> None:
    mall_id = UUID(str(shop_floor.mall.id))
    await shop_floor.shop.buy(mobile, 1_000_000)
    member = await members(mobile)
    page = await member.get("/offers")
    for offer in ("هر خرید", "خرید بزرگ"):
        await member.post(mark_of(page, offer))
    for _ in range(2):
        await JOB.run(JobContext(database, settings, mall_id, datetime.now(UTC)))
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        sent = await uow.session.scalars(
            text(
                "SELECT text FROM kernel.message WHERE mall_id = :mall AND recipient = :mobile"
                " AND template = 'wish-ends'"
            ),
            {"mall": mall_id, "mobile": mobile},
        )
        said = list(sent)
    assert len(said) == 1
    assert "خرید بزرگ" in said[0]
    await JOB.run(JobContext(database, settings, mall_id, offered + timedelta(hours=1)))
    assert "خرید بزرگ" not in str(await _marks(database, mall_id)), "it is over"


async def _marks(database: Database, mall_id: UUID) -> list[str]:
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        rows = await uow.session.scalars(
            text("SELECT rule FROM merchants.offer_wish WHERE mall_id = :mall"), {"mall": mall_id}
        )
        return list(rows)
