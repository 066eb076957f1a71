"""Current against withdrawable credit: before paying, with the reason for each rial that waits."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.conftest import Api
from tests.web_support.portal import Floor, People, text_of

pytestmark = pytest.mark.feature("sale.current_withdrawable")
Json = dict[str, Any]


async def told(shop: Api, mobile: str, amount: int, **more: Any) -> Json:
    """What a dry run says of the customer's credit."""
    found = (await shop.buy(mobile, amount, dry_run=True, **more))["credit"]
    return found | {"rest": {each["code"]: each["amount"] for each in found["rest"]}}


async def gift(shop: Api, mobile: str, amount: int, **more: Any) -> None:
    body = {"member": {"mobile": mobile}, "amount": amount, "scope": "own", "reason": "هدیه"}
    await shop.post("/credits", body | more)


async def test_each_rial_that_waits_has_its_reason(shop_floor: Floor, mobile: str) -> None:
    shop = shop_floor.shop
    assert (await shop.buy(mobile, 1_000, dry_run=True))["credit"] is None  # nobody yet
    await shop.buy(mobile, 1_000_000)  # earns 50,000
    assert await told(shop, mobile, 200_000) == {
        "current": 50_000, "withdrawable": 50_000, "rest": {},
    }  # fmt: skip
    starts = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    await gift(shop, mobile, 7_000, available_from=starts)
    held = await shop.buy(mobile, 10_000, spend={"credit": 10_000}, capture="manual")
    assert await told(shop, mobile, 30_000) == {
        "current": 57_000,
        "withdrawable": 30_000,
        "rest": {"not_yet": 7_000, "held": 10_000, "basket": 10_000},
    }
    await shop.post(f"/purchases/{held['id']}/cancel", expect=200)
    await shop.put("/credit-caps", {"caps": [{"per_invoice": 20_000, "per_day": 30_000}]})
    assert (await told(shop, mobile, 100_000))["rest"] == {"not_yet": 7_000, "per_invoice": 30_000}
    await shop.buy(mobile, 20_000, spend={"credit": "max"})
    assert await told(shop, mobile, 100_000) == {
        "current": 37_000, "withdrawable": 10_000, "rest": {"not_yet": 7_000, "per_day": 20_000},
    }  # fmt: skip
    spent = await shop.buy(mobile, 100_000, spend={"credit": "max"}, dry_run=True)
    assert spent["spent_value"] == 10_000  # what is told is what is paid


async def test_a_partner_takes_only_its_share(shop_floor: Floor, mobile: str) -> None:
    other = await shop_floor.mall.shop("لاله", credit_limit=10**9)
    await shop_floor.mall.partners(shop_floor.shop, other, 0, 2_000)
    await shop_floor.shop.buy(mobile, 1_000_000)
    assert (await other.buy(mobile, 100_000, dry_run=True))["credit"] is None  # no customer there
    await other.buy(mobile, 1_000)
    assert await told(other, mobile, 100_000) == {
        "current": 50_000, "withdrawable": 20_000, "rest": {"share": 30_000},
    }  # fmt: skip


async def test_the_till_says_so_as_soon_as_the_member_is_known(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    await shop_floor.shop.buy(mobile, 1_000_000)
    await shop_floor.shop.put("/credit-caps", {"caps": [{"per_day": 20_000}]})
    cashier = await people(shop_floor.shop, "cashier")
    seen = text_of(await cashier.post("/till/preview", expect=200, member=mobile)).replace(",", "٬")
    assert "اعتبار جاری ۵٬۰۰۰" in seen
    assert "۲٬۰۰۰ تومان" in seen.partition("قابل برداشت")[2]
    assert "۳٬۰۰۰ تومان بیش از سقف امروز" in seen
