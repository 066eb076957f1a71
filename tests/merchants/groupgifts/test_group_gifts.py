"""A gift to a whole group: counted first, given once each, spent only in its window."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from merchants.groupgifts import jobs
from merchants.groupgifts.jobs import give_waiting
from tests.api.conftest import new_mobile
from tests.web_support.portal import Floor, People, Person, Web, text_of
from timcheh.calendar import Jalali, local_date
from timcheh.db import Database, Scope
from timcheh.ledger import postings
from timcheh.module import JobContext
from timcheh.notify.models import Message

pytestmark = pytest.mark.feature("earn.group_gift", page="/{mall}/shop/group-gifts")


def day(days: int) -> str:
    """A day from now, as it is typed."""
    jalali = Jalali.of(local_date(datetime.now(UTC)) + timedelta(days=days))
    return f"{jalali.year}/{jalali.month:02}/{jalali.day:02}"


GIFT = {"amount": "۵۰۰۰", "scope": "own", "reason": "عیدی نوروز"}


class Party:
    """A shop with a group, its owner, and the worker."""

    def __init__(self, floor: Floor, owner: Person, web: Web, database: Database) -> None:
        self.floor, self.owner, self.web, self.database = floor, owner, web, database
        self.group = ""

    async def gather(self, count: int) -> list[str]:
        """So many new customers in the group; their ids."""
        bought = [await self.floor.shop.buy(new_mobile(), 1_000) for _ in range(count)]
        if not self.group:
            page = await self.owner.send("/groups/new", name="همکاران")
            self.group = page.headers["location"].removeprefix(self.owner.root)
        for each in bought:
            await self.owner.post(f"{self.group}/add", who=each["member"]["number"])
        return [each["member"]["id"] for each in bought]

    async def draft(self, **more: str) -> str:
        """The path of a drafted gift."""
        fields = {**GIFT, "ends_at": day(7), **more}
        answer = await self.owner.send(f"{self.group}/gift", **fields)
        assert answer.status_code == 303, text_of(answer.text)
        return answer.headers["location"].removeprefix(self.owner.root)

    async def work(self, days: float = 0) -> None:
        now = datetime.now(UTC) + timedelta(days=days)
        mall = UUID(str(self.floor.mall.id))
        await give_waiting(JobContext(self.database, self.web.services.settings, mall, now))

    async def gifts_of(self, member: str) -> list[Any]:
        lots = await self.floor.mall.lots(member)
        return [lot for lot in lots if lot["reason"] == GIFT["reason"]]


@pytest.fixture
async def party(shop_floor: Floor, people: People, web: Web, database: Database) -> Party:
    return Party(shop_floor, await people(shop_floor.shop), web, database)


async def test_it_is_counted_and_priced_before_anything_is_given(party: Party) -> None:
    people = await party.gather(3)
    path = await party.draft(budget="10000")
    said = text_of(await party.owner.get(path))
    assert "۱۵٬۰۰۰ تومان" in said
    assert "۵٬۰۰۰ تومان از بودجه شما" in said
    assert "هنوز چیزی داده نشده است" in said
    await party.work()
    assert await party.gifts_of(people[0]) == []
    late = (await party.gather(1))[0]  # joins the group after it was counted
    await party.owner.post(f"{path}/begin")
    await party.work()
    assert [len(await party.gifts_of(each)) for each in [*people, late]] == [1, 1, 1, 0]
    (lot,) = await party.gifts_of(people[0])
    assert lot["available"] == 50_000
    assert "۳ از ۳" in text_of(await party.owner.get(path))
    assert "عیدی نوروز" in text_of(await party.owner.get("/group-gifts"))
    await party.floor.mall.prove()


async def test_each_is_told_once_where_the_shop_wants_it(
    party: Party, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await party.gather(3)
    monkeypatch.setattr(jobs, "STRETCH", 2)
    silent = await party.draft()
    assert "پیامکی که هر نفر می‌گیرد" not in text_of(await party.owner.get(silent))
    path = await party.draft(tells="yes")
    said = text_of(await party.owner.get(path))
    assert "۵٬۰۰۰ تومان اعتبار بابت «عیدی نوروز» به شما هدیه شد؛ تا پایان" in said
    await party.owner.post(f"{path}/begin")
    await party.work()
    await party.work()
    mall = UUID(str(party.floor.mall.id))
    async with database.unit_of_work(Scope.mall(mall)) as uow:
        rows = await uow.session.execute(
            select(Message.recipient, Message.text).where(
                Message.mall_id == mall, Message.template == "group-gift"
            )
        )
        told = rows.all()
    assert len({row.recipient for row in told}) == len(told) == 3
    assert all(row.text in said for row in told)


async def test_it_is_spent_in_its_window_only(party: Party) -> None:
    (member,) = await party.gather(1)
    path = await party.draft(starts_at=day(1), ends_at=day(2))
    await party.owner.post(f"{path}/begin")
    await party.work()
    shop = party.floor.shop
    sale = {"member": {"id": member}, "enrol": False, "spend": {"credit": "max"}}
    early = await shop.buy("", 1_000_000, **sale)
    assert early["spent_value"] == 50  # what their first purchase earned
    within = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    (lot,) = await party.gifts_of(member)
    assert lot["available_from"] <= within < lot["expires_at"]
    over = datetime.fromisoformat(lot["expires_at"])
    assert local_date(over - timedelta(seconds=1)) == local_date(datetime.now(UTC)) + timedelta(2)


async def test_two_workers_and_one_that_dies_give_each_once(
    party: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await party.gather(5)
    monkeypatch.setattr(jobs, "STRETCH", 2)
    path = await party.draft()
    await party.owner.post(f"{path}/begin")
    post, calls = postings.post, 0

    async def dying(*arguments: Any, **more: Any) -> None:
        nonlocal calls
        calls += 1
        await post(*arguments, **more)
        if calls == 2:
            raise RuntimeError("the worker dies, its transaction with it")

    monkeypatch.setattr(postings, "post", dying)
    with pytest.raises(RuntimeError):
        await party.work()
    assert "۲ از ۵" in text_of(await party.owner.get(path))
    monkeypatch.setattr(postings, "post", post)
    await asyncio.gather(*(party.work() for _ in range(3)))
    assert [len(await party.gifts_of(each)) for each in people] == [1] * 5
    assert "۵ از ۵" in text_of(await party.owner.get(path))
    await party.floor.mall.prove()


async def test_where_the_limit_is_reached_it_stops_and_goes_on(
    party: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await party.gather(3)
    monkeypatch.setattr(jobs, "STRETCH", 1)
    shop, mall = party.floor.shop, party.floor.mall
    await mall.patch(f"/merchants/{shop.id}", {"credit_limit": 100_500})
    path = await party.draft(scope="partners")
    assert "جا ندارد" in text_of(await party.owner.get(path))
    await party.owner.post(f"{path}/begin")
    await party.work()
    said = text_of(await party.owner.get(path))
    assert "ایستاد، چون سپرده و سقف اعتبار شما پر شد" in said
    assert "۲ از ۳" in said
    await mall.patch(f"/merchants/{shop.id}", {"credit_limit": 1_000_000})
    await party.owner.post(f"{path}/begin")
    await party.work()
    assert [len(await party.gifts_of(each)) for each in people] == [1, 1, 1]
    await mall.prove()


async def test_what_can_not_be_given_is_refused_with_its_mend(party: Party) -> None:
    await party.gather(1)
    cases = [
        ({"amount": ""}, "مبلغ"),
        ({"ends_at": ""}, "پر کنید"),
        ({"ends_at": day(-1)}, "پس از"),
        ({"starts_at": day(5), "ends_at": day(4)}, "پس از"),
        ({"reason": ""}, "پر کنید"),
    ]
    for change, _ in cases:
        fields = {**GIFT, "ends_at": day(7), **change}
        page = await party.owner.post(f"{party.group}/gift", expect=422, **fields)
        assert 'aria-invalid="true"' in page
        assert re.search(r'value="عیدی نوروز"', page) or "reason" in change
    path = await party.draft()
    await party.owner.post(f"{path}/drop")
    await party.owner.get(path, expect=404)
    empty = await party.owner.send("/groups/new", name="خالی")
    party.group = empty.headers["location"].removeprefix(party.owner.root)
    fields = {**GIFT, "ends_at": day(7)}
    page = await party.owner.post(f"{party.group}/gift", expect=422, **fields)
    assert "این گروه کسی ندارد" in text_of(page)
