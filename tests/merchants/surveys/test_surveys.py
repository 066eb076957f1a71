"""A survey from its first question to its figures: built, opened, asked, answered once, told."""

import asyncio
import csv
import io
import re
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.api.conftest import new_mobile
from tests.web_support.portal import Floor, People, Person, text_of
from tests.web_support.visitors import Members
from timcheh.db import Database
from timcheh.jobs.relay import Relay
from timcheh_app.modules import modules

pytestmark = [
    pytest.mark.feature("earn.survey", page="/{mall}/shop/surveys"),
    pytest.mark.feature("survey.custom", page="/{mall}/shop/surveys"),
]
TERMS = {
    "title": "خریدتان چطور بود؟",
    "way": "purchase",
    "open_days": "۷",
    "reward": "credit",
    "reward_credit": "۲۰۰۰",
}
QUESTIONS = (
    {"kind": "one", "text": "کدام شعبه؟", "choices": "مرکزی\nشمال", "required": "yes"},
    {"kind": "nps", "text": "ما را پیشنهاد می‌کنید؟", "required": "yes"},
    {"kind": "text", "text": "چه کنیم بهتر شویم؟"},
)
ANSWER = {"q-1": "0", "q-2": "9", "q-3": "صندوق تندتر"}


class Study:
    """A shop that asks, and its customers."""

    def __init__(self, floor: Floor, owner: Person, members: Members, database: Database) -> None:
        self.floor, self.owner, self.members, self.database = floor, owner, members, database

    async def made(self, **more: str) -> str:
        """The path of a survey that is open."""
        answer = await self.owner.send("/surveys", **{**TERMS, **more})
        assert answer.status_code == 303, text_of(answer.text)
        path = answer.headers["location"].removeprefix(self.owner.root)
        for question in QUESTIONS:
            await self.owner.post(f"{path}/questions", **question)
        await self.owner.post(f"{path}/state", state="open")
        return path

    async def bought(self, mobile: str, amount: int = 10_000) -> str:
        """A purchase, and what follows it; its id."""
        done = await self.floor.shop.buy(mobile, amount)
        await self.follow()
        return str(done["id"])

    async def follow(self) -> None:
        await Relay(self.database, modules()).drain(UUID(str(self.floor.mall.id)))

    async def rewards(self, mobile: str) -> list[int]:
        found = await self.floor.shop.buy(mobile, 10, dry_run=True)
        lots = await self.floor.mall.lots(found["member"]["id"])
        return [lot["available"] for lot in lots if lot["reason"] == TERMS["title"]]


@pytest.fixture
async def study(shop_floor: Floor, people: People, members: Members, database: Database) -> Study:
    return Study(shop_floor, await people(shop_floor.shop), members, database)


async def test_it_is_asked_after_a_purchase_and_rewarded_once(study: Study, mobile: str) -> None:
    path = await study.made()
    purchase = await study.bought(mobile)
    member = await study.members(mobile)
    page = text_of(await member.get(f"/purchases/{purchase}"))
    assert "گل‌آرا: خریدتان چطور بود؟" in page
    assert "با پاسخ ۲٬۰۰۰ تومان" in page
    assert "خریدتان چطور بود؟" in text_of(await member.get())
    half = await member.post(path, expect=422, **{"q-1": "1", "q-3": "تندتر"})
    assert "به این پرسش پاسخ دهید" in text_of(half)
    assert re.search(r'name="q-1" value="1" checked', half)
    assert ">تندتر</textarea>" in half
    assert await study.rewards(mobile) == []
    said = await member.post(path, **ANSWER)
    assert "گرفتید" in text_of(said)
    assert await study.rewards(mobile) == [20_000]
    await member.post(path, expect=409, **ANSWER)
    await study.bought(mobile)  # who has answered is not asked again
    assert "خریدتان چطور بود؟" not in text_of(await member.get())
    assert await study.rewards(mobile) == [20_000]
    await study.floor.mall.prove()


@pytest.mark.feature("offer.threshold", page="/{mall}/shop/thresholds")
async def test_its_points_reach_a_threshold_by_themselves(study: Study, mobile: str) -> None:
    threshold = {"name": "باشگاه سی", "points": "30", "scope": "own:point", "measure": "held"}
    await study.owner.post("/thresholds", **threshold, gives="credit", amount="700")
    path = await study.made(reward="points", reward_points="30")
    await study.bought(mobile)
    member = await study.members(mobile)
    await member.post(path, **ANSWER)
    await study.follow()
    found = await study.floor.shop.buy(mobile, 10, dry_run=True)
    lots = await study.floor.mall.lots(found["member"]["id"])
    assert 7_000 in [lot["available"] for lot in lots]


