"""Back-tests of a real shop: asked for, done by a process of its own, read, given up."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from merchants.backtests import work
from merchants.backtests.jobs import BACKTESTS, run_waiting
from merchants.backtests.service import fingerprint, newest_forecasts
from merchants.customers.models import Customer
from merchants.offers.service import begin_draft
from tests.api.conftest import Api, new_mobile
from tests.web_support.portal import Floor, People, text_of
from timcheh.db import Database, Scope
from timcheh.ids import new_id
from timcheh.module import JobContext
from timcheh.settings import Settings

pytestmark = pytest.mark.feature("offer.backtest")

Json = dict[str, Any]
BASE = {
    "name": "۵٪ هر خرید",
    "then": [{"effect": "credit_percent", "bps": 500, "scope": "partners"}],
}
WIN_BACK = {
    "name": "بازگشت",
    "when": {
        "all": [
            {"fact": "customer.purchases", "op": ">", "value": 2},
            {"fact": "customer.days_since_last", "op": ">=", "value": 60},
        ]
    },
    "then": [{"effect": "credit_percent", "bps": 3_500, "scope": "partners"}],
}
_DAYS = (300, 290, 280, 100, 95)


async def sold(shop: Api) -> str:
    """A customer who came three times, stayed away for half a year, and came back twice."""
    mobile, now = new_mobile(), datetime.now(UTC)
    for days in _DAYS:
        await shop.buy(mobile, 2_000_000, occurred_at=(now - timedelta(days=days)).isoformat())
    await shop.put("/margins", {"default_bps": 3_000, "groups": []})
    return mobile


async def tried(floor: Floor, database: Database, **more: Any) -> Json:
    body = {"rules": [BASE, WIN_BACK], "rule": "بازگشت", **more}
    asked = await floor.shop.post("/backtests", body)
    await work.run(database, floor.scope.mall_id, UUID(asked["id"]))
    return await floor.shop.get(f"/backtests/{asked['id']}")


async def test_facts_are_rebuilt_while_the_past_streams_by(
    shop_floor: Floor, database: Database
) -> None:
    await sold(shop_floor.shop)
    found = await tried(shop_floor, database)
    assert found["state"] == "done"
    seen = found["forecast"]
    assert (seen["sales"], seen["revenue"], seen["margin"]) == (5, 10_000_000, 3_000_000)
    # Only the purchase after the half year: those before are too few, the one after too soon.
    assert (seen["reached"], seen["members"], seen["reached_revenue"]) == (1, 1, 2_000_000)
    (cost,) = seen["costs"]
    assert (cost["kind"], cost["before"], cost["after"]) == ("partners", 100_000, 800_000)
    assert seen["cost"] == cost["expected"] == 490_000  # 70 % is taken to be spent
    assert seen["partner_peak"] == 700_000
    assert found["verdict"]["usual"]["amount"] == 2_000_000


async def test_what_came_back_was_never_sold(shop_floor: Floor, database: Database) -> None:
    mobile = await sold(shop_floor.shop)
    items = (await shop_floor.shop.get("/purchases"))["items"]
    last = max(items, key=lambda item: item["occurred_at"])["id"]
    await shop_floor.shop.post(
        f"/purchases/{last}/returns", {"lines": [{"line": 0, "quantity": 1}]}
    )
    await shop_floor.shop.buy(mobile, 1_000_000)
    seen = (await tried(shop_floor, database))["forecast"]
    assert (seen["sales"], seen["revenue"]) == (5, 9_000_000)
    assert seen["reached"] == 2  # 100 days after the last purchase that stayed


async def test_the_worker_does_it_in_a_process_of_its_own(
    shop_floor: Floor, database: Database, settings: Settings
) -> None:
    await sold(shop_floor.shop)
    body = {"rules": [BASE, WIN_BACK], "rule": "بازگشت"}
    asked = await shop_floor.shop.post("/backtests", body)
    assert asked["state"] == "waiting"
    mall_id = shop_floor.scope.mall_id
    await run_waiting(JobContext(database, settings, mall_id, datetime.now(UTC)))
    found = await shop_floor.shop.get(f"/backtests/{asked['id']}")
    assert (found["state"], found["forecast"]["reached"]) == ("done", 1)
    assert "merchants.backtest_asked" in BACKTESTS.wake_on


async def test_one_that_was_given_up_stays_so(
    shop_floor: Floor, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sold(shop_floor.shop)
    asked = await shop_floor.shop.post("/backtests", {"rules": [BASE, WIN_BACK], "rule": "بازگشت"})
    given_up = await shop_floor.shop.post(f"/backtests/{asked['id']}/cancel", expect=200)
    assert given_up["state"] == "cancelled"
    await work.run(database, shop_floor.scope.mall_id, UUID(asked["id"]))
    found = await shop_floor.shop.get(f"/backtests/{asked['id']}")
    assert (found["state"], found["forecast"]) == ("cancelled", None)


async def test_one_is_given_up_on_the_way(
    shop_floor: Floor, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sold(shop_floor.shop)
    asked = await shop_floor.shop.post("/backtests", {"rules": [BASE, WIN_BACK], "rule": "بازگشت"})
    monkeypatch.setattr(work, "STEP", 2)
    seen: list[int] = []
    told = work._Watch.reached

    async def cancel_first(self: Any, done: int) -> None:
        seen.append(done)
        await shop_floor.shop.post(f"/backtests/{asked['id']}/cancel", expect=200)
        await told(self, done)

    monkeypatch.setattr(work._Watch, "reached", cancel_first)
    await work.run(database, shop_floor.scope.mall_id, UUID(asked["id"]))
    found = await shop_floor.shop.get(f"/backtests/{asked['id']}")
    assert (seen, found["state"], found["whole"]) == ([2], "cancelled", 5)


async def test_the_forecast_belongs_to_the_offer_as_it_is_published(
    shop_floor: Floor, database: Database
) -> None:
    await sold(shop_floor.shop)
    found = await tried(shop_floor, database)
    async with database.unit_of_work(shop_floor.scope) as uow:
        shop = UUID(shop_floor.shop.id)
        kept = await newest_forecasts(uow, shop, [fingerprint(WIN_BACK)])
        other = await newest_forecasts(uow, shop, [fingerprint(WIN_BACK | {"priority": 1})])
    assert [str(each.id) for each in kept.values()] == [found["id"]]
    assert other == {}


async def test_what_cannot_be_tried_is_refused(shop_floor: Floor) -> None:
    shop = shop_floor.shop
    body = {"rules": [BASE, WIN_BACK], "rule": "بازگشت"}
    assert (await shop.post("/backtests", body, expect=409))["code"] == "margins_missing"
    await shop.put("/margins", {"default_bps": 3_000, "groups": []})
    same = await shop.post("/backtests", {"rules": [BASE], "rule": BASE["name"]}, expect=422)
    assert same["code"] == "nothing_to_try"
    faulty = [WIN_BACK | {"then": [{"effect": "credit_percent", "bps": 99_999, "scope": "own"}]}]
    refused = await shop.post("/backtests", {"rules": faulty, "rule": "بازگشت"}, expect=422)
    assert refused["errors"][0]["pointer"] == "/rules/0/then/0/bps"
    other = await shop_floor.mall.shop("دیگر")
    mine = await shop.post("/backtests", body)
    assert (await other.get(f"/backtests/{mine['id']}", expect=404))["code"] == "not_found"


_FORM = {
    "name": "۲۰٪ بالای ۶۰۰",
    "gift": "partners",
    "percent": "۲۰",
    "basket": "۶۰۰٬۰۰۰",
    "instead": "yes",
    "months": "12",
    "expected": "10",
    "strong": "25",
}


@pytest.mark.feature("offer.margin")
async def test_an_owner_asks_first_for_margins_then_reads_the_verdict(
    shop_floor: Floor, people: People, database: Database
) -> None:
    await shop_floor.shop.buy(new_mobile(), 2_000_000)
    owner = await people(shop_floor.shop)
    first = await owner.client.get(owner.root + "/backtests/new")
    assert first.headers["location"].endswith("/margins?then=backtest")
    new = await owner.post("/margins", default="۳۰", then="backtest")
    assert "آزمون پیشنهاد تازه" in text_of(new)
    waiting = await owner.post("/backtests", **_FORM)
    assert "در نوبت" in text_of(waiting)
    asked = (await shop_floor.shop.get("/backtests"))["items"][0]
    await work.run(database, shop_floor.scope.mall_id, UUID(asked["id"]))
    told = text_of(await owner.get(f"/backtests/{asked['id']}"))
    assert "سودده است، از خرید ۶۰۰٬۰۰۰ تومان به بالا." in told
    # 30 % of 200,000 less 5 %; 30 % of 600,000 less 20 %.
    assert "خرید معمول شما ۲۰۰٬۰۰۰ تومان است" in told
    assert "۵۰٬۰۰۰ تومان برایتان می‌ماند" in told
    assert "۱۲۰٬۰۰۰ تومان پاداش می‌دهید و ۶۰٬۰۰۰ تومان می‌ماند" in told
    assert "سودده است" in text_of(await owner.get("/backtests"))
    # Who bought as much anyway is given more too: that is said before all else.
    await shop_floor.shop.buy(new_mobile(), 8_000_000)
    await owner.post("/backtests", **_FORM)
    asked = (await shop_floor.shop.get("/backtests"))["items"][0]
    await work.run(database, shop_floor.scope.mall_id, UUID(asked["id"]))
    told = text_of(await owner.get(f"/backtests/{asked['id']}"))
    assert "در مجموع وقتی سود می‌برید که این خریدها دست‌کم" in told


async def test_a_draft_is_tried_as_it_would_be_published(
    shop_floor: Floor, people: People, database: Database
) -> None:
    await sold(shop_floor.shop)
    owner = await people(shop_floor.shop)
    async with database.unit_of_work(shop_floor.scope) as uow:
        draft = await begin_draft(uow, UUID(shop_floor.shop.id), WIN_BACK, new_id())
        draft_id = str(draft.id)
    assert "شروع آزمون" in await owner.get(f"/offers/{draft_id}")
    await owner.post("/backtests", draft=draft_id)
    (asked,) = (await shop_floor.shop.get("/backtests"))["items"]
    await work.run(database, shop_floor.scope.mall_id, UUID(asked["id"]))
    found = await shop_floor.shop.get(f"/backtests/{asked['id']}")
    assert (found["rule"], found["forecast"]["reached"]) == ("بازگشت", 1)
    assert (await owner.send("/backtests", draft=str(new_id()))).status_code == 404


async def test_what_was_tried_leads_on(
    shop_floor: Floor, people: People, database: Database
) -> None:
    """To a draft of it, from the draft back to the outcome, and once published to what it did."""
    await sold(shop_floor.shop)
    found = await tried(shop_floor, database)
    owner, here = await people(shop_floor.shop), f"/backtests/{found['id']}"
    assert "ساختن پیش‌نویس از این پیشنهاد" in await owner.get(here)
    answer = await owner.send(f"{here}/draft")
    draft = answer.headers["location"].rpartition("/")[2]
    assert f"/offers/{draft}" in await owner.get(here)
    again = await owner.send(f"{here}/draft")  # no second one
    assert again.headers["location"] == answer.headers["location"]
    assert f"{here}" in await owner.get(f"/backtests/of/{draft}")
    await owner.post(f"/offers/{draft}/publish", revision="1")
    assert "دیدن اثر این پیشنهاد" in await owner.get(here)
    sheet = await owner.client.get(f"{owner.root}{here}/months.xlsx")
    (head, *months) = load_workbook(io.BytesIO(sheet.content)).active.values
    assert "ریال" in head[1]
    assert len(months) == len(found["forecast"]["months"])
    other = await people(await shop_floor.mall.shop("لاله"))
    await other.get(f"/backtests/of/{draft}", 404)
    await other.get(f"{here}/months.xlsx", 404)
    assert (await other.send(f"{here}/draft")).status_code == 404


async def test_what_the_past_cannot_tell_is_said(
    shop_floor: Floor, people: People, database: Database
) -> None:
    await sold(shop_floor.shop)
    rich = WIN_BACK | {
        "when": {
            "all": [
                {"fact": "customer.credit", "op": ">", "value": 10**12},
                {"not": {"fact": "customer.points", "op": ">=", "value": 0}},
                {"fact": "customer.groups", "op": "contains", "value": "ویژه"},
                {"fact": "rfm.recency", "op": ">=", "value": 1},
            ]
        }
    }
    body = {"rules": [BASE, rich], "rule": "بازگشت"}
    asked = await shop_floor.shop.post("/backtests", body)
    async with database.unit_of_work(Scope.mall(shop_floor.scope.mall_id)) as uow:
        await uow.session.execute(update(Customer).values(groups=["ویژه"]))
    await work.run(database, shop_floor.scope.mall_id, UUID(asked["id"]))
    found = await shop_floor.shop.get(f"/backtests/{asked['id']}")
    assert found["forecast"]["reached"] == len(_DAYS) - 1  # all but the first, of nobody known
    owner = await people(shop_floor.shop)
    told = text_of(await owner.get(f"/backtests/{asked['id']}"))
    assert "نگه داشته نمی‌شود؛ فرض شد که شرطش همیشه برقرار بوده است" in told
    assert "همان است که امروز برای هر مشتری ثبت است" in told
    assert "با مرزهای امروز" in told


async def test_margin_is_that_of_each_group(shop_floor: Floor, database: Database) -> None:
    groups = [{"group": "گل", "margin_bps": 5_000}]
    await shop_floor.shop.put("/margins", {"default_bps": 3_000, "groups": groups})
    lines = [
        {"name": "x", "quantity": 2.5, "unit_price": 400_000, "group": "گل"},
        {"name": "y", "quantity": 1, "unit_price": 1_000_000, "group": "نان"},
        {"name": "z", "quantity": 1, "unit_price": 7},
    ]
    await shop_floor.shop.post(
        "/purchases", {"member": {"mobile": new_mobile()}, "enrol": True, "lines": lines}
    )
    seen = (await tried(shop_floor, database))["forecast"]
    assert (seen["revenue"], seen["margin"]) == (2_000_007, 500_000 + 300_002)


async def test_a_faulty_form_keeps_what_was_typed(shop_floor: Floor, people: People) -> None:
    await shop_floor.shop.put("/margins", {"default_bps": 3_000, "groups": []})
    owner = await people(shop_floor.shop)
    page = await owner.post("/backtests", expect=422, **(_FORM | {"percent": "دویست", "name": ""}))
    assert 'value="دویست"' in page
    assert 'aria-invalid="true"' in page
    assert "۶۰۰٬۰۰۰" in page


async def test_who_may_only_sell_sees_no_back_tests(shop_floor: Floor, people: People) -> None:
    cashier = await people(shop_floor.shop, "cashier")
    await cashier.get("/backtests", expect=403)
    await cashier.get("/margins", expect=403)
