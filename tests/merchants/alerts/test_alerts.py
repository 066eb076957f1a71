"""What looks wrong at the tills: found beside the till, shown with its evidence, closed."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from merchants.alerts.finding import BURST_COUNT, GUESS_COUNT, LOOP_COUNT
from merchants.alerts.jobs import WATCH
from merchants.alerts.models import BURST, GUESSING, REFUND_LOOP, SELF_CREDIT, SELF_GIFT, Alert
from merchants.alerts.service import watch
from merchants.groupgifts.jobs import give_waiting
from tests.api.conftest import Api, new_mobile
from tests.web_support.portal import Floor, People, Person, text_of
from timcheh.access.models import Staff
from timcheh.db import Database, Scope
from timcheh.module import JobContext
from timcheh.settings import Settings
from timcheh.text.cards import make_member_number

pytestmark = pytest.mark.feature("plat.fraud")


class Guard:
    """Looks through a mall as its worker does, `later` than now."""

    def __init__(self, floor: Floor, database: Database, settings: Settings) -> None:
        self._floor, self._database, self.settings = floor, database, settings

    async def look(self, later: timedelta = timedelta(seconds=1)) -> list[Alert]:
        """All alerts of the mall, after a look."""
        mall_id = self._floor.scope.mall_id
        now = datetime.now(UTC) + later
        async with self._database.unit_of_work(Scope.mall(mall_id), now=now) as uow:
            await watch(uow)
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            found = await uow.session.scalars(
                select(Alert).where(Alert.mall_id == mall_id).order_by(Alert.created_at)
            )
            return list(found)


@pytest.fixture
def guard(shop_floor: Floor, database: Database, settings: Settings) -> Guard:
    return Guard(shop_floor, database, settings)


async def _staff_mobile(database: Database, floor: Floor, person: Person) -> str:
    async with database.unit_of_work(Scope.mall(floor.scope.mall_id)) as uow:
        mobile = await uow.session.scalar(
            select(Staff.mobile).where(Staff.mall_id == floor.scope.mall_id)
        )
    assert mobile is not None
    return mobile


async def _sell(person: Person, mobile: str, amount: str = "100000") -> None:
    page = await person.get("/till")
    key = re.search(r'name="request_key" value="([^"]+)"', page)
    assert key is not None
    fields = {"member": mobile, "lines-0-price": amount, "lines-0-quantity": "1"}
    await person.post("/till", request_key=key[1], **fields)


async def test_a_cashier_who_sells_to_themselves_is_seen(
    shop_floor: Floor, people: People, database: Database, guard: Guard
) -> None:
    await shop_floor.shop.post("/branches", {"name": "مرکزی"})
    cashier = await people(shop_floor.shop, "cashier")
    mobile = await _staff_mobile(database, shop_floor, cashier)
    await _sell(cashier, mobile)
    await _sell(cashier, new_mobile())
    (alert,) = await guard.look()
    assert (alert.kind, alert.figures["count"], alert.state) == (SELF_CREDIT, 1, "open")
    assert alert.figures["total"] == 1_000_000
    assert alert.figures["earned"] == 50_000
    assert alert.crosses  # the credit is good at partners too
    assert alert.actor_id is not None
    await _sell(cashier, mobile)
    (grown,) = await guard.look(timedelta(seconds=2))
    assert (grown.id, grown.figures["count"], len(grown.purchases)) == (alert.id, 2, 2)
    assert len(await guard.look(timedelta(seconds=3))) == 1


async def test_whoever_gives_themselves_a_gift_is_seen(
    shop_floor: Floor, people: People, database: Database, guard: Guard
) -> None:
    owner = await people(shop_floor.shop)
    mobile = await _staff_mobile(database, shop_floor, owner)
    page = await owner.send("/groups/new", name="همکاران")
    group = page.headers["location"].removeprefix(owner.root)
    for each in (mobile, new_mobile()):
        bought = await shop_floor.shop.buy(each, 1_000)
        await owner.post(f"{group}/add", who=bought["member"]["number"])
    drafted = await owner.send(
        f"{group}/gift", amount="5000", scope="own", reason="عیدی", ends_at="1420/01/01"
    )
    gift = drafted.headers["location"].removeprefix(owner.root)
    await owner.post(f"{gift}/begin")
    now = datetime.now(UTC)
    mall = shop_floor.scope.mall_id
    await give_waiting(JobContext(database, guard.settings, mall, now))
    (alert,) = await guard.look()
    assert (alert.kind, alert.figures["count"]) == (SELF_GIFT, 1)
    assert alert.figures["earned"] == 50_000
    assert not alert.crosses
    said = text_of(await owner.get(f"/alerts/{alert.id}"))
    assert "۱ بار به شماره خودش هدیه داده است، به ارزش ۵٬۰۰۰ تومان" in said
    assert "عیدی" in said
    (same,) = await guard.look(timedelta(seconds=2))
    assert same.figures["count"] == 1


async def test_many_purchases_in_a_short_time_are_seen(shop_floor: Floor, guard: Guard) -> None:
    quick, calm = new_mobile(), new_mobile()
    for _ in range(BURST_COUNT - 1):
        await shop_floor.shop.buy(quick, 100_000)
    await shop_floor.shop.buy(calm, 100_000)
    assert await guard.look() == []
    await shop_floor.shop.buy(quick, 100_000)
    (alert,) = await guard.look(timedelta(seconds=2))
    assert (alert.kind, alert.figures["count"]) == (BURST, BURST_COUNT)
    assert alert.figures["total"] == BURST_COUNT * 100_000


async def test_one_return_after_another_is_seen(shop_floor: Floor, guard: Guard) -> None:
    mobile = new_mobile()
    for count in range(LOOP_COUNT):
        assert await guard.look(timedelta(milliseconds=1 + count)) == []
        sold = await shop_floor.shop.buy(mobile, 1_000_000)
        back = {"lines": [{"line": 0, "quantity": 1}]}
        await shop_floor.shop.post(f"/purchases/{sold['id']}/returns", back)
    (alert,) = await guard.look(timedelta(seconds=2))
    assert (alert.kind, alert.figures["count"]) == (REFUND_LOOP, LOOP_COUNT)
    assert alert.figures["earned"] == LOOP_COUNT * 1_000_000


async def _guess(shop: Api, numbers: range) -> None:
    for number in numbers:
        card = make_member_number(9_000_000 + number)
        await shop.buy(new_mobile(), 100_000, spend={"gift_card": card}, expect=422)


async def test_guessing_gift_cards_is_seen(shop_floor: Floor, guard: Guard) -> None:
    await _guess(shop_floor.shop, range(GUESS_COUNT - 1))
    assert await guard.look() == []
    await _guess(shop_floor.shop, range(1))
    (alert,) = await guard.look(timedelta(seconds=2))
    assert (alert.kind, alert.figures["count"]) == (GUESSING, GUESS_COUNT)
    assert alert.crosses


async def test_somebody_else_closes_it_with_a_reason(
    shop_floor: Floor, people: People, database: Database, guard: Guard
) -> None:
    mobile = new_mobile()
    for _ in range(BURST_COUNT):
        await shop_floor.shop.buy(mobile, 100_000)
    (alert,) = await guard.look()
    owner = await people(shop_floor.shop)
    assert "۱ هشدار منتظر رسیدگی است" in text_of(await owner.get())
    listed = text_of(await owner.get("/alerts"))
    assert "خریدهای پشت سر هم" in listed
    page = text_of(await owner.get(f"/alerts/{alert.id}"))
    assert f"{BURST_COUNT}".translate(_PERSIAN) + " خرید" in page
    refused = await owner.post(f"/alerts/{alert.id}/close", expect=422, outcome="harmless", note="")
    assert 'aria-invalid="true"' in refused
    closing = {"outcome": "harmless", "note": "خرید گروهی دانشجوها بود"}
    after = await owner.post(f"/alerts/{alert.id}/close", **closing)
    assert "هشداری باز نیست" in text_of(after)
    assert "خرید گروهی دانشجوها بود" in text_of(await owner.get(f"/alerts/{alert.id}"))
    await owner.post(f"/alerts/{alert.id}/close", expect=409, **closing)
    assert [each.state for each in await guard.look(timedelta(seconds=2))] == ["harmless"]
    await shop_floor.shop.buy(mobile, 100_000)  # what is new is told anew
    again = await guard.look(timedelta(seconds=3))
    assert [(each.state, each.number) for each in again] == [("harmless", 1), ("open", 2)]


async def test_nobody_judges_their_own_sales(
    shop_floor: Floor, people: People, database: Database, guard: Guard
) -> None:
    await shop_floor.shop.post("/branches", {"name": "مرکزی"})
    manager = await people(shop_floor.shop, "manager")
    await _sell(manager, await _staff_mobile(database, shop_floor, manager))
    (alert,) = await guard.look()
    closing = {"outcome": "harmless", "note": "من بودم"}
    page = await manager.post(f"/alerts/{alert.id}/close", expect=403, **closing)
    assert "این هشدار درباره خود شماست" in text_of(page) or "مالک یا مدیر دیگری" in text_of(page)


async def test_alerts_stay_in_their_shop(shop_floor: Floor, people: People, guard: Guard) -> None:
    mobile = new_mobile()
    for _ in range(BURST_COUNT):
        await shop_floor.shop.buy(mobile, 100_000)
    (alert,) = await guard.look()
    other = await people(await shop_floor.mall.shop("دیگر"))
    await other.get(f"/alerts/{alert.id}", expect=404)
    assert "هشداری باز نیست" in text_of(await other.get("/alerts"))
    cashier = await people(shop_floor.shop, "cashier")
    await cashier.get("/alerts", expect=403)


async def test_the_worker_looks(
    shop_floor: Floor, database: Database, settings: Settings, guard: Guard
) -> None:
    mall_id = shop_floor.scope.mall_id
    await WATCH.run(JobContext(database, settings, mall_id, datetime.now(UTC)))
    assert await guard.look() == []


_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