async def test_many_at_once_are_one_answer(study: Study, mobile: str) -> None:
    path = await study.made()
    await study.bought(mobile)
    member = await study.members(mobile)
    answers = await asyncio.gather(*(member.send(path, **ANSWER) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [303, *[409] * 5]
    assert await study.rewards(mobile) == [20_000]
    await study.floor.mall.prove()


async def test_the_condition_and_the_days_say_who_is_asked(
    study: Study, database: Database, mobile: str
) -> None:
    condition = {
        "when-0-join": "all",
        "when-0-0-fact": "customer.purchases",
        "when-0-0-op": ">=",
        "when-0-0-value": "۲",
    }
    path = await study.made(**condition)
    await study.bought(mobile)
    member = await study.members(mobile)
    await member.get(path, expect=404)
    await study.bought(mobile)
    await member.get(path)
    async with database.unit_of_work(study.floor.scope) as uow:
        scope = {"mall": uow.scope.mall_id}
        days = await uow.session.scalar(
            text(
                "SELECT ceil(extract(epoch FROM expires_at - invited_at) / 86400)"
                " FROM merchants.survey_invitation WHERE mall_id = :mall"
            ),
            scope,
        )
    assert days in (7, 8)  # until the end of the seventh day on
    mall = type(study.floor.scope).mall(study.floor.scope.mall_id)
    async with database.unit_of_work(mall) as uow:
        await uow.session.execute(
            text("UPDATE merchants.survey_invitation SET expires_at = now() WHERE mall_id = :mall"),
            scope,
        )
    assert "مهلت این نظرسنجی گذشته است" in text_of(await member.get(path, expect=409))
    assert "خریدتان چطور بود؟" not in text_of(await member.get())


async def test_a_link_is_for_customers_only(study: Study, members: Members) -> None:
    path = await study.made(way="link", reward="points", reward_points="۳۰")
    assert "/club/surveys/" in await study.owner.get(path)
    customer, stranger = new_mobile(), new_mobile()
    await study.bought(customer)
    await (await members(stranger)).get(path, expect=404)
    await (await members(stranger)).post(path, expect=404, **ANSWER)
    member = await members(customer)
    assert "خریدتان چطور بود؟" not in text_of(await member.get())  # nobody is asked by itself
    assert "۳۰ امتیاز" in text_of(await member.post(path, **ANSWER))
    await study.owner.post(f"{path}/state", state="closed")
    late = new_mobile()
    await study.bought(late)
    await (await members(late)).post(path, expect=409, **ANSWER)


async def test_the_figures_and_the_sheet(study: Study, people: People) -> None:
    path = await study.made()
    said: list[dict[str, str]] = [ANSWER, {"q-1": "1", "q-2": "3"}, {"q-1": "0", "q-2": "10"}]
    mobiles = [new_mobile() for _ in said]
    for mobile, answers in zip(mobiles, said, strict=True):
        await study.bought(mobile)
        await (await study.members(mobile)).post(path, **answers)
    await study.bought(new_mobile())  # asked, and silent
    page = text_of(await study.owner.get(path))
    assert "پرسیده‌شده ۴" in page
    assert "۷۵٪ پاسخ دادند" in page
    assert "شاخص توصیه (NPS) ۳۳" in page  # two promoters, one detractor
    assert "میانگین ۷٫۳" in page
    assert "مرکزی ۲ نفر، ۶۷٪" in page
    assert "صندوق تندتر" in page
    answer = await study.owner.client.get(f"{study.owner.root}{path}/export/csv")
    heading, *rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert heading[1:] == ["نام", "موبایل", *(question["text"] for question in QUESTIONS)]
    assert {row[2]: row[3:] for row in rows}[mobiles[0]] == ["مرکزی", "9", "صندوق تندتر"]
    excel = await study.owner.client.get(f"{study.owner.root}{path}/export/xlsx")
    assert excel.content.startswith(b"PK")
    other = await people(await study.floor.mall.shop("لاله"))
    for foreign in (path, f"{path}/export/csv", f"{path}/edit", f"{path}/questions/1"):
        await other.get(foreign, expect=404)
    assert "خریدتان" not in text_of(await other.get("/surveys"))


async def test_without_names_nobody_is_told_who(study: Study, mobile: str) -> None:
    path = await study.made(anonymous="yes")
    await study.bought(mobile)
    member = await study.members(mobile)
    assert "نمی‌بیند که این پاسخ از شماست" in text_of(await member.get(path))
    await member.post(path, **ANSWER)
    answer = await study.owner.client.get(f"{study.owner.root}{path}/export/csv")
    sheet = answer.content.decode("utf-8-sig")
    assert "صندوق تندتر" in sheet
    assert mobile not in sheet
    page = await study.owner.get(path)
    assert "صندوق تندتر" in page
    assert "/shop/customers/" not in page.split("صندوق تندتر")[1][:400]


async def test_a_draft_is_built_and_then_stays(study: Study) -> None:
    answer = await study.owner.send("/surveys", **TERMS)
    path = answer.headers["location"].removeprefix(study.owner.root)
    await study.owner.post(f"{path}/state", expect=409, state="open")  # no question yet
    for question in QUESTIONS:
        await study.owner.post(f"{path}/questions", **question)
    await study.owner.post(f"{path}/questions/3", act="up")
    await study.owner.post(f"{path}/questions/1", act="drop")
    changed = {"kind": "scale", "text": "چند می‌دهید؟", "required": "yes"}
    page = text_of(await study.owner.post(f"{path}/questions/2", **changed))
    assert page.index("چه کنیم بهتر شویم؟") < page.index("چند می‌دهید؟")
    assert "کدام شعبه؟" not in page
    kept = await study.owner.post(f"{path}/questions", expect=422, kind="one", text="چه؟")
    assert 'value="چه؟"' in kept
    await study.owner.post(f"{path}/edit", **{**TERMS, "title": "عنوان تازه", "reward": "none"})
    assert "عنوان تازه" in await study.owner.get(path)
    await study.owner.post(f"{path}/state", state="open")
    await study.owner.post(f"{path}/questions", expect=409, **QUESTIONS[0])
    await study.owner.post(f"{path}/questions/2", expect=409, act="drop")
