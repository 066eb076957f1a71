"""Pools in the portals: the mall opens one and adds shops; a shop gives its points by an offer."""

import re
from uuid import UUID

import pytest

from merchants.facade import current_rules
from tests.api.conftest import new_mobile
from tests.merchants.offers.test_pages import begun, form_of
from tests.web_support.portal import Floor, People, Person, text_of
from tests.web_support.visitors import Administrators, Members
from timcheh.db import Database, Scope
from timcheh.ledger.queries import balance_of

pytestmark = pytest.mark.feature("net.pooled_points", page="/{mall}/mall/pools")
POOL = {"name": "امتیاز نور", "issue_price": "۱۰۰", "redeem_price": "۸۰", "months": "۱۲"}


async def opened(administrator: Person, **more: str) -> str:
    """The path of a new pool."""
    answer = await administrator.send("/pools", **POOL, **more)
    assert answer.status_code == 303, text_of(answer.text)
    return str(answer.headers["location"]).removeprefix(administrator.root)


async def test_prices_that_can_t_be(administrators: Administrators) -> None:
    administrator = await administrators("administrator")
    assert "هنوز طرحی نیست" in text_of(await administrator.get("/pools"))
    typed = POOL | {"redeem_price": "۱۲۰", "name": ""}
    page = await administrator.post("/pools", 422, **typed)
    assert 'value="۱۲۰"' in page
    page = text_of(await administrator.post("/pools", 422, **POOL | {"redeem_price": "۱۲۰"}))
    assert "بهای مصرف هر امتیاز نباید بیش از بهای صدور آن باشد" in page
    page = text_of(await administrator.post("/pools", 422, **POOL | {"issue_price": "۰"}))
    assert "طرح" in page
    accountant = await administrators("accountant")
    await accountant.post("/pools", 403, **POOL)


async def test_points_of_one_shop_are_spent_at_another(
    shop_floor: Floor,
    administrators: Administrators,
    people: People,
    members: Members,
    database: Database,
) -> None:
    other, mobile = await shop_floor.mall.shop("لاله"), new_mobile()
    administrator = await administrators("administrator")
    path = await opened(administrator)
    assert "هنوز فروشگاهی در این طرح نیست" in text_of(await administrator.get(path))
    terms = {"max_share_percent": "۱۰۰", "fee_percent": "۲"}
    for shop in (shop_floor.shop, other):
        page = await administrator.post(f"{path}/shops", merchant_id=shop.id, **terms)
        assert "در این طرح است" in text_of(page)

    owner = await people(shop_floor.shop)
    seen = text_of(await owner.get("/pools"))
    assert "برای هر امتیازی که می‌دهید ۱۰۰ تومان" in seen
    assert "۹۸٪ آن به شما می‌رسد" in seen
    assert "۱ فروشگاه دیگر" in seen
    scope = await give_points(owner)
    bought = await shop_floor.shop.buy(mobile, 5_000_000)
    assert [(each["unit"], each["amount"]) for each in bought["earned"]] == [("point", 50)]
    assert bought["reasons"][0]["outcome"] == "applied"
    assert "۵۰" in text_of(await administrator.get(path))
    async with database.unit_of_work(Scope.mall(UUID(str(shop_floor.mall.id)))) as uow:
        assert await balance_of(uow, "reserve", UUID(scope)) == 50_000

    spent = await other.buy(mobile, 1_000_000, spend={"points": "max"})
    assert (spent["spent_value"], spent["to_pay"]) == (40_000, 960_000)
    there = await people(other)
    assert "۱ فروشگاه دیگر" in text_of(await there.get("/pools"))
    member = await members(mobile)
    assert "امتیاز نور" in text_of(await member.get("/history"))

    page = await administrator.post(f"{path}/shops/{other.id}/leave")
    assert "از طرح بیرون رفت" in text_of(page)
    await administrator.post(f"{path}/shops/{other.id}/leave", 404)
    await shop_floor.shop.buy(mobile, 5_000_000)
    refused = await other.buy(mobile, 1_000_000, spend={"points": "max"})
    assert refused["spent_value"] == 0
    assert "در هیچ طرحی نیستید" in text_of(await there.get("/pools"))
    again = await administrator.post(f"{path}/shops", merchant_id=other.id, **terms)
    assert "در این طرح است" in text_of(again)
    assert (await other.buy(mobile, 1_000_000, spend={"points": "max"}))["spent_value"] == 40_000


async def test_whoever_leaves_sells_on_without_the_points(
    shop_floor: Floor, administrators: Administrators, people: People, database: Database
) -> None:
    shop, administrator = shop_floor.shop, await administrators("administrator")
    path = await opened(administrator)
    terms = {"merchant_id": shop.id, "max_share_percent": "۱۰۰", "fee_percent": "۲"}
    await administrator.post(f"{path}/shops", **terms)
    scope = await give_points(await people(shop))
    credit = {"effect": "credit_percent", "bps": 500, "scope": "own"}
    points = {"effect": "points_per", "amount": 100_000, "points": 1, "scope": scope}
    both = {"name": "هر دو", "then": [credit, points]}
    await shop.put("/rules", {"rules": [both, {"name": "امتیاز", "then": [points]}]})
    mobile = new_mobile()
    assert len((await shop.buy(mobile, 1_000_000))["earned"]) == 3
    await administrator.post(f"{path}/shops/{shop.id}/leave")
    (earned,) = (await shop.buy(mobile, 1_000_000))["earned"]
    assert (earned["unit"], earned["rule"]) == ("rial", "هر دو")
    async with database.unit_of_work(shop_floor.scope) as uow:
        _, rules = await current_rules(uow, UUID(shop.id))
    assert [rule["name"] for rule in rules] == ["هر دو"]


async def give_points(owner: Person) -> str:
    """Makes the shop's offer one of a point for each ten thousand toman; the pool's scope."""
    draft = await begun(owner, edit="۵٪ هر خرید")
    form = await owner.get(f"/offers/{draft}/edit")
    found = re.search(r'<option value="([0-9a-f-]{36})"[^>]*>طرح «امتیاز نور»', form)
    assert found
    fields = {"kind": "points_per", "amount": "۱۰٬۰۰۰", "points": "۱", "scope": found[1]}
    effect = {f"effect-0-{name}": value for name, value in fields.items()}
    said = text_of(
        await owner.post(f"/offers/{draft}/edit", **await form_of(owner, draft) | effect)
    )
    assert "امتیاز نور" in said
    await owner.post(f"/offers/{draft}/publish", revision="2")
    return found[1]


async def test_terms_are_changed_where_they_stand(
    shop_floor: Floor, administrators: Administrators
) -> None:
    administrator = await administrators("administrator")
    path = await opened(administrator)
    shop = shop_floor.shop.id
    wrong = {"merchant_id": shop, "max_share_percent": "۳۰۰", "fee_percent": "۲"}
    page = await administrator.post(f"{path}/shops", 422, **wrong)
    assert 'value="۳۰۰"' in page
    await administrator.post(f"{path}/shops", **wrong | {"max_share_percent": "۵۰"})
    page = await administrator.get(f"{path}?shop={shop}")
    assert "شرایط تازه برای فروشگاه" in page
    assert 'value="50"' in page
    nobody = "01890000-0000-7000-8000-000000000000"
    fields = {"merchant_id": nobody, "max_share_percent": "۵۰", "fee_percent": "۲"}
    await administrator.post(f"{path}/shops", 422, **fields)
    await administrator.get(f"/pools/{nobody}", expect=404)
