"""A shop's branches: opened, named, sold at, compared, closed and opened again."""

import asyncio
import io
import re

import pytest
from openpyxl import load_workbook

from tests.api.conftest import Api, new_mobile
from tests.web_support.portal import Floor, People, Person, text_of

pytestmark = pytest.mark.feature("net.branches", page="/{mall}/shop/branches")
LINES = [{"name": "کیف", "quantity": 1, "unit_price": 400_000}]


@pytest.fixture
async def owner(shop_floor: Floor, people: People) -> Person:
    return await people(shop_floor.shop)


async def opened(owner: Person, name: str) -> str:
    """A new branch's id."""
    answer = await owner.send("/branches", name=name)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rpartition("/")[2]


async def sell(shop: Api, branch: str | None, expect: int = 201) -> None:
    body = {"member": {"mobile": new_mobile()}, "enrol": True, "lines": LINES, "branch_id": branch}
    await shop.post("/purchases", body, expect=expect)


@pytest.mark.feature("rep.branch", page="/{mall}/shop/branches")
async def test_what_each_has_sold_beside_the_others(
    shop_floor: Floor, owner: Person, people: People
) -> None:
    assert "هنوز شعبه‌ای ندارید" in text_of(await owner.get("/branches"))
    refused = await owner.post("/branches", expect=422, name=" ")
    assert 'aria-invalid="true"' in refused
    first, second = await opened(owner, "طبقه همکف"), await opened(owner, "طبقه دوم")
    for branch in (first, first, first, second, None):
        await sell(shop_floor.shop, branch)
    said = text_of(await owner.get("/branches")).replace(",", "٬")
    assert "طبقه همکف ۶۰٪ از فروش همه شعبه‌ها ۱۲۰٬۰۰۰ تومان ۳" in said
    assert "بدون شعبه ۴۰٬۰۰۰ تومان ۱" in said
    assert "همه شعبه‌ها ۲۰۰٬۰۰۰ تومان ۵" in said
    await people(shop_floor.shop, "cashier", branch=first)
    terminal = {"branch_id": first, "name": "صندوق کنار در"}
    await shop_floor.shop.post("/terminals", terminal)
    one = text_of(await owner.get(f"/branches/{first}?period=week"))
    for told in ("۱۲۰٬۰۰۰ تومان", "سامان کریمی صندوق‌دار", "صندوق کنار در"):
        assert told in one.replace(",", "٬")
    sheet = await owner.client.get(f"{owner.root}/branches/{first}/sales.xlsx?period=week")
    _, *days = load_workbook(io.BytesIO(sheet.content)).active.values
    assert (len(days), sum(sold for _, sold in days)) == (7, 1_200_000)
    await owner.post(f"/branches/{first}", name="همکف")
    assert "همکف" in text_of(await owner.get("/branches"))
    # In charge of one branch: that one is all there is.
    manager = await people(shop_floor.shop, "manager", branch=second)
    theirs = text_of(await manager.get("/branches"))
    assert "طبقه دوم" in theirs
    assert "همکف" not in theirs
    for path in ("", "/sales.xlsx"):
        await manager.get(f"/branches/{first}{path}", expect=404)
    await manager.post(f"/branches/{second}/close", expect=403)
    cashier = await people(shop_floor.shop, "cashier")
    await cashier.get("/branches", expect=403)


async def test_a_closed_branch_sells_nothing_until_it_is_opened_again(
    shop_floor: Floor, owner: Person
) -> None:
    first, second = await opened(owner, "طبقه همکف"), await opened(owner, "طبقه دوم")
    made = await shop_floor.shop.post("/terminals", {"branch_id": first, "name": "صندوق"})
    till = Api(shop_floor.shop.client, made["api_key"])
    closed = await owner.post(f"/branches/{first}/close")
    undo = re.search(r'action="[^"]*(/branches/[^"]+/open)"', closed)
    assert undo
    assert "بسته شد" in text_of(closed)
    body = {"member": {"mobile": new_mobile()}, "enrol": True, "lines": LINES}
    refused = await till.call("POST", "/purchases", body, expect=409)
    assert refused.json()["code"] == "branch_closed"
    await sell(shop_floor.shop, second)
    assert "طبقه همکف" not in await owner.get("/till")
    await shop_floor.shop.post("/terminals", {"branch_id": first, "name": "x"}, expect=409)
    last = text_of(await owner.post(f"/branches/{second}/close"))
    assert "دست‌کم یک شعبه باید باز بماند" in last
    await owner.post(undo[1])
    await till.post("/purchases", body)


async def test_of_two_that_are_closed_at_once_one_stays(shop_floor: Floor, owner: Person) -> None:
    branches = [await opened(owner, "یک"), await opened(owner, "دو")]
    await asyncio.gather(*(owner.send(f"/branches/{each}/close") for each in branches))
    rows = (await shop_floor.shop.get("/branches"))["items"]
    assert sorted(row["closed"] for row in rows) == [False, True]
