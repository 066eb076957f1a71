"""The palette of both portals: own things only, letters and digits folded, by what one may do."""

from tests.api.conftest import new_mobile
from tests.web_support.portal import Floor, People, text_of
from tests.web_support.visitors import Administrators
from timcheh.text.digits import persian_digits


async def test_a_shop_finds_its_own_customers_and_purchases_only(
    shop_floor: Floor, people: People
) -> None:
    other = await shop_floor.mall.shop("لاله")
    mine, theirs = new_mobile(), new_mobile()
    bought = (await shop_floor.shop.buy(mine, 1_230_000))["id"]
    foreign = (await other.buy(theirs, 4_560_000))["id"]
    owner = await people(shop_floor.shop)
    assert persian_digits(mine) in await owner.get(f"/find?q={persian_digits(mine)}")
    assert "customers/" not in await owner.get(f"/find?q={theirs}")
    assert f"/purchases/{bought}" in await owner.get(f"/find?q={bought}")
    assert "purchases/" not in await owner.get(f"/find?q={foreign}")
    paper = await owner.send(f"/purchases/{bought}/invoice")
    assert paper.status_code in (200, 303)
    assert f"/purchases/{bought}" in await owner.get("/find?q=۱")


async def test_pages_and_actions_are_found_however_they_are_typed(
    shop_floor: Floor, people: People
) -> None:
    owner = await people(shop_floor.shop)
    every = text_of(await owner.get("/find"))
    assert "ساختن پیشنهاد" in every
    for typed in ("مشتري", "مشتری", "مشتريان"):  # Arabic letters are the Persian ones
        assert f'href="{owner.root}/customers"' in await owner.get(f"/find?q={typed}")
    assert "پیدا نشد" in text_of(await owner.get("/find?q=هیچ چنین چیزی"))
    answer = await owner.client.get(f"{owner.root}/find?q=<script>")
    assert "<script>" not in answer.text


async def test_a_cashier_finds_what_a_cashier_may(shop_floor: Floor, people: People) -> None:
    mobile = new_mobile()
    await shop_floor.shop.buy(mobile, 1_230_000)
    cashier = await people(shop_floor.shop, "cashier")
    assert "customers/" not in await cashier.get(f"/find?q={mobile}")
    assert "ساختن پیشنهاد" not in text_of(await cashier.get("/find"))


async def test_the_mall_finds_its_shops(shop_floor: Floor, administrators: Administrators) -> None:
    someone = await administrators("administrator")
    await shop_floor.mall.shop("لاله‌زار")
    assert "لاله‌زار" in await someone.get("/find?q=لاله زار")
    assert "افزودن فروشگاه" in text_of(await someone.get("/find"))
    accountant = await administrators("accountant")
    assert "افزودن فروشگاه" not in text_of(await accountant.get("/find"))
